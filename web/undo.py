"""Taking back what was just done: a signed word that says which verb to run on which records, for one user, for minutes."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rpc import registry
from rpc.context import Call
from rpc.dispatch import perform
from rpc.faults import WireError
from rpc.methods.table import method_of
from web.pages import PageRequest, page, told

SALT = "niaga.undo"
MINUTES = 10
MARK = "undo:"
MOST = 5000
OTHER_WAY = {"action_archive": "action_unarchive", "action_unarchive": "action_archive"}


def token(
    request: PageRequest, exposure: str, verb: str, ids: Sequence[int], *arguments: Any
) -> str:
    """The word that lets the actor run a verb of a noun on records for some minutes. It gives no right to anything."""
    told_of = [request.actor.user_id, exposure, verb, list(ids), list(arguments)]
    return signing.dumps(told_of, salt=SALT, compress=True)


def offer(
    request: PageRequest,
    sentence: str,
    exposure: str,
    verb: str,
    ids: Sequence[int],
    *arguments: Any,
) -> None:
    """Say that something was done, with a button that takes it back by a verb (`write` takes values)."""
    if not ids or len(ids) > MOST:
        messages.success(request, sentence)
        return
    word = token(request, exposure, verb, ids, *arguments)
    messages.success(request, sentence, extra_tags=f"{MARK}{word}")


@page(methods=("POST",))
def take_back(request: PageRequest) -> HttpResponse:
    """Run the verb that a word names, as the one who was given it. Its own rights and rules hold as ever."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    _take_back(request, request.POST.get("word", ""))
    return redirect(back if is_ours else "web:home")


def _take_back(request: PageRequest, word: str) -> None:
    try:
        told_of = signing.loads(word, salt=SALT, max_age=MINUTES * 60)
    except signing.SignatureExpired:
        messages.error(request, _("It is too late to take this back. Nothing was changed."))
        return
    except signing.BadSignature:
        messages.error(request, _("This cannot be taken back. Nothing was changed."))
        return
    user_id, name, verb, ids, arguments = told_of
    noun = registry.find(name)
    if user_id != request.actor.user_id or noun is None:
        messages.error(request, _("This cannot be taken back. Nothing was changed."))
        return
    try:
        with told() as refusal:
            call = Call(noun, request.actor, {"active_test": False})
            perform(call, method_of(noun, verb), [ids, *arguments], {})
            messages.success(request, _("Taken back."))
        sentences = refusal.sentences
    except WireError as error:
        sentences = [error.message]
    for sentence in sentences:
        messages.error(request, sentence)


def word_in(message: Any) -> str:
    """The word that a message carries, for the template that draws its button."""
    tags = str(message.extra_tags or "")
    return tags.removeprefix(MARK) if tags.startswith(MARK) else ""


def say_done(
    request: PageRequest, sentence: str, exposure: str, verb: str, ids: Sequence[int]
) -> None:
    """Say that a verb was run; with a button that takes it back where another verb does that."""
    other = OTHER_WAY.get(verb)
    if other is None:
        messages.success(request, sentence)
    else:
        offer(request, sentence, exposure, other, ids)
