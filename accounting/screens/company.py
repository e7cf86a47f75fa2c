"""The company one works in: its currency, and its business day."""

from datetime import date

from base.actors import Actor
from base.dates import today_in
from base.errors import Missing
from base.models import Company


def current(actor: Actor) -> Company:
    """The actor's current company with its currency. One query. Refuses with `Missing`."""
    found = Company.objects.select_related("currency").filter(pk=actor.company_id or 0).first()
    if found is None:
        raise Missing(model=Company._meta.verbose_name, ids=actor.company_id or "–")
    return found


def today(company: Company) -> date:
    """The business day of a company, as its clock on the wall shows."""
    return today_in(company.timezone)
