"""Questions about rows and rights: has_access, check_access_rights, get_metadata, get_external_id."""

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType

from base.models import ExternalId
from rpc import access
from rpc.context import Call
from rpc.exposure import ACTIONS
from rpc.faults import builtin, missing_error
from rpc.methods.table import generic, row_ids
from rpc.reading import rows
from rpc.tables.names import called
from rpc.writing import records


@generic(takes_ids=True, writes=False)
def has_access(call: Call, ids: Any, operation: Any) -> bool:
    """Whether the actor may do something with rows (with no rows: with the noun at all)."""
    action = _action(operation)
    if not access.may(call, action):
        return False
    wanted = row_ids(ids)
    seen = records.visible_ids(call, wanted)
    lost = set(wanted) - seen
    if lost and lost - rows.existing(call, lost):
        raise missing_error(call.exposure.name, sorted(lost), call.actor.user_id)
    return not lost


@generic(takes_ids=False, writes=False)
def check_access_rights(call: Call, operation: Any, raise_exception: Any = True) -> bool | None:
    """Whether the actor may do something with a noun; says nothing, or refuses, unless told otherwise."""
    action = _action(operation)
    if not raise_exception:
        return access.may(call, action)
    access.require(call, action)
    return None


@generic(takes_ids=True, writes=False)
def check_access_rule(call: Call, ids: Any, operation: Any) -> None:
    """Refuse unless the actor may do something with these rows."""
    action = _action(operation)
    access.require(call, action)
    if not has_access(call, ids, operation):
        raise access.hidden_rows(call, action)


@generic(takes_ids=True, writes=False)
def get_metadata(call: Call, ids: Any) -> list[dict[str, Any]]:
    """Who made each row and changed it last, and what it is called by other systems."""
    made = [
        name
        for name in ("create_uid", "create_date", "write_uid", "write_date")
        if name in call.exposure.fields
    ]
    found = rows.read(call, row_ids(ids), ["id", *made], "_classic_read")
    known = _external_ids(call, [row["id"] for row in found])
    for row in found:
        names = known.get(row["id"], [])
        row["xmlid"] = names[0]["xmlid"] if names else False
        row["noupdate"] = names[0]["noupdate"] if names else False
        row["xmlids"] = names
    return found


@generic(takes_ids=True, writes=False)
def get_external_id(call: Call, ids: Any) -> dict[str, str]:
    """The first external id of each row, or nothing. Keys are text, so that every transport can carry them."""
    wanted = [row["id"] for row in rows.read(call, row_ids(ids), ["id"], None)]
    known = _external_ids(call, wanted)
    return {str(one): known[one][0]["xmlid"] if one in known else "" for one in wanted}


def _action(operation: Any) -> Any:
    if not isinstance(operation, str) or operation not in ACTIONS:
        raise builtin("AssertionError", "Invalid access mode")
    return operation


def _external_ids(call: Call, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    model = call.exposure.model
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    if model is None:
        for pk, name in called(call.exposure.name, set(ids)).items():
            found[pk].append({"xmlid": name, "noupdate": False})
    if model is None or not ids:
        return found
    kind = ContentType.objects.get_for_model(model)
    for one in ExternalId.objects.filter(content_type=kind, row_id__in=ids).order_by("id"):
        found[one.row_id].append({"xmlid": one.complete_name, "noupdate": one.keeps_edits})
    return found
