"""The activities: what is to be done about each record, planned and done there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Missing
from base.models import Activity, ActivityType
from base.services import activities
from rpc import registry
from web.conversation import schedule
from web.forms.talk import ActivityForm
from web.pages import PageRequest, one, page, status_of, told_beside
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.moves import Moved, answered, call_of, list_url, number
from web.screens.plans import BUSY, Plans
from web.screens.ways import Shown, act, way


def _has_activities(screen: Screen) -> bool:
    found = registry.find(screen.name)
    return found is not None and BUSY in found.fields and found.model is not None


@way("activity", gettext_lazy("Activities"), "clock", fits=_has_activities)
def activity(listing: Listing) -> Shown:
    """Records by kinds of activity."""
    plans = Plans(listing)
    _ = plans.rows
    return Shown("screens/activity.html", {"plans": plans})


@act("plan", fits=_has_activities)
@page("base.add_activity", methods=("GET", "HEAD", "POST"))
def plan(request: PageRequest, screen: Screen) -> HttpResponse:
    """Plan an activity about a record of the screen, and go back to where one came from."""
    call, pk = call_of(screen, request), number(request.GET.get("pk", ""))
    model: Any = call.exposure.model
    if pk is None:
        raise Missing(model=str(screen.one), ids=request.GET.get("pk", "")[:20])
    row = one(model._default_manager.all(), request.actor, pk)
    kind = number(request.GET.get("type", ""))
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        model_label=model._meta.label_lower,
        initial={"user": request.actor.user_id, "type": kind, "due_date": _due(request, kind)},
    )
    back = list_url(screen, request.GET.get("back", "v=activity"))
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            schedule(row, form.cleaned_data, by=request.actor)
            messages.success(request, _("The activity is planned."))
            return redirect(back)
    context = {"form": form, "row": row, "url": back, "title": _("Plan an activity")}
    return render(request, "web/plan.html", context, status=status_of(form))


def _due(request: PageRequest, kind: int | None) -> Any:
    """The day that an activity of a kind is usually due."""
    found = ActivityType.objects.filter(pk=kind).first() if kind else None
    today = request.actor.today()
    return found.due(today) if found else today


@act("done", fits=_has_activities)
@page("base.change_activity", methods=("POST",))
def done(request: PageRequest, screen: Screen) -> HttpResponse:
    """Mark an activity as done, with what there is to say about it."""
    pk = number(request.POST.get("pk", ""))
    if pk is None:
        raise Missing(model=_("activity"), ids=request.POST.get("pk", "")[:20])
    row = one(Activity.objects.select_related("content_type"), request.actor, pk)

    def work() -> Moved:
        feedback = request.POST.get("feedback", "").strip()
        found = Activity.objects.filter(pk=row.pk)
        activities.done(found, feedback=feedback, on=request.actor.today(), by=request.actor)
        return Moved(_("Done."))

    return answered(request, screen, work)
