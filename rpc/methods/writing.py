"""Writing: create, write, unlink, copy, archiving."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rpc import access
from rpc.context import Call
from rpc.domains.parse import Leaf
from rpc.exposure import Exposure
from rpc.faults import missing_error, type_error, user_error
from rpc.fields import Field
from rpc.methods.table import generic, row_ids
from rpc.reading import rows
from rpc.verbs import perform
from rpc.writing import records


@generic(takes_ids=False, writes=True)
def create(call: Call, vals_list: Any) -> list[int]:
    """Make rows; answers their ids (the dispatcher makes one id of it when one mapping came)."""
    return records.create(call, [vals_list] if isinstance(vals_list, Mapping) else vals_list)


@generic(takes_ids=True, writes=True)
def write(call: Call, ids: Any, vals: Any) -> bool:
    """Write the same values to rows."""
    records.write(call, row_ids(ids), vals)
    return True


@generic(takes_ids=True, writes=True)
def unlink(call: Call, ids: Any) -> bool:
    """Delete rows."""
    records.unlink(call, row_ids(ids))
    return True


@generic(takes_ids=True, writes=True)
def copy(call: Call, ids: Any, default: Any = None) -> list[int]:
    """Make copies; answers their ids, a list even for one."""
    access.require(call, "create")
    if call.exposure.copy is not None:
        found = records.found_rows(call, row_ids(ids), "read")
        return [getattr(one, "pk", one) for one in perform(call.exposure.copy, call, found)]
    return records.create(call, copied(call, row_ids(ids), default))


@generic(takes_ids=True, writes=False)
def copy_data(call: Call, ids: Any, default: Any = None) -> list[dict[str, Any]]:
    """The values that copies would be made of."""
    return copied(call, row_ids(ids), default)


@generic(takes_ids=True, writes=True)
def action_archive(call: Call, ids: Any) -> None:
    """Take rows out of daily use."""
    _archive(call, row_ids(ids), active=False)


@generic(takes_ids=True, writes=True)
def action_unarchive(call: Call, ids: Any) -> None:
    """Bring archived rows back."""
    _archive(call, row_ids(ids), active=True)


@generic(takes_ids=True, writes=True)
def toggle_active(call: Call, ids: Any) -> None:
    """Archive those that are active, bring the others back."""
    wanted = row_ids(ids)
    active = set(rows.search(call, Leaf("id", "in", wanted), order=False))
    _archive(call, [one for one in wanted if one in active], active=False)
    _archive(call, [one for one in wanted if one not in active], active=True)


def copied(call: Call, ids: list[int], default: Any) -> list[dict[str, Any]]:
    """What copies of rows are made of: every field that may be written and is not unique to the row."""
    if default and not isinstance(default, Mapping):
        raise type_error(f"copy() takes a mapping of field names to values, not {default!r:.100}")
    given = dict(default or {})
    names = [field.name for field in call.exposure.fields.values() if _is_copied(call, field)]
    found = rows.read(call, ids, names, None)
    if len(found) < len(ids):
        raise missing_error(
            call.exposure.name, sorted(set(ids) - {row["id"] for row in found}), call.actor.user_id
        )
    return [_copy(call.exposure, row, given) for row in found]


def _is_copied(call: Call, field: Field) -> bool:
    plain = field.write is None and field.type != "one2many" and field.copied
    return plain and not field.readonly and call.may(field) and field.stored


def _copy(exposure: Exposure, row: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    values = {}
    for name, value in row.items():
        if name == "id" or name in given:
            continue
        field = exposure.fields[name]
        if field.type == "many2many":
            value = [[6, 0, value]]
        elif name == "name" and field.type == "char" and value:
            value = _("%(name)s (copy)") % {"name": value}
        values[name] = value
    return values | given


def _archive(call: Call, ids: list[int], *, active: bool) -> None:
    if not call.exposure.has_active:
        raise user_error(_("%(label)s cannot be archived.") % {"label": call.exposure.label})
    records.write(call, ids, {"active": active})
