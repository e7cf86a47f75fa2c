"""Companies."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin.filters import ActiveFilter
from base.admin.office import Office
from base.models import Company

SHELF = _("Companies and settings")


@admin.register(Company)
class CompanyOffice(Office):
    """Legal entities with books of their own."""

    icon = "domain"
    shelf = SHELF
    list_display = ("name", "currency", "country", "parent", "timezone", "is_active")
    list_filter = (ActiveFilter,)
    autocomplete_fields = ("partner", "currency", "country", "parent")
    hidden = ("logo", "is_active")
    may_delete = False
    fieldsets = (
        (None, {"fields": ("name", "partner", "parent", "sequence")}),
        (_("Where it works"), {"fields": (("currency", "country"), ("language", "timezone"))}),
    )
