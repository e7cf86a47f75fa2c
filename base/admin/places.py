"""Countries, languages, currencies and what they were worth."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin.exchange import sheet_for
from base.admin.filters import COMPANY, DAYS, SEARCHED_LINK, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Parts
from base.models import Country, CountryState, Currency, CurrencyRate, Language
from base.services import currencies, languages

SHELF = _("Countries and currencies")


class StateParts(Parts):
    """The states of a country."""

    model = CountryState
    fields = ("code", "name")
    per_page = 50


@admin.register(Country)
class CountryOffice(TranslatedOffice):
    """Countries."""

    icon = "public"
    shelf = SHELF
    list_display = ("name", "code", "currency", "phone_code", "tax_id_label")
    list_filter = (("currency", SEARCHED_LINK),)
    search_fields = ("name_en", "name_ind", "code", "code3")
    autocomplete_fields = ("currency",)
    inlines = (StateParts,)
    sheet = sheet_for(Country, keys=("code",))


@admin.register(CountryState)
class CountryStateOffice(Office):
    """States, provinces and regions."""

    icon = "map"
    shelf = SHELF
    list_display = ("name", "code", "country")
    list_filter = (("country", SEARCHED_LINK),)
    search_fields = ("name", "code", "country__name_en")
    autocomplete_fields = ("country",)
    sheet = sheet_for(CountryState, keys=("country", "code"))


@admin.register(Language)
class LanguageOffice(Office):
    """Languages, and how each writes dates and numbers."""

    icon = "translate"
    shelf = SHELF
    put_away = staticmethod(languages.deactivate)
    take_back = staticmethod(languages.activate)
    list_display = ("name", "code", "direction", "date_format", "is_active")
    list_filter = ("is_active", "direction")
    hidden = ("is_active",)
    sheet = sheet_for(Language, keys=("code",))


@admin.register(Currency)
class CurrencyOffice(TranslatedOffice):
    """Currencies."""

    icon = "payments"
    shelf = SHELF
    put_away = staticmethod(currencies.archive)
    take_back = staticmethod(currencies.unarchive)
    list_display = ("code", "full_name", "symbol", "decimal_places", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "full_name_en", "full_name_ind", "symbol")
    hidden = ("is_active",)
    sheet = sheet_for(Currency, keys=("code",))


@admin.register(CurrencyRate)
class CurrencyRateOffice(Office):
    """What a currency was worth, from a day on."""

    icon = "currency_exchange"
    shelf = SHELF
    list_display = ("date", "currency", "rate", "company", "source")
    list_filter = (("currency", LinkFilter), ("date", DAYS), COMPANY)
    autocomplete_fields = ("currency", "company")
    date_hierarchy = "date"
    always_with = ("currency",)
    sheet = sheet_for(CurrencyRate, keys=("currency", "date"))
