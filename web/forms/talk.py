"""The small form that plans an activity, or changes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import ActivityType
from web.forms.fields import DayField
from web.lookups import LookupField


class ActivityForm(forms.Form):
    """What is to be done about a record, by whom and by when."""

    prefix = "plan"

    type = forms.ModelChoiceField(
        ActivityType.objects.none(), label=_("Activity"), required=False, empty_label="–"
    )
    summary = forms.CharField(label=_("Summary"), max_length=240, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    due_date = DayField(label=_("Due"), required=False)
    user = LookupField("user", label=_("To be done by"), required=False)

    def __init__(self, *args: Any, actor: Actor, model_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ActivityType.objects.filter(is_active=True, model__in=("", model_label))
        self.fields["type"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["user"].of(actor, chosen=self["user"].value())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An activity has a type or a summary."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("type") and not cleaned.get("summary"):
            raise forms.ValidationError(_("Choose an activity, or say what is to be done."))
        return cleaned
