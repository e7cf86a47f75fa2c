"""Forms about oneself: language and time zone, and API keys."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import ApiKey

NEAR = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class PreferencesForm(forms.Form):
    """How the system speaks to me."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("id", "Bahasa Indonesia")]
    )
    timezone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = sorted(name for name in available_timezones() if "/" in name and name not in NEAR)
        self.fields["timezone"].choices = [  # type: ignore[attr-defined]
            (_("Indonesia"), [(name, name.replace("_", " ")) for name in NEAR]),
            (_("Elsewhere"), [(name, name.replace("_", " ")) for name in ["UTC", *others]]),
        ]


class ApiKeyForm(forms.Form):
    """A new API key: what it is for, what it opens, until when."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=120,
        help_text=_("Such as the name of the program that will use it."),
    )
    scope = forms.ChoiceField(
        label=_("What may it open?"),
        choices=[
            (ApiKey.Scope.RPC, _("Programs: everything I may do, through the API only")),
            (ApiKey.Scope.READ, _("Reading only: whatever I may see, nothing else")),
        ],
    )
    expires_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "It stops working at the end of this day. Left empty, it works until you revoke it."
        ),
    )

    def clean_expires_on(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over already."))
        return day

    def expires_at(self, actor: Actor) -> datetime | None:
        """The moment the key stops working: the end of the day in the actor's time zone."""
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(actor.timezone))
