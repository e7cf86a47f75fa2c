"""Forms of the back office: links only to what the actor may see, and refusals shown where they belong."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from unfold.widgets import UnfoldAdminSelectWidget

from base.actors import Actor
from base.admin.access import linkable
from base.admin.figures import trimmed
from base.errors import ERPError, Invalid

NATIVE = [("en", "English"), ("id", "Bahasa Indonesia")]


def _time_zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


# Texts of nouns for which people choose rather than type.
KNOWN: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "language": lambda: NATIVE,
    "timezone": _time_zones,
}


class OfficeForm(forms.ModelForm):
    """A form for a record. `refusal` is what a verb or the database said when this very form was to be saved."""

    actor: ClassVar[Actor]
    refusal: ClassVar[ERPError | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if isinstance(field, ModelMultipleChoiceField):
                field.queryset = linkable(field.queryset, self.actor)
            elif isinstance(field, ModelChoiceField):
                present = getattr(self.instance, f"{name}_id", None)
                field.queryset = linkable(field.queryset, self.actor, present)
            elif isinstance(self.initial.get(name), Decimal):
                self.initial[name] = trimmed(self.initial[name])
            elif name in KNOWN and type(field) is forms.CharField:
                fields[name] = _chosen(field, KNOWN[name](), self.initial.get(name) or "")

    def _post_clean(self) -> None:
        """Validate the record, then add what refused it a moment ago."""
        super()._post_clean()  # type: ignore[misc]
        if self.refusal is not None:
            for field, sentences in by_field(self.refusal, set(self.fields)).items():
                self.add_error(None if field == NON_FIELD_ERRORS else field, sentences)

    def _save_m2m(self) -> None:
        """Write sets of links, keeping those to rows that the actor does not see."""
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if isinstance(field, ModelMultipleChoiceField) and name in self.cleaned_data:
                held = getattr(self.instance, name).all()
                hidden = held.exclude(pk__in=field.queryset.values("pk"))
                chosen = self.cleaned_data[name]
                self.cleaned_data[name] = chosen.model._default_manager.filter(
                    pk__in=[*(row.pk for row in chosen), *(row.pk for row in hidden)]
                )
        super()._save_m2m()  # type: ignore[misc]


def _chosen(field: Any, known: list[tuple[str, str]], present: str) -> forms.ChoiceField:
    """A box for a text, made a choice of what is known; what is there already may stay."""
    choices = [] if field.required else [("", "—")]
    if present and present not in {code for code, _name in known}:
        choices.append((present, present))
    return forms.ChoiceField(
        choices=[*choices, *known],
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        initial=field.initial,
        widget=UnfoldAdminSelectWidget,
    )


def by_field(error: ERPError, known: set[str]) -> dict[str, list[str]]:
    """The sentences of an error by form field; those of fields that the form does not show belong to the whole."""
    if not isinstance(error, Invalid):
        return {NON_FIELD_ERRORS: [str(error)]}
    sentences: dict[str, list[str]] = {}
    for field, texts in error.fields.items():
        sentences.setdefault(field if field in known else NON_FIELD_ERRORS, []).extend(texts)
    return sentences
