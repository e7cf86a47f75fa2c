"""What happened to a record: what people said about it, and what changed, from old to new, by whom, by which door."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.models import Change, Message
from web import formats

SHOWN = 30
DOORS: dict[str, str | Promise] = {
    "web": _("on the web"),
    "admin": _("in the back office"),
    "rpc": _("by another program"),
    "job": _("by a scheduled job"),
    "import": _("by an import"),
    "shell": _("by a command"),
}


@dataclass(frozen=True)
class Line:
    """One value that changed."""

    label: str
    old: str
    new: str


@dataclass
class Happening:
    """A message, or the changes of one run of a verb."""

    at: datetime
    who: str
    door: str | Promise = ""
    title: str | Promise = ""
    body: str = ""
    is_note: bool = False
    lines: list[Line] = field(default_factory=list)

    @property
    def is_message(self) -> bool:
        """Whether somebody said it."""
        return bool(self.body)


def of(row: models.Model) -> list[Happening]:
    """The last things that happened to a record, newest first. Two queries, and one for each kind of link changed."""
    told = [_message(message) for message in _messages(row)]
    return sorted(told + _changes(row), key=lambda happening: happening.at, reverse=True)[:SHOWN]


def _messages(row: models.Model) -> Iterable[Message]:
    return (
        Message.objects.about(row).exclude(body="").select_related("author").order_by("-id")[:SHOWN]
    )


def _message(message: Message) -> Happening:
    who = str(message.author.name) if message.author else message.email_from
    return Happening(at=message.date, who=who, body=message.body, is_note=message.is_internal)


def _changes(row: models.Model) -> list[Happening]:
    found = list(
        Change.objects.filter(model=row._meta.db_table, row_id=row.pk)
        .select_related("run__user__partner")
        .order_by("-id")[: SHOWN * 2]
    )
    columns = {str(column.column): column for column in row._meta.concrete_fields}
    names = _names_of_links(found, columns)
    runs: dict[Any, Happening] = {}
    for change in found:
        happening = runs.setdefault(change.run_id or f"row {change.pk}", _happening(change))
        if change.operation == Change.Operation.INSERT:
            happening.title = gettext("Created")
        elif change.operation == Change.Operation.UPDATE:
            happening.lines[:0] = _lines(change, columns, names)
    return [happening for happening in runs.values() if happening.lines or happening.title]


def _happening(change: Change) -> Happening:
    run = change.run
    if run is None:
        return Happening(at=change.at, who=gettext("Directly in the database"))
    return Happening(
        at=change.at, who=str(run.user.partner.name), door=DOORS.get(run.door, run.door)
    )


def _lines(
    change: Change, columns: dict[str, Any], names: dict[tuple[Any, int], str]
) -> list[Line]:
    old, new = change.old or {}, change.new or {}
    lines = []
    for name in sorted(old.keys() | new.keys()):
        column = columns.get(name)
        if column is not None and (column.editable or name in {"state", "number", "payment_state"}):
            before, after = _said(column, old.get(name), names), _said(column, new.get(name), names)
            lines.append(Line(str(column.verbose_name).capitalize(), before, after))
    return lines


def _names_of_links(found: list[Change], columns: dict[str, Any]) -> dict[tuple[Any, int], str]:
    """The names of all records that changed links point to. One query for each kind of record."""
    wanted: dict[Any, set[int]] = {}
    for change in found:
        if change.operation != Change.Operation.UPDATE:
            continue
        for values in (change.old or {}, change.new or {}):
            for name, value in values.items():
                column = columns.get(name)
                if isinstance(column, models.ForeignKey) and isinstance(value, int):
                    wanted.setdefault(column.related_model, set()).add(value)
    names: dict[Any, Any] = {}
    for model, ids in wanted.items():
        names |= {(model, row.pk): str(row) for row in model._default_manager.filter(pk__in=ids)}
    return names


def _said(column: Any, value: Any, names: dict[tuple[Any, int], str]) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(column, models.ForeignKey):
        return names.get((column.related_model, value), str(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plainly(column, value)


def _plainly(column: Any, value: Any) -> str:
    """A day or a number in the reader's way; anything else as it is kept."""
    with suppress(InvalidOperation, ValueError):
        if type(column) is models.DateField:
            return formats.day(date.fromisoformat(value))
        if isinstance(column, models.DecimalField):
            return formats.number(Decimal(str(value)))
    return str(value)[:200]
