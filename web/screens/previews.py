"""What a form would come to, told while it is typed: by the noun's own code, in a transaction that is taken back."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path

from base.errors import translated
from rpc.faults import WireError
from rpc.fields import Field
from rpc.writing import records
from web.pages import REFUSALS, PageRequest, page
from web.screens.boxes import to_box
from web.screens.declarations import Screen
from web.screens.judging import judged
from web.screens.line_sets import Line, LineSet
from web.screens.record_page import RecordPage
from web.screens.records import Record
from web.screens.refusing import readable
from web.screens.rehearsing import Rehearsal, values_of
from web.screens.writing import Boxes, drawn, read_row

PATIENCE = "SET LOCAL lock_timeout = '1500ms'"


def urls_of(screen: Screen) -> list[URLPattern]:
    """Where the form of a screen asks what it would come to."""
    given: dict[str, Any] = {"screen": screen}
    name = f"screen-{screen.slug}-preview"
    return [
        path(f"{screen.key}/preview/", partial(preview, pk=None, **given), name=f"{name}-new"),
        path(f"{screen.key}/<int:pk>/preview/", partial(preview, **given), name=name),
    ]


@page(methods=("POST",))
def preview(request: PageRequest, screen: Screen, pk: int | None) -> HttpResponse:
    """What the record would be if it were saved as it is typed, as JSON."""
    return previewed(request, screen, pk)


def previewed(request: PageRequest, screen: Screen, pk: int | None) -> HttpResponse:
    """The answer to a form that asks what it would come to."""
    with readable():
        found = Record(screen, request, pk, request.POST)
        answer = Preview(found, request).answer() if found.is_editable else {}
    return JsonResponse(answer)


class Preview:
    """One asking of one form: what would be shown, what would be filled in, what would be refused."""

    def __init__(self, found: Record, request: HttpRequest) -> None:
        self.found, self.request = found, request
        self.call, self.form = found.call, found.form

    def answer(self) -> dict[str, Any]:
        """The answer as the page's script takes it."""
        told: dict[str, Any] = {}
        lines = [one for one in self.found.lines.values() if not one.is_locked]
        if all([self.found.boxes.is_valid(), *(one.is_valid() for one in lines)]):
            told = self._worked_out()
        return {**told, "sentences": self.found.sentences, "errors": dict(self._errors(lines))}

    def _worked_out(self) -> dict[str, Any]:
        try:
            if self.form.rehearse is not None:
                return self._rehearsed(self.form.rehearse)
            with transaction.atomic():
                told = self._written()
                transaction.set_rollback(True)
                return told
        except OperationalError:
            return {}  # somebody is writing just now; the next key asks again
        except (WireError, *REFUSALS) as error:
            self.found.refuse(error if isinstance(error, WireError) else translated(error))
        return {}

    def _rehearsed(self, rehearse: Any) -> dict[str, Any]:
        """Let the noun work the record out, and tell what it says."""
        values = values_of(self.found)
        made = rehearse(self.found.pk, values, by=self.call.actor, on=self.call.today())
        told, empty = Rehearsal(self.found, made), self._empty()
        sets = {name: one for name, one in self.found.lines.items() if not one.is_locked}
        return {
            "fields": told.fields(),
            "filled": filled(self.found.boxes, told.row(empty), empty),
            "units": {},
            "away": {},
            "lines": {
                name: {
                    "rows": {
                        line.index: {"shown": cells, "filled": self._filled(one, line, row)}
                        for line, row, cells in told.lines(one)
                    },
                    "sums": {},
                }
                for name, one in sets.items()
            },
            "foot": self._drawn_foot(made.row, made.more),
        }

    def _filled(self, sent: LineSet, line: Line, row: dict[str, Any]) -> dict[str, Any]:
        assert line.boxes is not None
        return filled(line.boxes, row, sent.left_open(f"{sent.prefix}-{line.index}") or ())

    def _written(self) -> dict[str, Any]:
        """Write the record inside the transaction that is taken back, and read what became of it."""
        pk, values = self.found.pk, self.found.values()
        if pk is None:
            pk = records.create(self.call, [values])[0]
        elif values:
            with connection.cursor() as cursor:
                cursor.execute(PATIENCE)
            records.write(self.call, [pk], values)
        names = {one.name for one in self.found.places} | self.found.lines.keys()
        names |= {one for one in (self.form.status,) if one} | self.found.judged_by
        row = read_row(self.call, names, pk) or {}
        return {
            "fields": self._fields(row),
            "filled": filled(self.found.boxes, row, self._empty()),
            "units": self._units(row),
            "away": self._away(row),
            "lines": {
                name: self._lines(one, list(row.get(name) or []))
                for name, one in self.found.lines.items()
            },
            "foot": self._foot(pk),
        }

    def _empty(self) -> list[str]:
        """The boxes of the record's own in which nothing stands."""
        boxes = self.found.boxes
        return [name for name in boxes.fields if boxes.cleaned_data.get(name) in (None, "", [])]

    def _fields(self, row: dict[str, Any]) -> dict[str, str]:
        only = [one for one in self.found.places if one.name not in self.found.boxes.fields]
        return {name: str(cell.html) for name, cell in drawn(self.call, only, row).items()}

    def _units(self, row: dict[str, Any]) -> dict[str, str]:
        """The currency beside each box that holds an amount."""
        money = {name: self.call.exposure.fields[name].currency for name in self.found.boxes.fields}
        return {
            name: str(row[currency][1]) for name, currency in money.items() if row.get(currency)
        }

    def _away(self, row: dict[str, Any]) -> dict[str, bool]:
        """Which fields of a window are out of sight as it is filled in now."""
        if self.call.exposure.kind != "wizard":
            return {}
        return {one.name: judged(one.hidden, row) for one in self.found.places if one.hidden}

    def _lines(self, sent: LineSet, ids: list[int]) -> dict[str, Any]:
        """What the lines of a set came to, each under its place in the form."""
        now = LineSet(self.call, sent.declared, ids, key=sent.key, is_locked=True)
        by_id = {row["id"]: row for row in now.rows}
        known = {line.pk for line in sent.typed if line.pk}
        new = iter(sorted(pk for pk in by_id if pk not in known))
        told = {}
        for line in sent.typed:
            if line.is_gone:
                continue
            row = by_id.get(line.pk or next(new, 0))
            if row is not None and line.boxes is not None:
                told[line.index] = {
                    "shown": shown_cells(now, row, line),
                    "filled": self._filled(sent, line, row),
                }
        return {"rows": told, "sums": now.sums}

    def _foot(self, pk: int) -> str:
        model: Any = self.call.exposure.model
        if not self.form.foot or model is None:
            return ""
        return self._drawn_foot(model._base_manager.filter(pk=pk).first(), {})

    def _drawn_foot(self, row: Any, more: Any) -> str:
        context = {
            "screen": self.found.screen,
            "record": self.found,
            "shown": RecordPage(self.found),
            "row": row,
            "is_preview": True,
            **more,
        }
        return render_to_string(self.form.foot, context, request=self.request)

    def _errors(self, sets: list[LineSet]) -> Iterable[tuple[str, list[str]]]:
        """What is wrong, by the name of the box. That something is still missing is not told while one types."""
        forms = [self.found.boxes]
        forms += [
            line.boxes for one in sets for line in one.typed if line.boxes and not line.is_gone
        ]
        for form in forms:
            for name, errors in form.errors.as_data().items():
                said = [m for one in errors if one.code != "required" for m in one.messages]
                if said and name in form.fields:
                    yield form.add_prefix(name), said


def shown_cells(now: LineSet, row: dict[str, Any], line: Line) -> dict[str, str]:
    """The cells of a line that have no box."""
    boxed = line.boxes.fields if line.boxes else {}
    cells = now.drawn(row)
    return {cell.name: str(cell.html) for cell in cells if cell.name not in boxed}


def filled(boxes: Boxes, row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What the noun has filled into boxes that were left to it, as the boxes show it."""
    return {
        name: content(boxes.nouns[name], boxes.fields[name], row[name])
        for name in names
        if name in boxes.fields and row.get(name) not in (None, False, "", [])
    }


def content(field: Field, box: forms.Field, value: Any) -> Any:
    """What a box holds, as the page's script puts it there: text, ticks, or a link with its name."""
    if field.type == "many2one":
        pk, name = value
        return {"text": str(name), "pk": str(pk), "is": str(name)}
    if field.type == "many2many":
        return [str(one) for one in value]
    if field.type == "boolean":
        return bool(value)
    text = to_box(field, value)
    return str(text if field.type == "selection" else box.widget.format_value(text) or "")
