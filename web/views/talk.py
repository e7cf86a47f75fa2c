"""What people say to each other, and plan, on the page of a record."""

from typing import Any

from django.apps import apps
from django.contrib import messages as flash
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from base.errors import Missing
from base.models import Activity, Attachment, Message
from base.services import activities, messages
from web import history, places
from web.forms.talk import ActivityForm
from web.pages import PageRequest, one, page, status_of, told, told_beside

FILES = 50


def context(request: PageRequest, row: Model) -> dict[str, Any]:
    """What the conversation on a record's page shows: what happened, what is planned, where to write."""
    today = request.actor.today()
    planned = Activity.objects.about(row).open().select_related("type", "user__partner")
    place = [row._meta.label_lower, row.pk]
    return {
        "happenings": history.of(row),
        "activities": [{"row": item, "state": item.state_on(today)} for item in planned[:20]],
        "files": list(Attachment.objects.about(row).on_records()[:FILES]),
        "file_url": reverse("web:file_add", args=place),
        "say_url": reverse("web:say", args=place),
        "plan_url": reverse("web:plan", args=place),
    }


@page("base.add_message", methods=("POST",))
def say(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Write a note on a record that the actor may see and that has a page. Refuses with `Missing`."""
    row = record(request, label, pk)
    with told() as refusal:
        body = request.POST.get("body", "").strip()
        messages.post(row, body, kind=Message.Kind.COMMENT, by=request.actor)
    for sentence in refusal.sentences:
        flash.error(request, sentence)
    return HttpResponseRedirect(places.url_for(type(row), pk))


@page("base.add_activity", methods=("GET", "HEAD", "POST"))
def plan(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Plan an activity about a record that the actor may see and that has a page."""
    row = record(request, label, pk)
    form = ActivityForm(
        request.POST or None,
        actor=request.actor,
        model_label=label,
        initial={"user": request.actor.user_id},
    )
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            wanted = form.cleaned_data
            activities.schedule(
                row,
                wanted["type"] or "",
                summary=wanted["summary"],
                due_date=wanted["due_date"],
                user_id=wanted["user"].pk if wanted["user"] else None,
                on=request.actor.today(),
                by=request.actor,
            )
            flash.success(request, _("The activity is planned."))
            return HttpResponseRedirect(places.url_for(type(row), pk))
    answer = {"form": form, "row": row, "url": places.url_for(type(row), pk)}
    return render(request, "web/plan.html", answer, status=status_of(form))


@page("base.change_activity", methods=("POST",))
def done(request: PageRequest, pk: int) -> HttpResponse:
    """Mark an activity as done, and go back to its record."""
    activity = one(Activity.objects.select_related("content_type"), request.actor, pk)
    with told() as refusal:
        activities.done(
            Activity.objects.filter(pk=pk),
            feedback=request.POST.get("feedback", "").strip(),
            on=request.actor.today(),
            by=request.actor,
        )
        flash.success(request, _("Done."))
    for sentence in refusal.sentences:
        flash.error(request, sentence)
    return HttpResponseRedirect(places.url_of(activity) or reverse("web:my_activities"))


def record(request: PageRequest, label: str, pk: int) -> Model:
    """A record of any kind that has a page and that the actor may see. Refuses with `Missing`."""
    found: Model = one(_model(label)._default_manager.all(), request.actor, pk)
    return found


def _model(label: str) -> type[Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        model = None
    if model is None or not places.url_for(model, 1):
        raise Missing(model=label, ids="–")
    return model
