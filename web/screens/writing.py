"""The form of a record: what changed goes to the noun's own verbs, and what they refuse stands beside its field."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from rpc import access
from rpc.context import Call
from rpc.fields import Field
from rpc.methods.describing import default_get
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web.screens.boxes import RecordsField, box_of, plain, to_box, to_wire
from web.screens.cells import Cells, drawn_value
from web.screens.declarations import Place

Row = Mapping[str, Any]
WAS, LONGEST = "was", 200_000


class Boxes(forms.Form):
    """The boxes of one row: of the record itself, or of one of its lines."""

    def __init__(
        self,
        call: Call,
        places: Sequence[Place],
        row: Row,
        *,
        key: str,
        path: str = "",
        was: Any = None,
        offers: dict[Any, Any] | None = None,
        **how: Any,
    ) -> None:
        self.call, self.row = call, row
        offers = {} if offers is None else offers
        self.nouns: dict[str, Field] = {one.name: call.exposure.fields[one.name] for one in places}
        initial = {name: to_box(field, row.get(name)) for name, field in self.nouns.items()}
        super().__init__(initial=initial, auto_id=f"{how.get('prefix') or ''}_%s", **how)
        for place in places:
            address = reverse("web:find", args=[key, f"{path}{place.name}"])
            box = box_of(self.nouns[place.name], call, place, address)
            self.fields[place.name] = box
            if isinstance(box, RecordsField):
                box.offer(offers)
        self.was: dict[str, Any] = was if isinstance(was, dict) else self.now(row)

    def now(self, row: Row) -> dict[str, Any]:
        """The values of a row as they are compared."""
        return {
            name: plain(field, to_box(field, row.get(name))) for name, field in self.nouns.items()
        }

    def typed(self, *, everything: bool = False) -> dict[str, Any]:
        """What differs from what the form showed when it was opened, in the words of the wire.

        With `everything` also what is filled in and was so at first: defaults of a new record.
        """
        found = {}
        for name, field in self.nouns.items():
            is_sent = name in self.cleaned_data and self.add_prefix(name) in self.data
            if not is_sent and field.type not in {"boolean", "many2many"}:
                continue
            value = self.cleaned_data.get(name)
            now, before = plain(field, value), self.was.get(name)
            if now != before or (everything and now not in (None, [])):
                found[name] = to_wire(field, value)
        return found

    def conflicts(self, names: Iterable[str], current: Row) -> dict[str, str]:
        """Of the fields one has changed, those that somebody else has changed as well: sentences by field."""
        now = self.now(current)
        told = {}
        for name in names:
            field = self.nouns[name]
            mine = plain(field, self.cleaned_data.get(name))
            if now[name] not in (self.was.get(name), mine):
                theirs = drawn_value(self.call, field, current) or _("nothing")
                told[name] = (
                    _("Somebody else has changed this to “%s” meanwhile. Save again to keep yours.")
                    % theirs
                )
        self.was = now
        return told


def read_row(call: Call, names: Iterable[str], pk: int) -> dict[str, Any] | None:
    """A record as its page needs it, or None where it does not exist."""
    found = rows.read(call, [pk], sorted({"display_name", *with_currencies(call, names)}), EXACT)
    return found[0] if found else None


def new_row(call: Call, names: Iterable[str]) -> dict[str, Any]:
    """The defaults of a new record, links with their names."""
    wanted = list(names)
    found = dict(default_get(call, wanted))
    for name in wanted:
        field, value = call.exposure.fields[name], found.get(name)
        if field.type == "many2one" and isinstance(value, int) and not isinstance(value, bool):
            found[name] = _named(call, field, value)
    return found


def _named(call: Call, field: Field, pk: int) -> Any:
    from rpc.reading.sets import names_of

    name = names_of(call, field.relation, {pk}).get(pk)
    return [pk, name] if name else None


def with_currencies(call: Call, names: Iterable[str]) -> set[str]:
    """Fields, and the currencies of those that are amounts."""
    fields, wanted = call.exposure.fields, set(names)
    return wanted | {fields[name].currency for name in wanted if fields[name].currency in fields}


def editable(
    call: Call, places: Iterable[Place], locked: frozenset[str], *, is_new: bool
) -> list[Place]:
    """The places whose fields the actor may write here and now."""
    if not access.may(call, "create" if is_new else "write"):
        return []
    return [
        one
        for one in places
        if not (one.is_readonly or one.name in locked)
        and not call.exposure.fields[one.name].readonly
        and call.exposure.fields[one.name].type not in {"one2many", "binary", "json"}
    ]


def shown(call: Call, places: Iterable[Place]) -> list[Place]:
    """The places whose fields exist here and that the actor may see."""
    fields = call.exposure.fields
    return [one for one in places if one.name in fields and call.may(fields[one.name])]


def drawn(call: Call, places: Iterable[Place], row: Row) -> dict[str, Any]:
    """The cells of fields that are only shown, by name."""
    names = list(dict.fromkeys(one.name for one in places))
    return {cell.name: cell for cell in Cells(call, names, [dict(row)]).of(row)} if row else {}


def remembered(text: str) -> dict[str, Any]:
    """What a form showed when it was opened, as it says itself; nothing where that is damaged."""
    try:
        found = json.loads(text[:LONGEST]) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
