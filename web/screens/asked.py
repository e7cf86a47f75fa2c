"""What an address asks of a screen: everything on it is in the URL, so that any view is a link."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.actors import Actor
from base.errors import Refused
from rpc.exposure import Exposure
from rpc.fields import DATES, Field
from web.screens import domains, searching
from web.screens.declarations import Filter, Screen
from web.screens.registry import exposure_of

LONGEST_TEXT, MOST_CONDITIONS, MOST_GROUPS = 200, 40, 4
LONGEST_QUERY = 4_000
PERIODS = ("year", "quarter", "month", "week", "day")
PLACES = ("after", "before", "at", "from", "all", "part", "in", "typed")
Pairs = list[tuple[str, str]]


def came_from(request: HttpRequest) -> str:
    """What the list asked for that a page was opened from; empty without one."""
    return request.GET.get("list", "")[:LONGEST_QUERY]


class UnreadableLink(Refused):
    """The address of a page asks for something that does not exist there."""

    code = "unreadable_link"
    message = gettext_lazy("This link cannot be read: %(what)s. Start again from the list.")


@dataclass(frozen=True)
class Address:
    """The address of a page, and those that differ from it in one thing."""

    screen: Screen
    query: QueryDict
    path: str
    actor: Actor | None = None
    begins: str = ""
    """The query that the bare address stands for: the filters or the favourite that the screen opens with."""

    @classmethod
    def opened(
        cls, screen: Screen, query: QueryDict, path: str, actor: Actor, begins: str = ""
    ) -> Self:
        """The address as it was opened: without a query it is the one the screen begins with."""
        begins = begins or urlencode([("f", key) for key in screen.default])
        return cls(screen, query if query or not begins else QueryDict(begins), path, actor, begins)

    @property
    def everything(self) -> str:
        """The address without any condition."""
        return f"{self.path}?all=1" if self.begins else self.path

    @cached_property
    def pairs(self) -> Pairs:
        """The query without the place in the list."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in PLACES
        ]

    def address(self, pairs: Pairs) -> str:
        """The address with another query."""
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.everything

    @property
    def text_of_query(self) -> str:
        """The query as it stands in the address, the place in the list included."""
        kept = [
            *self.pairs,
            *((n, self.query[n]) for n in ("after", "before", "at", "from") if n in self.query),
        ]
        return urlencode(kept) or ("all=1" if self.begins else "")

    def without(self, name: str, value: str) -> str:
        """The address without one of its conditions."""
        return self.address([pair for pair in self.pairs if pair != (name, value)])

    def also(self, name: str, value: str) -> str:
        """The address with one condition more."""
        return self.address(
            [*(pair for pair in self.pairs if pair != (name, value)), (name, value)]
        )

    def instead(self, **changes: Any) -> str:
        """The address with some single values changed; an empty one goes."""
        kept = [pair for pair in self.pairs if pair[0] not in changes]
        return self.address(
            [*kept, *((k, str(v)) for k, v in changes.items() if v not in ("", None))]
        )


