"""What the fleet shows on the page of a contact: the driving licence, and the vehicles driven."""

from armada.models import Driver, Vehicle
from base.models import Partner
from base.policies import visible
from web.pages import PageRequest
from web.panels import Panel, panel


@panel(Partner)
def driver(request: PageRequest, partner: Partner) -> Panel | None:
    """The licence and the vehicles of a driver. Two queries."""
    licence = visible(Driver.objects.all(), request.actor).filter(pk=partner.pk).first()
    vehicles = list(visible(Vehicle.objects.ours(), request.actor).filter(driver=partner))
    if licence is None and not vehicles:
        return None
    return Panel("armada/partner_panel.html", {"licence": licence, "vehicles": vehicles})
