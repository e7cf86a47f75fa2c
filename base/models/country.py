"""Countries and their states or provinces."""

from functools import lru_cache

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun

ADDRESS = "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s"

STATE_NAME = pgtrigger.Trigger(
    name="complete_name",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        NEW.complete_name := NEW.name || ' (' ||
            (SELECT code FROM base_country WHERE id = NEW.country_id) || ')';
        RETURN NEW;
    """,
)


class Country(Noun):
    """A country of ISO 3166, with what an address and a tax number look like there."""

    company_path = None
    display_field = "name"
    search_fields = ("name", "code")

    class NamePosition(models.TextChoices):
        BEFORE = "before", _("Before the address")
        AFTER = "after", _("After the address")

    code = models.CharField(_("code"), max_length=2, unique=True)
    code3 = models.CharField(_("code of three letters"), max_length=3, blank=True, default="")
    name = models.CharField(_("name"), max_length=120)
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="countries",
    )
    phone_code = models.PositiveIntegerField(_("calling code"), default=0)
    address_format = models.TextField(_("address format"), blank=True, default=ADDRESS)
    tax_id_label = models.CharField(
        _("name of the tax number"), max_length=32, blank=True, default=""
    )
    state_required = models.BooleanField(_("address needs a state"), default=False)
    zip_required = models.BooleanField(_("address needs a postcode"), default=True)
    name_position = models.CharField(
        _("customer's name stands"),
        max_length=8,
        choices=NamePosition.choices,
        default=NamePosition.BEFORE,
    )

    class Meta(Noun.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_country_code_has_two_capitals",
                condition=Q(code__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("A country code has two capital letters, such as ID."),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name"))

    def __str__(self) -> str:
        return self.name


class CountryState(Noun):
    """A state, province or region of a country, with the ISO 3166-2 code below the country's."""

    company_path = None
    display_field = "complete_name"
    search_fields = ("name", "code")

    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.CASCADE, related_name="states"
    )
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=120)
    complete_name = models.CharField(
        _("name with country"), max_length=140, editable=False, default=""
    )

    class Meta(Noun.Meta):
        verbose_name = _("state or province")
        verbose_name_plural = _("states and provinces")
        ordering = ("code", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_countrystate_code_once_per_country",
                fields=("country", "code"),
                violation_error_message=_("This country already has a state with that code."),
            ),
        )
        indexes = (models.Index(name="base_countrystate_by_code", fields=("code", "id")),)
        triggers = (*Noun.Meta.triggers, STATE_NAME)

    def __str__(self) -> str:
        return self.complete_name or self.name


@lru_cache(maxsize=512)
def code_of(country_id: int) -> str:
    """The two letters of a country. Remembered: states change them less often than programs are restarted."""
    return str(Country.objects.values_list("code", flat=True).get(pk=country_id))
