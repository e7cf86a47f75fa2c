"""What accounting puts on the home page: money that is late, bills to be paid this week, drafts that wait."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, F, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from accounting.models import JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.outstanding import KINDS, PAYABLE, RECEIVABLE
from base.actors import Actor
from base.models import Company
from base.policies import visible
from web import formats
from web.concerns import Concern, concerns

SOON = timedelta(days=7)
ITEMS, ENTRIES = "accounting.view_journalitem", "accounting.view_journalentry"


@concerns("accounting", ITEMS)
def in_the_morning(actor: Actor) -> Iterator[Concern]:
    """What customers owe beyond the day, what we owe by the end of the week, and the drafts. Two queries."""
    company = _company(actor)
    if company is None:
        return
    found = _open(actor, company)
    if count := found["late"]:
        said = ngettext(
            "%(count)s customer document is overdue",
            "%(count)s customer documents are overdue",
            count,
        )
        yield _money(said, count, found["late_sum"], company, RECEIVABLE, "bad")
    if count := found["soon"]:
        said = ngettext(
            "%(count)s vendor document is due within a week",
            "%(count)s vendor documents are due within a week",
            count,
        )
        yield _money(said, count, -found["soon_sum"], company, PAYABLE, "care")
    if count := company.drafts:
        said = ngettext(
            "%(count)s draft waits to be posted", "%(count)s drafts wait to be posted", count
        )
        url = f"{reverse('web:screen-journal-entries')}?f=drafts"
        yield Concern(text=said % {"count": formats.number(count)}, url=url)


def _company(actor: Actor) -> Any:
    """The actor's current company with its currency, and the number of its drafts that the actor may see."""
    drafts = visible(JournalEntry.objects.drafts(), actor).filter(company=actor.company_id or 0)
    counted = drafts.order_by().values("company").annotate(n=Count("pk")).values("n")
    rows = Company.objects.select_related("currency").filter(pk=actor.company_id or 0)
    may = actor.has_perm(ENTRIES)
    return rows.annotate(drafts=Subquery(counted if may else counted.none())).first()


def _open(actor: Actor, company: Company) -> dict[str, Any]:
    """How many documents are late or soon due, and over how much."""
    today = companies.today(company)
    customers, vendors = (Q(account__kind=KINDS[side]) for side in (RECEIVABLE, PAYABLE))
    late = customers & Q(due__lt=today, residual__gt=0)
    soon = vendors & Q(due__lte=today + SOON, residual__lt=0)
    due = Coalesce(F("due_date"), F("date"), output_field=DateField())
    items = JournalItem.objects.open().filter(customers | vendors, company=company)
    found: dict[str, Any] = (
        visible(items, actor)
        .annotate(due=due)
        .aggregate(
            late=Count("entry", filter=late, distinct=True),
            late_sum=Sum("residual", filter=late),
            soon=Count("entry", filter=soon, distinct=True),
            soon_sum=Sum("residual", filter=soon),
        )
    )
    return found


def _money(
    said: str, count: int, amount: Decimal, company: Company, side: str, tone: str
) -> Concern:
    return Concern(
        text=said % {"count": formats.number(count)},
        figure=formats.money(amount, company.currency),
        url=reverse("accounting:outstanding", args=[side]),
        tone=tone,
    )
