"""Numbering, parameters, names of rows, and counters."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from base.admin.companies import SHELF
from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, ActiveFilter, LinkFilter
from base.admin.office import Office, SeenOffice
from base.admin.parts import Parts
from base.models import Counter, ExternalId, Parameter, Sequence, SequenceRange


class RangeParts(Parts):
    """The stretches of time in which a sequence counts anew."""

    model = SequenceRange
    fields = ("start_date", "end_date", "next_number")


@admin.register(Sequence)
class SequenceOffice(Office):
    """How documents are numbered."""

    icon = "tag"
    shelf = SHELF
    list_display = ("name", "code", "prefix", "padding", "next_number", "implementation", "company")
    list_filter = (ActiveFilter, ("implementation", CHOICE), COMPANY)
    autocomplete_fields = ("company",)
    hidden = ("is_active",)
    inlines = (RangeParts,)
    sheet = sheet_for(Sequence, without=("is_active", "next_number"), keys=("code",))


@admin.register(SequenceRange)
class SequenceRangeOffice(Office):
    """Date ranges of sequences."""

    icon = "date_range"
    shelf = SHELF
    list_display = ("sequence", "start_date", "end_date", "next_number")
    list_filter = (("sequence", LinkFilter),)
    autocomplete_fields = ("sequence",)
    always_with = ("sequence",)


@admin.register(Parameter)
class ParameterOffice(Office):
    """Settings of the system."""

    icon = "settings"
    shelf = SHELF
    list_display = ("key", "value")


@admin.register(ExternalId)
class ExternalIdOffice(SeenOffice):
    """The names by which seeds, imports and other programs know rows."""

    icon = "fingerprint"
    shelf = SHELF
    list_display = ("complete_name", "content_type", "record", "keeps_edits")
    list_filter = (("content_type", LinkFilter), "keeps_edits")
    search_fields = ("module", "name", "=row_id")
    fields = ("module", "name", "content_type", "row_id", "keeps_edits")
    record_fields = False

    @admin.display(description=_("record"))
    def record(self, name: ExternalId) -> SafeString | str:
        """A way to the record."""
        model: Any = name.content_type.model_class()
        place = self.url_of(model(pk=name.row_id)) if model else ""
        text = f"#{name.row_id}"
        return format_html('<a class="text-link" href="{}">{}</a>', place, text) if place else text


@admin.register(Counter)
class CounterOffice(SeenOffice):
    """The last numbers taken. They are taken by verbs, never set."""

    icon = "pin"
    shelf = SHELF
    list_display = ("key", "value")
    search_fields = ("key",)
    record_fields = False