@dataclass(frozen=True)
class Asked(Address):
    """The query of one page, read with the screen it is about."""

    exposure: Exposure = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exposure", exposure_of(self.screen))
        asked = sum(len(self.query.getlist(name)) for name in ("f", "s", "d", "g"))
        if asked > MOST_CONDITIONS:
            raise UnreadableLink(what=_("it has too many conditions"))

    def field(self, name: str) -> Field | None:
        """The field of that name; one that the actor may not see is none."""
        found = self.exposure.fields.get(name)
        hidden = found and found.permission and self.actor
        return None if hidden and not self.actor.has_perm(found.permission) else found

    @cached_property
    def text(self) -> str:
        """The plain words in the search box."""
        return _clean(self.query.get("q", ""))

    @cached_property
    def filters(self) -> list[Filter]:
        """The filters that are switched on."""
        known = {one.key: one for one in self.screen.filters}
        wanted = dict.fromkeys(self.query.getlist("f"))
        if unknown := [key for key in wanted if key not in known]:
            raise UnreadableLink(what=_("there is no filter “%s”") % unknown[0][:60])
        return [known[key] for key in wanted]

    @cached_property
    def searches(self) -> list[tuple[str, str]]:
        """What is searched in which field: pairs of name and text."""
        pairs = [word.partition(":") for word in self.query.getlist("s")]
        for name, _colon, _text in pairs:
            if name not in self.searchable:
                raise UnreadableLink(what=_("“%s” cannot be searched") % name[:60])
        return [(name, _clean(text)) for name, _colon, text in pairs if _clean(text)]

    @cached_property
    def searchable(self) -> tuple[str, ...]:
        """The fields that the search box offers."""
        names = self.screen.search or tuple(one.name for one in self.exposure.search)
        return ("display_name", *(name for name in names if self.field(name)))

    def _searched(self, name: str, text: str) -> domains.Domain:
        found = searching.condition(self.exposure.fields[name], text)
        if found is None:
            label = self.exposure.fields[name].heading
            said = _("“%(text)s” cannot be looked for in %(field)s")
            raise UnreadableLink(what=said % {"text": text[:60], "field": label})
        return found

    @cached_property
    def conditions(self) -> list[Any]:
        """Domains that the address gives in full."""
        return [condition(text) for text in self.query.getlist("d")]

    @cached_property
    def groups(self) -> list[str]:
        """What the rows are grouped by: `country_id`, `invoice_date:month`."""
        wanted = list(dict.fromkeys(self.query.getlist("g")))[:MOST_GROUPS]
        for spec in wanted:
            name, _colon, period = spec.partition(":")
            one = self.field(name)
            is_date = one is not None and one.type in DATES
            if (
                one is None
                or not one.groupable
                or (bool(period) != is_date)
                or (period and period not in PERIODS)
            ):
                raise UnreadableLink(what=_("rows cannot be grouped by “%s”") % spec[:60])
        return wanted

    @cached_property
    def sort(self) -> tuple[str, bool] | None:
        """The column it is sorted by, and whether downwards; None for the noun's own order."""
        text = self.query.get("sort", "")
        name = text.removeprefix("-")
        one = self.field(name)
        if not text:
            return None
        if one is None or not one.sortable:
            raise UnreadableLink(what=_("rows cannot be sorted by “%s”") % name[:60])
        return name, text.startswith("-")

    @property
    def order(self) -> str:
        """The order in the words of the wire."""
        if self.sort is None:
            return self.screen.order or self.exposure.order
        name, is_descending = self.sort
        return f"{name} {'desc' if is_descending else 'asc'}"

    @property
    def is_search(self) -> bool:
        """Whether it asks for some of the screen's rows."""
        return bool(self.text or self.filters or self.searches or self.conditions)

    @cached_property
    def domain(self) -> domains.Domain:
        """All of it as one domain."""
        found: list[Any] = [self.screen.domain]
        families: dict[str, list[Any]] = {}
        for one in self.filters:
            families.setdefault(one.family or one.key, []).append(one.domain)
        found += [domains.either(family) for family in families.values()]
        fields: dict[str, list[Any]] = {}
        for name, text in self.searches:
            fields.setdefault(name, []).append(self._searched(name, text))
        found += [domains.either(alternatives) for alternatives in fields.values()]
        found += self.conditions
        found += [[["display_name", "ilike", word]] for word in self.text.split()[:8]]
        return domains.every(found)

    def group_label(self, spec: str) -> str:
        """How a grouping is called: “Invoice date: month”."""
        name, _colon, period = spec.partition(":")
        label = self.exposure.fields[name].heading
        return f"{label}: {period_labels()[period]}" if period else label


def period_labels() -> dict[str, str]:
    """The periods that dates are grouped by."""
    return {
        "year": _("year"),
        "quarter": _("quarter"),
        "month": _("month"),
        "week": _("week"),
        "day": _("day"),
    }


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST_TEXT]


def condition(text: str) -> Any:
    """A domain that the address gives in full. Refuses with `UnreadableLink`."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableLink(what=_("a condition in it is damaged")) from None
    if not isinstance(found, list):
        raise UnreadableLink(what=_("a condition in it is damaged"))
    return found
