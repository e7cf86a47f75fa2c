"""The small forms behind buttons: how a document was paid, and how it is reversed."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, JournalEntry
from base.actors import Actor
from base.policies import visible
from web import formats
from web.forms.fields import AmountField, DayField


class PaymentForm(forms.Form):
    """How a document was paid. Paying more than is open has to be meant."""

    amount = AmountField(label=_("Amount"), min_value=0, max_digits=20, decimal_places=4)
    date = DayField(label=_("Date"))
    journal = forms.ModelChoiceField(Journal.objects.none(), label=_("Paid from"), empty_label=None)
    memo = forms.CharField(label=_("Memo"), max_length=240, required=False)
    keeps_rest = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, entry: JournalEntry, actor: Actor, today: dt.date, **kwargs: Any
    ) -> None:
        self.entry = entry
        self.is_over = False
        initial = {
            "amount": entry.residual,
            "date": today,
            "memo": entry.payment_reference or entry.reference or entry.number,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        journals = Journal.objects.of_company(entry.company_id).liquid()
        self.fields["journal"].queryset = visible(journals, actor)  # type: ignore[attr-defined]
        if entry.kind in JournalEntry.CLAIMS:
            self.fields["journal"].label = _("Received in")
        self.fields["keeps_rest"].label = (
            _("Keep what is paid over as a credit of the customer")
            if entry.is_sale
            else _("Keep what is paid over as a credit with the vendor")
        )

    def clean(self) -> dict[str, Any]:
        """Ask before more is taken than is open: it is most often a slip of the finger."""
        cleaned: dict[str, Any] = super().clean() or {}
        amount = cleaned.get("amount")
        self.is_over = amount is not None and amount > self.entry.residual
        if amount is not None and self.is_over and not cleaned.get("keeps_rest"):
            over = formats.money(amount - self.entry.residual, self.entry.currency)
            self.add_error(
                "amount",
                _("That is %(over)s more than is open. If that is meant, say so below.")
                % {"over": over},
            )
        return cleaned


class ReversalForm(forms.Form):
    """How a document is reversed."""

    date = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    settles = forms.BooleanField(
        label=_("Post it at once and set it off against the original"), required=False
    )
