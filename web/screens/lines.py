"""The lines of a record on its form: rows of a set that belong to the record, each with boxes of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rpc import registry
from rpc.context import Call
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web.screens.cells import Cells, Drawn
from web.screens.declarations import Lines, Place
from web.screens.writing import Boxes, editable, new_row, shown, with_currencies

MOST, BLANK = 500, "__n__"
SECTIONS = frozenset(("line_section", "line_subsection", "line_note"))


@dataclass
class Line:
    """One line: its boxes where it can be edited, and what it shows."""

    pk: int | None
    kind: str
    boxes: Boxes | None
    cells: dict[str, Drawn]
    places: list[Place]
    index: str = ""

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
        data: Any = None,
        was: dict[str, Any] | None = None,
        is_locked: bool = False,
        defaults: dict[str, Any] | None = None,
    ) -> None:
        field = call.exposure.fields[declared.name]
        target = registry.find(field.relation)
        assert target is not None
        self.declared, self.field, self.key = declared, field, key
        self.call = call.on(target)
        self.data = data
        self.offers: dict[Any, Any] = {}
        places = [one for one in shown(self.call, declared.fields) if one.name != field.inverse]
        self.places = places
        self.boxed = [] if is_locked else editable(self.call, places, frozenset(), is_new=False)
        self.is_locked = is_locked or not self.boxed
        self.rows = self._read(ids)
        self._was = was or {}
        self.defaults = defaults

    def _read(self, ids: list[int]) -> list[dict[str, Any]]:
        names = [one.name for one in self.places]
        more = [
            one
            for one in (self.declared.sections, self.declared.sequence, self.declared.text)
            if one
        ]
        wanted = with_currencies(self.call, [*names, *more])
        return rows.read(
            self.call, ids[:MOST], sorted(wanted & self.call.exposure.fields.keys()), EXACT
        )

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
                "label": str(one.label or fields[one.name].title),
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
        return self._line(self.defaults or {}, BLANK, is_new=True)

    def count(self) -> int:
        """How many lines the form has sent."""
        text = self.data.get(f"{self.prefix}-COUNT", "") if self.data is not None else ""
        return min(int(text), MOST) if text.isdecimal() else 0

    @property
    def typed(self) -> list[Line]:
        """The lines that the form has sent, without those that are blank."""
        if not hasattr(self, "_typed"):
            known = {row["id"]: row for row in self.rows}
            self._typed = [line for at in range(self.count()) if (line := self._sent(at, known))]
        return self._typed

    def _sent(self, at: int, known: dict[int, Any]) -> Line | None:
        name = f"{self.prefix}-{at}"
        if f"{name}-id" not in self.data:
            return None
        text = self.data.get(f"{name}-id", "")
        pk = int(text) if text.isdecimal() and int(text) in known else None
        if pk is None and (text or not self._is_filled(name)):
            return None
        row = known.get(pk, self.defaults or {}) if pk else (self.defaults or {})
        return self._line(row, str(at), is_new=pk is None)

    def _is_filled(self, name: str) -> bool:
        """Whether anything was typed into a new line."""
        kind = (
            self.data.get(f"{name}-{self.declared.sections}", "") if self.declared.sections else ""
        )
        if kind in SECTIONS:
            return True
        return any(
            self.data.get(f"{name}-{place.name}", "").strip()
            for place in self.boxed
            if self.call.exposure.fields[place.name].type in {"many2one", "char", "text"}
        )

    def _line(self, row: dict[str, Any], index: str, *, is_new: bool = False) -> Line:
        kind = self._kind(row, index)
        pk = None if is_new else row.get("id")
        boxes = None
        if not self.is_locked:
            names = [
                one for one in self.boxed if kind not in SECTIONS or one.name == self.declared.text
            ]
            bound = self.data if self.data is not None and index != BLANK else None
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
        names_shown = [one.name for one in self.places]
        drawn = {} if is_new else {c.name: c for c in self._cells(names_shown).of(row)}
        return Line(pk=pk, kind=kind, boxes=boxes, cells=drawn, places=self.places, index=index)

    def _cells(self, names: list[str]) -> Cells:
        if not hasattr(self, "_drawing"):
            self._drawing = Cells(self.call, names, self.rows)
        return self._drawing

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
            line.boxes is None or line.boxes.is_valid()
            for line in self.typed
            if not self._goes(line)
        )

    def _goes(self, line: Line) -> bool:
        return bool(self.data.get(f"{self.prefix}-{line.index}-DELETE"))

    def commands(self) -> list[list[Any]]:
        """What was done to the lines, as commands of the wire: new ones, changed ones, those taken away."""
        found: list[list[Any]] = []
        for place, line in enumerate(self.typed):
            if self._goes(line):
                found += [[2, line.pk, 0]] if line.pk else []
                continue
            values = line.boxes.typed() if line.boxes else {}
            self._put_in_order(line, place, values)
            if line.pk is None:
                found.append([0, 0, self._with_kind(line, values)])
            elif values:
                found.append([1, line.pk, values])
        return found

    def _put_in_order(self, line: Line, place: int, values: dict[str, Any]) -> None:
        if not self.declared.sequence:
            return
        wanted = (place + 1) * 10
        if line.pk is None or (
            self._is_moved and line.boxes and line.boxes.row.get(self.declared.sequence) != wanted
        ):
            values[self.declared.sequence] = wanted

    @property
    def _is_moved(self) -> bool:
        """Whether the lines came back in another order than they have."""
        sent = [line.pk for line in self.typed if line.pk]
        kept = [row["id"] for row in self.rows if row["id"] in sent]
        last_known = max((at for at, line in enumerate(self.typed) if line.pk), default=-1)
        has_new_between = any(line.pk is None for line in self.typed[:last_known])
        return sent != kept or has_new_between

    def _with_kind(self, line: Line, values: dict[str, Any]) -> dict[str, Any]:
        """A new line sends what was typed alone: what is left empty the noun fills in by its own rules."""
        filled = {
            name: value for name, value in values.items() if value not in (False, [[6, 0, []]])
        }
        return {**filled, self.declared.sections: line.kind} if line.kind else filled

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
            if line.boxes is None or line.pk not in rows_now or self._goes(line):
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
    return new_row(on, [one.name for one in shown(on, declared.fields)])
