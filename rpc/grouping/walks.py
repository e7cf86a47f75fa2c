"""The values of a term without reading every row: from each value an index leads to the next."""

from dataclasses import dataclass

from rpc.context import locale_of
from rpc.fields import NUMBERS
from rpc.grouping import periods
from rpc.grouping.terms import Term
from rpc.sql.indexes import COLUMN, led_by_index
from rpc.sql.sources import ModelSource
from rpc.sql.where import Where, known_name

ONE = {"quarter": "3 months"}


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk along the values of a term: the statements that find the first and the one after `walk.v`; `value` is
    the group of `walk.v`, and `of` the condition for the rows of the group `g.g0`."""

    first: str
    following: str
    value: str
    of: str

    def values(self, most: int) -> str:
        """The walk, and the values `found` on it, up to one more than a limit."""
        return (
            f"walk(v) AS ({self.first} UNION ALL SELECT ({self.following}) FROM walk WHERE v IS NOT NULL),"
            f" found AS MATERIALIZED (SELECT v FROM walk WHERE v IS NOT NULL LIMIT {most + 1})"
        )


@dataclass(frozen=True, slots=True)
class Listed(Walk):
    """The values that are known beforehand."""

    def values(self, most: int) -> str:
        """All of them."""
        return f"walk(v) AS ({self.first}), found AS (SELECT v FROM walk LIMIT {most + 1})"


def walk_of(where: Where, term: Term, source: str) -> Walk | None:
    """The walk along a term in the rows of a FROM clause; None where no index leads along it."""
    column = where.expression(term.field)
    match, noun = COLUMN.match(column), where.exposure.source
    if not isinstance(noun, ModelSource) or term.path != term.field.name:
        return None
    if match is None or match[1] not in led_by_index(noun.model):
        return _listed(term)
    if term.field.is_set or term.is_number or (term.field.type in NUMBERS and term.field.nullable):
        return None
    following, value, of = "> walk.v", "walk.v", f"{column} = g.g0"
    if term.is_period:
        after, value, of = _period(where, term, column)
        following = f">= {after}"
    filled = f"{column} > ''" if term.field.is_text else f"{column} IS NOT NULL"

    def sought(condition: str) -> str:
        return f"(SELECT {column} AS v FROM {source}{condition} ORDER BY {column} LIMIT 1)"

    return Walk(sought(filled), sought(f"{column} {following}"), value, of)


def _listed(term: Term) -> Walk | None:
    """One of two is come upon soon, without an index; of three, one may be rare."""
    field, of = term.field, f"{term.sql} = g.g0"
    if field.type == "boolean":
        return Listed("SELECT false AS v UNION ALL SELECT true", "", "walk.v", of)
    if field.type != "selection" or callable(field.choices):
        return None
    known = sorted(value for value, _label in field.choices if isinstance(value, str) and value)
    if len(known) < len(field.choices) or len(known) > 2:
        return None
    written = ", ".join("'{}'".format(value.replace("'", "''")) for value in known)
    return Listed(f"SELECT unnest(ARRAY[{written}]::text[])", "", "walk.v", of)


def _period(where: Where, term: Term, column: str) -> tuple[str, str, str]:
    """Where the next period begins after `walk.v`, where its own begins, and which rows lie in the one of `g.g0`."""
    step = f"interval '{ONE.get(term.granularity, f'1 {term.granularity}')}'"
    locale = locale_of(where.call.language)
    if term.zone is None:
        begins = periods.truncated("walk.v::timestamp", term.granularity, locale)
        return (
            f"({begins} + {step})::date",
            begins,
            f"{column} >= g.g0::date AND {column} < (g.g0 + {step})::date",
        )
    zone = known_name(term.zone)
    begins = periods.truncated(f"(walk.v AT TIME ZONE {zone})", term.granularity, locale)
    return (
        f"(({begins} + {step}) AT TIME ZONE {zone})",
        begins,
        f"{column} >= g.g0 AT TIME ZONE {zone} AND {column} < (g.g0 + {step}) AT TIME ZONE {zone}",
    )
