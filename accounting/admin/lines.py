"""The lines of a draft on its page, and how they become what the verbs are asked for."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from accounting.models import JournalItem, Tax
from accounting.services.lines import LineChanges
from base.admin.access import linkable
from base.admin.forms import OfficeForm
from base.admin.parts import Parts, SeenParts


class LineForm(OfficeForm):
    """A line. What is left empty comes from product, partner and journal."""

    class Meta:
        model = JournalItem
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def _post_clean(self) -> None:
        """The verb judges the line, with the whole document in view."""

    def given(self) -> dict[str, Any]:
        """What somebody has filled in or changed on the line, as the verbs take it."""
        values: dict[str, Any] = {}
        for name in self.changed_data:
            value: Any = self.cleaned_data.get(name)
            if name == "tax_ids":
                values[name] = [tax.pk for tax in value]
            elif name in {"id", "entry", "DELETE"} or (
                value is None and not self._may_be_empty(name)
            ):
                continue
            elif isinstance(self.fields[name], forms.ModelChoiceField):
                values[f"{name}_id"] = value.pk if value else None
            else:
                values[name] = value
        return values

    def _may_be_empty(self, name: str) -> bool:
        return bool(self.instance.pk) and bool(JournalItem._meta.get_field(name).null)


class DocumentLineForm(LineForm):
    """A line of an invoice or bill, with its taxes."""

    tax_ids = forms.ModelMultipleChoiceField(
        Tax.objects.none(),
        label=_("Taxes"),
        required=False,
        widget=UnfoldAdminSelect2MultipleWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tax_ids"].queryset = linkable(Tax.objects.filter(is_active=True), self.actor)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["tax_ids"] = [tax.pk for tax in self.instance.taxes.all()]
        else:
            self.initial.update({"quantity": 1, "unit_price": None})


class DocumentLines(Parts):
    """What an invoice or bill charges."""

    model = JournalItem
    form = DocumentLineForm
    verbose_name = _("line")
    verbose_name_plural = _("lines")
    fields = (
        "display_type",
        "product",
        "label",
        "quantity",
        "unit",
        "unit_price",
        "discount",
        "tax_ids",
        "account",
        "sequence",
    )
    autocomplete_fields = ("product", "unit", "account")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What people write; taxes and dues are worked out."""
        rows: Any = super().get_queryset(request)
        written: QuerySet[Any] = rows.lines().prefetch_related("taxes").order_by("sequence", "id")
        return written

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset; its taxes are a field of the form, not of the item."""
        fields = [name for name in self.fields if name != "tax_ids"]
        return super().get_formset(request, obj, **{**kwargs, "fields": fields})

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People write products, sections and notes."""
        if db_field.name == "display_type":
            wanted = set(JournalItem.LINES)
            kwargs["choices"] = [pair for pair in db_field.choices if pair[0] in wanted]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class EntryLines(Parts):
    """The debits and credits of a plain entry."""

    model = JournalItem
    form = LineForm
    verbose_name = _("item")
    verbose_name_plural = _("items")
    fields = ("account", "partner", "label", "debit", "credit", "currency", "amount_currency")
    autocomplete_fields = ("account", "partner")


class BookedItems(SeenParts):
    """What stands in the books."""

    model = JournalItem
    verbose_name_plural = _("journal items")
    fields = (
        "account",
        "partner",
        "label",
        "quantity",
        "unit_price",
        "tax",
        "debit",
        "credit",
        "amount_currency",
        "residual",
        "matching",
    )
    per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Lines first, then what was worked out from them."""
        return super().get_queryset(request).order_by("sequence", "id")


def line_changes(formset: Any) -> LineChanges | None:
    """What somebody has done to the lines; None when nothing."""
    if not formset.has_changed():
        return None
    gone = {form.instance.pk for form in formset.deleted_forms if form.instance.pk}
    changed = [
        form for form in formset.forms if form.has_changed() and form not in formset.deleted_forms
    ]
    return LineChanges(
        add=[form.given() for form in changed if not form.instance.pk],
        change={form.instance.pk: form.given() for form in changed if form.instance.pk},
        remove=sorted(gone),
    )
