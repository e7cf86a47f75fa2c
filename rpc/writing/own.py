"""Values for a module's own verbs: one dictionary of Python names, parts and members included."""

from collections.abc import Iterator
from typing import Any

from rpc.context import Call
from rpc.fields import Field
from rpc.writing.commands import CLEAR, SET, commands, members, parts
from rpc.writing.links import made_members, members_now
from rpc.writing.rows import read_row, target_of


def values(
    call: Call, given: Any, *, new: bool, rows: Any = None, pk: int | None = None
) -> dict[str, Any]:
    """What a client gives for a row, as the verb takes it; only the keys that were given."""
    row = read_row(call, given)
    found: dict[str, Any] = dict(row.own)
    for head, linked in row.linked.items():
        found.update({f"{head}.{name}": value for name, value in linked.items()})
    if rows is not None and row.sets:
        pk = next(iter(rows.values_list("pk", flat=True)), None)
    for field, value in row.sets.items():
        found[field.python or field.name] = _set(call, field, value, None if new else pk)
    return found


def alike(call: Call, rows: Any, given: Any) -> Iterator[Any]:
    """The rows that can be written together: all, unless commands add to what each of them has."""
    sets = [field for field in read_row(call, given).sets if field.type == "many2many"]
    adding = [
        one for field in sets for one in commands(call.exposure, field, given[field.name])[:1]
    ]
    if all(one[0] in {CLEAR, SET} for one in adding):
        yield rows
        return
    for pk in list(rows.values_list("pk", flat=True)):
        yield rows.filter(pk=pk)


def _set(call: Call, field: Field, value: Any, pk: int | None) -> Any:
    target = target_of(call, field)
    if field.type == "one2many":
        return parts(call.exposure, field, value, lambda more: values(target, more, new=True))
    found = members(call.exposure, field, value, lambda: members_now(field, pk))
    return made_members(call, field, found)
