"""What is still open: owed to us and by us, by how late it is, down to the items."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DateField, F, Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, JournalItem
from accounting.screens import company as companies
from base.actors import Actor
from base.money import ZERO
from base.policies import visible
from base.search import needle
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, page

RECEIVABLE, PAYABLE = "receivable", "payable"
KINDS = {RECEIVABLE: Account.Kind.RECEIVABLE, PAYABLE: Account.Kind.PAYABLE}
SORTS = (
    Sort(key="due", field="due"),
    Sort(key="partner", field="partner__sort_name", empty=""),
    Sort(key="residual", field="residual"),
)


@dataclass(frozen=True)
class Age:
    """How late something is: from so many days after it fell due to so many."""

    key: str
    label: str | Promise
    first: int | None
    last: int | None

    def condition(self, today: date) -> Q:
        """The open items of this age on a day."""
        found = Q()
        if self.first is not None:
            found &= Q(due__lte=today - timedelta(days=self.first))
        if self.last is not None:
            found &= Q(due__gte=today - timedelta(days=self.last))
        return found


AGES = (
    Age("current", _("Not due yet"), None, 0),
    Age("1-30", _("1–30 days late"), 1, 30),
    Age("31-60", _("31–60 days late"), 31, 60),
    Age("61-90", _("61–90 days late"), 61, 90),
    Age("older", _("More than 90 days late"), 91, None),
)


@dataclass(frozen=True)
class Outstanding:
    """What is open on one side: by age, in all, and how much of it is late. Positive as people say it."""

    side: str
    ages: list[tuple[Age, Decimal, int]]

    @property
    def total(self) -> Decimal:
        """All that is open."""
        return sum((amount for _age, amount, _share in self.ages), ZERO)

    @property
    def late(self) -> Decimal:
        """What should have been paid by now."""
        return sum((amount for _age, amount, _share in self.ages[1:]), ZERO)


def items_of(actor: Actor, company_id: int, side: str) -> Any:
    """The open items of a side, with the day they fall due: their own when none is set."""
    items = JournalItem.objects.open().filter(company=company_id, account__kind=KINDS[side])
    due = Coalesce(F("due_date"), F("date"), output_field=DateField())
    return visible(items, actor).annotate(due=due)


def outstanding(actor: Actor, company_id: int, side: str, today: date) -> Outstanding:
    """What is open on a side, by age; `share` is that of the largest age in percent. One query."""
    sums = {
        f"age_{place}": Sum("residual", filter=age.condition(today))
        for place, age in enumerate(AGES)
    }
    found = items_of(actor, company_id, side).aggregate(**sums)
    sign = 1 if side == RECEIVABLE else -1
    amounts = [sign * (found[f"age_{place}"] or ZERO) for place in range(len(AGES))]
    largest = max(map(abs, amounts)) or Decimal(1)
    return Outstanding(
        side,
        [
            (age, amount, int(100 * abs(amount) / largest))
            for age, amount in zip(AGES, amounts, strict=True)
        ],
    )


@page("accounting.view_journalitem")
def listing(request: PageRequest, side: str) -> HttpResponse:
    """The open items of a side: what the figures of the dashboard are made of."""
    company = companies.current(request.actor)
    today = companies.today(company)
    ages = tuple(
        Choice(key=age.key, label=age.label, condition=age.condition(today)) for age in AGES
    )
    found = Listing(
        request,
        items_of(request.actor, company.pk, side).select_related("entry", "partner"),
        sorts=SORTS,
        default="due",
        choices=(Choice(key="all", label=_("All"), condition=Q()), *ages),
        search=_found_by,
    )
    sign = 1 if side == RECEIVABLE else -1
    total = found.found.order_by().aggregate(sum=Sum("residual"))["sum"] or ZERO
    for row in found.rows:
        row.open_amount = sign * row.residual
        row.is_late = row.due < today
    context = {"listing": found, "side": side, "company": company, "total": sign * total}
    return render(request, "accounting/outstanding.html", context)


def _found_by(rows: Any, text: str) -> Any:
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(entry__number__icontains=word)
            | Q(entry__reference__icontains=word)
            | Q(partner__search_text__contains=needle(word))
        )
    return rows
