"""What a form of the back office shows by itself: the editable fields, then what the system keeps."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import GeneratedField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import get_translation_fields

from base.admin.figures import with_figures

AUTHORSHIP = ("created_at", "created_by", "changed_at", "changed_by")
NEVER_SHOWN = frozenset(
    {"password", "hashed", "secret", "access_token", "seeded", "access_version", "session_key"}
)


def translated_names(model: Any) -> frozenset[str]:
    """The fields of a model that hold a text for each language."""
    try:
        return frozenset(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        return frozenset()


def spread(names: Iterable[Any], translated: frozenset[str]) -> list[Any]:
    """Field names with each translated one replaced by its columns, a column a line."""
    out: list[Any] = []
    for name in names:
        if isinstance(name, list | tuple):
            inner = spread(name, translated)
            out.extend(inner if len(inner) > len(name) else [tuple(inner)])
        elif name in translated:
            out.extend(get_translation_fields(name))
        else:
            out.append(name)
    return out


class LaidOut(ModelAdmin):
    """Lays out forms: declared `fieldsets` or all editable fields, then, folded, what the system keeps."""

    hidden: tuple[str, ...] = ()
    """Fields that nobody needs to see here."""
    record_fields = True
    add_fieldsets: tuple[Any, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The form, section by section."""
        if obj is None and self.add_fieldsets:
            return list(self.add_fieldsets)
        translated = translated_names(self.model)
        declared: Any = self.fieldsets or [(None, {"fields": self._editable_names()})]
        sections: list[Any] = [
            (title, {**section, "fields": spread(section["fields"], translated)})
            for title, section in declared
        ]
        if obj is not None and self.record_fields:
            kept = self._kept_names(set(flatten_fieldsets(sections)))
            sections.append((_("Kept by the system"), {"fields": kept, "classes": ["collapse"]}))
        figures = self._figures(request, obj)
        return [
            (title, {**section, "fields": with_figures(section["fields"], figures)})
            for title, section in sections
        ]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns, numbers as people read them."""
        editable = set(self.list_editable)
        fields = {f.name: f for f in self.opts.concrete_fields if f.name not in editable}
        return with_figures(super().get_list_display(request), fields)

    def _figures(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """The decimals that are only read on this page."""
        read_only = obj is not None and not self.has_change_permission(request, obj)
        fields = self.opts.concrete_fields
        return {
            f.name: f for f in fields if read_only or is_kept(f) or f.name in self.readonly_fields
        }

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Declared ones, and every field that only the system writes."""
        declared = spread(self.readonly_fields, translated_names(self.model))
        figures = self._figures(request, obj)
        kept = [f.name for f in self._fields() if is_kept(f)]
        return with_figures([*declared, *kept], figures)

    def _fields(self) -> list[Any]:
        return [f for f in self.opts.concrete_fields if f.name not in NEVER_SHOWN]

    def _editable_names(self) -> list[str]:
        columns = {c for n in translated_names(self.model) for c in get_translation_fields(n)}
        fields = [*self._fields(), *self.opts.many_to_many]
        skipped = {*self.hidden, *AUTHORSHIP, *columns}
        return [f.name for f in fields if f.name not in skipped and not is_kept(f)]

    def _kept_names(self, shown: set[str]) -> list[str]:
        translated = translated_names(self.model)
        skipped = {*shown, *self.hidden, *AUTHORSHIP, *translated}
        kept = [
            field.name
            for field in self._fields()
            if field.name not in skipped
            and (is_kept(field) or field.primary_key)
            and not isinstance(field, GeneratedField)
        ]
        return [*kept, *(name for name in AUTHORSHIP if self._has(name))]

    def _has(self, name: str) -> bool:
        return any(field.name == name for field in self.opts.concrete_fields)


def is_kept(field: Any) -> bool:
    """Whether only the system writes a field."""
    if field.primary_key and field.remote_field is None and not field.editable:
        return True
    return not field.editable or isinstance(field, GeneratedField) or _is_automatic(field)


def _is_automatic(field: Any) -> bool:
    return field.primary_key and field.get_internal_type().endswith("AutoField")
