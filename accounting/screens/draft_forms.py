"""The form of a draft document: its head, and its lines."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, JournalEntry, JournalItem, PaymentTerm, Tax
from base.actors import Actor
from base.models import Currency, Product
from base.money import ZERO
from base.policies import visible
from web.forms.fields import AmountField, DayField
from web.lookups import Chooser, LookupField, first_choices

BLANK_LINES, MOST_LINES = 3, 500
LINES = "lines"
PRODUCT_BOX = re.compile(rf"{LINES}-\d+-product")
MOST_DIGITS = 18


class ChosenId(forms.TypedChoiceField):
    """The id of a record of a lookup. Whether the actor may use it is checked by the verb, for all lines at once."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, widget=Chooser(name), **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Any number will do here."""
        return str(value).isdecimal() and len(str(value)) < MOST_DIGITS


class DocumentForm(forms.Form):
    """The head of a document. What is left empty comes from partner, journal and company."""

    partner = LookupField("customer", label=_("Customer"), required=False)
    invoice_date = DayField(label=_("Date"), required=False)
    payment_term = forms.ModelChoiceField(
        PaymentTerm.objects.none(), label=_("Payment term"), required=False, empty_label="–"
    )
    due_date = DayField(label=_("Due date"), required=False)
    journal = forms.ModelChoiceField(
        Journal.objects.none(), label=_("Journal"), required=False, empty_label=None
    )
    currency = forms.ModelChoiceField(
        Currency.objects.none(), label=_("Currency"), required=False, empty_label=None
    )
    reference = forms.CharField(label=_("Reference"), max_length=240, required=False)
    narration = forms.CharField(
        label=_("Terms and conditions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    LINKS = ("partner", "payment_term", "journal", "currency")

    def __init__(self, *args: Any, actor: Actor, kind: str, company_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_sale = kind in JournalEntry.SALES
        journals = Journal.objects.of_company(company_id)
        self.fields["journal"].queryset = visible(  # type: ignore[attr-defined]
            journals.filter(kind=Journal.Kind.SALE if is_sale else Journal.Kind.PURCHASE), actor
        )
        self.fields["currency"].queryset = Currency.objects.filter(is_active=True)  # type: ignore[attr-defined]
        terms = PaymentTerm.objects.filter(is_active=True)
        self.fields["payment_term"].queryset = visible(terms, actor)  # type: ignore[attr-defined]
        if not is_sale:
            self.fields["partner"] = LookupField("vendor", label=_("Vendor"), required=False)
        partner: Any = self.fields["partner"]
        partner.of(actor, chosen=self["partner"].value(), kept=self.initial.get("partner"))
        if not is_sale:
            self.fields["invoice_date"].label = _("Bill date")
            self.fields["reference"].label = _("Vendor's number")

    def values(self) -> dict[str, Any]:
        """What was typed, as a verb takes it. A due date counts only where no payment term is chosen."""
        cleaned = {**self.cleaned_data}
        for name in self.LINKS:
            row = cleaned.pop(name)
            cleaned[f"{name}_id"] = row.pk if row else None
        if cleaned["payment_term_id"] or not cleaned["due_date"]:
            del cleaned["due_date"]
        if not cleaned["payment_term_id"]:
            del cleaned["payment_term_id"]
        for name in ("journal_id", "currency_id"):
            if cleaned[name] is None:
                del cleaned[name]
        return cleaned


class LineForm(forms.Form):
    """One line. `is_settled` says that its label, price and taxes are meant as they stand, empty ones too;
    otherwise what is empty comes from the product."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    display_type = forms.ChoiceField(
        choices=[(kind, kind) for kind in JournalItem.LINES],
        required=False,
        widget=forms.HiddenInput,
    )
    is_settled = forms.BooleanField(required=False, widget=forms.HiddenInput)
    product = ChosenId("product", label=_("Product"), required=False)
    label = forms.CharField(
        label=_("Description"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-grows": ""}),
    )
    quantity = AmountField(label=_("Quantity"), required=False, max_digits=20, decimal_places=6)
    unit_price = AmountField(label=_("Price"), required=False, max_digits=24, decimal_places=8)
    discount = AmountField(
        label=_("Discount %"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
    )
    taxes = forms.TypedMultipleChoiceField(
        label=_("Taxes"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, shared: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self["product"].value() or "")
        self.fields["product"].widget.choices = [
            ("", ""),
            *((pk, text) for pk, text in shared["chosen"] if str(pk) == chosen),
            *((pk, text) for pk, text in shared["products"] if str(pk) != chosen),
        ]
        self.fields["taxes"].choices = shared["taxes"]  # type: ignore[attr-defined]

    @property
    def is_text(self) -> bool:
        """Whether the line is a section or a note."""
        return self["display_type"].value() in JournalItem.TEXTS

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed on the line."""
        cleaned = self.cleaned_data
        return not (
            cleaned.get("id")
            or cleaned.get("product")
            or cleaned.get("label")
            or cleaned.get("unit_price")
        )

    def values(self, sequence: int) -> dict[str, Any]:
        """The line as a verb takes it."""
        cleaned = self.cleaned_data
        kind = cleaned["display_type"] or JournalItem.DisplayType.PRODUCT
        if kind in JournalItem.TEXTS:
            return {"display_type": kind, "label": cleaned["label"], "sequence": sequence}
        values: dict[str, Any] = {
            "display_type": kind,
            "sequence": sequence,
            "product_id": cleaned["product"],
            "quantity": Decimal(1) if cleaned["quantity"] is None else cleaned["quantity"],
            "discount": cleaned["discount"] or ZERO,
        }
        literal = cleaned["is_settled"]
        if cleaned["label"] or literal:
            values["label"] = cleaned["label"]
        if cleaned["unit_price"] is not None or literal:
            values["unit_price"] = cleaned["unit_price"] or ZERO
        if cleaned["taxes"] or literal:
            values["tax_ids"] = cleaned["taxes"]
        return values


class BaseLines(forms.BaseFormSet):
    """The lines of a document, in the order in which they stand."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Name the box that takes a line away."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this line")

    @property
    def kept(self) -> list[LineForm]:
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


Lines = forms.formset_factory(
    LineForm, formset=BaseLines, extra=BLANK_LINES, can_delete=True, max_num=MOST_LINES
)


def shared(actor: Actor, kind: str, company_id: int, chosen: Iterable[int] = ()) -> dict[str, Any]:
    """What all lines choose from: the products chosen and the first few others, and the taxes. Three queries."""
    use = Tax.Use.SALE if kind in JournalEntry.SALES else Tax.Use.PURCHASE
    taxes = Tax.objects.of_company(company_id).filter(use=use, is_active=True)
    products = visible(Product.objects.filter(pk__in=set(chosen)), actor)
    return {
        "chosen": [(product.pk, str(product)) for product in products],
        "products": first_choices("product", actor),
        "taxes": [(tax.pk, str(tax)) for tax in visible(taxes, actor)],
    }


def products_typed(data: QueryDict) -> list[int]:
    """The ids of the products that a posted form names, without asking the database."""
    typed = (str(value) for name, value in data.items() if PRODUCT_BOX.fullmatch(name))
    return [int(value) for value in typed if value.isdecimal() and len(value) < MOST_DIGITS]
