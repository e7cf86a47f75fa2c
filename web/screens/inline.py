"""A row of a list that is edited where it stands: its boxes, and the saving of them with the record's own rules."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from web.pages import PageRequest, page
from web.screens import preferences, selections
from web.screens.asked import Asked
from web.screens.declarations import Form, Group, Place, Screen
from web.screens.listing import Listing
from web.screens.records import Record
from web.screens.refusing import readable
from web.screens.ways import act
from web.screens.writing import editable, shown


def places_of(listing: Listing) -> list[Place]:
    """The columns that can be edited in the row: those that the form has and the actor may write."""
    form = listing.screen.form
    if form is None or not listing.screen.inline:
        return []
    columns = {one.name for one in listing.columns}
    places = [one for one in form.places if one.name in columns and not one.hidden]
    unique = {one.name: one for one in places}
    return editable(listing.call, shown(listing.call, unique.values()), frozenset(), is_new=False)


@act("row/<int:pk>", fits=lambda screen: screen.inline and screen.form is not None)
@page(methods=("GET", "POST"))
def row(request: PageRequest, screen: Screen, pk: int) -> HttpResponse:
    """The row with boxes; once saved, or with `?shown`, the row as the list shows it."""
    with readable():
        asked = Asked.opened(
            screen, request.GET, reverse(f"web:screen-{screen.slug}"), request.actor
        )
        remembered = preferences.Preferences(screen, request.actor).columns
        listing = Listing(asked, request.actor, remembered)
        places = places_of(listing)
        data = request.POST if request.method == "POST" else None
        found = Record(_narrowed(screen, places), request, pk, data)
        is_done = "shown" in request.GET or (data is not None and found.save() is not None)
        context: dict[str, Any] = {
            "asked": asked,
            "listing": listing,
            "many": selections.deeds_of(listing),
            "can_edit": bool(places),
            "lines": listing.read(pk),
            "inside": request.GET.get("in", "")
            if request.GET.get("in", "").replace("-", "").isdecimal()
            else "",
        }
        if is_done:
            return render(request, "screens/parts/rows.html", context)
        context |= {"record": found, "cells": _cells(found, context["lines"])}
    return render(request, "screens/parts/edited.html", context, status=found.status)


def _narrowed(screen: Screen, places: Sequence[Place]) -> Screen:
    """The screen with a form of these places only."""
    locked = screen.form.locked if screen.form else ()
    form = Form(groups=(Group(fields=tuple(places)),), locked=locked)
    return replace(screen, form=form)


def _cells(found: Record, lines: list[Any]) -> list[tuple[Any, Any]]:
    """Each cell of the row with its box, where it has one."""
    boxes = found.boxes
    return [
        (cell, boxes[cell.name] if cell.name in boxes.fields else None)
        for line in lines
        for cell in line.cells
    ]
