"""A tree: records below each other, opened branch by branch, or as far as what is searched lies in them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rpc.context import Call
from rpc.domains.parse import Leaf, Node, both, parse
from rpc.fields import Field
from rpc.reading import rows
from rpc.reading.plans import EXACT
from rpc.reading.trees import branches
from web.screens.asked import UnreadableLink
from web.screens.boxes import offered
from web.screens.cells import Cells, record_url
from web.screens.declarations import Screen, Tree
from web.screens.listing import Listing
from web.screens.moves import may_write
from web.screens.writing import with_currencies

MOST_ROWS, MOST_MATCHES, MOST_OPEN, DEEPEST, MOST_OFFERED = 1_000, 200, 200, 12, 500


@dataclass(frozen=True)
class Branch:
    """One record in the tree."""

    pk: int
    name: str
    full_name: str
    url: str
    level: int
    count: int
    above: int | None
    is_open: bool
    is_match: bool
    cells: list[Any]
    toggle_url: str

    @property
    def step(self) -> int:
        """How far it stands to the right; very deep ones stand below each other."""
        return min(self.level, DEEPEST)


class Branches:
    """The tree that an address asks for: one query for its rows, and one more for what is searched."""

    def __init__(self, listing: Listing) -> None:
        self.asked, self.screen, self.call = listing.asked, listing.screen, listing.call
        self.node = listing.node
        self.tree: Tree = self.screen.tree or Tree(parent="")
        self.fields = self.call.exposure.fields

    @cached_property
    def parent(self) -> Field:
        """The link to the record above."""
        return parent_of(self.call, self.screen)

    @cached_property
    def is_movable(self) -> bool:
        """Whether the actor may hang records below others."""
        return may_write(self.call, self.parent)

    @cached_property
    def is_search(self) -> bool:
        """Whether the address asks for some records, wherever in the tree they are."""
        asked = self.asked
        return bool(asked.text or asked.searches or asked.filters or asked.conditions)

    @cached_property
    def opened(self) -> list[int]:
        """The branches that are open."""
        found = [one for one in self.asked.query.get("open", "").split(".") if one]
        if any(not one.isascii() or not one.isdecimal() or len(one) > 17 for one in found):
            raise UnreadableLink(what="open")
        return [int(one) for one in dict.fromkeys(found)][:MOST_OPEN]

    @cached_property
    def _matches(self) -> set[int]:
        return (
            set(rows.search(self.call, self.node, limit=MOST_MATCHES)) if self.is_search else set()
        )

    @cached_property
    def _wanted(self) -> Node:
        if self.is_search:
            return Leaf("id", "parent_of", sorted(self._matches))
        top: list[Any] = [[self.parent.name, "=", False]]
        if self.opened:
            top = ["|", *top, [self.parent.name, "in", self.opened]]
        return both(self._whole, parse(top))

    @cached_property
    def _whole(self) -> Node:
        return parse(list(self.screen.domain))

    @cached_property
    def shown(self) -> list[str]:
        """The fields beside the names that the actor may see."""
        wanted = [one for one in self.tree.shown if one in self.fields]
        return [one for one in wanted if self.call.may(self.fields[one])]

    @cached_property
    def heads(self) -> list[Any]:
        """The heads of the columns beside the names."""
        return [self.fields[one] for one in self.shown]

    def _read(self, node: Node) -> list[tuple[dict[str, Any], int]]:
        names = {"display_name", self.parent.name, *with_currencies(self.call, self.shown)}
        if self.tree.name in self.fields:
            names.add(self.tree.name)
        return branches(
            self.call,
            node,
            self.parent,
            sorted(names),
            EXACT,
            order=self.asked.order,
            limit=MOST_ROWS + 1,
            within=self._whole,
        )

    @cached_property
    def _found(self) -> list[tuple[dict[str, Any], int]]:
        if self.is_search and not self._matches:
            return []
        return self._read(self._wanted)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return len(self._found) > MOST_ROWS or len(self._matches) >= MOST_MATCHES

    @cached_property
    def rows(self) -> list[Branch]:
        """The rows from top to bottom, each below the one it hangs on."""
        found = self._found[:MOST_ROWS]
        below: dict[int | None, list[Any]] = defaultdict(list)
        known = {row["id"] for row, _count in found}
        for pair in found:
            above = self._above(pair[0])
            below[above if above in known else None].append(pair)
        cells = Cells(self.call, self.shown, [row for row, _count in found])
        return list(self._walk(below, None, 1, cells))

    def _walk(self, below: Any, above: int | None, level: int, cells: Cells) -> Iterator[Branch]:
        stack = [(iter(below[above]), level)]
        while stack:
            pairs, depth = stack[-1]
            pair = next(pairs, None)
            if pair is None:
                stack.pop()
                continue
            row, count = pair
            is_open = bool(below.get(row["id"]))
            yield self._branch(row, count, depth, is_open, cells)
            if is_open:
                stack.append((iter(below[row["id"]]), depth + 1))

    def children(self, pk: int, level: int) -> list[Branch]:
        """The rows right below one of them. One query."""
        found = self._read(both(self._whole, Leaf(self.parent.name, "=", pk)))[:MOST_ROWS]
        cells = Cells(self.call, self.shown, [row for row, _count in found])
        return [self._branch(row, count, level, False, cells) for row, count in found]

    def _above(self, row: dict[str, Any]) -> int | None:
        above = row[self.parent.name]
        return above[0] if isinstance(above, list) else None

    def _branch(
        self, row: dict[str, Any], count: int, level: int, is_open: bool, cells: Cells
    ) -> Branch:
        pk, full_name = row["id"], str(row["display_name"] or "–")
        others = [one for one in self.opened if one != pk]
        opened = others if is_open else [*others, pk]
        return Branch(
            pk=pk,
            name=str(row.get(self.tree.name) or full_name),
            full_name=full_name,
            url=record_url(self.screen, pk),
            level=level,
            count=count,
            above=self._above(row),
            is_open=is_open,
            is_match=pk in self._matches,
            cells=cells.of(row),
            toggle_url=self.asked.instead(v="tree", open=".".join(map(str, opened))),
        )


def parent_of(call: Call, screen: Screen) -> Field:
    """The link to the record above, if the actor may see it."""
    found = call.exposure.fields.get(screen.tree.parent if screen.tree else "")
    if found is None or not call.may(found):
        raise UnreadableLink(what=screen.key)
    return found


def places_for(call: Call, pk: int) -> list[tuple[int, str]]:
    """What a record may be hung below: the others of its noun, not those below it."""
    domain = [["id", "not in", [pk]], "!", ["id", "child_of", [pk]]]
    found = offered(call, call.exposure.name, "", domain, limit=MOST_OFFERED)
    return [(row["id"], str(row["display_name"])) for row in found]
