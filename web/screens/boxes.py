"""Form fields for the fields of a noun: which control each type gets, and how what was typed goes to the wire."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.fields import Field
from web.forms.fields import AmountField, DayField
from web.screens import widgets
from web.screens.choosing import MOST_DIGITS, among, marks, offered
from web.screens.declarations import Place
from web.screens.widgets import Chosen, chosen_of

TOLD = 4
TAGS_OFFERED, MOST_TAGS = 200, 1000
MEGABYTE = 1024 * 1024
HUNDRED = Decimal(100)
EMPTY_TEXTS = frozenset(("<br>", "<p></p>", "<p><br></p>", "<div><br></div>"))


class RecordField(forms.Field):
    """Chooses one record of a noun, by id or by the name typed. Whether the actor may see it is asked when it is written.

    `domain` is that of its place with the values of other boxes; the form sets it.
    """

    def __init__(
        self, call: Call, field: Field, place: Place, address: str, told: Mapping[str, str]
    ) -> None:
        super().__init__(widget=widgets.RecordChooser(address, **told))
        self.call, self.relation, self.domain = call, field.relation, list(place.domain)

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
            found = offered(self.call, self.relation, text, self.domain, operator)
            if len(found) == 1:
                return int(found[0]["id"])
            if found:
                names = ", ".join(str(row["display_name"]) for row in found[:TOLD])
                told = _("Several fit “%(text)s”: %(names)s. Type more of the name, or choose one.")
                raise forms.ValidationError(told % {"text": text, "names": names})
        raise forms.ValidationError(_("Nothing is called “%s”.") % text)

    def check(self, pk: int) -> None:
        """Refuse a record that the place of the box does not take."""
        if not among(self.call, self.relation, [pk], self.domain):
            raise forms.ValidationError(_("This cannot be chosen here."), code="outside")


class RecordsField(forms.TypedMultipleChoiceField):
    """Chooses any number of records of a noun, such as tags."""

    def __init__(self, call: Call, field: Field, place: Place, address: str) -> None:
        super().__init__(coerce=int, widget=widgets.Tags(address))
        self.call, self.relation, self.place = call, field.relation, place

    def offer(self, known: dict[Any, Any], held: list[int]) -> None:
        """Fill the choices: the first ones, and those chosen. One query for all boxes that offer the same."""
        key = (self.relation, repr(self.place.domain))
        if key not in known:
            found = offered(self.call, self.relation, "", self.place.domain, limit=TAGS_OFFERED)
            known[key] = {row["id"]: str(row["display_name"]) for row in found}
        more = [pk for pk in held if pk not in known[key]][:MOST_TAGS]
        names = known[key] | (among(self.call, self.relation, more) if more else {})
        self.choices = list(names.items())

    def valid_value(self, value: Any) -> bool:
        """Everything that is an id; whether it is one of the noun is asked for all of them at once."""
        return str(value).isdecimal() and len(str(value)) <= MOST_DIGITS

    def validate(self, value: Any) -> None:
        """Refuse records that are not there for the actor. One query, and only for those not offered."""
        super().validate(value)
        known = {pk for pk, _name in self.choices}
        fresh = [int(one) for one in value if int(one) not in known]
        if len(value) > MOST_TAGS or (
            fresh and len(among(self.call, self.relation, fresh)) < len(set(fresh))
        ):
            raise forms.ValidationError(_("This cannot be chosen here."), code="outside")


class MomentField(forms.DateTimeField):
    """A day and a time in the reader's zone, from the browser's own control."""

    def __init__(self) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class SentFile(forms.Field):
    """A file or a picture; False takes away what is there, None leaves it."""

    widget: Any

    def __init__(self, *, is_picture: bool) -> None:
        super().__init__(widget=widgets.FileBox(is_picture=is_picture))

    def clean(self, value: Any) -> Any:
        """The content as the wire takes it."""
        if not value:
            return value
        if value.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
            told = _("The file is too large; at most %(most)s MB can be kept.")
            raise forms.ValidationError(told % {"most": most})
        return b64encode(value.read()).decode()


class ShareField(AmountField):
    """A share, typed as per cent and kept as a part of one."""

    def to_python(self, value: Any) -> Decimal | None:
        """A hundredth of what was typed."""
        found = super().to_python(value)
        return None if found is None else found / HUNDRED

    def prepare_value(self, value: Any) -> Any:
        """As per cent."""
        return value * HUNDRED if isinstance(value, Decimal) else value


def box_of(
    field: Field, call: Call, place: Place, address: str, known: dict[Any, Any]
) -> forms.Field:
    """The control of a field. `address` is where the records that a link may lead to are found.

    `known` keeps what is the same for all boxes of a page.
    """
    box: forms.Field
    if field.type == "many2one":
        key = ("marks", field.relation, repr(place.domain))
        if key not in known:
            known[key] = marks(call, field.relation, place)
        box = RecordField(call, field, place, address, known[key])
    elif field.type == "many2many":
        box = RecordsField(call, field, place, address)
    else:
        box = BOXES[widget_of(field, place)](field)
    box.label = str(place.label or field.heading)
    box.help_text = str(place.help or field.help or "")
    box.is_needed = place.is_needed  # type: ignore[attr-defined]
    if place.is_needed:
        box.widget.attrs["aria-required"] = "true"
    box.required = (
        field.required and not place.is_filled and field.type not in {"boolean", "binary"}
    )
    return box


def widget_of(field: Field, place: Place) -> str:
    """Which control a field gets: that of its place, that of its name, else that of its type."""
    if place.widget and place.widget in FITS.get(field.type, ()):
        return place.widget
    named = BY_NAME.get((field.type, field.name))
    if named:
        return named
    if field.type == "binary":
        return "image" if field.name.startswith(("image", "logo")) else "file"
    return field.type if field.type in BOXES else "char"


def _line(kind: str) -> Callable[[Field], forms.Field]:
    def made(field: Field) -> forms.Field:
        box = forms.CharField(max_length=field.size)
        if kind:
            box.widget.attrs["inputmode"] = kind
        return box

    return made


def _paragraphs(_field: Field) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "data-grows": ""}))


def _choice(field: Field, widget: Any = None) -> forms.Field:
    empty = [] if field.required or widget else [("", "–")]
    return forms.ChoiceField(choices=[*empty, *map(tuple, field.selection())], widget=widget)


def _whole(_field: Field) -> forms.Field:
    return forms.IntegerField(min_value=-(2**31), max_value=2**31 - 1)


def _colour(_field: Field) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=widgets.COLOURS - 1, widget=widgets.Swatches())


def _number(kind: Any = AmountField, unit: str = "") -> Callable[[Field], forms.Field]:
    def made(field: Field) -> forms.Field:
        digits = field.digits or (24, 6)
        room = {"max_digits": digits[0], "decimal_places": digits[1]}
        return kind(**room, widget=widgets.WithUnit(unit))  # type: ignore[no-any-return]

    return made


BOXES: Mapping[str, Callable[[Field], forms.Field]] = {
    "char": _line(""),
    "email": _line("email"),
    "phone": _line("tel"),
    "url": _line("url"),
    "text": _paragraphs,
    "html": lambda _field: forms.CharField(widget=widgets.RichText()),
    "selection": _choice,
    "stars": lambda field: _choice(field, widgets.Stars()),
    "radio": lambda field: _choice(field, widgets.Choices()),
    "boolean": lambda _field: forms.BooleanField(),
    "star": lambda _field: forms.BooleanField(widget=widgets.Star()),
    "integer": _whole,
    "colour": _colour,
    "float": _number(),
    "percent": _number(unit="%"),
    "share": _number(ShareField, "%"),
    "monetary": _number(),
    "date": lambda _field: DayField(),
    "datetime": lambda _field: MomentField(),
    "image": lambda _field: SentFile(is_picture=True),
    "file": lambda _field: SentFile(is_picture=False),
}
FITS: Mapping[str, tuple[str, ...]] = {
    "char": ("email", "phone", "url", "text"),
    "text": ("char",),
    "selection": ("stars", "radio"),
    "boolean": ("star",),
    "integer": ("colour",),
    "float": ("percent", "share"),
    "monetary": ("float",),
    "binary": ("image", "file"),
}
BY_NAME: Mapping[tuple[str, str], str] = {
    ("char", "email"): "email",
    ("char", "phone"): "phone",
    ("char", "mobile"): "phone",
    ("char", "website"): "url",
    ("integer", "color"): "colour",
    ("selection", "priority"): "stars",
    ("boolean", "is_favorite"): "star",
}


def to_wire(field: Field, value: Any) -> Any:
    """What was typed, as the writing engine takes it."""
    if field.type == "html":
        return value if plain(field, value) else False
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
        return str(value) if value else ""
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
    if field.type == "binary":
        return None
    if value is None or value is False or value in ("", [], ()):
        return None
    return PLAIN.get(field.type, _same)(value)


def _same(value: Any) -> Any:
    return value


def _written(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def _marked_up(value: Any) -> str:
    """Rich text without what is no text: an editor left empty holds a line break."""
    text = _written(value)
    return "" if text in EMPTY_TEXTS else text


def _digits(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


PLAIN: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("char", "text", "selection"), _written),
    "html": lambda value: _marked_up(value) or None,
    **dict.fromkeys(("float", "monetary", "integer"), _digits),
    "many2one": lambda value: value[0] if isinstance(value, list | tuple) else value,
    "datetime": lambda value: value.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
    "date": lambda value: value.isoformat() if isinstance(value, date) else value,
}
