"""Generic writing over links: rows at the other end, members of many2many, parts of one2many."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from base.prepared import rows as fetched
from base.services import records as verbs
from rpc.context import Call
from rpc.fields import Field
from rpc.registry import inverse_of
from rpc.writing import records
from rpc.writing.commands import (
    CLEAR,
    CREATE,
    DELETE,
    LINK,
    SET,
    UNLINK,
    UPDATE,
    Members,
    commands,
    members,
)
from rpc.writing.rows import Row, target_of


def before_create(call: Call, row: Row) -> dict[str, Any]:
    """Make the rows that a new row delegates to: their foreign keys."""
    keys: dict[str, Any] = {}
    for head, values in row.linked.items():
        link = _link(call, head)
        given = row.own.get(link.attname)
        if given:
            verbs.change(verbs.named(link.related_model, [given]), values, by=call.speaking())
        else:
            made = verbs.create(link.related_model, [values], by=call.speaking())
            keys[link.attname] = made[0].pk
    return keys


def after_create(call: Call, rows: list[Row], ids: list[int]) -> None:
    """Make the parts of new rows."""
    for field in {field for row in rows for field in row.sets if field.type == "one2many"}:
        owners = [
            (pk, row.sets[field]) for row, pk in zip(rows, ids, strict=True) if field in row.sets
        ]
        _add_parts(call, field, owners)


def after_write(call: Call, row: Row, ids: list[int]) -> None:
    """Change the rows at the other end of links, and the parts."""
    for head, values in row.linked.items():
        _write_linked(call, head, ids, values)
    for field, value in row.sets.items():
        if field.type == "one2many":
            for pk in ids:
                _follow(call, field, pk, commands(call.exposure, field, value))


def member_ids(call: Call, row: Row, pk: int | None) -> dict[str, list[int]]:
    """The members that the row's many2many fields are to have; rows named only in commands are made on the way."""
    found = {}
    for field, value in row.sets.items():
        if field.type == "many2many" and field.link is not None:
            wanted = members(call.exposure, field, value, partial(members_now, field, pk))
            found[field.python] = made_members(call, field, wanted)
    return found


def made_members(call: Call, field: Field, wanted: Members) -> list[int]:
    """Make, change and delete what the commands say, and answer who is in the set afterwards."""
    target = target_of(call, field)
    if wanted.create:
        wanted.ids.extend(records.create(target, wanted.create))
    for member, values in wanted.change.items():
        records.write(target, [member], values)
    if wanted.delete:
        records.unlink(target, wanted.delete)
    return list(dict.fromkeys(wanted.ids))


def alike(call: Call, ids: list[int], row: Row) -> Iterator[tuple[list[int], dict[str, list[int]]]]:
    """The rows that get the same members, together: all of them, unless commands add to what each one has."""
    many = [field for field in row.sets if field.type == "many2many"]
    given = {field: commands(call.exposure, field, row.sets[field]) for field in many}
    if all(one and one[0][0] in {CLEAR, SET} for one in given.values()):
        yield ids, member_ids(call, row, None)
        return
    for pk in ids:
        yield [pk], member_ids(call, row, pk)


def members_now(field: Field, pk: int | None) -> list[int]:
    """Who is in a many2many of one row now, whoever may see them; nobody for a row yet to be made."""
    link: Any = field.link
    if pk is None:
        return []
    return [
        row[0]
        for row in fetched(f"SELECT {link.far} FROM {link.table} WHERE {link.near} = $1", [pk])
    ]


def _link(call: Call, head: str) -> Any:
    model: Any = call.exposure.model
    return model._meta.get_field(head)


def _write_linked(call: Call, head: str, ids: list[int], values: dict[str, Any]) -> None:
    link = _link(call, head)
    model: Any = call.exposure.model
    others = model._default_manager.filter(pk__in=ids).values_list(link.attname, flat=True)
    wanted = {pk for pk in others if pk is not None}
    verbs.change(verbs.named(link.related_model, wanted), values, by=call.speaking())


def _add_parts(call: Call, field: Field, owners: list[tuple[int, Any]]) -> None:
    """The parts of new rows, made in one go for all of them."""
    target, inverse = target_of(call, field), inverse_of(field)
    fresh: list[dict[str, Any]] = []
    for pk, value in owners:
        rest = []
        for command in commands(call.exposure, field, value):
            if command[0] == CREATE:
                fresh.append({**command[2], inverse: pk})
            else:
                rest.append(command)
        _follow(call, field, pk, [one for one in rest if one[0] != CLEAR])
    if fresh:
        records.create(target, fresh)


def _follow(call: Call, field: Field, pk: int, given: list[list[Any]]) -> None:
    """Do what commands say about the parts of one row, in order."""
    target, inverse = target_of(call, field), inverse_of(field)
    for op, part, more in given:
        if op == CREATE:
            records.create(target, [{**more, inverse: pk}])
        elif op == UPDATE:
            records.write(target, [int(part)], more)
        elif op == LINK:
            records.write(target, [int(part)], {inverse: pk})
        elif op == DELETE:
            records.unlink(target, [int(part)])
        elif op == UNLINK:
            _let_go(target, field, [int(part)])
        elif op in {CLEAR, SET}:
            _replace(target, field, pk, [int(one) for one in more or ()] if op == SET else [])


def _replace(target: Call, field: Field, pk: int, ids: list[int]) -> None:
    link: Any = field.link
    before = [
        row[0]
        for row in fetched(f"SELECT {link.far} FROM {link.table} WHERE {link.near} = $1", [pk])
    ]
    _let_go(target, field, [one for one in before if one not in ids])
    taken = [one for one in ids if one not in before]
    if taken:
        records.write(target, taken, {inverse_of(field): pk})


def _let_go(target: Call, field: Field, ids: list[int]) -> None:
    """Take rows out of a set of parts: they lose their owner, or go altogether when they cannot be without one."""
    if not ids:
        return
    inverse = inverse_of(field)
    if target.exposure.fields[inverse].nullable:
        records.write(target, ids, {inverse: False})
    else:
        records.unlink(target, ids)
