"""From an order in words to ORDER BY."""

import re
from dataclasses import dataclass
from typing import Any

from rpc import registry
from rpc.access import visible_field
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import user_error, value_error
from rpc.fields import Field
from rpc.sql.sources import ModelSource
from rpc.sql.statement import PLACE, Frame
from rpc.sql.where import not_stored

TERM = re.compile(
    r"\s*([a-z_][a-z0-9_.]*)(?:\s+(asc|desc))?(?:\s+(nulls\s+(?:first|last)))?\s*\Z", re.IGNORECASE
)
FLIP = {"ASC": "DESC", "DESC": "ASC"}
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Sorted:
    """One term of an ORDER BY."""

    sql: str
    direction: str = "ASC"
    nulls: str = ""
    is_nullable: bool = True

    def __str__(self) -> str:
        return f"{self.sql}{self.way}"

    @property
    def way(self) -> str:
        """Which way it is sorted."""
        return f" {self.direction}{self.nulls}"

    @property
    def is_descending(self) -> bool:
        """Whether the largest comes first."""
        return self.direction == "DESC"

    @property
    def has_nulls_first(self) -> bool:
        """Whether what is empty comes before everything else."""
        return self.nulls.endswith("FIRST") if self.nulls else self.is_descending

    def reversed(self) -> "Sorted":
        """The same the other way round."""
        nulls = " NULLS LAST" if self.has_nulls_first else " NULLS FIRST"
        return Sorted(self.sql, FLIP[self.direction], nulls, self.is_nullable)


def order_by(call: Call, order: Any, frame: Frame) -> str:
    """The ORDER BY of a frame; the row's id settles what the order leaves open."""
    return ", ".join(str(term) for term in order_terms(call, order, frame))


def order_terms(call: Call, order: Any, frame: Frame) -> list[Sorted]:
    """The terms of an ORDER BY, the last of which tells any two rows apart."""
    exposure = call.exposure
    text = order or exposure.order
    if not isinstance(text, str):
        raise user_error(_bad(text))
    terms: list[Sorted] = []
    for term in text.split(","):
        match = TERM.match(term)
        if match is None:
            raise user_error(_bad(text))
        direction = (match[2] or "ASC").upper()
        nulls = f" {' '.join(match[3].upper().split())}" if match[3] else ""
        terms += _term(call, exposure, match[1], direction, nulls, frame)
    key = frame.column("pk")
    if not any(one.sql == key for one in terms):
        terms.append(Sorted(key, is_nullable=False))
    return list(dict.fromkeys(terms))


def _term(
    call: Call, exposure: Exposure, path: str, direction: str, nulls: str, frame: Frame
) -> list[Sorted]:
    name, dot, rest = path.partition(".")
    field = exposure.fields.get(name)
    if field is None:
        raise value_error(f"Invalid field {name!r} on model {exposure.name!r}")
    visible_field(call, exposure, field)
    if dot and not (field.type == "many2one" and rest == "id"):
        raise value_error(f"Invalid field property {rest!r} on {exposure.name}.{name}")
    if not field.sortable:
        raise not_stored(exposure, field)
    if field.type == "many2one" and not dot:
        found = _by_relation(field, direction, frame, 1)
        return [Sorted(one.sql, one.direction, nulls) for one in found]
    sql = _blanks_apart(field)
    is_nullable = field.nullable or sql != field.sorted_by
    return [Sorted(frame.expand(sql), direction, nulls, is_nullable)]


def _blanks_apart(field: Field) -> str:
    """What a client sorts by: texts that are not filled in go where nothing goes, after all others or before them."""
    may_be_blank = field.is_text and not field.sort and getattr(field.model_field, "blank", False)
    return f"NULLIF({field.sorted_by}, '')" if may_be_blank else field.sorted_by


def own_order(
    exposure: Exposure, direction: str, frame: Frame, depth: int = 1, prefix: str = ""
) -> list[Sorted]:
    """A noun's own order, in a frame of its rows or (with a prefix) of rows that lead to them."""
    found: list[Sorted] = []
    for term in exposure.order.split(","):
        name, _, way = term.strip().partition(" ")
        field = exposure.fields[name]
        turned = FLIP[direction] if way.strip().lower() == "desc" else direction
        if field.type == "many2one":
            found += _by_relation(field, turned, frame, depth, prefix)
        elif field.sql is not None:
            found.append(Sorted(frame.expand(_below(field.sorted_by, prefix)), turned))
    return found or [Sorted(frame.column(f"{prefix}pk"), direction)]


def _by_relation(
    field: Field, direction: str, frame: Frame, depth: int, prefix: str = ""
) -> list[Sorted]:
    """A link sorts as the rows at its other end do."""
    target = registry.find(field.relation)
    if (
        target is None
        or not field.python
        or not isinstance(target.source, ModelSource)
        or depth > DEEPEST
    ):
        return [Sorted(frame.expand(_below(field.sorted_by, prefix)), direction)]
    return own_order(target, direction, frame, depth + 1, f"{prefix}{field.python}.")


def _below(template: str, prefix: str) -> str:
    return PLACE.sub(lambda place: f"{{{prefix}{place[1]}}}", template)


def _bad(order: Any) -> str:
    return (
        f'Invalid "order" specified ({order}). A valid "order" specification is a comma-separated list of valid field '
        "names (optionally followed by asc/desc for the direction)"
    )
