"""A form worked out by its noun's own code without being written: what the noun answers, as the page shows it."""

from collections.abc import Iterable, Mapping
from typing import Any

from rpc.context import Call
from rpc.reading.sets import names_of
from rpc.writing import own
from rpc.writing.rows import with_defaults
from web.screens.cells import Cells
from web.screens.line_sets import Line, LineSet
from web.screens.records import Record
from web.screens.rehearsed import Rehearsed
from web.screens.writing import drawn

Values = Mapping[str, Any]


def values_of(found: Record) -> dict[str, Any]:
    """What was typed, as the noun's own verbs take it."""
    new, given = found.pk is None, found.values()
    return own.values(found.call, with_defaults(found.call, given) if new else given, new=new)


class Rehearsal:
    """A rehearsed record, told as its form takes it."""

    def __init__(self, found: Record, made: Rehearsed) -> None:
        self.found, self.made, self.call = found, made, found.call
        self.known = {made.currency.pk: made.currency}

    def row(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of the record that were worked out, of these fields."""
        return self._wire(self.call, self.made.record, names)

    def fields(self) -> dict[str, str]:
        """What its fields show that have no box."""
        fields, worked_out = self.call.exposure.fields, self.made.record
        only = [
            one
            for one in self.found.places
            if one.name not in self.found.boxes.fields and fields[one.name].python in worked_out
        ]
        row = self.row([one.name for one in only])
        return {
            name: str(cell.html) for name, cell in drawn(self.call, only, row, self.known).items()
        }

    def lines(self, sent: LineSet) -> list[tuple[Line, dict[str, Any], dict[str, str]]]:
        """Each line that was typed, with its values as they would be and the cells that have no box."""
        rows = self.made.lines.get(sent.field.python or sent.field.name, ())
        by_id = {row["id"]: row for row in rows if row.get("id")}
        new = iter([row for row in rows if not row.get("id")])
        places = [one.name for one in sent.places]
        unboxed = [one.name for one in sent.places if one not in sent.boxed]
        found = []
        for line in sent.typed:
            values = None if line.is_gone else by_id.get(line.pk) if line.pk else next(new, None)
            if values is not None and line.boxes is not None:
                row = dict.fromkeys(places) | self._wire(sent.call, values, places)
                row |= dict.fromkeys(self._currencies(sent, unboxed), self._currency)
                cells = Cells(sent.call, unboxed, [row], self.known).of(row)
                found.append((line, row, {cell.name: str(cell.html) for cell in cells}))
        return found

    @property
    def _currency(self) -> list[Any]:
        return [self.made.currency.pk, self.made.currency.code]

    def _currencies(self, sent: LineSet, names: Iterable[str]) -> set[str]:
        fields = sent.call.exposure.fields
        return {fields[name].currency for name in names if fields[name].currency}

    def _wire(self, call: Call, values: Values, names: Iterable[str]) -> dict[str, Any]:
        """Values by their names on the wire; links with what they lead to."""
        found = {}
        for name in names:
            noun = call.exposure.fields[name]
            key = noun.python or name
            if key not in values:
                continue
            value = values[key]
            if noun.type == "many2one" and isinstance(value, int):
                told = names_of(call, noun.relation, {value}).get(value)
                value = [value, told] if told else None
            found[name] = value
        return found
