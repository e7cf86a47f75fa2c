"""The inventory module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, Menu, ModuleConfig, Role


class InventoryConfig(ModuleConfig):
    """Warehouses, locations and kinds of operation."""

    name = "inventory"
    verbose_name = _("Inventory")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Warehouses, locations and the kinds of operation that move goods."),
        icon="boxes",
        wire_name="stock",
        home="web:screen-warehouses",
        menu=(
            Menu(
                label=_("Warehouses"),
                url="web:screen-warehouses",
                permission="inventory.view_warehouse",
                icon="house-door",
            ),
            Menu(
                label=_("Locations"),
                url="web:screen-locations",
                permission="inventory.view_location",
                icon="geo-alt",
            ),
            Menu(
                label=_("Kinds of operation"),
                url="web:screen-operation-types",
                permission="inventory.view_operationtype",
                icon="arrow-left-right",
            ),
        ),
        roles=(
            Role(
                key="group_stock_user",
                name=_("Warehouse keeper"),
                summary=_("Sees warehouses, locations and kinds of operation."),
                permissions=("inventory.*:view",),
                implies=("base.group_user",),
                also=("stock.group_stock_multi_locations", "stock.group_stock_multi_warehouses"),
            ),
            Role(
                key="group_stock_manager",
                name=_("Warehouse manager"),
                summary=_("Sets up warehouses, locations and kinds of operation."),
                permissions=("inventory.*",),
                implies=("inventory.group_stock_user",),
            ),
        ),
        seeds=("inventory.data.seeds.load",),
        demo=("inventory.data.seeds.load",),
    )
