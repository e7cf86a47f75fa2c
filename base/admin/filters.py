"""List filters that offer only what the actor may see."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateFilter,
    RangeDateTimeFilter,
    RelatedDropdownFilter,
)

from base.admin.access import acting, linkable


class LinkFilter(RelatedDropdownFilter):
    """By a link to a short list of rows, those that the actor sees. Left out where there is nothing to choose."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        """The rows to choose from. One query."""
        rows = linkable(field.related_model._default_manager.all(), acting(request))
        return [(row.pk, str(row)) for row in rows[:200]]


class ActiveFilter(admin.SimpleListFilter):
    """Shows what is in use; archived rows on demand."""

    title = _("archived")
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        """In use is what one sees without choosing."""
        return [("yes", _("Archived only")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() == "all":
            return queryset
        return queryset.filter(is_active=self.value() != "yes")

    def choices(self, changelist: Any) -> Any:
        """Django's, with a better word for the first."""
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("In use")}
        yield from rest


COMPANY = ("company", LinkFilter)
CHOICE = ChoicesDropdownFilter
SEARCHED_LINK = AutocompleteSelectFilter
DAYS = RangeDateFilter
MOMENTS = RangeDateTimeFilter
