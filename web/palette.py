"""The command palette: menus, screens, new records and records by name, found by a few letters."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from rpc import access
from rpc.context import Call, locale_of
from rpc.domains.parse import parse
from rpc.exposure import Exposure
from rpc.faults import WireError
from rpc.reading import rows
from web.context import tiles_of
from web.pages import PageRequest, page
from web.screens import domains, registry
from web.screens.cells import new_url, record_url
from web.screens.declarations import Screen

PLACES, RECORDS, NOUNS, SHORTEST, LONGEST = 8, 4, 12, 2, 80


@dataclass(frozen=True)
class Offer:
    """One line of the palette."""

    label: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Lines of one kind."""

    label: str
    offers: list[Offer]


@page()
@vary_on_headers("HX-Request")
def palette(request: PageRequest) -> HttpResponse:
    """What fits some letters, as the palette's list or as a page of its own."""
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    told_of = {"q": text, "parts": found(request, text)}
    name = "parts/palette.html" if request.headers.get("HX-Request") else "web/palette.html"
    return render(request, name, told_of)


def found(request: PageRequest, text: str) -> list[Part]:
    """All that fits. Places and new records ask the database nothing, records one query for each kind of noun."""
    parts = [
        Part(_("Go to"), _fitting(_places(request), text, PLACES)),
        Part(_("New"), _fitting(_new(request), text, PLACES) if text else []),
        Part(_("Records"), list(_records(request, text)) if len(text) >= SHORTEST else []),
    ]
    return [part for part in parts if part.offers]


def _fitting(offers: Iterator[Offer], text: str, most: int) -> list[Offer]:
    """Those whose words begin with what was typed, in any order; those that begin with it first."""
    words = folded(text).split()
    fitting: list[tuple[bool, Offer]] = []
    seen: set[str] = set()
    for one in offers:
        said = folded(f"{one.label} {one.note}")
        if one.url not in seen and all(f" {word}" in f" {said}" for word in words):
            seen.add(one.url)
            fitting.append((not said.startswith(folded(text)), one))
    return [one for _later, one in sorted(fitting, key=lambda pair: pair[0])][:most]


def folded(text: str) -> str:
    """A text as it is compared: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _places(request: PageRequest) -> Iterator[Offer]:
    for tile in tiles_of(request.actor, request.path):
        yield Offer(str(tile.name), tile.url, tile.icon)
        for entry in tile.entries:
            yield Offer(str(entry.label), entry.url, entry.icon, str(tile.name))
    for screen, _call in _screens(request):
        url = _address(f"web:screen-{screen.slug}")
        if url:
            yield Offer(str(screen.label), url, screen.icon)
    for label, name, icon in (
        (_("My activities"), "web:my_activities", "check2-square"),
        (_("My messages"), "web:my_messages", "chat-dots"),
        (_("Profile"), "web:profile", "person"),
    ):
        yield Offer(label, reverse(name), icon)


def _new(request: PageRequest) -> Iterator[Offer]:
    for screen, call in _screens(request):
        if url := new_url(call, screen):
            yield Offer(_("New: %(one)s") % {"one": screen.one}, url, "plus-lg", str(screen.label))


def _records(request: PageRequest, text: str) -> Iterator[Offer]:
    """The first records of each kind that are called so; kinds with names that begin so stand in front."""
    found: dict[str, list[Offer]] = {}
    for screen, call in _screens(request):
        noun = call.exposure
        if noun.name in found or not _is_found_by_name(screen, noun) or len(found) >= NOUNS:
            continue
        found[noun.name] = [
            Offer(name, record_url(screen, pk), screen.icon, str(screen.one))
            for pk, name in _named(call, screen, text)
        ]
    begin = folded(text)
    kinds = sorted(
        found.values(), key=lambda some: not any(folded(o.label).startswith(begin) for o in some)
    )
    for some in kinds:
        yield from some


def _named(call: Call, screen: Screen, text: str) -> list[tuple[int, str]]:
    wanted = domains.every([screen.domain, [["display_name", "ilike", text]]])
    try:
        with transaction.atomic():
            read = rows.search_read(
                call, parse(wanted), ["display_name"], None, limit=RECORDS, few=len(text) > SHORTEST
            )
    except WireError:
        return []
    return [(row["id"], str(row["display_name"])) for row in read]


def _is_found_by_name(screen: Screen, noun: Exposure) -> bool:
    name = noun.fields.get("display_name")
    return bool((screen.form or screen.page) and name and name.searchable)


def _screens(request: PageRequest) -> Iterator[tuple[Screen, Call]]:
    """The screens that the actor may open."""
    lang: Any = {"lang": locale_of(request.actor.language)}
    for screen in registry.everything():
        noun = registry.exposure_of(screen)
        permission = getattr(screen, "permission", "")
        if noun.kind != "model" or (permission and not request.actor.has_perm(permission)):
            continue
        call = Call(noun, request.actor, {**lang, **screen.context})
        if access.may(call, "read"):
            yield screen, call


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
