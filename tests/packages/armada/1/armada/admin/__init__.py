"""The back office of the fleet."""

from django.contrib import admin

from armada.models import Driver, Vehicle, VehicleKind
from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Panel, join
from base.models import Partner

LICENCE = ("licence_number", "licence_class", "licence_expiry_date")


class DriverPanel(Panel):
    """The driving licence of a partner."""

    model = Driver
    fields = LICENCE


join(Partner, DriverPanel)


@admin.register(Vehicle)
class VehicleOffice(Office):
    """Vehicles."""

    icon = "local_shipping"
    list_display = ("plate", "description", "kind", "driver", "tax_due_date", "state", "company")
    list_filter = (("state", CHOICE), ("kind", LinkFilter), COMPANY)
    search_fields = ("plate", "description")
    autocomplete_fields = ("kind", "driver", "company")
    sheet = sheet_for(Vehicle, without=("state",), keys=("company", "plate"))

    def why_final(self, row):
        """A sold vehicle stays as it was."""
        return str(row.get_state_display()) if row.state == Vehicle.State.SOLD else None


@admin.register(VehicleKind)
class VehicleKindOffice(TranslatedOffice):
    """Kinds of vehicles."""

    icon = "category"
    list_display = ("name", "notice_days", "sequence")
    search_fields = ("name_en", "name_ind")
    sheet = sheet_for(VehicleKind, keys=("name_en",))


@admin.register(Driver)
class DriverOffice(Office):
    """Drivers."""

    icon = "badge"
    list_display = ("partner", *LICENCE)
    search_fields = ("partner__complete_name", "licence_number")
    autocomplete_fields = ("partner",)
    always_with = ("partner",)
