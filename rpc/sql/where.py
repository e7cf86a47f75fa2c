"""From the tree of a domain to an SQL condition."""

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from rpc import access
from rpc.context import Call
from rpc.domains.parse import Constant, Leaf, Node, Not, both, leaves, parse
from rpc.exposure import Exposure
from rpc.faults import value_error
from rpc.fields import DATES, Field
from rpc.linking import column_type
from rpc.sql.operators import Operand
from rpc.sql.relations import Relation
from rpc.sql.sources import RowsSource
from rpc.sql.statement import Frame, Statement

PARTS = {
    "year_number": "year",
    "quarter_number": "quarter",
    "month_number": "month",
    "iso_week_number": "week",
    "day_of_year": "doy",
    "day_of_month": "day",
    "day_of_week": "dow",
    "hour_number": "hour",
    "minute_number": "minute",
    "second_number": "second",
}


ZONE = re.compile(r"[A-Za-z0-9_+/-]+")
DEEPEST = 40
TREES = frozenset(("child_of", "parent_of"))
ANY = frozenset(("any", "not any"))


class Where:
    """Writes conditions on one frame of a statement.

    With `seeks`, rows that are looked for by a name are found along indexes, all of them first; without, each row is
    looked at by itself, which is better where the rows are few or come in an order already.
    """

    __slots__ = ("call", "depth", "exposure", "frame", "seeks", "statement")

    def __init__(
        self,
        call: Call,
        exposure: Exposure,
        frame: Frame,
        depth: int = 0,
        *,
        seeks: bool = False,
    ) -> None:
        if depth > DEEPEST:
            raise value_error(f"Domain() malformed domain: it follows more than {DEEPEST} links")
        self.depth = depth
        self.call = call
        self.exposure = exposure
        self.frame = frame
        self.statement = frame.statement
        self.seeks = seeks

    def conditions(self, node: Node, *, active_test: bool) -> str:
        """A domain, archived rows left out if so asked, and the rows that the actor sees."""
        found = []
        if (
            active_test
            and self.exposure.has_active
            and not any(leaf.path == "active" for leaf in leaves(node))
        ):
            node = both(node, Leaf("active", "=", True))
        if (text := self.sql(node)) != "TRUE":
            found.append(text)
        if scope := access.scope(self.call, self.exposure, self.frame):
            found.append(scope)
        return " AND ".join(found)

    def sql(self, node: Node) -> str:
        """The condition of a node."""
        return tree(node, self.leaf)

    def leaf(self, leaf: Leaf) -> str:
        """The condition of one leaf."""
        name, dot, rest = leaf.path.partition(".")
        field = self.exposure.fields.get(name)
        if field is None:
            shown = f"({leaf.path!r}, {leaf.operator!r}, {leaf.value!r})"
            raise value_error(f"Invalid field {self.exposure.name}.{name} in condition {shown}")
        access.visible_field(self.call, self.exposure, field)
        if dot:
            return self._path(field, rest, leaf)
        by_tree = name == "id" and leaf.operator in TREES
        if by_tree or name == "display_name" or (field.is_relation and leaf.operator not in ANY):
            return Relation(self, field).condition(leaf.operator, leaf.value)
        if field.is_relation:
            return Relation(self, field).any_of(leaf.operator, parse(leaf.value))
        if not field.searchable:
            raise not_stored(self.exposure, field)
        return Operand(field, self.expression(field), self.statement, self.call).condition(
            leaf.operator, leaf.value
        )

    def expression(self, field: Field) -> str:
        """The SQL of a field in this frame."""
        return self.frame.expand(field.sql or "NULL")

    def open(self, exposure: Exposure) -> "Where":
        """Conditions on a frame of another noun, inside the same statement. The actor must be allowed to read it."""
        access.require(self.call, "read", exposure)
        frame = frame_of(self.call, exposure, self.statement)
        return Where(self.call, exposure, frame, self.depth + 1)

    def _path(self, field: Field, rest: str, leaf: Leaf) -> str:
        if field.is_relation:
            # A path sees archived rows at the other end of a link, but not archived members of a set.
            return Relation(self, field).any_of("any", Leaf(rest, leaf.operator, leaf.value))
        if field.type in DATES and field.searchable:
            return self._date_part(field, rest, leaf)
        raise value_error(f"Invalid field property {rest!r} on {self.exposure.name}.{field.name}")

    def _date_part(self, field: Field, part: str, leaf: Leaf) -> str:
        number = Field(name=leaf.path, type="part", label="", nullable=field.nullable)
        sql = date_part(field, self.expression(field), part, self.call)
        return Operand(number, sql, self.statement, self.call).condition(leaf.operator, leaf.value)


def tree(node: Node, leaf: Callable[[Leaf], str]) -> str:
    """The condition of a node, whose leaves are written by `leaf`."""
    if isinstance(node, Leaf):
        return leaf(node)
    if isinstance(node, Constant):
        return "TRUE" if node.value else "FALSE"
    if isinstance(node, Not):
        return f"({tree(node.node, leaf)}) IS NOT TRUE"
    glue = " AND " if node.every else " OR "
    return f"({glue.join(tree(one, leaf) for one in node.nodes)})"


def date_part(
    field: Field,
    sql: str,
    part: str,
    call: Call,
    zone: ZoneInfo | None = None,
) -> str:
    """The SQL of a numbered part of a date; a moment's part is that in a zone, the call's unless another is given."""
    if part not in PARTS:
        known = ", ".join(PARTS)
        raise value_error(
            f"Error when processing the granularity {part} is not supported. Only {known} are supported"
        )
    local = (
        f"({sql}) AT TIME ZONE {known_name(zone or call.zone)}" if field.type == "datetime" else sql
    )
    return f"EXTRACT({PARTS[part]} FROM {local})::int4"


def known_name(zone: ZoneInfo) -> str:
    """The name of a time zone as SQL. It is written in, being one of the names that the system itself knows."""
    return f"'{zone.key}'" if ZONE.fullmatch(zone.key) else "'UTC'"


def frame_of(call: Call, exposure: Exposure, statement: Statement) -> Frame:
    """A frame on the rows of a noun."""
    if exposure.source is not None:
        return statement.frame(exposure.source)
    rows: Any = exposure.rows
    columns = {
        name: column_type(one) for name, one in exposure.fields.items() if name != "display_name"
    }
    return statement.frame(RowsSource(columns, lambda: rows(call)))


def not_stored(exposure: Exposure, field: Field) -> Exception:
    """The refusal to search or sort by what is not in the database."""
    return value_error(
        f"Cannot convert {exposure.name}.{field.name} to SQL because it is not stored"
    )
