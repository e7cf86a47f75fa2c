"""Amounts from one currency to another, at the rate of a day."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Refused
from base.models import Company, Currency, CurrencyRate
from base.verbs import verb

LATEST = """
SELECT w.currency_id, w.company_id, w.day, r.rate
  FROM unnest(%s::bigint[], %s::bigint[], %s::date[]) AS w(currency_id, company_id, day)
 CROSS JOIN LATERAL (
     SELECT rate FROM base_currencyrate
      WHERE currency_id = w.currency_id AND date <= w.day AND (company_id = w.company_id OR company_id IS NULL)
      ORDER BY date DESC, company_id NULLS LAST LIMIT 1
 ) r
"""
RateDay = tuple[int, int, date]


class MissingRate(Refused):
    """Nobody has said what the currency was worth; it is never taken to be worth the same."""

    code = "missing_rate"
    message = _("There is no rate for %(currency)s on %(date)s. Enter one first.")


class CurrencyInUse(Refused):
    """A company keeps its books in the currency."""

    code = "currency_in_use"
    message = _("%(companies)s keeps its books in this currency.")


def convert(
    amount: Decimal,
    from_currency: Currency,
    to_currency: Currency,
    *,
    company: Company,
    on: date,
    exact: bool = False,
) -> Decimal:
    """An amount in another currency at the company's rate of a day, rounded to that currency unless `exact`.

    Refuses with `MissingRate`.
    """
    if from_currency.pk == to_currency.pk:
        return amount if exact else to_currency.round(amount)
    found = rates({from_currency, to_currency}, company=company, on=on)
    worth = Fraction(amount) * Fraction(found[to_currency.pk]) / Fraction(found[from_currency.pk])
    if exact:
        return Decimal(worth.numerator) / Decimal(worth.denominator)
    return to_currency.round(worth)


def rate(from_currency: Currency, to_currency: Currency, *, company: Company, on: date) -> Decimal:
    """How many units of the second currency one unit of the first was worth. Refuses with `MissingRate`."""
    return convert(Decimal(1), from_currency, to_currency, company=company, on=on, exact=True)


def rates(currencies: Collection[Currency], *, company: Company, on: date) -> dict[int, Decimal]:
    """What one unit of the company's currency was worth on a day in each of some currencies. One query.

    The latest rate up to the day counts; of one day, the company's own goes before the shared one. The company's own
    currency is worth 1 where no rate says otherwise. Refuses with `MissingRate`.
    """
    known = CurrencyRate.objects.for_company(company.pk).filter(
        currency__in=currencies, date__lte=on
    )
    latest = known.order_by("currency", "-date", F("company").asc(nulls_last=True)).distinct(
        "currency"
    )
    found = dict(latest.values_list("currency", "rate"))
    found.setdefault(company.currency_id, Decimal(1))
    for currency in currencies:
        if currency.pk not in found:
            raise MissingRate(currency=currency.code, date=on)
    return found


def latest_rates(wanted: Iterable[RateDay]) -> dict[RateDay, Decimal]:
    """Rates of any number of currencies, companies and days: (currency, company, day) to rate, as `rates` finds them.

    What nobody has said is left out. One query, none when nothing is wanted; it reads no more history than it needs.
    """
    asked = sorted(set(wanted))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [list(column) for column in zip(*asked, strict=True)])
        return {
            (currency, company, day): found for currency, company, day, found in cursor.fetchall()
        }


@verb("base.change_currency")
def archive(currencies: QuerySet[Currency], *, by: Actor) -> int:
    """Take currencies out of use; answers how many. Refuses with `CurrencyInUse`."""
    ids = list(currencies.order_by("pk").select_for_update().values_list("pk", flat=True))
    names = Company.objects.filter(currency__in=ids).values_list("name", flat=True)
    if names:
        raise CurrencyInUse(companies=", ".join(names))
    return Currency.objects.filter(pk__in=ids).update(is_active=False)


@verb("base.change_currency")
def unarchive(currencies: QuerySet[Currency], *, by: Actor) -> int:
    """Take currencies into use; answers how many."""
    return currencies.update(is_active=True)
