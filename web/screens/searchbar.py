"""The search bar of a screen: the conditions in force as chips, and what can be switched on."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from web.screens import domains
from web.screens.asked import Asked


@dataclass(frozen=True)
class Facet:
    """One condition, grouping or search in force, as a chip that can be taken away."""

    kind: str
    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Offer:
    """A filter or a grouping that can be switched on or off."""

    label: str
    url: str
    is_on: bool


class SearchBar:
    """What the search bar shows for the address of one page."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @cached_property
    def facets(self) -> list[Facet]:
        """Every condition and grouping in force."""
        chips = [
            Facet("filter", "", str(one.label), self.asked.without("f", one.key))
            for one in self.asked.filters
        ]
        for name, text in self.asked.searches:
            label = str(self.asked.exposure.fields[name].label)
            chips.append(Facet("search", label, text, self.asked.without("s", f"{name}:{text}")))
        for raw, domain in zip(self.asked.query.getlist("d"), self.asked.conditions, strict=True):
            said = domains.sentence(self.asked.exposure, domain)
            chips.append(Facet("condition", "", said, self.asked.without("d", raw)))
        if self.asked.text:
            chips.append(
                Facet(
                    "search",
                    "",
                    self.asked.text,
                    self.asked.without("q", self.asked.query.get("q", "")),
                )
            )
        chips += [
            Facet("group", _("By"), self.asked.group_label(spec), self.asked.without("g", spec))
            for spec in self.asked.groups
        ]
        return chips

    @cached_property
    def offers(self) -> list[Offer]:
        """The filters there are."""
        return [
            Offer(
                str(one.label),
                self.asked.without("f", one.key)
                if one in self.asked.filters
                else self.asked.also("f", one.key),
                one in self.asked.filters,
            )
            for one in self.asked.screen.filters
        ]

    @cached_property
    def group_offers(self) -> list[Offer]:
        """The groupings there are."""
        return [
            Offer(
                self.asked.group_label(spec),
                self.asked.without("g", spec)
                if spec in self.asked.groups
                else self.asked.also("g", spec),
                spec in self.asked.groups,
            )
            for spec in self.asked.screen.groups
        ]
