"""Which items settle each other with how much, and what the rates between them have won or lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounting.errors import NotPosted, NotReconcilable
from accounting.models import JournalItem, PartialReconciliation
from accounting.rules.matching import Match, Open, Places, matches
from accounting.services import exchange
from accounting.services.exchange import Difference
from base.models import Company, Currency
from base.money import ZERO


@dataclass(frozen=True)
class Plan:
    """Matches about to be written, and what the rates of some of them have won or lost."""

    partials: list[PartialReconciliation]
    differences: list[tuple[PartialReconciliation, Difference]]


def plan(groups: Sequence[Sequence[JournalItem]]) -> Plan:
    """Match the items of each group, the earliest due first. At most two queries.

    Refuses with `NotPosted`, `NotReconcilable`.
    """
    planned = Plan([], [])
    for rows in groups:
        for row in rows:
            if row.state != "posted":
                raise NotPosted(record=row.entry)
            if row.account is None or not row.account.is_reconcilable:
                raise NotReconcilable(account=row.account)
    currencies = _Currencies.of([row for rows in groups for row in rows])
    for rows in groups:
        by_id = {row.pk: row for row in rows}
        ordered = sorted(rows, key=lambda row: (row.due_date or row.date, row.date, row.pk))
        for match in currencies.matches(ordered):
            debit, credit = by_id[match.debit], by_id[match.credit]
            partial = _partial(match, debit, credit)
            planned.partials.append(partial)
            if match.exchange:
                item = debit if match.exchange > 0 else credit
                planned.differences.append(
                    (partial, Difference(item, match.exchange, partial.date))
                )
    return planned


def _partial(match: Match, debit: JournalItem, credit: JournalItem) -> PartialReconciliation:
    return PartialReconciliation(
        company_id=debit.company_id,
        debit_item_id=match.debit,
        credit_item_id=match.credit,
        amount=match.amount,
        debit_amount_currency=match.debit_amount,
        credit_amount_currency=match.credit_amount,
        date=_later(debit, credit),
    )


def exchanged(planned: Plan) -> list[PartialReconciliation]:
    """Book the exchange differences; answers the matches that settle them with the items they are of."""
    if not planned.differences:
        return []
    made = []
    booked = exchange.book([difference for _partial, difference in planned.differences])
    for (partial, difference), (entry, counter_id) in zip(planned.differences, booked, strict=True):
        partial.exchange_entry_id = entry.pk
        is_debit = difference.amount > 0
        made.append(
            PartialReconciliation(
                company_id=partial.company_id,
                debit_item_id=difference.item.pk if is_debit else counter_id,
                credit_item_id=counter_id if is_debit else difference.item.pk,
                amount=abs(difference.amount),
                debit_amount_currency=ZERO,
                credit_amount_currency=ZERO,
                date=entry.date,
            )
        )
    return made


@dataclass(frozen=True)
class _Currencies:
    """The company's currencies and the decimals of all, read only where items are in several or at several rates."""

    own: Mapping[int, int]
    places: Mapping[int, int]

    @classmethod
    def of(cls, rows: Sequence[JournalItem]) -> "_Currencies":
        """Read those of some items. Two queries, none when all is in the company's currency."""
        plain = all(row.amount_currency == row.balance for row in rows)
        if plain and len({row.currency_id for row in rows}) <= 1:
            return cls({}, {})
        companies = Company.objects.filter(pk__in={row.company_id for row in rows})
        own = dict(companies.values_list("pk", "currency_id"))
        wanted = {*own.values(), *(row.currency_id for row in rows)}
        places = Currency.objects.filter(pk__in=wanted).values_list("pk", "decimal_places")
        return cls(own, dict(places))

    def matches(self, rows: Sequence[JournalItem]) -> list[Match]:
        """Match items of one company in the order given."""
        if not self.own or not rows:
            return matches([Open(row.pk, row.residual, row.residual_currency) for row in rows])
        own = self.own[rows[0].company_id]
        return matches(
            [
                Open(row.pk, row.residual, row.residual_currency, row.currency_id, _worth(row, own))
                for row in rows
            ],
            Places(self.places[own], self.places),
        )


def _worth(row: JournalItem, own: int) -> Fraction | None:
    """What one unit of an item's currency is worth by its own amounts."""
    if row.currency_id == own:
        return None
    if not row.amount_currency:
        return Fraction(0)
    return Fraction(row.balance) / Fraction(row.amount_currency)


def _later(one: JournalItem, other: JournalItem) -> date:
    return max(one.date, other.date)
