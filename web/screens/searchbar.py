"""The search bar of a screen: the conditions in force as chips, what can be switched on, and what typing offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.fields import DATES, Field
from web.screens import domains, searching
from web.screens.asked import PERIODS, Asked, period_labels
from web.screens.boxes import offered

MOST_LINKS, MOST_LOOKED_UP, SHORTEST = 4, 3, 2


@dataclass(frozen=True)
class Facet:
    """One condition, grouping or search in force, as a chip that can be taken away, and changed where `change` leads."""

    kind: str
    label: str
    value: str
    without: str
    change: str = ""


@dataclass(frozen=True)
class Offer:
    """Something that can be switched on or off: a filter, a grouping, a search."""

    label: str
    url: str
    is_on: bool = False
    name: str = ""


@dataclass(frozen=True)
class GroupOffer:
    """A field to group by: at once, or by a period where it is a date."""

    label: str
    offers: list[Offer]
    is_date: bool


class SearchBar:
    """What the search bar shows for the address of one page."""

    def __init__(self, asked: Asked, call: Call | None = None) -> None:
        self.asked = asked
        self.call = call

    @cached_property
    def facets(self) -> list[Facet]:
        """Every condition and grouping in force."""
        asked = self.asked
        chips = [
            Facet("filter", "", str(one.label), asked.without("f", one.key))
            for one in asked.filters
        ]
        for raw in asked.query.getlist("s"):
            name, _colon, text = raw.partition(":")
            label = _searched_in(asked.exposure.fields[name])
            chips.append(Facet("search", label, text, asked.without("s", raw)))
        for raw, domain in zip(asked.query.getlist("d"), asked.conditions, strict=True):
            said = domains.sentence(asked.exposure, domain, self.call)
            change = f"{asked.path}build/?{urlencode({'list': asked.text_of_query, 'edit': raw})}"
            chips.append(Facet("condition", "", said, asked.without("d", raw), change))
        if asked.text:
            gone = asked.without("q", asked.query.get("q", ""))
            chips.append(Facet("search", "", asked.text, gone))
        chips += [
            Facet("group", _("By"), asked.group_label(spec), asked.without("g", spec))
            for spec in asked.groups
        ]
        return chips

    @property
    def build_url(self) -> str:
        """Where another condition is put together."""
        return f"{self.asked.path}build/?{urlencode({'list': self.asked.text_of_query})}"

    @cached_property
    def offers(self) -> list[Offer]:
        """The filters there are."""
        return [
            self._switch("f", one.key, str(one.label), one in self.asked.filters)
            for one in self.asked.screen.filters
        ]

    def _switch(self, name: str, value: str, label: str, is_on: bool) -> Offer:
        asked = self.asked
        url = asked.without(name, value) if is_on else asked.also(name, value)
        return Offer(label, url, is_on)

    @cached_property
    def group_offers(self) -> list[GroupOffer]:
        """The groupings that the screen offers, and those in force; each date by every period."""
        names = [spec.partition(":")[0] for spec in (*self.asked.screen.groups, *self.asked.groups)]
        fields = [self.asked.field(name) for name in dict.fromkeys(names)]
        return [self._group(one) for one in fields if one is not None and one.groupable]

    def _group(self, field: Field) -> GroupOffer:
        is_on = self.asked.groups
        if field.type not in DATES:
            one = self._switch("g", field.name, field.heading, field.name in is_on)
            return GroupOffer(field.heading, [one], is_date=False)
        labels = period_labels()
        specs = [(f"{field.name}:{period}", labels[period]) for period in PERIODS]
        offers = [self._switch("g", spec, label, spec in is_on) for spec, label in specs]
        return GroupOffer(field.heading, offers, is_date=True)

    @cached_property
    def other_groups(self) -> list[Offer]:
        """Every other field that rows can be grouped by: label and value, for a list to choose from."""
        known = {one.partition(":")[0] for one in (*self.asked.screen.groups, *self.asked.groups)}
        fields = [
            one
            for one in self.asked.exposure.fields.values()
            if one.groupable and one.name not in known and self.asked.field(one.name)
        ]
        found = [
            Offer(one.heading, f"{one.name}:month" if one.type in DATES else one.name)
            for one in fields
            if one.type not in {"text", "html"}
        ]
        return sorted(found, key=lambda offer: offer.label.casefold())


def _searched_in(field: Field) -> str:
    """What a field is called where it is searched: the name that a record is shown by is just its name."""
    return _("Name") if field.name == "display_name" else field.heading


def typed_offers(asked: Asked, call: Call, text: str) -> Iterator[Offer]:
    """What a text typed into the search box may mean: a search in each field, records by name, filters, groupings."""
    fields = [asked.exposure.fields[name] for name in asked.searchable]
    told = set()
    for field in fields:
        label = _searched_in(field)
        if label not in told and searching.condition(field, text) is not None:
            told.add(label)
            url = asked.also("s", f"{field.name}:{text}")
            yield Offer(text, url, name=_("Search %(field)s for:") % {"field": label})
    yield from _linked(asked, call, fields, text)
    bar = SearchBar(asked)
    wanted = text.casefold()
    for one in bar.offers:
        if wanted in one.label.casefold() and not one.is_on:
            yield Offer(one.label, one.url, name=_("Filter:"))
    for group in bar.group_offers:
        for one in group.offers:
            if wanted in group.label.casefold() and not one.is_on:
                label = f"{group.label}: {one.label}" if group.is_date else one.label
                yield Offer(label, one.url, name=_("Group by:"))


def _linked(asked: Asked, call: Call, fields: list[Field], text: str) -> Iterator[Offer]:
    """The records that a text finds at the other end of the links that are searched. One query for each link."""
    links = [one for one in fields if one.is_relation] if len(text) >= SHORTEST else []
    for field in links[:MOST_LOOKED_UP]:
        for row in offered(call, field.relation, text, limit=MOST_LINKS):
            domain = f'[["{field.name}","=",{row["id"]}]]'
            name = _("%(field)s is:") % {"field": field.heading}
            yield Offer(str(row["display_name"]), asked.also("d", domain), name=name)
