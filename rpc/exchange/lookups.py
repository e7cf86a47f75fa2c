"""Rows that a sheet refers to, by name, by external id or by number: all looked up at once, noun by noun."""

from collections import defaultdict
from collections.abc import Iterable

from base.prepared import rows
from rpc import access
from rpc.context import Call
from rpc.domains.parse import ALL
from rpc.exchange.external_ids import complete, ids_behind
from rpc.exchange.paths import EXTERNAL_ID
from rpc.exposure import Exposure
from rpc.reading.orders import order_by
from rpc.sql.relations import name_condition
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of
from rpc.writing.records import visible_ids

NAME = ""
BIGGEST = 2**63


class Lookups:
    """What is asked for, and after `run` what was found: lists of ids, as several rows may have one name."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self._wanted: defaultdict[tuple[Exposure, str], set[str]] = defaultdict(set)
        self._found: dict[tuple[Exposure, str], dict[str, list[int]]] = {}

    def want(self, target: Exposure, kind: str, text: str) -> None:
        """Ask for a row of a noun."""
        self._wanted[target, kind].add(text)

    def run(self) -> None:
        """Look everything up: one query for each noun and kind, and one for which of the rows the actor sees."""
        for (target, kind), texts in self._wanted.items():
            on = self.call.on(target)
            access.require(on, "read")
            self._found[target, kind] = (
                _by_name(on, texts) if kind == NAME else _by_id(on, kind, texts)
            )

    def found(self, target: Exposure, kind: str, text: str) -> list[int]:
        """The ids of the rows that a text stands for."""
        return self._found[target, kind].get(text, [])


def whole(text: str) -> int | None:
    """A number of a row, or None for what is none."""
    bare = text.strip()
    number = int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 20 else None
    return number if number is not None and number < BIGGEST else None


def _by_id(call: Call, kind: str, texts: Iterable[str]) -> dict[str, list[int]]:
    if kind == EXTERNAL_ID:
        names = {text: complete(text) for text in texts}
        behind = ids_behind(call.exposure, names.values())
        found = {text: behind[name] for text, name in names.items() if name in behind}
    else:
        found = {text: number for text in texts if (number := whole(text)) is not None}
    seen = visible_ids(call, list(found.values()))
    return {text: [pk] for text, pk in found.items() if pk in seen}


def _by_name(call: Call, texts: set[str]) -> dict[str, list[int]]:
    """Rows called exactly so: by what they show first of all, then by whatever else they are found by."""
    exposure = call.exposure
    statement = Statement(call.language)
    where = Where(call, exposure, frame_of(call, exposure, statement))
    shown = where.frame.expand(exposure.display)
    others = [
        where.expression(one) for one in exposure.search if one.link is None and call.may(one)
    ]
    named = name_condition(where, exposure, "in", sorted(texts))
    named = f"({shown} = ANY({statement.bind(sorted(texts))}) OR {named})"
    rest = where.conditions(ALL, active_test=call.active_test)
    columns = ", ".join([where.frame.column("pk"), shown, *others])
    order = order_by(call, None, where.frame)
    condition = f"{named} AND {rest}" if rest else named
    sql = f"SELECT {columns} FROM {where.frame.tables()} WHERE {condition} ORDER BY {order}"
    ranked: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for pk, *values in rows(sql, statement.values):
        for rank, value in enumerate(values):
            if value in texts:
                ranked[value].setdefault(pk, rank)
    best = {text: min(ranks.values()) for text, ranks in ranked.items()}
    return {
        text: [pk for pk, rank in ranks.items() if rank == best[text]]
        for text, ranks in ranked.items()
    }
