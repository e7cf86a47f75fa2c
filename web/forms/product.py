"""The form of a product."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.models import Product, ProductTemplate
from base.money import ZERO
from web.forms.records import RecordForm
from web.lookups import LookupField


class ProductForm(RecordForm):
    """A product; of one without variants also what the only variant carries."""

    category = LookupField("product_category", label=_("Category"), required=False)
    unit = LookupField("unit", label=_("Unit"))
    reference = forms.CharField(label=_("Internal reference"), max_length=64, required=False)
    barcode = forms.CharField(label=_("Barcode"), max_length=64, required=False)
    cost = forms.DecimalField(label=_("Cost"), min_value=0, required=False, initial=ZERO)

    OF_VARIANT = ("reference", "barcode", "cost")

    class Meta:
        model = ProductTemplate
        fields = (
            "name",
            "kind",
            "list_price",
            "unit",
            "category",
            "can_be_sold",
            "can_be_purchased",
            "sale_description",
            "purchase_description",
        )
        widgets = {
            "sale_description": forms.Textarea(attrs={"rows": 2}),
            "purchase_description": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, variant: Product | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(variant, name) for name in self.OF_VARIANT} if variant else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.variant = variant
        self.fields["list_price"].min_value = 0  # type: ignore[attr-defined]
        if self.instance.pk and variant is None:
            for name in self.OF_VARIANT:
                del self.fields[name]

    def clean_cost(self) -> Any:
        """Nothing typed costs nothing."""
        return self.cleaned_data["cost"] or ZERO
