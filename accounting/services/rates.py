"""What foreign currencies were worth on the days that a batch of entries speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accounting.errors import NoRate
from accounting.models import CompanyAccounting, JournalEntry
from base.errors import Missing
from base.models import Currency, CurrencyRate
from base.money import round_half_up
from base.services.currencies import RateDay, latest_rates

PLACES = JournalEntry._meta.get_field("rate").decimal_places
RATE_PLACES = CurrencyRate._meta.get_field("rate").decimal_places


def worth(rate: Decimal, pivot: Decimal = Decimal(1)) -> Decimal:
    """What one unit is worth at a stored rate: the shortest number that the rate is the rounded inverse of.

    Somebody who enters 15,800 rupiah for a dollar has 0.00006329113924050633 stored, and means 15,800.
    """
    exact = Fraction(pivot) / Fraction(rate)
    whole = len(str(int(exact)))
    for places in range(max(0, 6 - whole), PLACES):
        short = round_half_up(exact, places)
        if short and round_half_up(Fraction(pivot) / Fraction(short), RATE_PLACES) == rate:
            return short
    return round_half_up(exact, PLACES)


@dataclass(frozen=True)
class Rates:
    """The rates of some currencies, by currency, company and day."""

    settings: Mapping[int, CompanyAccounting]
    known: Mapping[RateDay, Decimal]
    currencies: Mapping[int, Currency] = field(default_factory=dict)

    @classmethod
    def of(cls, wanted: Iterable[RateDay], settings: Mapping[int, CompanyAccounting]) -> "Rates":
        """Read what is wanted and foreign to its company. Two queries, none when nothing is."""
        foreign = {
            (pk, company, day)
            for pk, company, day in wanted
            if company in settings and pk != settings[company].company.currency_id
        }
        own = {
            (settings[company].company.currency_id, company, day) for _pk, company, day in foreign
        }
        if not foreign:
            return cls(settings, {})
        currencies = Currency.objects.in_bulk({pk for pk, _company, _day in foreign})
        return cls(settings, latest_rates(foreign | own), currencies)

    def currency(self, currency_id: int, company_id: int) -> Currency:
        """A currency that was read: the company's own, or a foreign one. Raises `Missing`."""
        own = self.settings[company_id].company.currency
        if currency_id == own.pk:
            return own
        if currency_id not in self.currencies:
            raise Missing(model=Currency._meta.verbose_name, ids=currency_id)
        return self.currencies[currency_id]

    def worth(self, currency_id: int, company_id: int, day: date) -> Decimal:
        """What one unit of a currency was worth in the company's. Refuses with `NoRate`."""
        own = self.settings[company_id].company.currency_id
        if currency_id == own:
            return Decimal(1)
        found = self.known.get((currency_id, company_id, day))
        if found is None:
            raise NoRate(currency=self.currency(currency_id, company_id), date=day)
        pivot = self.known.get((own, company_id, day), Decimal(1))
        return worth(found, pivot)
