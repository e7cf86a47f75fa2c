"""The two demo companies, who works there, and what foreign money is worth."""

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from base.actors import Actor
from base.external_ids import row_ids
from base.models import (
    Company,
    Country,
    CountryState,
    Currency,
    CurrencyRate,
    ExternalId,
    Partner,
    Role,
    User,
)
from base.seeds import upsert
from base.services import images

COMPANY = {
    "name": "PT Niaga Sentosa",
    "street": "Jl. H.R. Rasuna Said Kav. C-22",
    "street2": "Gedung Sentosa Lantai 5",
    "city": "Jakarta Selatan",
    "zip": "12940",
    "phone": "+62 21 5296 1100",
    "email": "halo@niagasentosa.example",
    "website": "https://niagasentosa.example",
    "tax_id": "0013121660091000",
    "company_registry": "8120001234567",
}
SECOND = {
    "name": "CV Cahaya Timur",
    "street": "Jl. Basuki Rahmat No. 60",
    "city": "Surabaya",
    "zip": "60262",
    "phone": "+62 31 531 8822",
    "email": "kantor@cahayatimur.example",
    "tax_id": "0033624966331000",
}
# Known to the second company only.
OF_SECOND = {
    "partner_sumber_rejeki": {
        "name": "UD Sumber Rejeki",
        "city": "Sidoarjo",
        "tax_id": "0033658394217000",
        "customer_rank": 1,
    },
    "partner_pabrik_gula": {
        "name": "PT Pabrik Gula Timur",
        "city": "Kediri",
        "tax_id": "0016904872905000",
        "supplier_rank": 1,
    },
}
# login: (name, job title, company, roles). In the demo everybody's password is their login.
PEOPLE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "sari": ("Sari Kusuma", "Accountant", "main", ("accounting.group_account_user",)),
    "budi": (
        "Budi Santoso",
        "Auditor",
        "main",
        ("accounting.group_account_readonly", "base.group_user"),
    ),
    "andi": (
        "Andi Wijaya",
        "Salesperson",
        "main",
        ("base.group_user", "accounting.group_account_invoice", "crm.group_sale_salesman"),
    ),
    "joko": (
        "Joko Susilo",
        "Warehouse Keeper",
        "main",
        ("base.group_user", "inventory.group_stock_user"),
    ),
    "maya": ("Maya Anggraini", "HR Officer", "main", ("base.group_user", "hr.group_hr_user")),
    "rina": (
        "Rina Hapsari",
        "Accountant",
        "second",
        ("accounting.group_account_user", "base.group_product_manager"),
    ),
}
# Rupiah for one unit on the first of each month, from January 2025 on.
RATES: dict[str, str] = {
    "USD": "16180 16295 16380 16560 16610 16390 16270 16310 16440 16560 16610 16650 "
    "16690 16720 16655 16580 16540 16495 16460 16510 16570 16620 16645 16600",
    "EUR": "16790 16920 17180 17910 18650 18720 19080 18890 19210 19430 19280 19350 "
    "19470 19610 19540 19380 19290 19250 19310 19440 19520 19600 19570 19490",
    "SGD": "11870 12010 12180 12480 12790 12760 12740 12690 12820 12870 12790 12860 "
    "12930 12990 12950 12880 12840 12810 12850 12910 12960 13010 12985 12940",
}


def load() -> None:
    """Make the companies, the people and the rates."""
    second = _companies()
    for login in PEOPLE:
        _person(login, second)
    admin = User.objects.get(pk=2)
    admin.companies.add(1, second)
    if not admin.has_usable_password():
        _set_password(admin)
    _rates()


def _companies() -> int:
    """Name the first company, unless somebody has done so, and open the second; answers the second's id."""
    country = Country.objects.get(code="ID")
    jakarta, surabaya = (
        CountryState.objects.get(country=country, code=code) for code in ("JK", "JI")
    )
    if Company.objects.filter(pk=1, name="My Company").exists():
        Partner.objects.filter(own_company=1).update(**COMPANY, state=jakarta)
        logo = files("base.data").joinpath("demo_logo.png").read_bytes()
        images.put(Company.objects.get(pk=1), logo, field="logo", by=Actor.system(door="shell"))
    address = {
        **SECOND,
        "is_company": True,
        "country_id": country.pk,
        "state_id": surabaya.pk,
        "language": "id",
    }
    partners = upsert(Partner, "demo", {"company_timur": address})
    company = {
        "name": SECOND["name"],
        "partner_id": partners["company_timur"],
        "currency_id": Currency.objects.get(code="IDR").pk,
        "country_id": country.pk,
        "language": "id",
        "sequence": 20,
    }
    second = upsert(Company, "demo", {"timur": company})["timur"]
    own = {
        "is_company": True,
        "country_id": country.pk,
        "state_id": surabaya.pk,
        "company_id": second,
    }
    upsert(
        Partner, "demo", {key: {**row, **own, "language": "id"} for key, row in OF_SECOND.items()}
    )
    return second


def _person(login: str, second: int) -> None:
    name, job_title, where, roles = PEOPLE[login]
    company = 1 if where == "main" else second
    partner = {
        "name": name,
        "job_title": job_title,
        "email": f"{login}@{'niagasentosa' if company == 1 else 'cahayatimur'}.example",
        "language": "id",
        "company_id": company,
        "is_employee": True,
    }
    partners = upsert(Partner, "demo", {f"partner_{login}": partner})
    fields = {
        "username": login,
        "partner_id": partners[f"partner_{login}"],
        "company_id": company,
        "language": "id",
        "password": "!",
    }
    user = User.objects.get(pk=upsert(User, "demo", {f"user_{login}": fields})[f"user_{login}"])
    if not user.has_usable_password():
        user.companies.add(company)
        user.roles.add(*_roles(roles))
        _set_password(user)


def _roles(names: tuple[str, ...]) -> list[Any]:
    """The roles that the installed modules bring; a demo without human resources has no HR officer's rights."""
    wanted = [name.partition(".")[::2] for name in names]
    ids = {
        (module, name): pk for module, _name in wanted for name, pk in row_ids(Role, module).items()
    }
    return [ids[name] for name in wanted if name in ids]


def _set_password(user: User) -> None:
    user.set_password(user.username)
    user.save(update_fields=["password"])


def _rates() -> None:
    """The rates of each month, shared by both companies. The first of each currency has a well-known name."""
    ids = dict(Currency.objects.filter(code__in=RATES).values_list("code", "pk"))
    for code, text in RATES.items():
        rows = {
            f"rate{code}{place or ''}": {
                "currency_id": ids[code],
                "date": date(2025 + place // 12, place % 12 + 1, 1),
                "rate": (1 / Decimal(rupiah)).quantize(Decimal("1e-20")),
            }
            for place, rupiah in enumerate(text.split())
        }
        upsert(CurrencyRate, "base", rows)


def is_loaded() -> bool:
    """Whether the demo company has been made here."""
    return ExternalId.objects.filter(module="demo", name="timur").exists()
