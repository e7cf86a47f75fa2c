"""The screens of inventory: warehouses, locations and the kinds of operation that move goods."""

from django.utils.translation import gettext_lazy as _

from web.screens import Filter, Form, Kanban, Place, Stat, Tree, group, screen

ARCHIVED = Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]])
IN_COMPANY = [["company_id", "=", "{company_id}"]]

screen(
    "stock.warehouse",
    key="warehouses",
    label=_("Warehouses"),
    one=_("Warehouse"),
    icon="house-door",
    inline=True,
    list="name code lot_stock_id partner_id company_id",
    search="name code partner_id company_id",
    filters=(ARCHIVED,),
    group_by="company_id",
    empty=_("The places where your goods lie will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("code company_id sequence", _("Warehouse")),
            group(
                "partner_id lot_stock_id",
                _("Where it is"),
                Place(name="lot_stock_id", domain=IN_COMPANY),
            ),
        ),
        stats=(
            Stat(
                label=_("Kinds of operation"),
                screen="operation-types",
                field="warehouse_id",
                icon="arrow-left-right",
            ),
        ),
    ),
)

screen(
    "stock.location",
    key="locations",
    label=_("Locations"),
    one=_("Location"),
    icon="geo-alt",
    list="complete_name usage company_id? barcode",
    search="complete_name barcode location_id company_id",
    filters=(
        Filter(key="internal", label=_("Our own"), domain=[["usage", "=", "internal"]]),
        ARCHIVED,
    ),
    group_by="usage company_id location_id",
    empty=_("Shelves, rooms and places outside will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("usage location_id company_id", _("Where it is")),
            group("barcode complete_name!", _("What it is")),
        ),
        stats=(
            Stat(
                label=_("Locations inside"),
                screen="locations",
                field="location_id",
                icon="diagram-3",
            ),
        ),
    ),
    tree=Tree(parent="location_id", name="name", shown=("usage", "barcode")),
    first="tree",
)

screen(
    "stock.picking.type",
    key="operation-types",
    label=_("Kinds of operation"),
    one=_("Kind of operation"),
    icon="arrow-left-right",
    inline=True,
    list="name code warehouse_id sequence_code default_location_src_id default_location_dest_id company_id?",
    search="name warehouse_id company_id",
    filters=(
        Filter(
            key="receipts", label=_("Receipts"), domain=[["code", "=", "incoming"]], family="code"
        ),
        Filter(
            key="deliveries",
            label=_("Deliveries"),
            domain=[["code", "=", "outgoing"]],
            family="code",
        ),
        ARCHIVED,
    ),
    group_by="warehouse_id code company_id",
    empty=_("The ways in which goods move will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("code@radio warehouse_id company_id color", _("What it is")),
            group(
                "default_location_src_id default_location_dest_id sequence_code sequence",
                _("Where goods go"),
            ),
        ),
    ),
    kanban=Kanban(
        by="warehouse_id",
        card=("code", "default_location_src_id", "default_location_dest_id"),
        colour="color",
        quick=(
            "name",
            "code",
            "sequence_code",
            "default_location_src_id",
            "default_location_dest_id",
        ),
    ),
)
