"""The forms of the fleet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armada.models import Vehicle
from base.actors import Actor
from web.forms.fields import AmountField, DayField
from web.forms.records import RecordForm
from web.lookups import LookupField


class VehicleForm(RecordForm):
    """A vehicle."""

    driver = LookupField("partner", label=_("Driver"), required=False)
    tax_due_date = DayField(label=_("Road tax due on"))

    class Meta:
        model = Vehicle
        fields = ("plate", "description", "kind", "driver", "tax_due_date")


class SaleForm(forms.Form):
    """To whom a vehicle is sold, and for how much."""

    buyer = LookupField("partner", label=_("Buyer"))
    price = AmountField(label=_("Price"), min_value=0, max_digits=20, decimal_places=4)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buyer"].of(actor, chosen=self["buyer"].value())
