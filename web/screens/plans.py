"""What is to be done about the records of a screen: a row for each record, a column for each kind of activity."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from base.models import Activity, ActivityType
from rpc.domains.parse import Leaf, both
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web.screens.asked import UnreadableLink
from web.screens.cells import record_url
from web.screens.listing import Listing

PER_PAGE, MOST_BUSY, MOST_KINDS = 60, 5_000, 12
BUSY = "activity_ids"


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    pk: int
    summary: str
    due: date
    who: str
    state: str


@dataclass
class Cell:
    """What is to be done about one record in one way, the nearest first."""

    plan_url: str
    tasks: list[Task] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How the nearest one stands."""
        return self.tasks[0].state if self.tasks else ""

    @property
    def due(self) -> date | None:
        """When the nearest one is due."""
        return self.tasks[0].due if self.tasks else None


@dataclass(frozen=True)
class Busy:
    """One record with its cells."""

    pk: int
    name: str
    url: str
    cells: list[Cell]


class Plans:
    """A page of records with something to do, those due first at the top. A handful of queries, however many."""

    def __init__(self, listing: Listing) -> None:
        self.asked, self.screen, self.call = listing.asked, listing.screen, listing.call
        self.node = listing.node
        self.model: Any = self.call.exposure.model
        self.today = self.call.actor.today()

    @cached_property
    def may_plan(self) -> bool:
        """Whether the actor may plan activities."""
        return self.call.actor.has_perm("base.add_activity")

    @cached_property
    def may_do(self) -> bool:
        """Whether the actor may mark activities as done."""
        return self.call.actor.has_perm("base.change_activity")

    @cached_property
    def skipped(self) -> int:
        """How many records come before this page."""
        text = self.asked.query.get("skip", "0")
        if not text.isascii() or not text.isdecimal() or len(text) > 6:
            raise UnreadableLink(what=_("“%s” is no number") % text[:60])
        return int(text)

    @cached_property
    def _open(self) -> Any:
        meta = self.model._meta
        kind = {"content_type__app_label": meta.app_label, "content_type__model": meta.model_name}
        return Activity.objects.filter(**kind).open()

    @cached_property
    def _ids(self) -> list[int]:
        """The records with something to do that are asked for, by what is due first. Two queries."""
        due = self._open.order_by().values("row_id").annotate(first=Min("due_date"))
        busy = [row["row_id"] for row in due.order_by("first", "row_id")[:MOST_BUSY]]
        node = both(self.node, Leaf("id", "in", busy))
        fitting = set(rows.search(self.call, node, order=False)) if busy else set()
        return [pk for pk in busy if pk in fitting]

    @property
    def count(self) -> int:
        """How many records have something to do."""
        return len(self._ids)

    @cached_property
    def _page(self) -> list[int]:
        return self._ids[self.skipped : self.skipped + PER_PAGE]

    @property
    def first(self) -> int:
        """The place of the first record, from 1."""
        return self.skipped + 1

    @property
    def last(self) -> int:
        """The place of the last record."""
        return self.skipped + len(self._page)

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        if not self.skipped:
            return ""
        return self.asked.instead(v="activity", skip=max(0, self.skipped - PER_PAGE) or "")

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        if self.last >= self.count:
            return ""
        return self.asked.instead(v="activity", skip=self.skipped + PER_PAGE)

    @cached_property
    def _tasks(self) -> dict[tuple[int, int | None], list[Task]]:
        found: dict[tuple[int, int | None], list[Task]] = defaultdict(list)
        wanted = self._open.filter(row_id__in=self._page).order_by("due_date", "pk")
        names = ("pk", "row_id", "type_id", "summary", "due_date", "user__partner__name")
        for pk, row_id, type_id, summary, due, who in wanted.values_list(*names):
            found[row_id, type_id].append(Task(pk, summary, due, who or "", self._state(due)))
        return found

    def _state(self, due: date) -> str:
        if due == self.today:
            return "today"
        return "overdue" if due < self.today else "planned"

    @cached_property
    def kinds(self) -> list[tuple[int | None, str]]:
        """The kinds of activity: those in use here, and as many others as fit."""
        used = {type_id for _row, type_id in self._tasks}
        fitting = ActivityType.objects.filter(model__in=("", self.model._meta.label_lower))
        known = [(one.pk, str(one), one.is_active) for one in fitting]
        spare = MOST_KINDS - len(used)
        found: list[tuple[int | None, str]] = []
        for pk, name, is_active in known:
            if pk in used:
                found.append((pk, name))
            elif is_active and spare > 0:
                found.append((pk, name))
                spare -= 1
        return [*found, (None, _("Other"))] if None in used else found

    @cached_property
    def rows(self) -> list[Busy]:
        """The records of this page."""
        if not self._page:
            return []
        found = rows.read(self.call, self._page, ["display_name"], EXACT)
        return [
            Busy(
                row["id"],
                str(row["display_name"] or "–"),
                record_url(self.screen, row["id"]),
                [self._cell(row["id"], kind) for kind, _name in self.kinds],
            )
            for row in found
        ]

    def _cell(self, pk: int, kind: int | None) -> Cell:
        address = ""
        if self.may_plan:
            query = urlencode({"pk": pk, "type": kind or "", "back": self.asked.text_of_query})
            address = f"{reverse(f'web:screen-{self.screen.slug}-plan')}?{query}"
        return Cell(address, self._tasks.get((pk, kind), []))
