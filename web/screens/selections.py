"""Rows that are ticked in a list, on this page or on all of them, and what can be done with them: all or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from base.errors import Missing, Refused
from rpc import access, dispatch, transactions
from rpc.domains.parse import parse
from rpc.methods.table import method_of
from rpc.reading import rows as reading
from rpc.reading.flags import holding
from rpc.writing import records
from web.screens import domains
from web.screens.boxes import to_wire
from web.screens.declarations import Place, Text
from web.screens.listing import Listing
from web.screens.writing import Boxes, editable, shown

MOST_AT_ONCE = 1_000
EDIT, UNLINK = "_edit", "unlink"
TOLD = 3


class NothingTicked(Refused):
    """A button for many rows was pressed without any."""

    code = "nothing_ticked"
    message = gettext_lazy("Tick the rows first, then choose what to do with them.")


class TooManyTicked(Refused):
    """More rows than one transaction should change."""

    code = "too_many_ticked"
    message = gettext_lazy(
        "At most %(most)s records can be changed at once. Narrow the search, and do the rest after it."
    )


class SomeAreGone(Refused):
    """Some of the ticked rows are not there any more, or not for the actor."""

    code = "some_are_gone"
    message = gettext_lazy(
        "%(count)s of the ticked records are not there any more. Nothing has been done; look at the list again."
    )


class DoesNotFit(Refused):
    """A button is not there for some of the rows."""

    code = "does_not_fit"
    message = gettext_lazy("“%(deed)s” cannot be done with %(names)s. Nothing has been done.")


@dataclass(frozen=True)
class Deed:
    """Something that can be done with the ticked rows."""

    key: str
    label: Text
    icon: str = ""
    confirm: Text = ""
    when: Any = ()
    is_danger: bool = False


def deeds_of(listing: Listing) -> list[Deed]:
    """What the actor may do with several rows at once."""
    screen, call = listing.screen, listing.call
    found = [
        Deed(one.verb, one.label, one.icon, one.confirm, one.when)
        for one in (screen.form.buttons if screen.form else ())
        if one.is_for_many and (not one.permission or call.actor.has_perm(one.permission))
    ]
    if fields_of(listing):
        found.append(Deed(EDIT, _("Change a field …"), "pencil"))
    if "active" in call.exposure.fields and access.may(call, "write"):
        found.append(Deed("action_archive", _("Archive"), "archive"))
        found.append(Deed("action_unarchive", _("Bring back"), "arrow-counterclockwise"))
    if access.may(call, "unlink"):
        sure = _("The ticked records will be deleted for good. Go on?")
        found.append(Deed(UNLINK, _("Delete"), "trash", sure, is_danger=True))
    return found


def fields_of(listing: Listing) -> list[Place]:
    """The fields that can be changed in many rows at once: those of the form that the actor may write."""
    form = listing.screen.form
    if form is None or form.locked:
        return []
    places = [one for one in form.places if not (one.locked or one.hidden or one.domain)]
    unique = {one.name: one for one in places if one.name not in {form.title, form.picture}}
    return editable(listing.call, shown(listing.call, unique.values()), frozenset(), is_new=False)


def chosen(listing: Listing, data: Any) -> list[int]:
    """The ids of the rows that a form has ticked. Refuses with the errors above."""
    if data.get("scope") == "all":
        found = reading.search(
            listing.call, listing.node, order=listing.asked.order, limit=MOST_AT_ONCE + 1
        )
    else:
        found = _ticked(listing, data.getlist("row"))
    if not found:
        raise NothingTicked
    if len(found) > MOST_AT_ONCE:
        raise TooManyTicked(most=MOST_AT_ONCE)
    return found


def ticked(texts: Iterable[str]) -> list[int]:
    """Ids as a form sends them; what is none is left out."""
    good = (
        text
        for one in texts
        for text in one.split(",")
        if text.isascii() and text.isdecimal() and len(text) < 18
    )
    return list(dict.fromkeys(map(int, good)))


def _ticked(listing: Listing, texts: Sequence[str]) -> list[int]:
    ids = ticked(texts)
    if len(ids) > MOST_AT_ONCE:
        raise TooManyTicked(most=MOST_AT_ONCE)
    wanted = domains.every([listing.screen.domain, [["id", "in", ids]]])
    seen = set(reading.search(listing.call, parse(wanted), order=False, active=False))
    if lost := [pk for pk in ids if pk not in seen]:
        raise SomeAreGone(count=len(lost))
    return ids


def do(listing: Listing, key: str, ids: list[int]) -> tuple[str, Any]:
    """Do one of the deeds with rows, all or none in one transaction.

    Answers what has been done, in words, and what the verb answered: it may lead to a window.
    """
    answer: Any = None
    buttons = [Deed(one.verb, one.label, when=one.when) for one in listing.row_buttons]
    known = {one.key: one for one in (*buttons, *deeds_of(listing)) if one.key != EDIT}
    if key not in known:
        raise Missing(model=_("action"), ids=key[:60])
    deed, call = known[key], listing.call
    _check_fits(listing, deed, ids)
    if deed.key == UNLINK:
        transactions.in_one(partial(records.unlink, call, ids))
    else:
        answer = dispatch.perform(call, method_of(call.exposure, deed.key), [ids], {})
    said = ngettext(
        "%(deed)s: done with %(count)s record.", "%(deed)s: done with %(count)s records.", len(ids)
    )
    return said % {"deed": deed.label, "count": len(ids)}, answer


def _check_fits(listing: Listing, deed: Deed, ids: list[int]) -> None:
    if not deed.when:
        return
    held = holding(listing.call, ids, [deed.when])
    without = [pk for pk in ids if not held.get(pk, (False,))[0]]
    if without:
        node = parse([["id", "in", without[:TOLD]]])
        found = reading.search_read(listing.call, node, ["display_name"], None, active=False)
        names = ", ".join(str(row["display_name"]) for row in found)
        more = len(without) - len(found)
        told = _("%(names)s and %(more)s more") % {"names": names, "more": more}
        raise DoesNotFit(deed=str(deed.label), names=told if more > 0 else names)


def box_for(listing: Listing, name: str, data: Any = None) -> Boxes:
    """The form with the one field that is to be changed. Refuses with `Missing` where there is none of that name."""
    place = next((one for one in fields_of(listing) if one.name == name), None)
    if place is None:
        raise Missing(model=_("field"), ids=name[:60])
    return Boxes(listing.call, [place], {}, key=listing.screen.key, data=data)


def change(listing: Listing, boxes: Boxes, ids: list[int]) -> str:
    """Write what was typed into the one field, in all rows or none."""
    [name] = boxes.nouns
    field, value = boxes.nouns[name], boxes.cleaned_data.get(name)
    wire = [[4, pk] for pk in value or ()] if field.type == "many2many" else to_wire(field, value)
    transactions.in_one(partial(records.write, listing.call, ids, {name: wire}))
    said = ngettext(
        "%(field)s is changed in %(count)s record.",
        "%(field)s is changed in %(count)s records.",
        len(ids),
    )
    return said % {"field": field.heading, "count": len(ids)}
