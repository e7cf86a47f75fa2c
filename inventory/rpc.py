"""What inventory shows to other programs."""

from django.utils.translation import gettext_lazy as _

from inventory.models import Location, OperationType, Warehouse
from rpc import expose

expose(
    "stock.location",
    model=Location,
    label=_("Inventory Locations"),
    order="complete_name, id",
    display="complete_name",
    search="complete_name barcode",
    writes="name usage location_id=parent company barcode active=is_active",
    reads="complete_name child_ids=children",
)

expose(
    "stock.warehouse",
    model=Warehouse,
    label=_("Warehouse"),
    order="sequence, id",
    display="name",
    search="name code",
    writes="name code sequence company partner lot_stock_id=stock_location active=is_active",
)

expose(
    "stock.picking.type",
    model=OperationType,
    label=_("Picking Type"),
    order="sequence, id",
    display="name",
    writes=(
        "name code=direction sequence sequence_code=prefix company warehouse "
        "default_location_src_id=source default_location_dest_id=destination color active=is_active"
    ),
)
