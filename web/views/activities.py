"""What is to be done about a record: planned, changed, done, dropped; one by one or by a plan."""

from typing import Any

from django.contrib import messages as flash
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.models import Activity
from base.services import activities
from base.services.letters import as_lines
from web import conversation, places
from web.conversation import answer, record, schedule
from web.forms.talk import ActivityForm
from web.pages import PageRequest, one, page, status_of, told, told_beside

FORM = ("GET", "HEAD", "POST")


@page("base.add_activity", methods=FORM)
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
            schedule(row, form.cleaned_data, by=request.actor)
            flash.success(request, _("The activity is planned."))
            return HttpResponseRedirect(places.url_for(type(row), pk))
    plans = conversation.plans_for(label).prefetch_related("steps__type")
    return _form(
        request, form, row, {"plans": plans, "label": label, "title": _("Plan an activity")}
    )


@page("base.add_activity", methods=("POST",))
def follow_plan(request: PageRequest, label: str, pk: int, plan: int) -> HttpResponse:
    """Plan all that a plan says about a record, from today."""
    row = record(request, label, pk)
    wanted = one(conversation.plans_for(label), request.actor, plan)
    with told() as refusal:
        made = activities.follow_plan(row, wanted, on=request.actor.today(), by=request.actor)
        said = ngettext(
            "%(count)s activity is planned.", "%(count)s activities are planned.", len(made)
        )
        flash.success(request, said % {"count": len(made)})
    return answer(request, row, refusal.sentences)


@page("base.change_activity", methods=FORM)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what is to be done, by when or by whom."""
    activity = _activity(request, pk)
    row = conversation.record_about(request, activity)
    about = activity.content_type
    form = ActivityForm(
        request.POST or None,
        actor=request.actor,
        model_label=f"{about.app_label}.{about.model}" if about else "",
        initial={
            "type": activity.type_id,
            "summary": activity.summary,
            "note": as_lines(activity.note),
            "due_date": activity.due_date,
            "user": activity.user_id,
        },
    )
    back = _back(row)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            wanted = form.cleaned_data
            values = {**wanted, "due_date": wanted["due_date"] or activity.due_date}
            activities.change(activity, **values, by=request.actor)
            flash.success(request, _("The activity is changed."))
            return redirect(back)
    return _form(request, form, row, {"title": _("Change an activity"), "activity": activity})


@page("base.change_activity", methods=("POST",))
def done(request: PageRequest, pk: int) -> HttpResponse:
    """Mark an activity as done, with what there is to say of it, and go back to its record."""
    activity = _activity(request, pk)
    with told() as refusal:
        activities.done(
            Activity.objects.filter(pk=pk),
            feedback=request.POST.get("feedback", "").replace("\x00", "").strip()[:4000],
            on=request.actor.today(),
            by=request.actor,
        )
        if not request.headers.get("HX-Request"):
            flash.success(request, _("Done."))
    return _answer(request, activity, refusal.sentences)


@page("base.delete_activity", methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Drop an activity that is still open."""
    activity = _activity(request, pk)
    with told() as refusal:
        activities.cancel(Activity.objects.filter(pk=pk), by=request.actor)
        if not request.headers.get("HX-Request"):
            flash.success(request, _("The activity is dropped."))
    return _answer(request, activity, refusal.sentences)


def _activity(request: PageRequest, pk: int) -> Activity:
    found: Activity = one(
        Activity.objects.select_related("content_type", "type"), request.actor, pk
    )
    return found


def _answer(request: PageRequest, activity: Activity, sentences: list[str]) -> HttpResponse:
    row = conversation.record_about(request, activity)
    if row is not None:
        return answer(request, row, sentences)
    for sentence in sentences:
        flash.error(request, sentence)
    return redirect("web:my_activities")


def _back(row: Model | None) -> str:
    return places.url_for(type(row), row.pk) if row else reverse("web:my_activities")


def _form(
    request: PageRequest, form: ActivityForm, row: Model | None, more: dict[str, Any]
) -> HttpResponse:
    about = {"form": form, "row": row, "url": _back(row), **more}
    return render(request, "web/plan.html", about, status=status_of(form))
