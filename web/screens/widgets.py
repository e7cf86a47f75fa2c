"""The controls of a record's form: links, tags, pictures, rich text, colours, stars, and amounts with their unit."""

from typing import Any, NamedTuple

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.html import cleaned
from web.forms.fields import AmountInput

HANDFUL = 12
COLOURS = 12
COLOUR_NAMES = (
    gettext_lazy("No colour"),
    gettext_lazy("Red"),
    gettext_lazy("Orange"),
    gettext_lazy("Yellow"),
    gettext_lazy("Light blue"),
    gettext_lazy("Purple"),
    gettext_lazy("Pink"),
    gettext_lazy("Teal"),
    gettext_lazy("Dark blue"),
    gettext_lazy("Magenta"),
    gettext_lazy("Green"),
    gettext_lazy("Violet"),
)


class Chosen(NamedTuple):
    """What a box for a link holds: the text in it, and the record that its script has put behind a name."""

    text: str = ""
    pk: str = ""
    name: str = ""


def chosen_of(value: Any) -> Chosen:
    """A link as it was read, `[id, name]`, as its box holds it."""
    if isinstance(value, list | tuple) and len(value) == 2:
        return Chosen(str(value[1]), str(value[0]), str(value[1]))
    return Chosen()


class RecordChooser(forms.TextInput):
    """A box to type a record's name into; find.js offers what fits and keeps the record's id beside it.

    Without the script the name alone counts. No query is made to draw it, however many of them a page has.
    `opens` is the page of a record, with 0 for its id; `new` that of a new one.
    """

    def __init__(self, address: str, *, opens: str = "", new: str = "", **marks: str) -> None:
        marked = {f"data-{name.replace('_', '-')}": text for name, text in marks.items() if text}
        told = {"data-opens": opens, "data-new": new}
        filled = {name: text for name, text in told.items() if text}
        super().__init__({"autocomplete": "off", "data-find": address, **filled, **marked})
        self.opens = opens

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Chosen:
        """The text, and the record behind it."""
        return Chosen(*(str(data.get(f"{name}{end}") or "") for end in ("", "-pk", "-is")))

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Whether the form did not have this box."""
        return name not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The box, what is behind it, and the way to the record."""
        chosen = value if isinstance(value, Chosen) else chosen_of(value)
        box = super().render(name, chosen.text, attrs, renderer)
        hidden = '<input type="hidden" name="{}" value="{}">'
        behind = [
            format_html(hidden, f"{name}-pk", chosen.pk),
            format_html(hidden, f"{name}-is", chosen.name),
        ]
        return format_html('<span class="lookup">{}{}{}{}</span>', box, *behind, self._way(chosen))

    def _way(self, chosen: Chosen) -> SafeString:
        if not self.opens:
            return SafeString("")
        is_known = chosen.pk.isdecimal() and chosen.text == chosen.name
        url = self.opens.replace("/0/", f"/{chosen.pk}/") if is_known else self.opens
        told = _("Open %(name)s") % {"name": chosen.name}
        return format_html(
            '<a class="lookup-open" href="{}" aria-label="{}" title="{}" data-told="{}" {}>↗</a>',
            url,
            told,
            told,
            _("Open %(name)s") % {"name": "…"},
            SafeString("" if is_known else "hidden"),
        )


class _Ours:
    """Draws a control by a template of the house; Django's own ones know its templates alone."""

    def _render(
        self, template_name: str, context: dict[str, Any], _renderer: Any = None
    ) -> SafeString:
        return render_to_string(template_name, context)


class Tags(_Ours, forms.CheckboxSelectMultiple):
    """Any number of records: chips with a finder where there are more than a handful, ticks without a script."""

    template_name = "screens/parts/tags.html"

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Those chosen apart from those that may be."""
        held = {str(one) for one in value or ()}
        offers = [(str(pk), text) for pk, text in self.choices]
        return {
            "name": name,
            "id": (attrs or {}).get("id", name),
            "described": (attrs or {}).get("aria-describedby", ""),
            "address": self.address,
            "chosen": [one for one in offers if one[0] in held],
            "offers": [one for one in offers if one[0] not in held],
            "is_small": len(offers) <= HANDFUL,
        }

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Whether the form did not have this box."""
        return f"{name}-there" not in data


class FileBox(forms.FileInput):
    """A file: what is there now, another one instead, or none any more."""

    def __init__(self, *, is_picture: bool) -> None:
        super().__init__(
            {"accept": "image/png,image/jpeg,image/gif,image/webp"} if is_picture else {}
        )
        self.is_picture = is_picture
        self.address = ""
        self.held: Any = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control with what is there now."""
        told = {"is_picture": self.is_picture, "address": self.address, "held": self.held}
        control = super().render(name, value and None, attrs, renderer)
        return render_to_string(
            "screens/parts/file_box.html", {**told, "name": name, "control": control}
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The file sent, False where it is to go, None where nothing was said."""
        sent = files.get(name) if files else None
        return sent or (False if data.get(f"{name}-remove") else None)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether nothing was said of it."""
        return name not in (files or {}) and f"{name}-remove" not in data


class RichText(forms.Textarea):
    """Rich text: form.js makes an editor of it; without a script it is written as HTML."""

    def __init__(self) -> None:
        super().__init__({"rows": 4, "data-rich": "", "data-grows": ""})

    def format_value(self, value: Any) -> str | None:
        """Clean, whatever was typed: what comes back from a refused save is shown as well."""
        return cleaned(str(value)) if value else ""


class Swatches(_Ours, forms.RadioSelect):
    """One of twelve colours."""

    template_name = "screens/parts/swatches.html"

    def __init__(self) -> None:
        super().__init__(choices=list(enumerate(COLOUR_NAMES)))


class Stars(_Ours, forms.RadioSelect):
    """How important something is, as stars."""

    template_name = "screens/parts/stars.html"


class Choices(_Ours, forms.RadioSelect):
    """One of a few, all of them in sight."""

    template_name = "screens/parts/choices.html"


class Star(forms.CheckboxInput):
    """A favourite, or not."""

    def __init__(self) -> None:
        super().__init__({"class": "star"})


class WithUnit(AmountInput):
    """A number with what it is counted in beside it: a currency, or per cent."""

    def __init__(self, unit: str = "") -> None:
        super().__init__()
        self.unit = unit

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The box and its unit."""
        box = super().render(name, value, attrs, renderer)
        if not self.unit:
            return box
        return format_html('<span class="with-unit">{}<span>{}</span></span>', box, self.unit)


def stars(value: int, most: int) -> SafeString:
    """Stars that are only shown."""
    told = _("%(count)s of %(most)s stars") % {"count": value, "most": most}
    return format_html(
        '<span class="stars-shown" role="img" aria-label="{}">{}</span>',
        told,
        "★" * value + "☆" * (most - value),
    )


def swatch(value: int) -> SafeString:
    """A colour that is only shown."""
    at = value if 0 <= value < COLOURS else 0
    return format_html(
        '<span class="swatch colour-{}" role="img" aria-label="{}"></span>', at, COLOUR_NAMES[at]
    )
