"""The back office of inventory."""

from django.contrib import admin

from base.admin.office import Office, TranslatedOffice
from inventory.models import Location, OperationType, Warehouse


@admin.register(Warehouse)
class WarehouseOffice(Office):
    """Warehouses."""

    list_display = ("name", "code", "company", "stock_location", "is_active")
    list_filter = ("company", "is_active")
    list_select_related = ("company", "stock_location")
    search_fields = ("name", "code")
    autocomplete_fields = ("company", "partner", "stock_location")


@admin.register(Location)
class LocationOffice(TranslatedOffice):
    """Locations."""

    list_display = ("complete_name", "usage", "company", "is_active")
    list_filter = ("usage", "company", "is_active")
    list_select_related = ("company",)
    search_fields = ("complete_name_en", "complete_name_ind", "barcode")
    autocomplete_fields = ("parent", "company")


@admin.register(OperationType)
class OperationTypeOffice(TranslatedOffice):
    """Kinds of operation."""

    list_display = ("name", "direction", "warehouse", "source", "destination", "is_active")
    list_filter = ("direction", "company", "is_active")
    list_select_related = ("warehouse", "source", "destination")
    search_fields = ("name",)
    autocomplete_fields = ("company", "warehouse", "source", "destination")


__all__ = ["LocationOffice", "OperationTypeOffice", "WarehouseOffice"]
