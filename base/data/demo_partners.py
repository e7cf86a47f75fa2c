"""The demo company's customers and vendors, and who answers the telephone there."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from base.external_ids import row_ids
from base.models import (
    Bank,
    Country,
    CountryState,
    Industry,
    Partner,
    PartnerBankAccount,
    PartnerTag,
)
from base.seeds import upsert

Rows = dict[str, dict[str, Any]]

TAGS: Rows = {
    "tag_key": {"name_en": "Key account", "name_ind": "Pelanggan utama", "color": 3},
    "tag_retail": {"name_en": "Retail", "name_ind": "Ritel", "color": 5},
    "tag_wholesale": {"name_en": "Wholesale", "name_ind": "Grosir", "color": 8},
    "tag_export": {"name_en": "Export", "name_ind": "Ekspor", "color": 4},
    "tag_government": {"name_en": "Government", "name_ind": "Pemerintah", "color": 2},
}
# Of the first companies, and of the house itself (main): which bank, which number.
ACCOUNTS = {
    "main": ("cenaidja", "5270-118-822"),
    "kertas_indah": ("bmriidja", "117-00-0451234-5"),
    "mebel_jepara": ("brinidja", "0033-01-002214-30-8"),
    "petani_gayo": ("bsmdidja", "7110045521"),
    "sinar_elektronik": ("cenaidja", "4281-556-901"),
    "berlin_kaffee": ("", "DE89 3704 0044 0532 0130 00"),
}


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The lines of a list beside this file."""
    with (Path(__file__).parent / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load() -> None:
    """Make tags, partners, the people and addresses below them, and their bank accounts."""
    tags = upsert(PartnerTag, "demo", TAGS)
    ids = upsert(
        Partner,
        "demo",
        {f"partner_{line['key']}": _company(line) for line in rows_of("demo_partners")},
    )
    upsert(
        Partner,
        "demo",
        {f"contact_{line['key']}": _contact(line, ids) for line in rows_of("demo_contacts")},
    )
    through = Partner.tags.through
    through._default_manager.bulk_create(
        [
            through(
                partner_id=ids[f"partner_{line['key']}"], partnertag_id=tags[f"tag_{line['tags']}"]
            )
            for line in rows_of("demo_partners")
            if line["tags"]
        ],
        ignore_conflicts=True,
    )
    _accounts(ids)


def _company(line: dict[str, str]) -> dict[str, Any]:
    industries = row_ids(Industry, "base")
    abroad = line["country"] != "id"
    return {
        **_address(line, line["country"]),
        "name": line["name"],
        "is_company": True,
        "tax_id": line["tax_id"],
        "website": line["website"],
        "language": "en" if abroad else "id",
        "industry_id": industries[f"res_partner_industry_{line['industry']}"],
        "customer_rank": int(line["role"] in {"customer", "both"}),
        "supplier_rank": int(line["role"] in {"vendor", "both"}),
    }


def _contact(line: dict[str, str], ids: dict[str, int]) -> dict[str, Any]:
    return {
        **_address(line, "id" if line["city"] or not line["parent"] else ""),
        "name": line["name"],
        "kind": line["kind"],
        "parent_id": ids[f"partner_{line['parent']}"] if line["parent"] else None,
        "job_title": line["job_title"],
        "nik": line["nik"],
        "language": "id",
        "customer_rank": int(not line["parent"]),
    }


def _address(line: dict[str, str], country: str) -> dict[str, Any]:
    states = dict(
        CountryState.objects.filter(country__code=country.upper()).values_list("code", "pk")
    )
    countries = {code.lower(): pk for code, pk in Country.objects.values_list("code", "pk")}
    return {
        "street": line["street"],
        "city": line["city"],
        "zip": line["zip"],
        "state_id": states[line["state"].upper()] if line["state"] else None,
        "country_id": countries[country] if country else None,
        "email": line["email"],
        "phone": line["phone"],
    }


def _accounts(ids: dict[str, int]) -> None:
    banks = row_ids(Bank, "base")
    rows = {
        f"account_{key}": {
            "partner_id": 1 if key == "main" else ids[f"partner_{key}"],
            "bank_id": banks[f"bank_{bank}"] if bank else None,
            "number": number,
            "is_trusted": key == "main",
        }
        for key, (bank, number) in ACCOUNTS.items()
    }
    upsert(PartnerBankAccount, "demo", rows)
