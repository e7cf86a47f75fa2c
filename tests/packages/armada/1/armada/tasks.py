"""The job of the fleet: reminding of road tax."""

from django.utils.translation import gettext_lazy as _

from armada.services import vehicles
from base import jobs
from base.actors import Actor


@jobs.job("armada.remind_tax", label=_("Remind of road tax"))
def remind_tax(*, by: Actor) -> dict[str, int]:
    """Plan activities for road tax that is due soon; answers how many."""
    return {"planned": vehicles.remind(by=by, on=by.today())}
