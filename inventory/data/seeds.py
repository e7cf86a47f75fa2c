"""The outside world, and one warehouse for each company."""

from base.models import Company
from base.seeds import upsert
from inventory.models import Location, OperationType, Warehouse

OUTSIDE = {
    "stock_location_suppliers": {"name_en": "Vendors", "name_ind": "Vendor", "usage": "supplier"},
    "stock_location_customers": {
        "name_en": "Customers",
        "name_ind": "Pelanggan",
        "usage": "customer",
    },
    "location_inventory": {
        "name_en": "Inventory adjustment",
        "name_ind": "Penyesuaian persediaan",
        "usage": "inventory",
    },
}
OPERATIONS = (
    ("in", "incoming", "Receipts", "Penerimaan", "IN", "stock_location_suppliers", None),
    ("out", "outgoing", "Delivery orders", "Pengiriman", "OUT", None, "stock_location_customers"),
    ("internal", "internal", "Internal transfers", "Transfer internal", "INT", None, None),
)


def load() -> None:
    """Write the locations outside, and for each company without one: a warehouse, its locations and operations."""
    outside = upsert(Location, "stock", OUTSIDE)
    for company in Company.objects.order_by("pk"):
        key = "warehouse0" if company.pk == 1 else f"warehouse_of_company_{company.pk}"
        _equip(company, key, outside)


def _equip(company: Company, key: str, outside: dict[str, int]) -> None:
    own = {"company_id": company.pk}
    heading = {"name_en": "WH", "usage": "view", **own}
    [top] = upsert(Location, "stock", {f"{key}_view": heading}).values()
    shelf = {"name_en": "Stock", "name_ind": "Stok", "parent_id": top, **own}
    [stock] = upsert(Location, "stock", {f"{key}_stock": shelf}).values()
    row = {"name": company.name[:120], "code": "WH", "stock_location_id": stock, **own}
    [warehouse] = upsert(
        Warehouse, "stock", {key: row | {"partner_id": company.partner_id}}
    ).values()
    upsert(
        OperationType,
        "stock",
        {
            f"{key}_{name}": {
                "direction": direction,
                "name_en": english,
                "name_ind": indonesian,
                "prefix": prefix,
                "source_id": outside[source] if source else stock,
                "destination_id": outside[destination] if destination else stock,
                "warehouse_id": warehouse,
                "sequence": place,
                **own,
            }
            for place, (
                name,
                direction,
                english,
                indonesian,
                prefix,
                source,
                destination,
            ) in enumerate(OPERATIONS, 1)
        },
    )
