"""Fields as the wire knows them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from types import NoneType
from typing import Any

from django.db import models
from django.utils.functional import Promise

Text = str | Promise
Choices = Sequence[tuple[Any, Text]] | Callable[[], Sequence[tuple[Any, Text]]]

TEXTS = frozenset(("char", "text", "html", "selection", "reference"))
NUMBERS = frozenset(("integer", "float", "monetary"))
CAPITAL = re.compile(r"\(?[A-Z][a-z]+[.)]*\Z")
SETS = frozenset(("one2many", "many2many"))
RELATIONS = SETS | {"many2one"}
DATES = frozenset(("date", "datetime"))
TYPES = TEXTS | NUMBERS | RELATIONS | DATES | {"boolean", "binary", "json", "many2one_reference"}


@dataclass(frozen=True, slots=True)
class Link:
    """How the rows of a set hang on their owner.

    `owner` is the SQL of the key they point to. `table` with its columns `near` and `far` is what is looked up: for a
    one2many the rows' own table (`far` is their primary key), for a many2many the table between.
    """

    owner: str
    table: str
    near: str
    far: str
    many: bool
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """One field of an exposure. `sql` is an expression over `{python.path}`; a field without it is not stored."""

    name: str
    type: str
    label: Text
    help: Text = ""
    sql: str | None = None
    link: Link | None = None
    relation: str = ""
    python: str = ""
    nullable: bool = True
    required: bool = False
    readonly: bool = True
    stored: bool = True
    translated: bool = False
    copied: bool = True
    permission: str = ""
    size: int | None = None
    digits: tuple[int, int] | None = None
    currency: str = ""
    inverse: str = ""
    choices: Choices = ()
    to_wire: Mapping[Any, Any] = attribute(default_factory=dict)
    to_python: Mapping[Any, Any] = attribute(default_factory=dict)
    function: Callable[..., Mapping[int, Any]] | None = None
    write: Callable[[Any], Mapping[str, Any]] | None = None
    put: Callable[[Any, int, Any], None] | None = None
    default: Any = None
    model_field: Any = None
    aggregator: str = ""
    sort: str = ""
    indexed_if_filled: bool = False

    @property
    def title(self) -> str:
        """The label, as it stands alone."""
        text = str(self.label)
        return text[:1].upper() + text[1:]

    @property
    def heading(self) -> str:
        """The label as pages write it: only the first word with a capital. Programs know some by capitals throughout."""
        first, *rest = self.title.removeprefix("# ").split(" ")
        return " ".join(
            [
                first[:1].upper() + first[1:],
                *(one.lower() if CAPITAL.match(one) else one for one in rest),
            ]
        )

    @property
    def is_set(self) -> bool:
        """Whether it holds any number of rows."""
        return self.type in SETS

    @property
    def is_relation(self) -> bool:
        """Whether it leads to another exposure."""
        return self.type in RELATIONS

    @property
    def is_text(self) -> bool:
        """Whether its column holds text; a selection may be kept as a number."""
        return self.type in TEXTS and isinstance(
            self.model_field, models.CharField | models.TextField | NoneType
        )

    @property
    def may_be_empty(self) -> bool:
        """Whether there may be rows without a value, a text that is not filled in being none."""
        return self.nullable or (self.is_text and getattr(self.model_field, "blank", False))

    @property
    def is_path(self) -> bool:
        """Whether it belongs to a row at the other end of a link."""
        return "." in self.python

    @property
    def searchable(self) -> bool:
        """Whether a domain may name it."""
        return self.sql is not None or self.link is not None

    @property
    def sortable(self) -> bool:
        """Whether an order may name it."""
        return self.sql is not None and self.type not in SETS | {"binary", "json"}

    @property
    def groupable(self) -> bool:
        """Whether rows may be grouped by it."""
        if self.is_set:
            return self.link is not None and self.type == "many2many"
        return self.sql is not None and self.type not in {"binary", "json"}

    @property
    def sorted_by(self) -> str:
        """The expression that rows are sorted by."""
        return self.sort or self.sql or "NULL"

    def selection(self) -> list[list[Any]]:
        """The keys and labels of a selection, in the language of the call."""
        choices = self.choices() if callable(self.choices) else self.choices
        return [[self.to_wire.get(value, value), str(label)] for value, label in choices]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A field that a module writes out in full: computed, a subset, or of a wizard or a table. `is_filled` says that its
    SQL finds something in every row; `default` is what a form for a new row begins with."""

    name: str
    type: str
    label: Text
    help: Text = ""
    sql: str | None = None
    function: Callable[..., Mapping[int, Any]] | None = None
    relation: str = ""
    link: Link | None = None
    choices: Choices = ()
    write: Callable[[Any], Mapping[str, Any]] | None = None
    put: Callable[[Any, int, Any], None] | None = None
    required: bool = False
    is_filled: bool = False
    default: Any = None
    inverse: str = ""
    many: str = ""
    only: str = ""
    permission: str = ""
    currency: str = ""
    digits: tuple[int, int] | None = None
    to_wire: Mapping[Any, Any] = attribute(default_factory=dict)
    to_python: Mapping[Any, Any] = attribute(default_factory=dict)

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.name}: there is no field type {self.type}")


def computed(name: str, type: str, *, label: Text, **how: Any) -> Declared:  # noqa: A002 - the wire's own word
    """Declare a field that is worked out: `sql=`, `link=` for a set, or `function=` for rows already read."""
    if len(how.keys() & {"sql", "link", "function"}) != 1:
        raise ValueError(f"{name}: a computed field has one of sql, a link and a function")
    return Declared(name=name, type=type, label=label, **how)


def subset(name: str, many: str, *, only: str, label: Text, **how: Any) -> Declared:
    """Declare a set that shows a part of another one: the rows of `many` for which `only` holds."""
    return Declared(name=name, type="one2many", label=label, many=many, only=only, **how)


def field(name: str, type: str, label: Text, **how: Any) -> Declared:  # noqa: A002 - the wire's own word
    """Declare a field of a wizard or of a table without a table."""
    return Declared(name=name, type=type, label=label, **how)
