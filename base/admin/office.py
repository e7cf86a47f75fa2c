"""The base class of every noun's page in the back office."""

from collections.abc import Callable
from typing import Any

from django.db.models import ForeignKey, QuerySet
from django.forms import Media
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from base.actors import Actor
from base.admin.access import Guarded, acting
from base.admin.deeds import Deed, Doing
from base.admin.exchange import Exchanged
from base.admin.filters import CHOICE, LinkFilter
from base.admin.history import Remembered
from base.admin.layout import LaidOut
from base.admin.parts import joined
from base.admin.writing import Written
from base.models.noun import Noun
from base.policies import company_path
from base.search import needle
from base.services import records

UNUSED = ("xregexp", "urlify", "prepopulate")
"""Scripts that fill one box from another, which nothing here does."""


class List(ChangeList):
    """A list that fetches along what it shows, also where the rows bring links of their own."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """Django leaves the list's links out when the rows have some already."""
        return super().get_queryset(*args, **kwargs).select_related(*self.list_select_related)


class Office(Doing, Written, Remembered, LaidOut, Guarded, Exchanged, ModelAdmin):
    """A noun in the back office: seen, written, remembered, exchanged and acted on by the rules of every other door."""

    icon = "description"
    """The Material symbol that stands beside it in the menu."""
    shelf: Any = None
    """The heading of the menu it stands under; its module's name when there is none."""
    put_away: Callable[..., Any] | None = None
    take_back: Callable[..., Any] | None = None
    """The noun's own verbs for archiving and the reverse, as `staticmethod`s; else the generic one is used."""
    change_form_before_template = "admin/reason.html"
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    warn_unsaved_form = True
    compressed_fields = True
    empty_value_display = "—"

    def __init__(self, model: Any, admin_site: Any) -> None:
        if not self.search_fields:
            self.__dict__["search_fields"] = getattr(model, "search_fields", ())
        super().__init__(model, admin_site)

    @property
    def media(self) -> Media:
        """Only what is used."""
        found: Any = super().media
        wanted = [one for one in found._js if not any(name in str(one) for name in UNUSED)]
        return Media(css=found._css, js=wanted)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Declared ones; a bare name becomes the filter that suits its field and offers only what the actor sees."""
        return [self._filter(entry) for entry in super().get_list_filter(request)]

    def _filter(self, entry: Any) -> Any:
        fields = (*self.opts.concrete_fields, *self.opts.many_to_many)
        field = next((f for f in fields if f.name == entry), None)
        if field is not None and field.is_relation:
            return (entry, LinkFilter)
        return (entry, CHOICE) if field is not None and field.choices else entry

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[List]:
        """Our own list."""
        return List

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Every link that the list shows, and what those rows are called by."""
        links: list[str] = []
        for name in self.get_list_display(request):
            field = self._link(name)
            if field is not None:
                links += [name, *(f"{name}__{deeper}" for deeper in self._called_by(field))]
        return [*links, *self.always_with]

    def _link(self, name: Any) -> Any:
        field = next((f for f in self.opts.concrete_fields if f.name == name), None)
        return field if isinstance(field, ForeignKey) else None

    def _called_by(self, field: Any) -> tuple[str, ...]:
        office = self.admin_site._registry.get(field.related_model)
        return getattr(office, "always_with", ())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find rows by all of the words. Nouns with a `search_text` are found by its index, whatever the accents."""
        if not any(field.name == "search_text" for field in self.opts.concrete_fields):
            return super().get_search_results(request, queryset, search_term)
        for word in smart_split(search_term):
            if word.startswith(('"', "'")) and word[0] == word[-1] and len(word) > 1:
                word = unescape_string_literal(word)
            queryset = queryset.filter(search_text__contains=needle(word))
        return queryset, False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new record in the current company, where it must have one."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if company_path(self.model) == "company":
            field = self.opts.get_field("company")
            if not field.null:
                initial.setdefault("company", acting(request).company_id)
        return initial

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Declared parts; and on an existing record those that other modules add."""
        return [*self.inlines, *(joined(self.model) if obj is not None else ())]

    def get_deeds(self, request: HttpRequest) -> list[Deed]:
        """Declared ones; and archiving, for nouns that can be archived."""
        if not self.may_change or not any(f.name == "is_active" for f in self.opts.concrete_fields):
            return super().get_deeds(request)
        permission = f"{self.opts.app_label}.change_{self.opts.model_name}"
        if not acting(request).has_perm(permission):
            return super().get_deeds(request)
        declared = {deed.name for deed in self.deeds}
        own = [deed for deed in _archiving(permission, self) if deed.name not in declared]
        return [*super().get_deeds(request), *own]

    def _told(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """What the page of a record shows besides its form: why it is final, what may be done to it."""
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return {}
        return {
            "office_reason": self.why_final(row) if self.may_change else None,
            "office_read_at": row.changed_at.isoformat() if isinstance(row, Noun) else "",
            "office_buttons": self.buttons(request, row),
            "show_history": True,
            **self.told_of(request, row),
        }

    def told_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """More context for the page of a record."""
        return {}

    def url_of(self, row: Any) -> str:
        """Where another noun's row is seen here, or nothing."""
        try:
            meta = row._meta
            return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
        except NoReverseMatch:
            return ""


class TranslatedOffice(Office, TabbedTranslationAdmin):
    """A noun with texts in English and Indonesian, side by side in tabs."""


class SeenOffice(Office):
    """A noun that the system writes: people only look."""

    may_add = may_change = may_delete = False
    warn_unsaved_form = False


def _archive(rows: QuerySet[Any], *, by: Actor) -> Any:
    return records.change(rows, {"is_active": False}, by=by)


def _unarchive(rows: QuerySet[Any], *, by: Actor) -> Any:
    return records.change(rows, {"is_active": True}, by=by)


def _archiving(permission: str, office: Office) -> tuple[Deed, Deed]:
    return (
        Deed(
            name="archive",
            label=_("Archive"),
            question=_("Archived records are kept, but not offered any more."),
            permission=permission,
            run=office.put_away or _archive,
            icon="archive",
            fits=lambda row: row.is_active,
        ),
        Deed(
            name="unarchive",
            label=_("Take out of the archive"),
            permission=permission,
            run=office.take_back or _unarchive,
            icon="unarchive",
            fits=lambda row: not row.is_active,
        ),
    )
