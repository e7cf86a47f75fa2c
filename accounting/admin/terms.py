"""Payment terms."""

from django.contrib import admin

from accounting.admin.chart import SHELF
from accounting.models import PaymentTerm, PaymentTermLine
from base.admin.filters import COMPANY, ActiveFilter, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Parts


class TermLineParts(Parts):
    """The parts in which a document falls due."""

    model = PaymentTermLine
    fields = ("kind", "value", "delay", "days", "day_of_month", "sequence")


@admin.register(PaymentTerm)
class PaymentTermOffice(TranslatedOffice):
    """When documents fall due."""

    icon = "event_upcoming"
    shelf = SHELF
    list_display = ("name", "sequence", "has_early_discount", "company", "is_active")
    list_filter = (ActiveFilter, COMPANY)
    search_fields = ("name_en", "name_ind")
    autocomplete_fields = ("company",)
    hidden = ("is_active",)
    inlines = (TermLineParts,)


@admin.register(PaymentTermLine)
class PaymentTermLineOffice(Office):
    """The parts of payment terms. They add up, so they are written on the page of their term."""

    icon = "splitscreen"
    shelf = SHELF
    list_display = ("term", "kind", "value", "delay", "days")
    list_filter = (("term", LinkFilter),)
    search_fields = ("term__name_en",)
    always_with = ("term",)
    may_add = may_change = may_delete = False
