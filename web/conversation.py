"""The conversation on a record's page: what happened, what is planned, who follows, where to write."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib import messages as flash
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Model, Q, QuerySet, Value, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from base.actors import Actor
from base.errors import Missing
from base.models import Activity, ActivityPlan, Attachment, Follower
from base.services import activities
from web import history, live, places
from web.pages import PageRequest, one

FILES, PLANNED, FOLLOWERS = 50, 20, 100


def context(request: PageRequest, row: Model) -> dict[str, Any]:
    """What the conversation on a record's page shows. The same number of queries however long it is."""
    today = request.actor.today()
    planned = Activity.objects.about(row).open().select_related("type", "user__partner")
    told = history.page(row, actor=request.actor)
    at = [row._meta.label_lower, row.pk]
    followers = followers_of(row, request.actor.partner_id)
    return {
        "talk_row": row,
        "talk_at": at,
        "happenings": told.happenings,
        "earlier": told.earlier,
        "activities": [{"row": item, "state": item.state_on(today)} for item in planned[:PLANNED]],
        "files": list(Attachment.objects.about(row).on_records()[:FILES]),
        "followers": followers,
        "is_following": any(one.is_me for one in followers),
        "live_stamp": live.stamp_of(row),
        "file_url": reverse("web:file_add", args=at),
        "say_url": reverse("web:say", args=at),
        "plan_url": reverse("web:plan", args=at),
    }


def followers_of(row: Model, partner_id: int | None) -> list[Any]:
    """Who follows a record, oneself first. One query."""
    mine = Case(
        When(partner=partner_id or 0, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = Follower.objects.about(row).select_related("partner").annotate(is_me=mine)
    return list(rows.order_by("-is_me", "partner__sort_name", "pk")[:FOLLOWERS])


def plans_for(label: str) -> QuerySet[ActivityPlan]:
    """The plans that can be followed about records of a kind."""
    return ActivityPlan.objects.filter(Q(model="") | Q(model=label), is_active=True)


def record(request: PageRequest, label: str, pk: int) -> Model:
    """A record of any kind that has a page and that the actor may see. Refuses with `Missing`."""
    found: Model = one(model_named(label)._default_manager.all(), request.actor, pk)
    return found


def model_named(label: str) -> type[Model]:
    """A noun that has pages, by the label of its model. Refuses with `Missing`."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        model = None
    if model is None or not places.url_for(model, 1):
        raise Missing(model=label, ids="–")
    return model


def record_about(request: PageRequest, thing: Any) -> Model | None:
    """The record that an activity or a file is about, if it has a page and the actor may see it."""
    kind: ContentType | None = thing.content_type
    if kind is None or not thing.row_id:
        return None
    try:
        return record(request, f"{kind.app_label}.{kind.model}", thing.row_id)
    except Missing:
        return None


def answer(request: PageRequest, row: Model, sentences: list[str], **more: Any) -> HttpResponse:
    """Back to the record's page, or its conversation anew where only that is asked for."""
    if request.headers.get("HX-Request"):
        told = {**context(request, row), "talk_refusal": sentences, **more}
        return render(request, "parts/talk.html", told)
    for sentence in sentences:
        flash.error(request, sentence)
    return HttpResponseRedirect(places.url_for(type(row), row.pk))


def schedule(row: Model, wanted: Mapping[str, Any], *, by: Actor) -> None:
    """Plan an activity about a record, as an `ActivityForm` asks for it. Refuses as the verb does."""
    activities.schedule(
        row,
        wanted["type"] or "",
        summary=wanted["summary"],
        note=wanted["note"],
        due_date=wanted["due_date"],
        user_id=wanted["user"].pk if wanted["user"] else None,
        on=by.today(),
        by=by,
    )
