"""The small forms behind buttons: how a document was paid, and how it is reversed."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, JournalEntry
from accounting.services import discounts
from accounting.services.defaults import Books
from base.actors import Actor
from base.policies import visible
from web import formats
from web.forms.fields import AmountField, DayField

DISCOUNTED, WHOLE = "discounted", "whole"


class PaymentForm(forms.Form):
    """How a document was paid: with its early payment discount, where that is in time, or without.

    `cleaned_data["amount"]` is None where the discount is taken. Paying more than is open has to be meant.
    """

    pays = forms.ChoiceField(
        label=_("Early payment discount"),
        widget=forms.RadioSelect({"class": "form-check-input"}),
        required=False,
    )
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
        self._settings = Books.of(actor).settings
        initial = {
            "pays": DISCOUNTED,
            "amount": entry.residual,
            "date": today,
            "memo": entry.payment_reference or entry.reference or entry.number,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.is_discounted = self.data.get("pays") == DISCOUNTED
        self.fields["amount"].required = not self.is_discounted
        self._offer(self._offer_on(today))
        journals = Journal.objects.of_company(entry.company_id).liquid().select_related("currency")
        self.fields["journal"].queryset = visible(journals, actor)  # type: ignore[attr-defined]
        if entry.kind in JournalEntry.CLAIMS:
            self.fields["journal"].label = _("Received in")
        self.fields["keeps_rest"].label = (
            _("Keep what is paid over as a credit of the customer")
            if entry.is_sale
            else _("Keep what is paid over as a credit with the vendor")
        )

    def clean(self) -> dict[str, Any]:
        """Ask before a discount is lost, or more is taken than is open: both are most often slips."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_discount(cleaned.get("date"))
        if self.is_discounted:
            cleaned["amount"] = None
        amount = cleaned.get("amount")
        self.is_over = amount is not None and amount > self.entry.residual
        if amount is not None and self.is_over and not cleaned.get("keeps_rest"):
            over = formats.money(amount - self.entry.residual, self.entry.currency)
            self.add_error(
                "amount",
                _("That is %(over)s more than is open. If that is meant, say so below.")
                % {"over": over},
            )
        self._check_currency(cleaned)
        return cleaned

    def _check_currency(self, cleaned: dict[str, Any]) -> None:
        """The amount is typed in the document's currency: a journal kept in another one pays the whole, at its rate."""
        journal, amount = cleaned.get("journal"), cleaned.get("amount")
        is_other = journal and journal.currency_id not in (None, self.entry.currency_id)
        if not is_other or amount is None:
            return
        if amount != self.entry.residual or self.is_offered:
            told = _(
                "%(journal)s is kept in %(currency)s: from there only the whole document can be paid here."
            )
            self.add_error(
                "journal", told % {"journal": journal, "currency": journal.currency.code}
            )
        else:
            cleaned["amount"] = None

    def _check_discount(self, day: dt.date | None) -> None:
        """The day of the payment decides, not today: a form may be late, or typed ahead."""
        if day is None:
            return
        offer = self._offer_on(day)
        if self.is_discounted and offer is None:
            self.add_error("date", _("There is no early payment discount on this day."))
        elif offer and "pays" not in self.data:
            self._offer(offer)
            self.add_error("pays", _("On this day there is a discount. Say whether it was taken."))

    def _offer_on(self, day: dt.date) -> discounts.Offer | None:
        return discounts.offer(self.entry, on=day, settings=self._settings)

    def _offer(self, offer: discounts.Offer | None) -> None:
        self.is_offered = offer is not None
        told = offer and _("%(amount)s: %(saved)s off when paid by %(day)s") % {
            "amount": formats.money(offer.amount, self.entry.currency),
            "saved": formats.money(offer.saved, self.entry.currency),
            "day": formats.day(offer.until),
        }
        self.fields["pays"].choices = [  # type: ignore[attr-defined]
            (DISCOUNTED, told),
            (WHOLE, _("Without the discount")),
        ]


class ReversalForm(forms.Form):
    """How a document is reversed."""

    date = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    settles = forms.BooleanField(
        label=_("Post it at once and set it off against the original"), required=False
    )
