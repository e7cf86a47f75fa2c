"""What a module says about a screen."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
Domain = Sequence[Any]

TONES = frozenset(("good", "care", "bad", "muted", "note"))
WORD = re.compile(r"([a-z_][a-z0-9_]*)([?+!*]*)(?:@([a-z]+))?\Z")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list: a field, whether it is there at first, and whether its sum stands at the foot."""

    name: str
    is_shown: bool = True
    is_summed: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A condition people switch on by name. Filters of one `family` are alternatives; families narrow each other."""

    key: str
    label: Text
    domain: Domain
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class Button:
    """A verb of the noun, by its name on the wire. It is there where `when` holds and the actor may.

    With `opens`, the URL name of a page that takes the record's id, it leads there instead. `confirm` is asked first. With `is_for_many` it is offered for the rows ticked in a list, too, with `is_on_row` in
    each row of the list, without `is_on_form` only there. With `is_on_new` it stands on the form of a new record, too,
    which is saved by it, or not at all where the verb refuses.
    """

    verb: str
    label: Text
    opens: str = ""
    when: Domain = ()
    icon: str = ""
    confirm: Text = ""
    permission: str = ""
    is_main: bool = False
    is_for_many: bool = False
    is_on_row: bool = False
    is_on_form: bool = True
    is_on_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Stat:
    """A number on a record's page that opens the records behind it: those of `screen` whose `field` is this record."""

    label: Text
    screen: str
    field: str
    icon: str = "list"
    domain: Domain = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """A field on a form.

    `widget` overrides what its type gets: `email`, `phone` and `url` of a text, `stars` and `radio` of a selection,
    `percent` (11 is 11 %) and `share` (0.11 is 11 %) of a number, `colour` of a whole one, `star` of a yes or no.
    `is_filled` where the noun fills in by itself what it needs and is left empty, `is_needed` where it is asked for
    later only, as a draft can do without: it is marked as required. `domain` narrows what a link may lead to; `"{country_id}"` in it is what that field of the form holds. `hidden` and
    `locked` are domains over the record: where they hold, the field is left out, or only shown.
    """

    name: str
    is_readonly: bool = False
    is_wide: bool = False
    is_filled: bool = False
    is_needed: bool = False
    widget: str = ""
    domain: Domain = ()
    hidden: Domain = ()
    locked: Domain = ()
    label: Text = ""
    help: Text = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that stand together under a heading."""

    fields: tuple[Place, ...]
    label: Text = ""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A set of the record's own rows, written on its form.

    `sections` is the field that turns a line into a section or a note (its keys are `line_section`, `line_note`),
    `sequence` the one by which they are put in order, `text` what sections and notes are written into. Another `lead`
    (a product) fills anew what was not typed. `sums` are the fields added up at the foot. `also` are fields that are read
    with them for what stands below.
    """

    name: str
    fields: tuple[Place, ...]
    label: Text = ""
    sections: str = ""
    sequence: str = ""
    text: str = "name"
    lead: str = ""
    sums: str = ""
    also: str = ""
    locked: Domain = ()


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One leaf of the lower half of a form."""

    label: Text
    groups: tuple[Group, ...] = ()
    lines: Lines | None = None
    hidden: Domain = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """A record's page.

    `title` is the field that names it, `picture` its picture, `status` the selection shown as a bar (only the keys of
    `steps`, and the one it is in); `moves` names the button's verb that leads to a step, which can then be clicked.
    Where `locked` holds nothing can be edited. `foot` is a template below the lines.
    `rehearse` works out what a form that is not saved would come to, without writing it: `(id or None, values, by, on)`
    answers a `web.screens.rehearsed.Rehearsed`; without it the record is written and taken back again.
    """

    groups: tuple[Group, ...] = ()
    tabs: tuple[Tab, ...] = ()
    title: str = ""
    picture: str = ""
    status: str = ""
    steps: tuple[str, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    stats: tuple[Stat, ...] = ()
    locked: Domain = ()
    foot: str = ""
    rehearse: Callable[..., Any] | None = None
    printed: str = ""
    """URL name of the printed document, taking the record's id."""

    @property
    def places(self) -> list[Place]:
        """All fields of it, in order, without those of lines."""
        groups = [*self.groups, *(group for tab in self.tabs for group in tab.groups)]
        head = [Place(name=one) for one in (self.title, self.picture) if one]
        return [*head, *(place for group in groups for place in group.fields)]

    @property
    def lines(self) -> list[Lines]:
        """Its sets of lines."""
        return [tab.lines for tab in self.tabs if tab.lines]


