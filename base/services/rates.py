"""Fetching currency rates: from the source that each company has chosen, never over what a person entered."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Refused
from base.models import Company, Currency, CurrencyRate
from base.rate_sources import Quotes
from base.verbs import verb

SMALLEST = Decimal("1e-20")


class CurrencyNotQuoted(Refused):
    """The source does not know the company's own currency, so nothing can be worked out from it."""

    code = "currency_not_quoted"
    message = _("%(source)s does not quote %(currency)s, the currency of %(company)s.")


@verb("base.add_currencyrate")
def write(company: Company, quotes: Iterable[Quotes], *, source: str, by: Actor, on: date) -> int:
    """Write the rates of a company's day that are not there yet, for the currencies in use; answers how many.

    A rate is how many units of the currency one unit of the company's own was worth, crossed over the source's base. A
    day for which there is a rate, the company's own or one that a person entered for all, is left as it is; days after
    `on` too. Refuses with `CurrencyNotQuoted`.
    """
    known = [day for day in quotes if day.day <= on]
    ours = company.currency.code
    if known and not any(day.units(ours) for day in known):
        raise CurrencyNotQuoted(source=source, currency=ours, company=company.name)
    foreign = Currency.objects.active().exclude(pk=company.currency_id)
    codes = dict(foreign.values_list("code", "pk"))
    taken = _taken(company, [day.day for day in known])
    rows = [
        CurrencyRate(
            currency_id=codes[code], date=day.day, company=company, rate=rate, source=source
        )
        for day in known
        for code, rate in _rates(day, ours)
        if code in codes and (codes[code], day.day) not in taken
    ]
    CurrencyRate.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(rows)


def _taken(company: Company, days: list[date]) -> set[tuple[int, date]]:
    rows: Any = CurrencyRate.objects.filter(Q(company=company) | Q(company__isnull=True, source=""))
    if not days:
        return set()
    return set(rows.filter(date__range=(min(days), max(days))).values_list("currency", "date"))


def _rates(day: Quotes, ours: str) -> Iterable[tuple[str, Decimal]]:
    """What one unit of our currency was worth in every other that is quoted."""
    own = day.units(ours)
    if own is None:
        return
    with localcontext() as exact:
        exact.prec = 60
        for code in {day.base, *day.rates} - {ours}:
            rate = ((day.units(code) or Decimal(0)) / own).quantize(SMALLEST, ROUND_HALF_UP)
            if rate:
                yield code, rate
