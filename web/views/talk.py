"""What people say to each other on the page of a record."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import escape

from base.errors import Missing
from base.models import Activity, Message
from base.services import records
from web import history, places
from web.pages import PageRequest, one, page


def context(request: PageRequest, row: Model) -> dict[str, Any]:
    """What the conversation on a record's page shows: what happened, what is planned, where to write."""
    today = request.actor.today()
    planned = Activity.objects.about(row).open().select_related("type", "user__partner")
    return {
        "happenings": history.of(row),
        "activities": [{"row": item, "state": item.state_on(today)} for item in planned[:20]],
        "say_url": reverse("web:say", args=[row._meta.label_lower, row.pk]),
    }


@page("base.add_message", methods=("POST",))
def say(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Write a note on a record that the actor may see and that has a page. Refuses with `Missing`."""
    model = _model(label)
    row = one(model._default_manager.all(), request.actor, pk)
    if body := request.POST.get("body", "").strip():
        note = {
            "content_type": ContentType.objects.get_for_model(model),
            "row_id": pk,
            "record_name": str(row),
            "kind": Message.Kind.COMMENT,
            "body": escape(body),
            "author_id": request.actor.partner_id,
            "is_internal": True,
        }
        records.create(Message, [note], by=request.actor)
    return HttpResponseRedirect(places.url_for(model, pk))


def _model(label: str) -> type[Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        model = None
    if model is None or not places.url_for(model, 1):
        raise Missing(model=label, ids="–")
    return model
