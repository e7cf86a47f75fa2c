"""From records of a sheet to values of rows: every reference looked up, every cell understood or complained of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rpc import registry
from rpc.exchange.cells import Doubtful, Said, Unreadable, no_match, no_number, value_of
from rpc.exchange.external_ids import complete, taken
from rpc.exchange.lookups import NAME, Lookups, whole
from rpc.exchange.paths import EXTERNAL_ID, NUMBER, Node
from rpc.exchange.sheet import Record, parts_of
from rpc.exposure import Exposure
from rpc.fields import Field

NAMES = frozenset(("name", "display_name"))
KINDS = frozenset((NAME, EXTERNAL_ID, NUMBER))
INDIRECT = "Can not create Many-To-One records indirectly, import the field separately"
AMBIGUOUS = (
    "Ambiguous specification for field '{}', only provide one of name, external id or database id"
)


@dataclass(frozen=True, slots=True)
class Later:
    """The id of a row that this very sheet makes."""

    index: int


@dataclass(slots=True)
class Draft:
    """One row to be made, or changed where `pk` says which or it is `same_as` another one of the sheet."""

    index: int
    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    pk: int | None = None
    external_id: str = ""
    same_as: int | None = None

    def needs(self) -> set[int]:
        """The rows of the sheet that have to be there first."""
        found = {one.index for one in _laters(self.values)}
        return found if self.same_as is None else found | {self.same_as}


@dataclass(slots=True)
class Reference:
    """A cell that refers to rows: the field, how it refers, and to what."""

    field: Field
    target: Exposure
    kind: str
    text: str


class Drafting:
    """Turns the records of a sheet into drafts, and collects what is to be said about them."""

    def __init__(self, node: Node, records: list[Record]) -> None:
        self.node = node
        self.call = node.call
        self.records = records
        self.messages: list[Said] = []
        self.lookups = Lookups(node.call)
        self.by_external_id: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        self.taken: set[str] = set()

    def drafts(self) -> list[Draft]:
        """The drafts; those with errors among the messages are of no use."""
        for record in self.records:
            self._ask(self.node, record)
        self.lookups.run()
        self._know_own_names()
        found = []
        for index, record in enumerate(self.records):
            draft = Draft(index, record)
            self._identify(draft)
            new = draft.pk is None and draft.same_as is None
            draft.values = self._values(self.node, record, index, new=new)
            found.append(draft)
        return found

    def _ask(self, node: Node, record: Record) -> None:
        """Ask for whatever a record and its parts refer to."""
        for place, kind in node.ids.items():
            if text := record.cells[place]:
                self.lookups.want(node.call.exposure, kind, text)
        for one in self._references(node, record):
            if one.kind in KINDS:
                self.lookups.want(one.target, one.kind, one.text)
        for name, beyond in parts_of(node).items():
            for part in record.parts[name]:
                self._ask(beyond, part)

    def _references(self, node: Node, record: Record) -> Iterator[Reference]:
        for name, place, kind in _relations(node):
            found = node.call.exposure.fields[name]
            target = registry.find(found.relation)
            text = record.cells[place]
            if text and target is not None:
                texts = text.split(",") if found.is_set else [text]
                for each in texts:
                    if bare := each.strip():
                        yield Reference(found, target, kind, bare)

    def _know_own_names(self) -> None:
        """Remember what the rows of this sheet are called, so that other rows of it can refer to them."""
        xids = [place for place, kind in self.node.ids.items() if kind == EXTERNAL_ID]
        named = [place for place, one in self.node.own.items() if one.name == "name"]
        for index, record in enumerate(self.records):
            for place in xids:
                if text := record.cells[place]:
                    self.by_external_id.setdefault(complete(text), index)
            for place in named:
                self.by_name.setdefault(record.cells[place], index)
        self.taken = taken(self.by_external_id)

    def _identify(self, draft: Draft) -> None:
        """Find out which row a record is about, if it is there already."""
        for place, kind in self.node.ids.items():
            text = draft.record.cells[place]
            if not text:
                continue
            found = self.lookups.found(self.call.exposure, kind, text)
            if kind == NUMBER and not found:
                told = f"Unknown database identifier '{text}'"
                self._say(draft.index, draft.record, NUMBER, told)
            elif found:
                draft.pk = found[0]
            elif kind == EXTERNAL_ID:
                draft.external_id = complete(text)
                first = self.by_external_id[draft.external_id]
                draft.same_as = first if first != draft.index else None
                if draft.external_id in self.taken:
                    told = f"The external id {draft.external_id!r} belongs to something else."
                    self._say(draft.index, draft.record, EXTERNAL_ID, told)

    def _values(self, node: Node, record: Record, index: int, *, new: bool) -> dict[str, Any]:
        """The values of a row. An empty cell means nothing for a new row, and clears the field of one that is there."""
        values: dict[str, Any] = {}
        for place, one in node.own.items():
            if one.is_relation:
                continue
            text = record.cells[place]
            if text:
                values[one.name] = self._understood(index, record, one, text)
            elif not new:
                values[one.name] = False
        for name in {name for name, _place, _kind in _relations(node)}:
            self._refer(node, record, index, name, values, new=new)
        for name, beyond in parts_of(node).items():
            parts = [self._part(beyond, part, index) for part in record.parts[name]]
            if parts:
                values[name] = parts
        return values

    def _part(self, node: Node, record: Record, index: int) -> list[Any]:
        """The command that makes a part, or changes one that is there."""
        pk = None
        for place, kind in node.ids.items():
            if text := record.cells[place]:
                found = self.lookups.found(node.call.exposure, kind, text)
                if not found:
                    told = f"{'external' if kind == EXTERNAL_ID else 'database'} id {text!r}"
                    self._say(index, record, kind, f"No matching record found for {told}")
                pk = found[0] if found else pk
        values = self._values(node, record, index, new=pk is None)
        return [0, 0, values] if pk is None else [1, pk, values]

    def _understood(self, index: int, record: Record, one: Field, text: str) -> Any:
        try:
            return value_of(one, text)
        except Doubtful as doubt:
            self._complain(index, record, one, doubt, kind="warning")
            return doubt.value
        except Unreadable as error:
            self._complain(index, record, one, error)
            return False

    def _refer(
        self,
        node: Node,
        record: Record,
        index: int,
        name: str,
        values: dict[str, Any],
        *,
        new: bool,
    ) -> None:
        """The value of a link: a row, a set of rows, or one that this sheet is about to make."""
        one = node.call.exposure.fields[name]
        given = [r for r in self._references(node, record) if r.field is one]
        if not given:
            if not new:
                values[name] = [[6, 0, []]] if one.is_set else False
            return
        try:
            rows = self._rows(given, index, record)
        except Unreadable as error:
            self._complain(index, record, one, error)
            return
        values[name] = [[6, 0, rows]] if one.is_set else rows[0]

    def _rows(self, given: list[Reference], index: int, record: Record) -> list[int | Later]:
        if len({reference.kind for reference in given}) > 1:
            raise Unreadable(AMBIGUOUS.format(given[0].field.title))
        return [self._row(reference, index, record) for reference in given]

    def _row(self, reference: Reference, index: int, record: Record) -> int | Later:
        one, kind, text = reference.field, reference.kind, reference.text
        if kind not in KINDS:
            raise Unreadable(INDIRECT)
        if kind == NUMBER and whole(text) is None:
            raise no_number(one, text)
        found = self.lookups.found(reference.target, kind, text)
        if len(found) > 1:
            told = f"Found multiple matches for value {text!r} in field '{one.title}' ({len(found)} matches)"
            self._complain(index, record, one, Unreadable(told), kind="warning")
        if found:
            return found[0]
        return self._made_here(reference, index) or self._nothing(reference)

    def _made_here(self, reference: Reference, index: int) -> Later | None:
        if reference.target is not self.call.exposure:
            return None
        if reference.kind == EXTERNAL_ID:
            at = self.by_external_id.get(complete(reference.text))
        else:
            at = self.by_name.get(reference.text) if reference.kind == NAME else None
            at = at if at is not None and at < index else None
        return None if at is None or at == index else Later(at)

    def _nothing(self, reference: Reference) -> Any:
        raise no_match(reference.field, reference.kind, reference.text)

    def _complain(
        self, index: int, record: Record, one: Field, error: Unreadable, kind: str = "error"
    ) -> None:
        more: Said = {} if error.moreinfo is None else {"moreinfo": error.moreinfo}
        self._say(index, record, one.name, error.message, kind, **more, field_name=one.title)

    def _say(
        self, index: int, record: Record, name: str, text: str, kind: str = "error", **more: Any
    ) -> None:
        self.messages.append(message(index, record, text, kind, field=name, **more))


def message(index: int, record: Record, text: str, kind: str = "error", **more: Any) -> Said:
    """What is said about a record, and where in the sheet it is."""
    rows = {"from": record.first, "to": record.last}
    return {"rows": rows, "type": kind, "record": index, "message": text, **more}


def settled(value: Any, made: dict[int, int]) -> Any:
    """A value with the ids of rows that have been made meanwhile."""
    if isinstance(value, Later):
        return made[value.index]
    if isinstance(value, dict):
        return {name: settled(one, made) for name, one in value.items()}
    return [settled(one, made) for one in value] if isinstance(value, list) else value


def _laters(value: Any) -> Iterator[Later]:
    if isinstance(value, Later):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _laters(one)


def _relations(node: Node) -> list[tuple[str, int, str]]:
    """The columns that refer to rows: the field, the place, and how."""
    fields = node.call.exposure.fields
    found = [(one.name, place, NAME) for place, one in node.own.items() if one.is_relation]
    for name, beyond in node.links.items():
        if fields[name].type != "one2many":
            found += [(name, place, kind) for place, kind in beyond.ids.items()]
            found += [
                (name, place, NAME if one.name in NAMES else one.name)
                for place, one in beyond.own.items()
            ]
    return found
