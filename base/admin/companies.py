"""Companies."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from base import rate_sources
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
        (_("Currency rates"), {"fields": ("rate_source",)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The source of rates is one of those that the installed modules bring."""
        if db_field.name != "rate_source":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        offered = [("", _("None: rates are entered by hand"))]
        offered += [(source.key, source.label) for source in rate_sources.known()]
        return forms.ChoiceField(
            label=capfirst(db_field.verbose_name),
            choices=offered,
            required=False,
            widget=UnfoldAdminSelectWidget,
        )

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Open a new company by the verb, which gives it a partner; change the others as any record."""
        if change:
            super().write(request, form, formsets, change)
            return
        made = companies.open_company(form.cleaned_data, by=acting(request))
        form.instance.__dict__.update(made.__dict__)
