"""A statement being written: its bound values, and its frames with the joins they turn out to need."""

import re
from collections.abc import Callable
from typing import Any, Protocol

from django.utils.translation import gettext, override

from rpc.limits import require_few_frames

PLACE = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
WORD = re.compile(r"\{'([^'{}]+)'\}")


class Source(Protocol):
    """What a frame is FROM: a table, or rows given by Python."""

    def start(self, statement: "Statement", alias: str) -> str:
        """The FROM item, aliased."""

    def column(self, frame: "Frame", path: str) -> str:
        """The SQL of a column, joining what the path needs."""


class Statement:
    """The values bound so far, and numbers for aliases. Placeholders are PostgreSQL's own: `$1`, `$2` …"""

    __slots__ = ("_frames", "language", "values")

    def __init__(self, language: str) -> None:
        self.values: list[Any] = []
        self.language = language
        self._frames = 0

    def bind(self, value: Any, cast: str = "") -> str:
        """Bind a value and say where."""
        self.values.append(value)
        return f"${len(self.values)}{cast}"

    def word(self, text: str) -> str:
        """A word of the house in its language, as SQL. Words come from declarations only, never from a client."""
        with override(self.language):
            return "'" + gettext(text).replace("'", "''") + "'"

    def adopt(self, sql: str, values: list[Any] | tuple[Any, ...]) -> str:
        """Take in a fragment written with `%s`, as Django writes them."""
        if not values:
            return sql.replace("%%", "%")
        pieces = sql.split("%s")
        places = [self.bind(value) for value in values]
        text = "".join(piece + place for piece, place in zip(pieces, [*places, ""], strict=True))
        return text.replace("%%", "%")

    def frame(self, source: Source) -> "Frame":
        """Open a frame on a source."""
        self._frames += 1
        require_few_frames(self._frames)
        return Frame(self, source, f"t{self._frames - 1}")


class Frame:
    """One FROM of a statement."""

    __slots__ = ("alias", "joins", "prefix", "source", "statement")

    def __init__(self, statement: Statement, source: Source, alias: str) -> None:
        self.statement = statement
        self.source = source
        self.alias = alias
        self.prefix = f"{alias}_"
        self.joins: dict[str, tuple[str, str]] = {}

    def column(self, path: str) -> str:
        """The SQL of a column by its Python path."""
        return self.source.column(self, path)

    def expand(self, template: str) -> str:
        """Put the columns into an expression, and its `{'words'}` in the language of the statement."""
        found = PLACE.sub(lambda match: self.column(match[1]), template)
        return WORD.sub(lambda match: self.statement.word(match[1]), found)

    def join(self, path: str, write: Callable[[str], str]) -> str:
        """The alias of the row at the end of a path, joined once."""
        if path not in self.joins:
            alias = f"{self.prefix}{len(self.joins) + 1}"
            self.joins[path] = (alias, write(alias))
        return self.joins[path][0]

    def tables(self) -> str:
        """The FROM clause so far."""
        start = self.source.start(self.statement, self.alias)
        return " ".join((start, *(text for _alias, text in self.joins.values())))

    def nested(self) -> str:
        """The same as something to be joined."""
        return f"({self.tables()})" if self.joins else self.tables()
