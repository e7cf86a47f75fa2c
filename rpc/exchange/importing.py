"""`load`: a sheet of text becomes rows, all of them or none."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from base.errors import ERPError
from rpc import access
from rpc.context import Call
from rpc.exchange import external_ids
from rpc.exchange.cells import Said
from rpc.exchange.drafts import Draft, Drafting, message, settled
from rpc.exchange.paths import Node, tree_of
from rpc.exchange.sheet import records
from rpc.faults import ACCESS, WireError, value_error
from rpc.fields import Field
from rpc.integrity import UNFIT
from rpc.reading import rows as reading
from rpc.refusals import refusal_of
from rpc.writing import records as writing
from rpc.writing.commands import SET

Values = dict[str, Any]

REFUSALS = (WireError, ERPError, IntegrityError, DataError, ValidationError)
MOST_ERRORS = 10
ENOUGH = (
    "Found more than 10 errors and more than one error per 10 records, "
    "interrupted to avoid showing too many errors."
)
LACKING = re.compile(r"Missing required value for the field '.*' \((\w+)\)\.")
HINTS = (
    "- create/update: a mandatory field is not set\n"
    "- delete: another model requires the record being deleted, you can archive it instead\n"
)


class Undone(Exception):
    """Whatever was written is to be undone: it was only a trial."""


def loaded(call: Call, fields: Any, data: Any) -> Said:
    """Take a sheet in; answers the ids of its rows, or none and what is wrong with them."""
    access.require(call, "read")
    node = tree_of(call, fields, writing=True)
    found = records(node, data, len(fields))
    drafting = Drafting(node, found)
    drafts = drafting.drafts()
    messages = drafting.messages
    if any(one["type"] == "error" for one in messages):
        return _answer(False, messages)
    try:
        with transaction.atomic():
            return _answer(written(node, drafts), messages)
    except REFUSALS as error:
        if isinstance(error, WireError) and error.kind is ACCESS:
            raise
        return _answer(False, [*messages, *_diagnosed(node, drafts, error)])


def _answer(ids: list[int] | bool, messages: list[Said]) -> Said:
    return {"ids": ids, "messages": messages, "nextrow": 0}


def written(node: Node, drafts: list[Draft]) -> list[int]:
    """Write all of them, as many at once as do not refer to one another."""
    made: dict[int, int] = {}
    for some in _waves(drafts):
        _write_some(node.call, some, made)
    names = {made[one.index]: one.external_id for one in drafts if _is_named_anew(one)}
    external_ids.give(node.call.exposure, names)
    return [made[one.index] for one in drafts]


def _is_named_anew(draft: Draft) -> bool:
    return bool(draft.external_id) and draft.same_as is None


def _waves(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """The drafts in an order in which each refers only to what is there by then."""
    done: set[int] = set()
    waiting = drafts
    while waiting:
        ready = [one for one in waiting if one.needs() <= done]
        if not ready:
            raise value_error(
                f"Line {waiting[0].record.first + 1} refers to itself by way of others."
            )
        yield ready
        done |= {one.index for one in ready}
        waiting = [one for one in waiting if one.index not in done]


def _write_some(call: Call, drafts: list[Draft], made: dict[int, int]) -> None:
    """Make the new ones of some drafts at once, and change the others where they differ."""
    there = {one.index: one.pk or made.get(_same(one)) for one in drafts}
    fresh = [one for one in drafts if there[one.index] is None]
    ids = writing.create(call, [settled(one.values, made) for one in fresh]) if fresh else []
    made.update(zip((one.index for one in fresh), ids, strict=True))
    wanted: dict[int, Values] = {}
    for one in drafts:
        pk = there[one.index]
        if pk is not None:
            made[one.index] = pk
            wanted[pk] = {**wanted.get(pk, {}), **settled(one.values, made)}
    _change(call, wanted)


def _same(draft: Draft) -> int:
    return -1 if draft.same_as is None else draft.same_as


def _change(call: Call, wanted: dict[int, Values]) -> None:
    """Write what differs from what is there; rows that get the same values get them together."""
    if not wanted:
        return
    names = sorted({name for values in wanted.values() for name in values})
    now = {row["id"]: row for row in reading.read(call, list(wanted), names or ["id"], None)}
    together: dict[str, tuple[Values, list[int]]] = {}
    for pk, values in wanted.items():
        fields = call.exposure.fields
        differing = {
            name: value
            for name, value in values.items()
            if pk not in now or not _is_there(fields[name], value, now[pk][name])
        }
        if differing:
            together.setdefault(repr(differing), (differing, []))[1].append(pk)
    for values, ids in together.values():
        writing.write(call, ids, values)


def _is_there(field: Field, value: Any, now: Any) -> bool:
    """Whether a row has a value already, as far as that can be told without writing it."""
    if field.type == "many2many":
        return value[0][0] == SET and set(value[0][2]) == set(now)
    if field.type in {"float", "monetary"}:
        return bool(float(value or 0) == now)
    return bool(value == now) and not field.is_set


def _diagnosed(node: Node, drafts: list[Draft], error: Exception) -> list[Said]:
    """Which rows are wrong: each is tried by itself, and everything is undone."""
    said: list[Said] = []
    with suppress(Undone, *REFUSALS), transaction.atomic():
        made: dict[int, int] = {}
        lost: set[int] = set()
        for one in (one for some in _waves(drafts) for one in some):
            if not one.needs() & lost and not _tried(node.call, one, made, said):
                lost.add(one.index)
            if len(said) >= MOST_ERRORS and len(said) * 10 >= len(made) + len(lost):
                said.append({"type": "warning", "message": ENOUGH})
                break
        raise Undone
    return said or [_told(drafts[0], error)] if drafts else said


def _tried(call: Call, draft: Draft, made: dict[int, int], said: list[Said]) -> bool:
    try:
        with transaction.atomic():
            _write_some(call, [draft], made)
    except REFUSALS as error:
        said.append(_told(draft, error))
        return False
    return True


def _told(draft: Draft, error: Exception) -> Said:
    """What is said about a row that was refused."""
    text = refusal_of(error).message.removeprefix(UNFIT)
    lacking = LACKING.match(text)
    if lacking is None:
        return message(draft.index, draft.record, text)
    return message(draft.index, draft.record, f"{text.rstrip()}\n{HINTS}", field=lacking[1])
