"""The history of a record: every change of it and of its parts, old and new, by whom and through which door."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from base.admin.layout import AUTHORSHIP, NEVER_SHOWN
from base.models import Change

PAGE = 50


@dataclass(frozen=True)
class Difference:
    """One field of one row: what it was and what it became."""

    label: str
    old: str
    new: str


@dataclass
class Happening:
    """One change as people read it."""

    change: Change
    what: str
    differences: list[Difference] = field(default_factory=list)


class Remembered(ModelAdmin):
    """Shows our audit trail as the history of a record, in place of Django's log."""

    object_history_template = "admin/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what on this record, the latest first."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        parts = [inline.model for inline in self.get_inline_instances(request, row)]
        page = Paginator(changes_of(row, parts), PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % row,
            "happenings": told(page.object_list),
            "page": page,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": row,
            "original": row,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


def changes_of(row: Model, parts: Iterable[type[Model]] = ()) -> Any:
    """The changes of a row and of the rows that are part of it now, the latest first."""
    if not isinstance(row.pk, int):
        return Change.objects.none()
    condition = Q(model=row._meta.db_table, row_id=row.pk)
    runs = Change.objects.filter(condition).values("run")
    for part in parts:
        link = next(f for f in part._meta.concrete_fields if _leads_to(f, row))
        ids = part._default_manager.filter(**{link.name: row.pk}).values("pk")
        condition |= Q(model=part._meta.db_table, row_id__in=ids)
        gone = Q(model=part._meta.db_table, operation=Change.Operation.DELETE, run__in=runs)
        condition |= gone & Q(**{f"old__{link.attname}": row.pk})
    return Change.objects.filter(condition).select_related("run__user").order_by("-id")


def _leads_to(field: Any, row: Model) -> bool:
    return field.related_model is type(row) and field.name not in AUTHORSHIP


def told(changes: Iterable[Change]) -> list[Happening]:
    """Changes with field names and linked rows in words. One query for each kind of row linked to."""
    changes = list(changes)
    names = _names_of_linked_rows(changes)
    return [_happening(change, names) for change in changes]


def _happening(change: Change, names: dict[tuple[type[Model], Any], str]) -> Happening:
    model = models_by_table().get(change.model)
    what = str(capfirst(model._meta.verbose_name)) if model else change.model
    happening = Happening(change=change, what=what)
    old, new = change.old or {}, change.new or {}
    fields = {f.column: f for f in model._meta.concrete_fields} if model else {}
    for column in dict.fromkeys([*old, *new]):
        column_field = fields.get(column)
        if column_field is not None and (column_field.primary_key or column in NEVER_SHOWN):
            continue
        happening.differences.append(
            Difference(
                label=str(capfirst(column_field.verbose_name)) if column_field else column,
                old=_shown(column_field, old.get(column), names),
                new=_shown(column_field, new.get(column), names),
            )
        )
    return happening


def _shown(column: Any, value: Any, names: dict[tuple[type[Model], Any], str]) -> str:
    if value is None or value == "":
        return "—"
    if column is not None and column.related_model is not None:
        return names.get((column.related_model, value), f"#{value}")
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _names_of_linked_rows(changes: list[Change]) -> dict[tuple[type[Model], Any], str]:
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for change in changes:
        model = models_by_table().get(change.model)
        for column in model._meta.concrete_fields if model else ():
            if column.related_model is not None:
                for values in (change.old or {}, change.new or {}):
                    if values.get(column.column) is not None:
                        wanted[column.related_model].add(values[column.column])
    return {
        (model, row.pk): str(row)
        for model, ids in wanted.items()
        for row in model._base_manager.filter(pk__in=ids)
    }


@cache
def models_by_table() -> dict[str, type[Model]]:
    """Every model by the name of its table."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
