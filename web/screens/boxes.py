"""Form fields for the fields of a noun: which control each type gets, and how what was typed goes to the wire."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from base.html import as_text
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.fields import Field
from rpc.reading import rows
from rpc.registry import find
from web.forms.fields import AmountField, DayField
from web.screens import domains
from web.screens.declarations import Place

OFFERED, MOST_DIGITS, TOLD = 12, 18, 4
TAGS_OFFERED = 200


class Chosen(NamedTuple):
    """What a box for a link holds: the text in it, and the record that its script has put behind a name."""

    text: str = ""
    pk: str = ""
    name: str = ""


class RecordChooser(forms.TextInput):
    """A box to type a record's name into; find.js offers what fits and keeps the record's id beside it.

    Without the script the name alone counts. No query is made to draw it, however many of them a page has.
    """

    def __init__(self, address: str) -> None:
        super().__init__({"autocomplete": "off", "data-find": address})

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Chosen:
        """The text, and the record behind it."""
        return Chosen(*(str(data.get(f"{name}{end}") or "") for end in ("", "-pk", "-is")))

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Whether the form did not have this box."""
        return name not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The box and what is behind it."""
        chosen = value if isinstance(value, Chosen) else chosen_of(value)
        box = super().render(name, chosen.text, attrs, renderer)
        hidden = '<input type="hidden" name="{}" value="{}">'
        behind = [
            format_html(hidden, f"{name}-pk", chosen.pk),
            format_html(hidden, f"{name}-is", chosen.name),
        ]
        return format_html('<span class="lookup">{}{}{}</span>', box, *behind)


class RecordField(forms.Field):
    """Chooses one record of a noun, by id or by the name typed. Whether the actor may see it is asked when it is written."""

    def __init__(self, call: Call, field: Field, place: Place, address: str) -> None:
        super().__init__(widget=RecordChooser(address))
        self.call, self.relation, self.place = call, field.relation, place

    def to_python(self, value: Any) -> int | None:
        """The id."""
        chosen = value if isinstance(value, Chosen) else chosen_of(value)
        text = chosen.text.replace("\x00", "").strip()
        if not text:
            return None
        if text == chosen.name.strip() and chosen.pk.isdecimal() and len(chosen.pk) <= MOST_DIGITS:
            return int(chosen.pk)
        return self._named(text)

    def validate(self, value: Any) -> None:
        """Refuse nothing chosen where something must be."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def _named(self, text: str) -> int:
        for operator in ("=ilike", "ilike"):
            found = offered(self.call, self.relation, text, self.place.domain, operator)
            if len(found) == 1:
                return int(found[0]["id"])
            if found:
                names = ", ".join(str(row["display_name"]) for row in found[:TOLD])
                told = _("Several fit “%(text)s”: %(names)s. Type more of the name, or choose one.")
                raise forms.ValidationError(told % {"text": text, "names": names})
        raise forms.ValidationError(_("Nothing is called “%s”.") % text)


class RecordsField(forms.TypedMultipleChoiceField):
    """Chooses any number of records of a small noun, such as tags."""

    def __init__(self, call: Call, field: Field, place: Place) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple)
        self.widget.attrs["data-tags"] = ""
        self.call, self.relation, self.place = call, field.relation, place

    def offer(self, known: dict[Any, Any]) -> None:
        """Fill the choices. One query for all boxes of one page that offer the same; `known` keeps them."""
        key = (self.relation, repr(self.place.domain))
        if key not in known:
            found = offered(self.call, self.relation, "", self.place.domain, limit=TAGS_OFFERED)
            known[key] = [(row["id"], row["display_name"]) for row in found]
        self.choices = known[key]


class MomentField(forms.DateTimeField):
    """A day and a time in the reader's zone, from the browser's own control."""

    def __init__(self) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


def chosen_of(value: Any) -> Chosen:
    """A link as it was read, `[id, name]`, as its box holds it."""
    if isinstance(value, list | tuple) and len(value) == 2:
        return Chosen(str(value[1]), str(value[0]), str(value[1]))
    return Chosen()


def offered(
    call: Call,
    relation: str,
    text: str,
    domain: Any = (),
    operator: str = "ilike",
    limit: int = OFFERED,
) -> list[dict[str, Any]]:
    """The first records of a noun that a text finds. One query. Raises the wire's AccessError."""
    target = find(relation)
    if target is None:
        return []
    wanted: Any = [["display_name", operator, text]] if text else []
    node = parse(domains.every([domain, wanted]))
    return rows.search_read(call.on(target), node, ["display_name"], None, limit=limit)


def box_of(field: Field, call: Call, place: Place, address: str) -> forms.Field:
    """The control of a field. `address` is where the records that a link may lead to are found."""
    box: forms.Field
    if field.type == "many2one":
        box = RecordField(call, field, place, address)
    elif field.type == "many2many":
        box = RecordsField(call, field, place)
    else:
        box = BOXES.get(field.type, _line)(field)
    box.label = str(place.label or field.title)
    box.help_text = str(place.help or field.help or "")
    box.required = field.required and field.type != "boolean"
    return box


def _line(field: Field) -> forms.Field:
    box = forms.CharField(max_length=field.size)
    kind = {"email": "email", "phone": "tel", "mobile": "tel", "website": "url"}.get(field.name)
    if kind:
        box.widget.attrs["inputmode"] = kind
    return box


def _paragraphs(_field: Field) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "data-grows": ""}))


def _choice(field: Field) -> forms.Field:
    empty = [] if field.required else [("", "–")]
    return forms.ChoiceField(choices=[*empty, *map(tuple, field.selection())])


def _number(field: Field) -> forms.Field:
    digits = field.digits or (24, 6)
    return AmountField(max_digits=digits[0], decimal_places=digits[1])


BOXES: Mapping[str, Callable[[Field], forms.Field]] = {
    "text": _paragraphs,
    "html": _paragraphs,
    "selection": _choice,
    "boolean": lambda _field: forms.BooleanField(),
    "integer": lambda _field: forms.IntegerField(),
    "float": _number,
    "monetary": _number,
    "date": lambda _field: DayField(),
    "datetime": lambda _field: MomentField(),
}


def to_wire(field: Field, value: Any) -> Any:
    """What was typed, as the writing engine takes it."""
    if field.type == "many2many":
        return [[6, 0, list(value or ())]]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return False if value is None or value == "" else value


def to_box(field: Field, value: Any) -> Any:
    """A value as it was read, or as a new record's defaults say it, as its control shows it."""
    if field.type in {"float", "monetary"}:
        return None if value is None or value is False else Decimal(str(value))
    if field.type == "html":
        return as_text(value) if value else ""
    if field.type == "selection":
        return value or ""
    if field.type == "many2many":
        return [pk for pk in value or () if isinstance(pk, int)]
    if field.type == "datetime" and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return None if value is False and field.type != "boolean" else value


def plain(field: Field, value: Any) -> Any:
    """A value in one form, however it came, so that two can be compared and written down as JSON."""
    if field.type == "boolean":
        return bool(value)
    if field.type == "many2many":
        return sorted(value or ())
    if value is None or value is False or value in ("", [], ()):
        return None
    return PLAIN.get(field.type, _same)(value)


def _same(value: Any) -> Any:
    return value


def _written(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def _digits(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


PLAIN: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("char", "text", "html", "selection"), _written),
    **dict.fromkeys(("float", "monetary", "integer"), _digits),
    "many2one": lambda value: value[0] if isinstance(value, list | tuple) else value,
    "datetime": lambda value: value.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
    "date": lambda value: value.isoformat() if isinstance(value, date) else value,
}
