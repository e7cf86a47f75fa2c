"""The audit trail: only looked at."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.paginator import InfinitePaginator

from base.actors import Actor
from base.admin.access import acting
from base.admin.filters import CHOICE, MOMENTS, SEARCHED_LINK, LinkFilter
from base.admin.history import models_by_table
from base.admin.office import SeenOffice
from base.admin.parts import SeenParts
from base.models import Change, VerbRun
from base.modules import installed

SHELF = _("Audit and jobs")


def in_companies(path: str, actor: Actor) -> Q:
    """What happened in the actor's companies, and what happened in none."""
    return Q(**{f"{path}__in": actor.company_ids}) | Q(**{f"{path}__isnull": True})


class NounFilter(DropdownFilter):
    """By kind of record. The kinds are those there are, not those in the table: it may be long."""

    title = _("kind of record")
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        """The nouns of the installed modules."""
        nouns = [model for module in installed() for model in module.get_models()]
        named = [(model._meta.db_table, capfirst(model._meta.verbose_name)) for model in nouns]
        return sorted(named, key=lambda pair: str(pair[1]))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        return queryset.filter(model=self.value()) if self.value() else queryset


class ChangeParts(SeenParts):
    """What a run changed."""

    model = Change
    fields = ("operation", "model", "row_id", "old", "new")
    verbose_name_plural = _("changes")
    per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """In the order in which it happened."""
        return super().get_queryset(request).order_by("id")


@admin.register(VerbRun)
class VerbRunOffice(SeenOffice):
    """Who ran which verb, when, and through which door."""

    icon = "manage_search"
    shelf = SHELF
    list_display = ("started_at", "user", "verb", "door", "company", "changed")
    list_filter = (
        ("started_at", MOMENTS),
        ("user", SEARCHED_LINK),
        ("company", LinkFilter),
    )
    search_fields = ("verb",)
    ordering = ("-id",)
    paginator = InfinitePaginator
    inlines = (ChangeParts,)
    record_fields = False
    always_with = ("user", "company")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Runs in the actor's companies, and those in none."""
        changes = Change.objects.filter(run=OuterRef("pk")).order_by().values("run")
        counted = changes.annotate(number=Count("pk")).values("number")
        rows = super().get_queryset(request).annotate(changed_rows=Coalesce(Subquery(counted), 0))
        return rows.filter(in_companies("company", acting(request)))

    @admin.display(description=_("rows changed"))
    def changed(self, run: Any) -> int:
        """How many rows the run changed."""
        return int(run.changed_rows)


@admin.register(Change)
class ChangeOffice(SeenOffice):
    """What happened to each row."""

    icon = "difference"
    shelf = SHELF
    list_display = ("at", "operation", "noun", "record", "user", "run")
    list_filter = (("at", MOMENTS), ("operation", CHOICE), NounFilter)
    search_fields = ("=row_id",)
    ordering = ("-id",)
    paginator = InfinitePaginator
    record_fields = False
    always_with = ("run__user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Changes in the actor's companies, and those in none."""
        return super().get_queryset(request).filter(in_companies("run__company", acting(request)))

    @admin.display(description=_("kind of record"))
    def noun(self, change: Change) -> str:
        """The noun whose row it is."""
        model = models_by_table().get(change.model)
        return str(model._meta.verbose_name) if model else change.model

    @admin.display(description=_("record"))
    def record(self, change: Change) -> SafeString | str:
        """A way to the record, where there is one."""
        model = models_by_table().get(change.model)
        place = self.url_of(model(pk=change.row_id)) if model else ""
        text = f"#{change.row_id}"
        return format_html('<a class="text-link" href="{}">{}</a>', place, text) if place else text

    @admin.display(description=_("user"))
    def user(self, change: Change) -> str:
        """Who did it."""
        return str(change.run.user) if change.run else "—"
