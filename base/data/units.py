"""Units of measure of the metric system and of those who do without, and of Indonesian trade."""

from decimal import Decimal
from typing import Any

# name of the record: (name, Indonesian name, how many, of which)
UNITS: dict[str, tuple[str, str, str, str]] = {
    "product_uom_unit": ("Units", "Unit", "1", ""),
    "product_uom_pack_6": ("Pack of 6", "Paket isi 6", "6", "product_uom_unit"),
    "product_uom_dozen": ("Dozens", "Lusin", "12", "product_uom_unit"),
    "product_uom_kodi": ("Scores", "Kodi", "20", "product_uom_unit"),
    "product_uom_gross": ("Gross", "Gros", "12", "product_uom_dozen"),
    "product_uom_ream": ("Reams", "Rim", "500", "product_uom_unit"),
    "product_uom_gram": ("g", "g", "1", ""),
    "product_uom_kgm": ("kg", "kg", "1000", "product_uom_gram"),
    "product_uom_quintal": ("Quintals", "Kuintal", "100", "product_uom_kgm"),
    "product_uom_ton": ("t", "t", "1000", "product_uom_kgm"),
    "product_uom_oz": ("oz", "oz", "28.349523125", "product_uom_gram"),
    "product_uom_lb": ("lb", "lb", "16", "product_uom_oz"),
    "product_uom_minute": ("Minutes", "Menit", "1", ""),
    "product_uom_hour": ("Hours", "Jam", "60", "product_uom_minute"),
    "product_uom_day": ("Days", "Hari", "8", "product_uom_hour"),
    "product_uom_millimeter": ("mm", "mm", "1", ""),
    "product_uom_cm": ("cm", "cm", "10", "product_uom_millimeter"),
    "product_uom_meter": ("m", "m", "100", "product_uom_cm"),
    "product_uom_km": ("km", "km", "1000", "product_uom_meter"),
    "product_uom_inch": ("in", "in", "25.4", "product_uom_millimeter"),
    "product_uom_foot": ("ft", "ft", "12", "product_uom_inch"),
    "product_uom_yard": ("yd", "yd", "3", "product_uom_foot"),
    "product_uom_mile": ("mi", "mi", "1760", "product_uom_yard"),
    "uom_square_meter": ("m²", "m²", "1", ""),
    "uom_square_foot": ("ft²", "ft²", "0.09290304", "uom_square_meter"),
    "product_uom_milliliter": ("ml", "ml", "1", ""),
    "product_uom_litre": ("L", "L", "1000", "product_uom_milliliter"),
    "product_uom_cubic_meter": ("m³", "m³", "1000", "product_uom_litre"),
    "product_uom_floz": ("fl oz (US)", "fl oz (US)", "29.5735295625", "product_uom_milliliter"),
    "product_uom_qt": ("qt (US)", "qt (US)", "32", "product_uom_floz"),
    "product_uom_gal": ("gal (US)", "gal (US)", "4", "product_uom_qt"),
    "product_uom_cubic_inch": ("in³", "in³", "16.387064", "product_uom_milliliter"),
    "product_uom_cubic_foot": ("ft³", "ft³", "1728", "product_uom_cubic_inch"),
}


def depth(name: str) -> int:
    """How many units stand between this one and the first of its family."""
    above = UNITS[name][3]
    return depth(above) + 1 if above else 0


def rows(names: list[str], unit_ids: dict[str, int]) -> dict[str, dict[str, Any]]:
    """The named units as seed rows; those they are counted in must have ids already."""
    places = {name: place for place, name in enumerate(UNITS)}
    answer = {}
    for name in names:
        english, indonesian, factor, of = UNITS[name]
        answer[name] = {
            "name_en": english,
            "name_ind": indonesian,
            "relative_factor": Decimal(factor),
            "relative_unit_id": unit_ids[of] if of else None,
            "sequence": places[name],
        }
    return answer
