"""The small forms behind buttons: how a document was paid, and how it is reversed."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, JournalEntry
from base.actors import Actor
from base.policies import visible
from web.forms.fields import AmountField, DayField


class PaymentForm(forms.Form):
    """How a document was paid."""

    amount = AmountField(label=_("Amount"), min_value=0, max_digits=20, decimal_places=4)
    date = DayField(label=_("Date"))
    journal = forms.ModelChoiceField(Journal.objects.none(), label=_("Through"), empty_label=None)
    memo = forms.CharField(label=_("Memo"), max_length=240, required=False)

    def __init__(
        self, *args: Any, entry: JournalEntry, actor: Actor, today: dt.date, **kwargs: Any
    ) -> None:
        initial = {
            "amount": entry.residual,
            "date": today,
            "memo": entry.payment_reference or entry.reference or entry.number,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        journals = Journal.objects.of_company(entry.company_id).liquid()
        self.fields["journal"].queryset = visible(journals, actor)  # type: ignore[attr-defined]


class ReversalForm(forms.Form):
    """How a document is reversed."""

    date = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    settles = forms.BooleanField(
        label=_("Post it at once and set it off against the original"), required=False
    )
