"""The rows that the sets of lines of a form hold."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from rpc.context import Call
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web.screens.declarations import Lines
from web.screens.writing import shown, with_currencies


class Shared:
    """The rows of one noun that several sets of a form hold, read at once for all of them. One query, and one for sets."""

    def __init__(self, call: Call, sets: Iterable[Lines], ids: Iterable[int]) -> None:
        self.call, self.ids = call, list(dict.fromkeys(ids))
        self.names = {name for one in sets for name in names_of_lines(call, one)}

    @cached_property
    def rows(self) -> dict[int, dict[str, Any]]:
        """The rows, by id."""
        if not self.ids:
            return {}
        wanted = sorted(self.names & self.call.exposure.fields.keys())
        return {row["id"]: row for row in rows.read(self.call, self.ids, wanted, EXACT)}


def names_of_lines(call: Call, declared: Lines) -> set[str]:
    """The fields that the lines of a set need: those shown, and those by which they are put in order and told apart."""
    names = [one.name for one in shown(call, declared.fields)]
    more = [declared.sections, declared.sequence, declared.text, *declared.also.split()]
    return with_currencies(call, [*names, *filter(None, more)])
