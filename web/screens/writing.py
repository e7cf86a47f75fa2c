"""The form of a record: what changed goes to the noun's own verbs, and what they refuse stands beside its field."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from base.models import Currency
from rpc import access
from rpc.context import Call
from rpc.fields import Field
from rpc.methods.describing import default_get
from rpc.reading import rows
from rpc.reading.plans import EXACT
from rpc.reading.sets import names_of
from web.screens.boxes import RecordField, RecordsField, box_of, plain, to_box, to_wire
from web.screens.cells import Cells, drawn_value
from web.screens.choosing import MOST_DIGITS, depends_on, resolved, value_from
from web.screens.declarations import Place
from web.screens.widgets import FileBox, WithUnit

Row = Mapping[str, Any]
WAS, LONGEST, THEIRS = "was", 200_000, "theirs"


@dataclass(frozen=True)
class Differing:
    """A field that two people have changed: what the other one wrote, and what one has typed oneself."""

    theirs: str
    mine: str


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
        self.places = {one.name: one for one in places}
        self.nouns: dict[str, Field] = {one.name: call.exposure.fields[one.name] for one in places}
        self.differing: dict[str, Differing] = {}
        initial = {name: to_box(field, row.get(name)) for name, field in self.nouns.items()}
        super().__init__(initial=initial, auto_id=f"{how.get('prefix') or ''}_%s", **how)
        known: dict[Any, Any] = {} if offers is None else offers
        for place in places:
            address = reverse("web:find", args=[key, f"{path}{place.name}"])
            box = box_of(self.nouns[place.name], call, place, address, known)
            self.fields[place.name] = box
            self._fit(box, place, known)
        self.was: dict[str, Any] = was if isinstance(was, dict) else self.now(row)

    def _fit(self, box: forms.Field, place: Place, known: dict[Any, Any]) -> None:
        """Tell a box what the row and the other boxes say: what may be chosen, the currency, the picture there is."""
        if isinstance(box, RecordsField):
            held = [*self.initial[place.name], *self._sent_ids(place.name)]
            box.offer(known, held)
        elif isinstance(box, RecordField):
            box.domain = resolved(place.domain, self._other)
            # Of a new row the noun itself may know which one; if not, it says so. A window knows what it was told.
            is_asked = "id" in self.row or self.call.exposure.kind == "wizard"
            box.required = box.required and is_asked
        elif isinstance(box.widget, WithUnit):
            box.widget.unit = box.widget.unit or self._currency(place.name)
        elif isinstance(box.widget, FileBox) and self.row.get("id"):
            box.widget.held = self.row.get(place.name) or None
            box.widget.address = picture_url(self.call.exposure.name, place.name, self.row["id"])

    def _sent_ids(self, name: str) -> list[int]:
        """The records ticked in what the form has sent."""
        sent = self.data.getlist(self.add_prefix(name)) if hasattr(self.data, "getlist") else []
        return [int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS]

    def _currency(self, name: str) -> str:
        currency = self.row.get(self.nouns[name].currency)
        return str(currency[1]) if isinstance(currency, list | tuple) else ""

    def _other(self, name: str) -> Any:
        """The value of another field of the row: as it was typed, where it can be, else as it is."""
        prefixed, field = self.add_prefix(name), self.call.exposure.fields.get(name)
        if name in self.nouns and prefixed in self.data:
            end = "-pk" if field is not None and field.type == "many2one" else ""
            text = str(self.data.get(f"{prefixed}{end}") or "")
            is_behind = not end or self.data.get(prefixed) == self.data.get(f"{prefixed}-is")
            return value_from(self.call.exposure, name, text) if is_behind else None
        value = self.row.get(name)
        return value[0] if isinstance(value, list | tuple) and value else value

    def clean(self) -> dict[str, Any]:
        """Refuse links that their places do not take, with what was typed into the other boxes."""
        for name, box in self.fields.items():
            domain = self.places[name].domain
            pk = self.cleaned_data.get(name)
            if not (domain and pk and isinstance(box, RecordField)):
                continue
            needs = [one for one in depends_on(domain) if one in self.nouns]
            is_touched = any(self._is_changed(one) for one in [name, *needs])
            if is_touched:
                box.domain = resolved(
                    domain, lambda one: self.cleaned_data.get(one, self._other(one))
                )
                try:
                    box.check(pk)
                except forms.ValidationError as refusal:
                    self.add_error(name, refusal)
        return self.cleaned_data

    def _is_changed(self, name: str) -> bool:
        if name not in self.cleaned_data:
            return False
        return bool(plain(self.nouns[name], self.cleaned_data[name]) != self.was.get(name))

    def now(self, row: Row) -> dict[str, Any]:
        """The values of a row as they are compared."""
        return {
            name: plain(field, to_box(field, row.get(name))) for name, field in self.nouns.items()
        }

    def typed(self, *, everything: bool = False) -> dict[str, Any]:
        """What differs from what the form showed when it was opened, in the words of the wire.

        With `everything` also what is filled in and was so at first: defaults of a new record. Left out is where one
        takes what somebody else has written meanwhile.
        """
        found = {}
        for name, field in self.nouns.items():
            value = self.cleaned_data.get(name)
            if not self._is_sent(name) or self.data.get(f"{self.add_prefix(name)}-take") == THEIRS:
                continue
            if field.type == "binary":
                found |= {name: value} if value is not None else {}
                continue
            now, before = plain(field, value), self.was.get(name)
            if now != before or (everything and now not in (None, [])):
                found[name] = to_wire(field, value)
        return found

    def _is_sent(self, name: str) -> bool:
        if name not in self.cleaned_data:
            return False
        prefixed = self.add_prefix(name)
        kind = self.nouns[name].type
        if kind == "binary":
            return True
        if kind == "many2many":
            return prefixed in self.data or f"{prefixed}-there" in self.data
        return kind == "boolean" or prefixed in self.data

    def conflicts(self, names: Iterable[str], current: Row) -> dict[str, str]:
        """Of the fields one has changed, those that somebody else has changed as well: sentences by field."""
        now = self.now(current)
        told = {}
        for name in names:
            field = self.nouns[name]
            mine = plain(field, self.cleaned_data.get(name))
            if field.type == "binary" or now[name] in (self.was.get(name), mine):
                continue
            theirs = drawn_value(self.call, field, current) or _("nothing")
            self.differing[name] = Differing(theirs, self._told(name))
            told[name] = (
                _("Somebody else has changed this to “%s” meanwhile. Save again to keep yours.")
                % theirs
            )
        self.was = now
        return told

    def _told(self, name: str) -> str:
        """What was typed, in plain words."""
        field, value = self.nouns[name], self.cleaned_data.get(name)
        if field.type == "many2one":
            return str(self.data.get(self.add_prefix(name)) or _("nothing"))
        if field.type == "many2many":
            names = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(names.get(pk, "?") for pk in value or ()) or _("nothing")
        shown = {
            name: False if value is None else value,
            **dict.fromkeys(filter(None, [field.currency])),
        }
        return drawn_value(self.call, field, shown) or _("nothing")


def picture_url(exposure: str, name: str, pk: int) -> str:
    """Where a picture or a file of a record is fetched from."""
    return reverse("web:screen-file", args=[exposure, pk, name])


def read_row(call: Call, names: Iterable[str], pk: int) -> dict[str, Any] | None:
    """A record as its page needs it, or None where it does not exist."""
    return read_judged(call, names, pk, ())[0]


def read_judged(
    call: Call, names: Iterable[str], pk: int, domains: Sequence[Any]
) -> tuple[dict[str, Any] | None, tuple[bool, ...]]:
    """The same, and which of some domains hold for it. One query, and one for sets."""
    wanted = sorted({"display_name", *with_currencies(call, names)})
    return rows.read_judged(call, pk, wanted, EXACT, domains)


def new_row(call: Call, names: Iterable[str]) -> dict[str, Any]:
    """The defaults of a new record, links with their names."""
    wanted = list(names)
    found = dict(default_get(call, wanted))
    for name in wanted:
        field, value = call.exposure.fields[name], found.get(name)
        if field.type == "many2one" and isinstance(value, int) and not isinstance(value, bool):
            found[name] = _named(call, field, value)
        elif field.type == "many2many" and value:
            found[name] = [pk for one in value for pk in _linked(one)]
    return found


def _linked(said: Any) -> list[int]:
    """The ids that a default of many links says: an id, or a command that links."""
    if isinstance(said, int):
        return [said]
    ids: list[int] = said[2] if said[0] == 6 else [said[1]] if said[0] == 4 else []
    return ids


def _named(call: Call, field: Field, pk: int) -> Any:
    name = names_of(call, field.relation, {pk}).get(pk)
    return [pk, name] if name else None


def with_currencies(call: Call, names: Iterable[str]) -> set[str]:
    """Fields, and the currencies of those that are amounts."""
    fields = call.exposure.fields
    wanted = {name for name in names if name in fields}
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
        and call.exposure.fields[one.name].type not in {"one2many", "json", "reference"}
    ]


def shown(call: Call, places: Iterable[Place]) -> list[Place]:
    """The places whose fields exist here and that the actor may see."""
    fields = call.exposure.fields
    return [one for one in places if one.name in fields and call.may(fields[one.name])]


def drawn(
    call: Call, places: Iterable[Place], row: Row, known: dict[int, Currency] | None = None
) -> dict[str, Any]:
    """The cells of fields that are only shown, by name."""
    names = list(dict.fromkeys(one.name for one in places))
    return (
        {cell.name: cell for cell in Cells(call, names, [dict(row)], known).of(row)} if row else {}
    )


def remembered(text: str) -> dict[str, Any]:
    """What a form showed when it was opened, as it says itself; nothing where that is damaged."""
    try:
        found = json.loads(text[:LONGEST]) if text else {}
    except (ValueError, RecursionError):
        return {}
    held = found if isinstance(found, dict) else {}
    return {name: one for name, one in held.items() if isinstance(one, dict)}
