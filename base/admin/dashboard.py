"""The first page of the back office: what needs attention, and what happened lately. Modules add cards of their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from base.actors import Actor
from base.admin.access import acting
from base.admin.audit import in_companies
from base.models import JobRun, VerbRun

LATELY = 12


@dataclass(frozen=True, kw_only=True)
class Card:
    """One figure. `tone` is good, care, bad or idle."""

    title: str | Promise
    figure: str
    detail: str | Promise = ""
    tone: str = "idle"
    icon: str = "info"
    link: str = ""


Maker = Callable[[Actor], Iterable[Card]]
_makers: list[tuple[str, Maker]] = []


def card(permission: str) -> Callable[[Maker], Maker]:
    """Register a function that makes cards for those who hold a permission."""

    def register(maker: Maker) -> Maker:
        _makers.append((permission, maker))
        return maker

    return register


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Everything that the first page shows."""
    actor = acting(request)
    context["cards"] = [
        made for permission, maker in _makers if actor.has_perm(permission) for made in maker(actor)
    ]
    context["lately"] = _lately(actor) if actor.has_perm("base.view_verbrun") else None
    return context


def _lately(actor: Actor) -> Any:
    runs = VerbRun.objects.filter(in_companies("company", actor)).exclude(door="job")
    return runs.select_related("user", "company").order_by("-id")[:LATELY]


@card("base.view_jobrun")
def jobs_of_the_day(actor: Actor) -> Iterable[Card]:
    """How the jobs of the last day went."""
    since = timezone.now() - timedelta(days=1)
    runs = JobRun.objects.filter(queued_at__gte=since)
    failed = runs.failed().count()
    waiting = runs.unfinished().count()
    place = reverse("admin:base_jobrun_changelist")
    yield Card(
        title=_("Failed jobs"),
        figure=str(failed),
        detail=_("in the last 24 hours"),
        tone="bad" if failed else "good",
        icon="error" if failed else "task_alt",
        link=f"{place}?state__exact=failed",
    )
    yield Card(
        title=_("Jobs under way"),
        figure=str(waiting),
        detail=ngettext("%(n)d run finished today", "%(n)d runs finished today", runs.count())
        % {"n": runs.count() - failed - waiting},
        icon="pending",
        link=place,
    )
