"""The house before anyone has moved in: one company, the system's own user and the administrator."""

import os
from typing import Any

from base.models import Company, Partner, Role, User
from base.seeds import upsert

Rows = dict[str, dict[str, Any]]

UNUSABLE = "!"
SYSTEM, ADMINISTRATOR = 1, 2


def partners(country_id: int) -> Rows:
    """The partners behind the company and the users."""
    return {
        "main_partner": {
            "name": "My Company",
            "is_company": True,
            "country_id": country_id,
            "language": "id",
            "timezone": "Asia/Jakarta",
        },
        "partner_root": {
            "name": "System",
            "email": "system@example.com",
            "is_active": False,
        },
        "partner_admin": {"name": "Administrator", "email": "admin@example.com", "language": "en"},
        "public_partner": {"name": "Public user", "is_active": False},
    }


def load(country_id: int, currency_id: int) -> None:
    """Write the first company and the first users, under the numbers that other programs count on."""
    upsert(
        Partner,
        "base",
        partners(country_id),
        pks={"main_partner": 1, "partner_root": 2, "partner_admin": 3, "public_partner": 4},
    )
    company = {
        "name": "My Company",
        "partner_id": 1,
        "currency_id": currency_id,
        "country_id": country_id,
        "language": "id",
        "sequence": 0,
    }
    upsert(Company, "base", {"main_company": company}, pks={"main_company": 1})
    everything = {"company_id": 1, "password": UNUSABLE, "is_superuser": True, "is_staff": True}
    upsert(
        User,
        "base",
        {
            "user_root": {
                **everything,
                "username": "__system__",
                "partner_id": 2,
                "is_active": False,
            },
            "user_admin": {**everything, "username": "admin", "partner_id": 3},
        },
        pks={"user_root": SYSTEM, "user_admin": ADMINISTRATOR},
    )
    _give_rights()
    _give_password()


def _give_rights() -> None:
    """The first users belong to the first company; the administrator has the roles of one. Once only."""
    for user in User.objects.filter(pk__in=(SYSTEM, ADMINISTRATOR), companies=None):
        user.companies.add(1)
        user.roles.add(*Role.objects.filter(module="base"))


def _give_password() -> None:
    """The administrator's first password is the operator's to choose, in `NIAGA_ADMIN_PASSWORD`."""
    password = os.environ.get("NIAGA_ADMIN_PASSWORD", "")
    admin = User.objects.get(pk=ADMINISTRATOR)
    if password and (not admin.has_usable_password() or admin.check_password(admin.username)):
        admin.set_password(password)
        admin.save(update_fields=["password"])
