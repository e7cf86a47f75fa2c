"""What happened to a record: what people said about it, and what changed, from old to new, by whom, by which door."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.actors import SYSTEM_USER_ID, Actor
from base.models import Attachment, Change, Message, User
from rpc import registry
from rpc.context import Call
from rpc.fields import Field
from web import formats

SHOWN = 30
LAST = 2**63 - 1
PICTURES = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))
PAPER = "application/pdf"
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


@dataclass(frozen=True)
class Filed:
    """A file that was sent with a message."""

    id: int
    name: str
    mimetype: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether a browser draws it."""
        return self.mimetype in PICTURES

    @property
    def is_paper(self) -> bool:
        """Whether a browser shows it as pages."""
        return self.mimetype == PAPER


@dataclass
class Happening:
    """A message, or the changes of one run of a verb. `number` is where it stands among those of its kind."""

    at: datetime
    who: str
    number: int
    door: str | Promise = ""
    title: str | Promise = ""
    body: str = ""
    is_note: bool = False
    is_said: bool = False
    author_id: int | None = None
    lines: list[Line] = field(default_factory=list)
    files: list[Filed] = field(default_factory=list)

    @property
    def is_message(self) -> bool:
        """Whether somebody said it."""
        return self.is_said

    @property
    def tells(self) -> bool:
        """Whether there is anything to read in it."""
        return self.is_said or bool(self.title or self.lines)


@dataclass(frozen=True)
class Place:
    """How far one has read: everything below these two numbers is older."""

    message: int = LAST
    change: int = LAST

    def __str__(self) -> str:
        return f"{self.message}-{self.change}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """A place from an address; the newest one where it is none."""
        numbers = text.split("-")
        if len(numbers) == 2 and all(n.isdecimal() and len(n) < 19 for n in numbers):
            return cls(*map(int, numbers))
        return cls()


@dataclass(frozen=True)
class History:
    """Some of what happened to a record, newest first, and where what is older begins."""

    happenings: list[Happening]
    earlier: Place | None


def of(row: models.Model, actor: Actor | None = None) -> list[Happening]:
    """The last things that happened to a record, newest first. Two queries, and one for each kind of link changed."""
    return page(row, actor=actor).happenings


def page(row: models.Model, before: Place | None = None, *, actor: Actor | None = None) -> History:
    """Some of what happened, from a place backwards. The same number of queries however much there is.

    With an `actor`, fields that this one may not see are left out.
    """
    before = before or Place()
    said = [_message(message) for message in _messages(row, before.message)]
    changed, is_cut = _changes(row, before.change, _hidden(row, actor))
    shown: list[Happening] = []
    place = before
    while said or changed:
        if not changed and is_cut:
            break
        if sum(happening.tells for happening in shown) == SHOWN:
            break
        one = (said if not changed or (said and said[0].at >= changed[0].at) else changed).pop(0)
        shown.append(one)
        place = (
            replace(place, message=one.number) if one.is_said else replace(place, change=one.number)
        )
    more = bool(said or changed or is_cut)
    return History([one for one in shown if one.tells], place if more else None)


def _messages(row: models.Model, below: int) -> Iterable[Any]:
    files = Attachment.objects.filter(messages=models.OuterRef("pk")).order_by("pk")
    told = models.Exists(files) | ~models.Q(body="")
    found: Iterable[Any] = (
        Message.objects.about(row)
        .filter(told, pk__lt=below)
        .select_related("author")
        .annotate(
            filed=ArraySubquery(
                files.values(
                    found=JSONObject(id="pk", name="name", mimetype="mimetype", size="size")
                )
            )
        )
        .order_by("-id")[: SHOWN + 1]
    )
    return found


def _message(message: Any) -> Happening:
    return Happening(
        at=message.date,
        who=str(message.author.name) if message.author else message.email_from,
        number=message.pk,
        body=message.body,
        is_note=message.is_internal,
        is_said=True,
        author_id=message.author_id,
        files=[Filed(**found) for found in message.filed],
    )


def _changes(row: models.Model, below: int, hidden: frozenset[str]) -> tuple[list[Happening], bool]:
    """Runs that changed a record, newest first; and whether there are more. A run is never cut in two."""
    most = SHOWN * 4
    found = list(
        Change.objects.filter(model=row._meta.db_table, row_id=row.pk, pk__lt=below)
        .select_related("run__user__partner")
        .order_by("-id")[: most + 1]
    )
    columns = {
        str(one.column): one for one in row._meta.concrete_fields if one.column not in hidden
    }
    names = _names_of_links(found, columns)
    runs: dict[Any, Happening] = {}
    for change in found:
        happening = runs.setdefault(change.run_id or f"row {change.pk}", _happening(change))
        happening.number = change.pk
        if change.operation == Change.Operation.INSERT:
            happening.title = gettext("Created")
        elif change.operation == Change.Operation.UPDATE:
            happening.lines[:0] = _lines(change, columns, names)
    happenings = list(runs.values())
    is_cut = len(found) > most
    return (happenings[:-1] if is_cut and len(happenings) > 1 else happenings), is_cut


def _hidden(row: models.Model, actor: Actor | None) -> frozenset[str]:
    """The columns behind fields that the actor may not see."""
    exposure = registry.of_model(type(row))
    if actor is None or exposure is None:
        return frozenset()
    call = Call(exposure, actor)
    closed = {_python_name(one) for one in exposure.fields.values() if not call.may(one)}
    return frozenset(
        str(one.column) for one in row._meta.concrete_fields if {one.name, one.attname} & closed
    )


def _python_name(one: Field) -> str:
    return str(one.model_field.name) if one.model_field is not None else one.python


def _happening(change: Change) -> Happening:
    run = change.run
    if run is None:
        return Happening(
            at=change.at,
            who=gettext("System"),
            number=change.pk,
            door=gettext("at set-up or by maintenance"),
        )
    return Happening(
        at=change.at,
        who=_name_of(run.user),
        number=change.pk,
        door=DOORS.get(run.door, run.door),
    )


def _name_of(user: User) -> str:
    return gettext("System") if user.pk == SYSTEM_USER_ID else str(user.partner.name)


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
