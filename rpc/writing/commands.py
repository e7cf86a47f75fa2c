"""x2many commands: `[op, id, value]` triples, read once and turned into what is to be done."""

from collections.abc import Callable, Iterable
from typing import Any

from rpc.exposure import Exposure
from rpc.faults import value_error
from rpc.fields import Field
from rpc.verbs import Parts

CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET = range(7)
ReadValues = Callable[[Any], dict[str, Any]]


def commands(exposure: Exposure, field: Field, value: Any) -> list[list[Any]]:
    """The commands of a value, padded to three; a plain list of ids means "exactly these", false means none."""
    if value is None or value is False:
        return [[CLEAR, 0, 0]]
    if not isinstance(value, list | tuple):
        raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
    if value and all(_is_id(one) for one in value):
        return [[SET, 0, list(value)]]
    found = []
    for one in value:
        if not isinstance(one, list | tuple) or not one or not isinstance(one[0], int):
            raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
        found.append([*one, 0, 0][:3])
    return found


def parts(exposure: Exposure, field: Field, value: Any, read: ReadValues) -> Parts:
    """What is asked of a set of parts. Commands are taken in order."""
    wanted = Parts()
    replace = False
    for op, row_id, more in commands(exposure, field, value):
        if op == CREATE:
            wanted.add.append(read(more))
        elif op == UPDATE:
            wanted.change.setdefault(_id(row_id), {}).update(read(more))
        elif op in {DELETE, UNLINK}:
            wanted.remove.append(_id(row_id))
        elif op == LINK:
            wanted.link.append(_id(row_id))
        elif op in {CLEAR, SET}:
            replace = True
            for kept in (wanted.add, wanted.change, wanted.link, wanted.remove):
                kept.clear()
            wanted.link.extend(_ids(more) if op == SET else ())
    return Parts(wanted.add, wanted.change, wanted.link, wanted.remove, replace)


def members(
    exposure: Exposure, field: Field, value: Any, before: Callable[[], Iterable[int]]
) -> "Members":
    """What is asked of a many2many: which ids are in it afterwards, and which rows are to be made or changed."""
    given = commands(exposure, field, value)
    ids: list[int] = [] if given and given[0][0] in {CLEAR, SET} else list(before())
    result = Members(ids)
    for op, row_id, more in given:
        result.take(op, row_id, more)
    return result


class Members:
    """The ids of a many2many as commands change them."""

    def __init__(self, ids: list[int]) -> None:
        self.ids = ids
        self.create: list[Any] = []
        self.change: dict[int, Any] = {}
        self.delete: list[int] = []

    def take(self, op: int, row_id: Any, more: Any) -> None:
        """Follow one command; an unknown one is ignored, as clients expect."""
        if op == CREATE:
            self.create.append(more)
        elif op == UPDATE:
            self.change[_id(row_id)] = more
        elif op == LINK:
            self.ids.append(_id(row_id))
        elif op in {CLEAR, SET}:
            self.ids = list(_ids(more)) if op == SET else []
        elif op in {DELETE, UNLINK}:
            self.ids = [one for one in self.ids if one != _id(row_id)]
            if op == DELETE:
                self.delete.append(_id(row_id))


def _is_id(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _id(value: Any) -> int:
    if not _is_id(value) or value != int(value):
        raise value_error(f"Wrong id in a command: {value!r}")
    return int(value)


def _ids(value: Any) -> list[int]:
    if not value:
        return []
    if not isinstance(value, list | tuple):
        raise value_error(f"Wrong ids in a command: {value!r}")
    return [_id(one) for one in value]
