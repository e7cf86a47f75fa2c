"""Rows of a screen as a file: which columns there are, and what the rows hold in them, page by page."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Refused
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import Leaf, parse
from rpc.exchange.external_ids import names_for_all
from rpc.exchange.paths import EXTERNAL_ID, NUMBER, Node, tree_of
from rpc.fields import Field
from rpc.limits import MOST_FOUND
from rpc.reading import rows as reading
from rpc.reading import sets
from rpc.reading.plans import EXACT
from web.screens import domains
from web.screens.listing import Listing

AT_ONCE, MOST_COLUMNS = 1000, 200
NEVER = frozenset(("binary", "one2many", "json"))
BETWEEN = " / "
Row = dict[Any, Any]
Cells = list[Any]


class NoColumns(Refused):
    """A file without columns."""

    code = "no_columns"
    message = gettext_lazy("Choose at least one column, and at most %(most)s.")


class UnknownColumn(Refused):
    """A column that is not there, or not for the actor."""

    code = "unknown_column"
    message = gettext_lazy("There is no column “%(name)s” that you may take out.")


@dataclass(frozen=True)
class Choice:
    """A column that can be chosen: its path as the wire writes it, and its name."""

    path: str
    label: str


def own_choices(call: Call) -> list[Choice]:
    """The columns of a noun by name, as far as the actor may see them."""
    found = [
        Choice(one.name, one.heading)
        for one in call.exposure.fields.values()
        if one.type not in NEVER and one.name != "id" and call.may(one)
    ]
    return sorted(found, key=lambda one: (one.label.casefold(), one.path))


def linked_choices(call: Call, link: str) -> list[Choice]:
    """The columns of what a link leads to: its names in other systems, then its own columns."""
    field = call.exposure.fields.get(link)
    target = registry.find(field.relation) if field and field.type == "many2one" else None
    if field is None or target is None or not call.may(field):
        return []
    if not access.may(call, "read", target):
        return []
    names = [Choice(f"{link}/{one}", label) for one, label in identities().items()]
    beyond = own_choices(call.on(target))
    return [*names, *(Choice(f"{link}/{one.path}", one.label) for one in beyond)]


def links_of(call: Call) -> list[Choice]:
    """The links whose columns can be chosen too."""
    fields = call.exposure.fields
    return [
        one
        for one in own_choices(call)
        if fields[one.path].type == "many2one" and registry.find(fields[one.path].relation)
    ]


def identities() -> dict[str, str]:
    """What a record is called by programs: by a name, by a number."""
    return {EXTERNAL_ID: _("External ID"), NUMBER: _("Number in this system")}


def label_of(call: Call, path: str) -> str:
    """What a column is called: “Country / Code”."""
    first, _slash, rest = path.partition("/")
    if first in identities():
        return identities()[first]
    field = call.exposure.fields[first]
    target = registry.find(field.relation) if rest else None
    return f"{field.heading}{BETWEEN}{label_of(call.on(target), rest)}" if target else field.heading


def chosen_ids(listing: Listing, ticked: Sequence[int]) -> "array[int]":
    """The rows of the address in its order, or those of them that are ticked. Eight bytes for each."""
    node = listing.node
    if ticked:
        inside = [["id", "in", list(ticked)]]
        node = parse(domains.every([listing.screen.domain, inside]))
    found = reading.search(
        listing.call, node, order=listing.asked.order, limit=MOST_FOUND, active=not ticked
    )
    return array("q", found)


class Export:
    """Some columns of some rows of a noun. Refuses with `NoColumns` and `UnknownColumn`."""

    def __init__(self, call: Call, paths: Sequence[str]) -> None:
        self.call = call
        self.paths = list(dict.fromkeys(paths))
        if not 0 < len(self.paths) <= MOST_COLUMNS:
            raise NoColumns(most=MOST_COLUMNS)
        for path in self.paths:
            self._check(path)
        self.root = tree_of(call, self.paths, writing=False)

    def _check(self, path: str) -> None:
        first, _slash, rest = path.partition("/")
        known = {*(one.path for one in own_choices(self.call)), *identities()}
        if rest:
            known = {one.path for one in linked_choices(self.call, first)}
        if path not in known:
            raise UnknownColumn(name=path[:60])

    @property
    def heads(self) -> list[str]:
        """What stands above the columns."""
        return [label_of(self.call, path) for path in self.paths]

    def chunks(self, ids: Sequence[int]) -> Iterator[list[Cells]]:
        """The cells of the rows, some hundred at a time. Rows that are gone meanwhile are left out."""
        for start in range(0, len(ids), AT_ONCE):
            some = list(ids[start : start + AT_ONCE])
            found = self._filled(self.root, some)
            yield [
                [found[pk].get(place) for place in range(len(self.paths))]
                for pk in some
                if pk in found
            ]

    def _filled(self, node: Node, ids: list[int]) -> dict[int, Row]:
        """The cells of some rows by their place."""
        names = {one.name for one in node.own.values()} | set(node.links)
        found = reading.search_read(
            node.call,
            Leaf("id", "in", ids),
            sorted(names) or ["id"],
            EXACT,
            order=False,
            active=False,
        )
        cells: dict[int, Row] = {row["id"]: {} for row in found}
        for place, field in node.own.items():
            values = [row[field.name] for row in found]
            shown = _Shown(node.call, field, values)
            for row, value in zip(found, values, strict=True):
                cells[row["id"]][place] = shown.of(value)
        self._name(node, cells)
        for name, beyond in node.links.items():
            leads = {row["id"]: row[name][0] for row in found if row[name]}
            there = self._filled(beyond, sorted(set(leads.values()))) if leads else {}
            for pk, far in leads.items():
                cells[pk].update(there.get(far, {}))
        return cells

    def _name(self, node: Node, cells: dict[int, Row]) -> None:
        kinds = set(node.ids.values())
        names = names_for_all(node.call.exposure, cells) if EXTERNAL_ID in kinds and cells else {}
        for place, kind in node.ids.items():
            for pk, row in cells.items():
                row[place] = pk if kind == NUMBER else names.get(pk, "")


class _Shown:
    """What stands in the cells of one field: names of links, labels of selections, all else as it is."""

    def __init__(self, call: Call, field: Field, values: list[Any]) -> None:
        self.field, self.zone = field, call.zone
        self.is_flag, self.is_link = field.type == "boolean", field.type == "many2one"
        self.labels: dict[Any, Any] = {}
        if field.type == "selection":
            self.labels = {one[0]: one[1] for one in field.selection()}
        if field.is_set:
            inside = {pk for value in values for pk in value}
            self.labels = dict(sets.names_of(call, field.relation, inside))

    def of(self, value: Any) -> Any:
        """One value."""
        if self.is_flag:
            return bool(value)
        if value is None or value is False:
            return None
        if self.is_link:
            return value[1]
        return value if type(value) is str and not self.labels else self._filled(value)

    def _filled(self, value: Any) -> Any:
        if self.field.is_set:
            return ",".join(str(self.labels.get(pk) or "") for pk in value)
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        return self.labels.get(value, value)
