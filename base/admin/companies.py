"""Companies."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from base.admin.access import acting
from base.admin.filters import ActiveFilter
from base.admin.office import Office
from base.models import Company
from base.services import companies

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
    add_fieldsets = (
        (None, {"fields": ("name", "parent")}),
        (_("Where it works"), {"fields": (("currency", "country"), ("language", "timezone"))}),
    )
    fieldsets = (
        (None, {"fields": ("name", "partner", "parent", "sequence")}),
        (_("Where it works"), {"fields": (("currency", "country"), ("language", "timezone"))}),
    )

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Open a new company by the verb, which gives it a partner; change the others as any record."""
        if change:
            super().write(request, form, formsets, change)
            return
        made = companies.open_company(form.cleaned_data, by=acting(request))
        form.instance.__dict__.update(made.__dict__)
