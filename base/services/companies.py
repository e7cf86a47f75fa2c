"""What can be done with companies: open one."""

from collections.abc import Mapping
from typing import Any

from base.actors import Actor
from base.models import Company, Partner, User
from base.services import records
from base.verbs import verb

OWN = frozenset(
    (
        "currency_id",
        "country_id",
        "parent_id",
        "sequence",
        "language",
        "timezone",
        "rate_source",
        "logo_id",
        "is_active",
    )
)


@verb("base.add_company")
def open_company(values: Mapping[str, Any], *, by: Actor) -> Company:
    """Open a company with a partner of its own; whoever opens it belongs to it, and so does the administrator.

    `values` are fields of the company, and of its partner for what an address has: street, tax number, e-mail.
    Refuses with `Invalid`, and with `RuleBroken` when the name is taken.
    """
    values = {_column(name): getattr(value, "pk", value) for name, value in values.items()}
    own = {name: value for name, value in values.items() if name in OWN}
    address = {name: value for name, value in values.items() if name not in OWN}
    partner: Partner = records.create(
        Partner, [{**address, "is_company": True, "country_id": own.get("country_id")}], by=by
    )[0]
    company: Company = records.create(
        Company, [{"name": values["name"], "partner_id": partner.pk, **own}], by=by
    )[0]
    through = User.companies.through
    users = {by.user_id, *User.objects.filter(pk__lte=2).values_list("pk", flat=True)}
    through._default_manager.bulk_create(
        [through(user_id=user_id, company_id=company.pk) for user_id in sorted(users)],
        ignore_conflicts=True,
    )
    return company


def _column(name: str) -> str:
    return f"{name}_id" if f"{name}_id" in OWN | {"state_id"} else name
