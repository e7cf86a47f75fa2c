"""Spans of time that follow the calendar: today, this month, the last 30 days, in the wire's words for dates."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rpc.domains.parse import Leaf


@dataclass(frozen=True)
class Span:
    """From one day up to, and without, another one; both as the wire says days relative to now."""

    label: str | Promise
    first: str
    after: str

    def domain(self, name: str) -> list[list[str]]:
        """The conditions for a field within it."""
        return [[name, ">=", self.first], [name, "<", self.after]]


SPANS: Mapping[str, Span] = {
    "today": Span(_("today"), "today", "today +1d"),
    "yesterday": Span(_("yesterday"), "today -1d", "today"),
    "tomorrow": Span(_("tomorrow"), "today +1d", "today +2d"),
    "this_week": Span(_("this week"), "today -week_start", "today -week_start +7d"),
    "last_week": Span(_("last week"), "today -week_start -7d", "today -week_start"),
    "this_month": Span(_("this month"), "today =1d", "today =1d +1m"),
    "last_month": Span(_("last month"), "today =1d -1m", "today =1d"),
    "next_month": Span(_("next month"), "today =1d +1m", "today =1d +2m"),
    "this_year": Span(_("this year"), "today =1d =1m", "today =1d =1m +1y"),
    "last_year": Span(_("last year"), "today =1d =1m -1y", "today =1d =1m"),
    "last_7": Span(_("the last 7 days"), "today -6d", "today +1d"),
    "last_30": Span(_("the last 30 days"), "today -29d", "today +1d"),
    "last_90": Span(_("the last 90 days"), "today -89d", "today +1d"),
    "last_365": Span(_("the last 365 days"), "today -364d", "today +1d"),
    "next_7": Span(_("the next 7 days"), "today", "today +7d"),
    "next_30": Span(_("the next 30 days"), "today", "today +30d"),
}
_BY_ENDS = {(one.first, one.after): key for key, one in SPANS.items()}


def key_of(first: Leaf, after: Leaf) -> str:
    """The span that two conditions are the ends of, or nothing."""
    if (first.path, first.operator, after.operator) != (after.path, ">=", "<"):
        return ""
    if not (isinstance(first.value, str) and isinstance(after.value, str)):
        return ""
    return _BY_ENDS.get((first.value, after.value), "")


def label_of(first: Leaf, after: Leaf) -> str:
    """The words for the span that two conditions are the ends of, or nothing."""
    key = key_of(first, after)
    return str(SPANS[key].label) if key else ""
