"""What people say to each other on the page of a record, and who hears of it."""

from contextlib import suppress
from typing import Any

from django.contrib import messages as flash
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from base.actors import Actor
from base.errors import Missing
from base.models import Follower, Message, Partner, User
from base.policies import visible
from base.services import attachments, conversations, messages
from web import conversation, history, places
from web.conversation import answer, context, record
from web.listing import by_words
from web.pages import PageRequest, Told, one, page, told

__all__ = ["context", "record"]

OFFERED, MOST_NAMED = 8, 20


@page("base.add_message", methods=("POST",))
def say(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Write a note or a message on a record that the actor may see and that has a page. Refuses with `Missing`.

    What is refused is shown with all that was typed.
    """
    row = record(request, label, pk)
    is_message = request.POST.get("to") == "followers"
    with told() as refusal, transaction.atomic():
        _say(request, row, is_message)
    if refusal.sentences:
        return _said_again(request, row, refusal)
    if not request.headers.get("HX-Request"):
        flash.success(
            request, _("Your message is sent.") if is_message else _("Your note is there.")
        )
    return answer(request, row, [])


def _say(request: PageRequest, row: Model, is_message: bool) -> Message:
    sent = request.FILES.getlist("files")
    kept = [
        attachments.store(one.name or "", one, by=request.actor)  # type: ignore[arg-type]
        for one in sent
    ]
    named = [int(pk) for pk in request.POST.getlist("named") if pk.isdecimal() and len(pk) < 19]
    return conversations.say(
        row,
        request.POST.get("body", "").replace("\x00", "").strip(),
        to_followers=is_message,
        user_ids=named[:MOST_NAMED],
        attachment_ids=[one.pk for one in kept],
        by=request.actor,
    )


def _said_again(request: PageRequest, row: Model, refusal: Told) -> HttpResponse:
    typed = {"talk_typed": request.POST.get("body", ""), "talk_refusal": refusal.sentences}
    url = places.url_for(type(row), row.pk)
    told_of = {**context(request, row), **typed, "url": url}
    name = "parts/talk.html" if request.headers.get("HX-Request") else "web/say.html"
    return render(request, name, told_of, status=refusal.status)


@page()
def earlier(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """What happened before a place in the history, as a piece of the page or as a page of its own."""
    row = record(request, label, pk)
    before = history.Place.read(request.GET.get("before", ""))
    found = history.page(row, before, actor=request.actor)
    told_of = {
        "talk_row": row,
        "talk_at": [label, pk],
        "url": places.url_for(type(row), pk),
        "happenings": found.happenings,
        "earlier": found.earlier,
        "is_first": "before" not in request.GET,
    }
    name = "parts/happenings.html" if request.headers.get("HX-Request") else "web/history.html"
    return render(request, name, told_of)


@page("base.delete_message", methods=("POST",))
def take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take back what the actor has said."""
    message = one(Message.objects.select_related("content_type"), request.actor, pk)
    row = conversation.record_about(request, message)
    if row is None:
        raise Missing(model=Message._meta.verbose_name, ids=pk)
    with told() as refusal:
        messages.delete(Message.objects.filter(pk=pk), by=request.actor)
    return answer(request, row, refusal.sentences)


@page("base.add_follower", methods=("POST",))
def follow(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Let the actor, or somebody the actor names by e-mail address or name, hear what happens to a record."""
    row = record(request, label, pk)
    sentences: list[str] = []
    ids = _partners(request.POST, request.actor)
    if not ids:
        sentences = [_("Nobody is called so. Choose a name that is offered.")]
    with told() as refusal:
        if ids:
            messages.follow_too(row, ids, by=request.actor)
    return answer(request, row, [*sentences, *refusal.sentences])


@page("base.delete_follower", methods=("POST",))
def unfollow(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Let the actor, or another follower, hear of a record no more."""
    row = record(request, label, pk)
    follower = request.POST.get("follower", "")
    ids = [request.actor.partner_id or 0]
    if follower.isdecimal() and len(follower) < 19:
        rows = Follower.objects.about(row).filter(pk=int(follower))
        ids = list(rows.values_list("partner", flat=True))
    with told() as refusal:
        messages.unfollow(row, ids, by=request.actor)
    return answer(request, row, refusal.sentences)


@page("base.add_message")
def people(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Colleagues who can be named in a message, by the letters typed after the @; who may not look is marked."""
    row = record(request, label, pk)
    text = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    users = visible(User.objects.active().filter(pk__gt=1), request.actor)
    if text:
        partners = by_words(Partner.objects.all(), text).values("pk")
        users = users.filter(partner__in=partners) | users.filter(username__istartswith=text)
    rows = [
        {
            "id": user.pk,
            "name": user.partner.name,
            "login": user.username,
            "may": conversations.may_look(row, user),
        }
        for user in users.select_related("partner").order_by("partner__sort_name", "pk")[:OFFERED]
    ]
    return JsonResponse({"rows": rows})


def _partners(told_of: Any, actor: Actor) -> list[int]:
    """Whom a form names: the actor, a partner by id, or by an address or a name that only one has."""
    if "me" in told_of:
        return [actor.partner_id] if actor.partner_id else []
    seen = visible(Partner.objects.active(), actor)
    with suppress(ValueError, OverflowError):
        return list(seen.filter(pk=int(told_of.get("partner", ""))).values_list("pk", flat=True))
    text = told_of.get("partner-text", "").strip()[:240]
    if not text:
        return []
    found = seen.with_email(text) if "@" in text else seen.filter(complete_name__iexact=text)
    ids = list(found.values_list("pk", flat=True)[:2])
    return ids if len(ids) == 1 else []
