"""What can be done with defaults: set what new records hold, and forget it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from base.actors import Actor
from base.errors import AccessDenied
from base.models import Company, DefaultValue
from base.policies import require
from base.scopes import check_all_visible
from base.verbs import verb

EVERYBODYS = "base.change_defaultvalue"


@verb("base.view_defaultvalue")
def put(
    model: str,
    field: str,
    value: Any,
    *,
    user_id: int | None = None,
    company_id: int | None = None,
    condition: str = "",
    by: Actor,
) -> DefaultValue:
    """Let a field of new records hold a value. What was set for the same people before is replaced.

    Refuses with `AccessDenied` unless it is for the actor alone, or the actor may set defaults of everybody; and with `Missing` for a company
    that the actor does not see.
    """
    _check_own([user_id], by)
    _check_company(company_id, by)
    whose: dict[str, Any] = {"user_id": user_id, "company_id": company_id, "condition": condition}
    found, _made = DefaultValue.objects.update_or_create(
        model=model, field=field, **whose, defaults={"value": value}
    )
    return found


@verb("base.view_defaultvalue")
def change(defaults: QuerySet[DefaultValue], values: dict[str, Any], *, by: Actor) -> None:
    """Change defaults. Refuses like `put`."""
    owners = list(defaults.select_for_update(of=("self",)).values_list("user_id", flat=True))
    _check_own([*owners, *([values["user_id"]] if "user_id" in values else [])], by)
    _check_company(values.get("company_id"), by)
    defaults.update(**values)


@verb("base.view_defaultvalue")
def forget(defaults: QuerySet[DefaultValue], *, by: Actor) -> None:
    """Forget defaults. Refuses like `put`."""
    _check_own(defaults.select_for_update(of=("self",)).values_list("user_id", flat=True), by)
    defaults.delete()


def _check_own(owners: Iterable[int | None], by: Actor) -> None:
    if any(owner != by.user_id for owner in owners):
        if by.user_id is None:
            raise AccessDenied(permission=EVERYBODYS)
        require(by, EVERYBODYS)


def _check_company(company_id: int | None, by: Actor) -> None:
    if company_id is not None:
        check_all_visible(Company, [company_id], by=by)
