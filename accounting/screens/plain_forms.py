"""The form of a journal entry without document: its head, and its debits and credits."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, Journal, JournalEntry
from accounting.screens.draft_forms import ChosenId
from accounting.screens.ledgers import accounts_found
from base.actors import Actor
from base.models import Partner
from base.money import ZERO
from base.policies import visible
from web.forms.fields import AmountField, DayField
from web.lookups import first_choices, offer

BLANK_ITEMS, MOST_ITEMS = 4, 1000
ITEMS = "items"

offer(
    "account",
    lambda: Account.objects.active().order_by("code", "id"),
    is_of_company=True,
    search=accounts_found,
)


class EntryForm(forms.Form):
    """The head of an entry."""

    date = DayField(label=_("Date"))
    journal = forms.ModelChoiceField(Journal.objects.none(), label=_("Journal"), empty_label=None)
    reference = forms.CharField(label=_("Reference"), max_length=240, required=False)

    def __init__(self, *args: Any, actor: Actor, company_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        general = Journal.objects.of_company(company_id).exclude(
            kind__in=(Journal.Kind.SALE, Journal.Kind.PURCHASE)
        )
        # Miscellaneous first: money is better entered as a payment.
        self.fields["journal"].queryset = visible(general, actor).order_by(
            "-kind", "sequence", "id"
        )  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was typed, as a verb takes it."""
        cleaned = self.cleaned_data
        return {
            "kind": JournalEntry.Kind.ENTRY,
            "date": cleaned["date"],
            "journal_id": cleaned["journal"].pk,
            "reference": cleaned["reference"],
        }


class ItemForm(forms.Form):
    """One debit or credit."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    account = ChosenId("account", label=_("Account"), required=False)
    partner = ChosenId("partner", label=_("Partner"), required=False)
    label = forms.CharField(label=_("Label"), max_length=240, required=False)
    debit = AmountField(
        label=_("Debit"), required=False, min_value=0, max_digits=20, decimal_places=4
    )
    credit = AmountField(
        label=_("Credit"), required=False, min_value=0, max_digits=20, decimal_places=4
    )

    def __init__(self, *args: Any, shared: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("account", "partner"):
            chosen = str(self[name].value() or "")
            known, first = shared[f"{name}_names"], shared[name]
            self.fields[name].widget.choices = [
                ("", ""),
                *((pk, text) for pk, text in known if str(pk) == chosen),
                *((pk, text) for pk, text in first if str(pk) != chosen),
            ]

    def clean(self) -> dict[str, Any]:
        """An amount stands on one side, and belongs to an account."""
        cleaned: dict[str, Any] = super().clean() or {}
        debit, credit = cleaned.get("debit") or ZERO, cleaned.get("credit") or ZERO
        if cleaned.get("DELETE"):
            return cleaned
        if debit and credit:
            self.add_error("credit", _("A line has either a debit or a credit."))
        if (debit or credit) and not cleaned.get("account") and "account" not in self.errors:
            self.add_error("account", _("Choose the account."))
        return cleaned

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed on the line."""
        cleaned = self.cleaned_data
        return not any(cleaned.get(name) for name in ("account", "label", "debit", "credit"))

    def values(self, sequence: int) -> dict[str, Any]:
        """The line as a verb takes it."""
        cleaned = self.cleaned_data
        return {
            "sequence": sequence,
            "account_id": cleaned["account"],
            "partner_id": cleaned["partner"],
            "label": cleaned["label"],
            "debit": cleaned["debit"] or ZERO,
            "credit": cleaned["credit"] or ZERO,
        }


class BaseItems(forms.BaseFormSet):
    """The debits and credits of an entry, in the order in which they stand."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Name the box that takes a line away."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this line")

    @property
    def kept(self) -> list[ItemForm]:
        """The lines that hold something and are not taken away."""
        return [
            form
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and not form.is_empty
        ]

    def values(self) -> list[dict[str, Any]]:
        """The lines as a verb takes them, each with its `id` where it has one."""
        return [
            {**form.values(10 * place), "id": form.cleaned_data["id"]}
            for place, form in enumerate(self.kept, start=1)
        ]

    def sums(self) -> tuple[Decimal, Decimal]:
        """What debits and credits come to as they are shown."""
        sums = {"debit": ZERO, "credit": ZERO}
        for form in self.forms:
            for name in sums:
                value = (
                    form.cleaned_data.get(name)
                    if self.is_bound and form.is_valid()
                    else form.initial.get(name)
                )
                sums[name] += value or ZERO
        return sums["debit"], sums["credit"]


Items = forms.formset_factory(
    ItemForm, formset=BaseItems, extra=BLANK_ITEMS, can_delete=True, max_num=MOST_ITEMS
)


def shared(actor: Actor, accounts: set[int], partners: set[int]) -> dict[str, Any]:
    """What all lines choose from: what is chosen already, and the first few others. At most four queries."""
    return {
        "account": first_choices("account", actor),
        "partner": first_choices("partner", actor),
        "account_names": _names(Account, accounts, actor),
        "partner_names": _names(Partner, partners, actor),
    }


def _names(model: Any, ids: set[int], actor: Actor) -> list[tuple[int, str]]:
    if not ids:
        return []
    return [(row.pk, str(row)) for row in visible(model.objects.filter(pk__in=ids), actor)]
