"""Form fields for the fields of a noun: which control each type gets, and how what was typed goes to the wire."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.domains.parse import parse
from rpc.fields import Field
from rpc.reading import rows
from rpc.reading.sets import names_of
from rpc.registry import find
from web.forms.fields import AmountField, DayField

OFFERED, MOST_DIGITS = 30, 18


class RecordChooser(forms.Select):
    """A select with the chosen record and the first few others; lookup.js turns it into a box to type in."""

    def __init__(self, relation: str) -> None:
        super().__init__()
        self.relation = relation

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Say where to ask."""
        address = reverse("web:find", args=[self.relation])
        return {**super().build_attrs(base_attrs, extra_attrs), "data-lookup": address}


class RecordField(forms.Field):
    """Chooses one record of a noun by id. Whether the actor may see it is asked when it is written."""

    def __init__(self, relation: str, **kwargs: Any) -> None:
        super().__init__(widget=RecordChooser(relation), **kwargs)
        self.relation = relation

    def to_python(self, value: Any) -> int | None:
        """The id."""
        if value in (None, "", False):
            return None
        if not str(value).isdecimal() or len(str(value)) > MOST_DIGITS:
            raise forms.ValidationError(_("Choose one of the records on offer."))
        return int(value)

    def offer(self, call: Call, chosen: Any) -> None:
        """Fill the select: the chosen record and the first few others. Two queries at most."""
        target = find(self.relation)
        if target is None:
            return
        found = offered(call.on(target), "")
        names = [("", ""), *((row["id"], row["display_name"]) for row in found)]
        if str(chosen or "").isdecimal() and int(chosen) not in {pk for pk, _name in names}:
            names[1:1] = names_of(call, self.relation, [int(chosen)]).items()
        widget: Any = self.widget
        widget.choices = names


class RecordsField(forms.TypedMultipleChoiceField):
    """Chooses any number of records of a small noun, such as tags."""

    def __init__(self, relation: str, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.relation = relation

    def offer(self, call: Call, chosen: Any) -> None:
        """Fill the choices. Two queries at most."""
        target = find(self.relation)
        if target is None:
            return
        names = {row["id"]: row["display_name"] for row in offered(call.on(target), "")}
        if missing := [
            int(pk) for pk in chosen or () if str(pk).isdecimal() and int(pk) not in names
        ]:
            names |= names_of(call, self.relation, missing)
        self.choices = list(names.items())


class MomentField(forms.DateTimeField):
    """A day and a time in the reader's zone, from the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs
        )


def offered(call: Call, text: str) -> list[dict[str, Any]]:
    """The first records of a noun whose name holds the text. One query."""
    node = parse([["display_name", "ilike", text]] if text else [])
    return rows.search_read(call, node, ["display_name"], None, limit=OFFERED)


def box_of(field: Field, call: Call) -> forms.Field:
    """The control of a field."""
    make = BOXES.get(field.type, _line)
    box = make(field)
    box.label = str(field.label)
    box.help_text = str(field.help or "")
    box.required = field.required and field.type != "boolean"
    box.disabled = field.readonly or not call.may(field)
    return box


def _line(field: Field) -> forms.Field:
    return forms.CharField(max_length=field.size, strip=True)


def _paragraphs(_field: Field) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "data-grows": ""}))


def _choice(field: Field) -> forms.Field:
    keys = [(key, label) for key, label in field.selection()]
    empty = [] if field.required else [("", "–")]
    return forms.ChoiceField(choices=[*empty, *keys])


def _number(field: Field) -> forms.Field:
    digits = field.digits or (24, 6)
    return AmountField(max_digits=digits[0], decimal_places=digits[1])


BOXES: Mapping[str, Callable[[Field], forms.Field]] = {
    "text": _paragraphs,
    "html": _paragraphs,
    "selection": _choice,
    "boolean": lambda _field: forms.BooleanField(),
    "integer": lambda _field: forms.IntegerField(localize=False),
    "float": _number,
    "monetary": _number,
    "date": lambda _field: DayField(),
    "datetime": lambda _field: MomentField(),
    "many2one": lambda field: RecordField(field.relation),
    "many2many": lambda field: RecordsField(field.relation),
}


def to_wire(field: Field, value: Any) -> Any:
    """What was typed, as the writing engine takes it."""
    if field.type == "many2many":
        return [[6, 0, list(value or ())]]
    if isinstance(value, datetime):
        return timezone.make_naive(value, timezone.UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return False if value is None or value == "" else value


def to_box(field: Field, value: Any) -> Any:
    """A value as it was read, as its control shows it."""
    if field.type == "many2one":
        return value[0] if value else None
    if field.type in {"float", "monetary"}:
        return None if value is None else Decimal(value)
    if field.type == "selection":
        return value or ""
    return None if value is False and field.type != "boolean" else value
