"""The lines of a record on its form: rows of a set that belong to the record, each with boxes of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.utils.html import json_script
from django.utils.translation import gettext_lazy as _

from base.models import Currency
from rpc import access, registry
from rpc.context import Call
from rpc.writing.rows import defaults_of as rpc_defaults
from web import formats
from web.screens.boxes import to_box, to_wire
from web.screens.cells import Cells, Drawn
from web.screens.declarations import Lines, Place
from web.screens.shared_rows import Shared
from web.screens.writing import Boxes, new_row, shown

MOST, BLANK, SPARE = 500, "__n__", 3
UNBOXED = frozenset(("one2many", "binary", "json", "reference"))
SECTIONS = frozenset(("line_section", "line_subsection", "line_note"))

WORDS = {
    "add": _("Add a line"),
    "section": _("Add a section"),
    "note": _("Add a note"),
    "remove": _("Remove this line"),
    "move": _("Move line %s; arrow keys up and down move it"),
    "moved": _("Line %s of %s."),
    "removed": _("The line is removed."),
    "none": _("None"),
    "actions": _("Actions"),
    "isSection": _("Section"),
    "isNote": _("Note"),
}


@dataclass
class Line:
    """One line: its boxes where it can be edited, and what it shows."""

    pk: int | None
    kind: str
    boxes: Boxes | None
    draw: Callable[[], list[Drawn]]
    places: list[Place]
    index: str = ""
    is_gone: bool = False
    text: str = ""  # the field with the words of a section or a note

    @cached_property
    def cells(self) -> dict[str, Drawn]:
        """What the line shows where it has no box; drawn when it is asked for. A section has its words and no figures."""
        return {
            cell.name: cell for cell in self.draw() if not self.is_text or cell.name == self.text
        }

    @property
    def is_text(self) -> bool:
        """Whether it is a section or a note."""
        return self.kind in SECTIONS

    def __iter__(self) -> Iterator[tuple[Place, Any, Drawn | None]]:
        """The fields of the line: the place, its box where there is one, and what it shows."""
        for place in self.places:
            has_box = self.boxes is not None and place.name in self.boxes.fields
            box = self.boxes[place.name] if has_box and self.boxes else None
            yield place, box, self.cells.get(place.name)


class LineSet:
    """The lines of one set of one record, as its form shows them and as they come back."""

    def __init__(
        self,
        call: Call,
        declared: Lines,
        ids: list[int],
        *,
        key: str,
        currencies: dict[int, Currency] | None = None,
        shared: Shared | None = None,
        data: Any = None,
        was: dict[str, Any] | None = None,
        is_locked: bool = False,
        defaults: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        field = call.exposure.fields[declared.name]
        target = registry.find(field.relation)
        assert target is not None
        self.declared, self.field, self.key = declared, field, key
        self.call = call.on(target)
        self.data = data
        self.offers: dict[Any, Any] = {}
        self.currencies: dict[int, Currency] = {} if currencies is None else currencies
        places = [one for one in shown(self.call, declared.fields) if one.name != field.inverse]
        self.places = places
        self.boxed = [] if is_locked else [one for one in self.places if self._has_box(one)]
        self.is_locked = is_locked or not self.boxed
        self.rows = self._read(ids[:MOST], shared or Shared(self.call, [declared], ids[:MOST]))
        self._was = was or {}
        self._new = defaults

    def _has_box(self, place: Place) -> bool:
        """Whether a field is written here. Lines are written through their record: whoever may write that may."""
        field = self.call.exposure.fields[place.name]
        return not (place.is_readonly or field.readonly or field.type in UNBOXED)

    def _read(self, ids: list[int], shared: Shared) -> list[dict[str, Any]]:
        found = [shared.rows[pk] for pk in ids if pk in shared.rows]
        if turn := self.declared.sequence:
            found.sort(key=lambda row: row[turn] or 0)
        return found

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        """What a new line begins with."""
        return self._new()

    @property
    def prefix(self) -> str:
        """What the names of its boxes begin with."""
        return self.declared.name

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heads of its columns."""
        fields = self.call.exposure.fields
        return [
            {
                "name": one.name,
                "label": str(one.label or fields[one.name].heading),
                "is_number": fields[one.name].type in {"integer", "float", "monetary"},
                "type": fields[one.name].type,
            }
            for one in self.places
        ]

    @property
    def shown(self) -> list[Line]:
        """The lines as the form shows them: those of the record, and those typed that are not saved yet."""
        if self.data is None or self.is_locked:
            return [self._line(row, str(at)) for at, row in enumerate(self.rows)]
        return list(self.typed)

    @property
    def blank(self) -> Line:
        """A line to be copied for each that is added."""
        return self._line(self._defaults, BLANK, is_new=True)

    @property
    def spare(self) -> list[Line]:
        """A few blank lines for browsers without scripts."""
        after = max((int(line.index) for line in self.shown), default=-1) + 1
        return [
            self._line(self._defaults, str(after + at), is_new=True, is_bound=False)
            for at in range(SPARE)
        ]

    @property
    def count_shown(self) -> int:
        """How many lines the form has, blank ones and gaps between them counted."""
        return max((int(line.index) for line in self.shown), default=-1) + 1 + SPARE

    @property
    def words(self) -> str:
        """What the page's script says about the lines, where it looks for it."""
        told = {name: str(text) for name, text in WORDS.items()}
        return json_script(told, f"{self.prefix}-words")

    @cached_property
    def sums(self) -> dict[str, str]:
        """What the columns come to that are summed at the foot, drawn."""
        names = self.declared.sums.split()
        totals = {
            name: sum((Decimal(row[name] or 0) for row in self.rows), Decimal(0)) for name in names
        }
        if not self.rows:
            return dict.fromkeys(names, "")
        cells = Cells(self.call, names, self.rows[:1], self.currencies).of(
            {**self.rows[0], **totals}
        )
        return {cell.name: str(cell.html) for cell in cells if cell.name in totals}

    def _count(self) -> int:
        """How many lines the form has sent."""
        text = self.data.get(f"{self.prefix}-COUNT", "") if self.data is not None else ""
        return min(int(text), MOST) if text.isdecimal() else 0

    @property
    def typed(self) -> list[Line]:
        """The lines that the form has sent, without those that are blank."""
        if not hasattr(self, "_typed"):
            known = {row["id"]: row for row in self.rows}
            self._typed = [line for at in range(self._count()) if (line := self._sent(at, known))]
        return self._typed

    def _sent(self, at: int, known: dict[int, Any]) -> Line | None:
        name = f"{self.prefix}-{at}"
        if f"{name}-id" not in self.data:
            return None
        text = self.data.get(f"{name}-id", "")
        pk = int(text) if text.isdecimal() and int(text) in known else None
        if pk is None and (text or not self._is_filled(name)):
            return None
        row = known[pk] if pk else self._defaults
        return self._line(row, str(at), is_new=pk is None)

    def _is_filled(self, name: str) -> bool:
        """Whether anything was typed into a new line."""
        kind = (
            self.data.get(f"{name}-{self.declared.sections}", "") if self.declared.sections else ""
        )
        if kind in SECTIONS:
            return True
        if (left := self.left_open(name)) is not None:
            return any(place.name not in left for place in self.boxed)
        return any(self._is_typed(name, place) for place in self.boxed)

    def _is_typed(self, name: str, place: Place) -> bool:
        field, text = self.call.exposure.fields[place.name], self.data.get(f"{name}-{place.name}")
        if field.type in {"boolean", "many2many", "selection"} or not (text or "").strip():
            return False
        default = to_box(field, self._defaults.get(place.name))
        return not (isinstance(default, Decimal) and text == formats.number(default))

    def left_open(self, name: str) -> set[str] | None:
        """The fields of a line that the noun shall fill in, as the form's script says it; None without script."""
        text = self.data.get(f"{name}-OPEN") if self.data is not None else None
        return None if text is None else set(text.split())

    def _line(
        self,
        row: dict[str, Any],
        index: str,
        *,
        is_new: bool = False,
        is_bound: bool = True,
    ) -> Line:
        kind = self._kind(row, index) if is_bound else ""
        pk = None if is_new else row.get("id")
        boxes = None
        if not self.is_locked:
            names = [
                one for one in self.boxed if kind not in SECTIONS or one.name == self.declared.text
            ]
            is_sent = is_bound and index != BLANK
            bound = self.data if self.data is not None and is_sent else None
            boxes = Boxes(
                self.call,
                names,
                row,
                key=self.key,
                path=f"{self.prefix}.",
                was=self._was.get(str(pk)) if pk else None,
                offers=self.offers,
                prefix=f"{self.prefix}-{index}",
                data=bound,
                use_required_attribute=False,
            )
        is_gone = self.data is not None and bool(self.data.get(f"{self.prefix}-{index}-DELETE"))
        draw: Callable[[], list[Drawn]] = list if is_new else partial(self.drawn, row)
        return Line(pk, kind, boxes, draw, self.places, index, is_gone, self.declared.text)

    def drawn(self, row: dict[str, Any]) -> list[Drawn]:
        """The cells of one of its rows; what has a box of its own need not be drawn, too."""
        if not hasattr(self, "_drawing"):
            names = [one.name for one in self.places if one not in self.boxed]
            self._drawing = Cells(self.call, names, self.rows, self.currencies)
        return self._drawing.of(row)

    def _kind(self, row: dict[str, Any], index: str) -> str:
        if not self.declared.sections:
            return ""
        sent = (
            self.data.get(f"{self.prefix}-{index}-{self.declared.sections}") if self.data else None
        )
        kind = row.get(self.declared.sections) or "" if sent is None else sent
        return kind if kind in SECTIONS else ""

    def is_valid(self) -> bool:
        """Whether all lines that stay are sound by themselves."""
        return all(
            line.boxes is None or line.boxes.is_valid() for line in self.typed if not line.is_gone
        )

    def commands(self) -> list[list[Any]]:
        """What was done to the lines, as commands of the wire: new ones, changed ones, those taken away."""
        found: list[list[Any]] = []
        turns = self._turns()
        for line in self.typed:
            if line.is_gone:
                found += [[2, line.pk, 0]] if line.pk else []
                continue
            values = self._values(line)
            turn = turns.get(line.index)
            if turn and line.boxes and line.boxes.row.get(self.declared.sequence) != turn:
                values[self.declared.sequence] = turn
            if line.pk is None:
                found.append([0, 0, values])
            elif values:
                found.append([1, line.pk, values])
        return found

    def _turns(self) -> dict[str, int]:
        """The sequence of each line that has to get another one: of all where they were moved, else of new ones."""
        if not self.declared.sequence:
            return {}
        stay = [line for line in self.typed if not line.is_gone]
        if self._is_moved:
            return {line.index: (place + 1) * 10 for place, line in enumerate(stay)}
        last = max((row[self.declared.sequence] or 0 for row in self.rows), default=0)
        new = [line for line in stay if line.pk is None]
        return {line.index: last + (place + 1) * 10 for place, line in enumerate(new)}

    @property
    def _is_moved(self) -> bool:
        """Whether the lines came back in another order than they have."""
        sent = [line.pk for line in self.typed if line.pk]
        kept = [row["id"] for row in self.rows if row["id"] in sent]
        last_known = max((at for at, line in enumerate(self.typed) if line.pk), default=-1)
        has_new_between = any(line.pk is None for line in self.typed[: max(0, last_known)])
        return sent != kept or has_new_between

    def _values(self, line: Line) -> dict[str, Any]:
        """What was typed on a line. What is left empty on a new one the noun fills in by its own rules.

        A form with a script says which fields those are; then empty ones among the others are meant as such.
        """
        left = self.left_open(f"{self.prefix}-{line.index}")
        values = line.boxes.typed() if line.boxes else {}
        if left is not None:
            values = {name: value for name, value in values.items() if name not in left}
            if line.pk is None and line.boxes is not None:
                values = meant(line.boxes, line.boxes.nouns.keys() - left)
        elif line.pk is None:
            values = {n: value for n, value in values.items() if value not in (False, [[6, 0, []]])}
        if line.pk is None and line.kind:
            values[self.declared.sections] = line.kind
        return values

    def now(self) -> dict[str, Any]:
        """The values of all lines as they are compared, by their ids."""
        return {
            str(line.pk): line.boxes.was
            for line in self.shown
            if line.pk is not None and line.boxes is not None
        }

    def conflicts(self, current: "LineSet") -> bool:
        """Whether somebody else has meanwhile changed a field of a line that one has changed as well."""
        rows_now = {row["id"]: row for row in current.rows}
        is_any = False
        for line in self.typed:
            if line.boxes is None or line.pk not in rows_now or line.is_gone:
                continue
            told = line.boxes.conflicts(line.boxes.typed(), rows_now[line.pk])
            for name, sentence in told.items():
                line.boxes.add_error(name, sentence)
                is_any = True
        return is_any


def defaults_of(call: Call, declared: Lines) -> dict[str, Any]:
    """What a new line begins with. Few queries; none where the noun has no defaults."""
    target = registry.find(call.exposure.fields[declared.name].relation)
    if target is None:
        return {}
    on = call.on(target)
    names = [one.name for one in shown(on, declared.fields)]
    if access.may(on, "create"):
        return new_row(on, names)
    found = rpc_defaults(on, names)
    return {n: value for n, value in found.items() if target.fields[n].type != "many2one"}


def meant(boxes: Boxes, names: Iterable[str]) -> dict[str, Any]:
    """What stands in boxes, empty or not, in the words of the wire."""
    return {
        name: to_wire(boxes.nouns[name], boxes.cleaned_data.get(name))
        for name in names
        if name in boxes.cleaned_data
    }
