"""Currencies and what they were worth on which day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Self

from babel import Locale
from babel.core import get_global
from babel.numbers import parse_pattern
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.money import RateField, round_half_up
from base.triggers import remember

WITHOUT_EMPTY_DECIMALS = frozenset({"IDR"})  # where a house still keeps them to the sen


class CurrencyQuerySet(models.QuerySet["Currency"]):
    """The questions we ask of currencies."""

    def active(self) -> Self:
        """Those in use."""
        return self.filter(is_active=True)


class Currency(Noun):
    """Money of a country. Amounts are rounded once, half up, to its decimal places: rupiah and yen 0, dollar 2, dinar 3."""

    company_path = None
    display_field = "code"
    search_fields = ("code", "full_name", "symbol")

    class Position(models.TextChoices):
        BEFORE = "before", _("Before the amount")
        AFTER = "after", _("After the amount")

    code = models.CharField(_("code"), max_length=3, unique=True)
    full_name = models.CharField(_("name"), max_length=80, blank=True, default="")
    numeric_code = models.PositiveSmallIntegerField(_("ISO number"), default=0)
    symbol = models.CharField(_("symbol"), max_length=12)
    position = models.CharField(
        _("symbol stands"), max_length=8, choices=Position.choices, default=Position.BEFORE
    )
    decimal_places = models.PositiveSmallIntegerField(_("decimal places"), default=2)
    unit_label = models.CharField(_("unit"), max_length=40, blank=True, default="")
    subunit_label = models.CharField(_("subunit"), max_length=40, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    objects = CurrencyQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ("-is_active", "code")
        constraints = (
            models.CheckConstraint(
                name="base_currency_code_has_three_capitals",
                condition=Q(code__regex=r"^[A-Z]{3}$"),
                violation_error_message=_(
                    "A currency code has three capital letters, such as IDR."
                ),
            ),
            models.CheckConstraint(
                name="base_currency_at_most_four_decimal_places",
                condition=Q(decimal_places__lte=4),
                violation_error_message=_("A currency has at most four decimal places."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("full_name", "unit_label", "subunit_label"),
            remember(),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def rounding(self) -> Decimal:
        """The smallest amount: 1 for yen, 0.01 for dollars."""
        return Decimal(1).scaleb(-self.decimal_places)

    @property
    def writes_whole_amounts_bare(self) -> bool:
        """Whether people write 1.000 rather than 1.000,00: where nobody pays in the smaller coin any more."""
        fractions = get_global("currency_fractions")
        _digits, _rounding, cash_digits, _cash_rounding = fractions.get(
            self.code, fractions["DEFAULT"]
        )
        return bool(cash_digits == 0)

    def round(self, amount: Decimal | Fraction | int) -> Decimal:
        """Round an amount half up to this currency's decimal places."""
        return round_half_up(amount, self.decimal_places)

    def is_zero(self, amount: Decimal) -> bool:
        """Whether an amount rounds to nothing."""
        return self.round(amount) == 0

    def places_shown(self, *amounts: Decimal) -> int:
        """How many decimals amounts are written with: nobody writes sen where there are none."""
        whole = self.code in WITHOUT_EMPTY_DECIMALS and all(
            a == a.to_integral_value() for a in amounts
        )
        return 0 if whole else self.decimal_places

    def format(self, amount: Decimal | int, language: str | None = None) -> str:
        """Write an amount as a reader of the language expects it: `Rp 1.234.567`, `$1,234.50`."""
        locale = Locale.parse((language or get_language() or "en").replace("-", "_"))
        number = parse_pattern(locale.decimal_formats[None])
        rounded = self.round(Decimal(amount))
        places = self.places_shown(rounded)
        number.frac_prec = (places, places)
        digits = number.apply(abs(rounded), locale)
        minus = "-" if rounded < 0 else ""
        if self.position == self.Position.AFTER:
            return f"{minus}{digits}\N{NO-BREAK SPACE}{self.symbol}"
        space = "\N{NO-BREAK SPACE}" if self.symbol[-1:].isalpha() else ""
        return f"{minus}{self.symbol}{space}{digits}"


class CurrencyRateQuerySet(models.QuerySet["CurrencyRate"]):
    """The questions we ask of rates."""

    def valid_on(self, day: date) -> Self:
        """Rates of the day and of days before, the latest first."""
        return self.filter(date__lte=day).order_by("-date", "-id")

    def for_company(self, company_id: int | None) -> Self:
        """The company's own rates and the shared ones."""
        return self.filter(Q(company=company_id) | Q(company__isnull=True))


class CurrencyRate(Noun):
    """How many units of a currency one unit of the company's currency was worth, from a day on.

    With a company it holds for that company and goes before the shared one of the same day or earlier. `source` names
    where the house fetched it; it is empty where a person entered the rate.
    """

    display_field = "date"
    search_fields = ("currency__code",)

    currency = models.ForeignKey(
        Currency, verbose_name=_("currency"), on_delete=models.CASCADE, related_name="rates"
    )
    date = models.DateField(_("date"))
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    rate = RateField(_("rate"), max_digits=36, decimal_places=20)
    source = models.CharField(_("source"), max_length=40, blank=True, default="", editable=False)

    objects = CurrencyRateQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("currency rate")
        verbose_name_plural = _("currency rates")
        ordering = ("-date", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_currencyrate_once_a_day",
                fields=("currency", "date", "company"),
                nulls_distinct=False,
                violation_error_message=_("There is already a rate of this currency for that day."),
            ),
            models.CheckConstraint(
                name="base_currencyrate_positive",
                condition=Q(rate__gt=0),
                violation_error_message=_("A rate must be greater than zero."),
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"

    @property
    def inverse_rate(self) -> Decimal:
        """How many units of the company's currency one unit of this currency was worth."""
        return Decimal(1) / Decimal(self.rate)