@dataclass(frozen=True, kw_only=True)
class Kanban:
    """Cards in columns. `card` are the fields on a card, `by` what makes the columns at first, `sum` an amount added up.

    `move` is the verb that puts a card into another column, taking the column's key; without it the field is written.
    `every` is a domain over what `by` leads to: those make columns even where they hold no card. `folded` are the keys
    of columns that are narrow at first, `quick` the fields asked for at the head of a column, `avatar` a link to who
    does it, `cover` a picture, `colour` a number from 0 to 11.
    """

    by: str = ""
    card: tuple[str, ...] = ()
    sum: str = ""
    cover: str = ""
    colour: str = ""
    folded: tuple[Any, ...] = ()
    move: str = ""
    quick: tuple[str, ...] = ()
    avatar: str = ""
    every: Domain | None = None


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Records on their days, from `start` to `end`; dragged to another day where the field can be written.

    Where these are moments, a week and a day show their hours; what takes whole days stands above them, or where the
    yes or no `whole` says so. `colour` is a field whose values have colours of their own, `shown` are fields told of a record when it is opened.
    """

    start: str
    end: str = ""
    whole: str = ""
    colour: str = ""
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """A table of sums: what stands at its side and on top of it at first, and what is measured.

    `rows` and `columns` are fields (`country_id`, `invoice_date:month`), `measures` are fields with what is done to
    them (`amount_total:sum`, `amount_total:avg`), or `__count`.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A picture of sums: by what, in which series, and what is measured at first."""

    by: str
    series: str = ""
    measures: tuple[str, ...] = ()
    kind: str = "bar"


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Records below each other, by the link to the one above. `shown` are the fields beside their names.

    `name` is what a record is called below the one above it, where its full name would repeat that.
    """

    parent: str
    name: str = ""
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A noun as people see it.

    `key` is its address (`contacts` is at `/contacts/`). `columns` are those of its list. `search` names the fields
    that the search box offers, the first ones being those that plain words look into. `tones` colours rows by domain.
    `page` is the URL name of a record's own page; without it the screen's `form` is it. `default` are the keys of the
    filters that are on when the screen is opened from a menu. `permission` is needed to open it at all, beyond those
    of its noun. `context` goes with every call, such as defaults of new
    records (`default_move_type`).
    """

    name: str
    key: str
    label: Text
    one: Text
    icon: str = "box"
    columns: tuple[Column, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    groups: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    tones: Mapping[str, Domain] = field(default_factory=dict)
    domain: Domain = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    permission: str = ""
    page: str = ""
    new: str = ""
    empty: Text = ""
    form: Form | None = None
    kanban: Kanban | None = None
    calendar: Calendar | None = None
    pivot: Pivot | None = None
    graph: Graph | None = None
    tree: Tree | None = None
    first: str = "list"
    """The way of looking that opens."""
    inline: bool = False
    """Whether rows of the list can be edited where they stand: those of their columns that the form has, too."""
    is_made_here: bool = True
    """Whether people make its records here. Others come about elsewhere, as outgoing mail does."""

    def __post_init__(self) -> None:
        if unknown := set(self.tones) - TONES:
            raise ValueError(f"{self.key}: no such tone: {', '.join(sorted(unknown))}")
        keys = [one.key for one in self.filters]
        if len(keys) != len(set(keys)):
            raise ValueError(f"{self.key}: two filters share a key")

    @property
    def slug(self) -> str:
        """The key as it stands in the names of URLs."""
        return self.key.replace("/", "-")


def columns(words: str) -> tuple[Column, ...]:
    """Columns in words: `name`, `name?` to be switched on by those who want it, `amount_total+` summed at the foot."""
    found = [_read(word) for word in words.split()]
    return tuple(
        Column(name=name, is_shown="?" not in marks, is_summed="+" in marks)
        for name, marks, _widget in found
    )


def places(words: str) -> tuple[Place, ...]:
    """Fields of a form in words: `name`, `name!` only shown, `name*` across the whole width, `color@colour` with a widget."""
    found = [_read(word) for word in words.split()]
    return tuple(
        Place(name=name, is_readonly="!" in marks, is_wide="*" in marks, widget=widget or "")
        for name, marks, widget in found
    )


def group(words: str, label: Text = "", *more: Place) -> Group:
    """A group of fields in words; a `Place` given in full replaces the word of its name, or follows."""
    given = {place.name: place for place in more}
    named = [given.pop(place.name, place) for place in places(words)]
    return Group(fields=(*named, *given.values()), label=label)


def lines(name: str, words: str, *more: Place, **how: Any) -> Lines:
    """The lines of a set, their fields in words."""
    return Lines(name=name, fields=group(words, "", *more).fields, **how)


def _read(word: str) -> tuple[str, str, str | None]:
    match = WORD.match(word)
    if match is None:
        raise ValueError(f"“{word}” is no field")
    return match[1], match[2], match[3]
