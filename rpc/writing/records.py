"""Creating, changing and deleting rows: through the module's own verbs where it has them, else the generic ones."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from base.errors import Missing
from base.services import records
from rpc import access
from rpc.context import CODES, Call
from rpc.domains.parse import Leaf
from rpc.exposure import Action
from rpc.faults import missing_error, type_error, user_error
from rpc.reading.rows import check_hidden, search
from rpc.verbs import perform
from rpc.writing import afterthoughts, links, own, sidecars, telling, wizards
from rpc.writing.rows import Row, mapping, read_row, with_defaults


def create(call: Call, rows: Any) -> list[int]:
    """Create rows; all or none. Answers their ids."""
    if not isinstance(rows, list | tuple) or not all(isinstance(one, Mapping) for one in rows):
        raise type_error("create() takes one mapping of field names to values, or a list of them")
    access.require(call, "create")
    if not rows:
        return []
    given = [with_defaults(call, one) for one in rows]
    if call.exposure.kind == "wizard":
        return wizards.create(call, given)
    later = [afterthoughts.take(call, one) for one in given]
    with telling.told(call, given, new=True):
        if call.exposure.create is not None:
            made = _create_by_verb(call, [own.values(call, one, new=True) for one in given])
        else:
            made = _create([read_row(call, one) for one in given], call)
    for pk, puts in zip(made, later, strict=True):
        afterthoughts.put(call, [pk], puts)
    return made


def write(call: Call, ids: list[int], values: Any) -> None:
    """Write the same values to rows. Refuses when one of them does not exist or is hidden."""
    access.require(call, "write")
    if not ids:
        return
    if call.exposure.kind == "wizard":
        wizards.write(call, ids, values)
        return
    values = mapping(values)
    _check_language(call, values)
    later = afterthoughts.take(call, values)
    telling.check_shared_links(call, values)
    with telling.told(call, [values], new=False):
        if call.exposure.write is not None:
            rows = found_rows(call, ids, "write")
            for some in own.alike(call, rows, values):
                _write_by_verb(call, some, own.values(call, values, new=False, rows=some))
        else:
            _write(call, ids, read_row(call, values))
    afterthoughts.put(call, ids, later)


def _check_language(call: Call, values: dict[str, Any]) -> None:
    """Refuse texts in a language that none are kept in: the English ones would be lost."""
    if call.named is None or call.named in CODES:
        return
    fields = (call.exposure.fields.get(name) for name in values)
    lost = next((one for one in fields if one is not None and one.translated), None)
    if lost is not None:
        raise user_error(
            _(
                "“%(field)s” is kept in English and Indonesian, and cannot be written in %(language)s."
            )
            % {"field": lost.title, "language": call.named}
        )


def unlink(call: Call, ids: list[int]) -> None:
    """Delete rows. Those already gone are no reason to refuse; hidden ones are."""
    access.require(call, "unlink")
    seen = visible_ids(call, ids)
    if len(seen) < len(set(ids)):
        check_hidden(call, set(ids) - seen, "unlink")
    if not seen:
        return
    if call.exposure.kind == "wizard":
        wizards.unlink(call, seen)
        return
    model: Any = call.exposure.model
    rows = model._default_manager.filter(pk__in=seen)
    if call.exposure.unlink is not None:
        perform(call.exposure.unlink, call, rows)
    else:
        records.delete(rows, by=call.actor)


def visible_ids(call: Call, ids: list[int]) -> set[int]:
    """Which of these ids the actor sees. One query."""
    return set(search(call, Leaf("id", "in", ids), order=False, active=False)) if ids else set()


def found_rows(call: Call, ids: list[int], action: Action) -> Any:
    """The rows with these ids. Raises MissingError or AccessError when the actor does not see them all."""
    seen = visible_ids(call, ids)
    if len(seen) < len(set(ids)):
        raise _lost(call, ids, seen, action)
    model: Any = call.exposure.model
    return model._default_manager.filter(pk__in=ids)


def _create_by_verb(call: Call, rows: list[dict[str, Any]]) -> list[int]:
    split = [sidecars.split(call.exposure.model, row) for row in rows]
    made = perform(call.exposure.create, call, [row for row, _beside in split])
    ids = [getattr(one, "pk", one) for one in made]
    beside = {pk: extra for pk, (_row, extra) in zip(ids, split, strict=True)}
    sidecars.write(call, call.exposure.model, beside)
    return ids


def _write_by_verb(call: Call, rows: Any, values: dict[str, Any]) -> None:
    named, beside = sidecars.split(call.exposure.model, values)
    ids = list(rows.values_list("pk", flat=True)) if beside else []
    if named or not beside:
        perform(call.exposure.write, call, rows, named)
    sidecars.write(call, call.exposure.model, dict.fromkeys(ids, beside))


def _create(rows: list[Row], call: Call) -> list[int]:
    model: Any = call.exposure.model
    actor = call.speaking()
    taken = [sidecars.take(model, row.linked) for row in rows]
    values = [{**row.own, **links.before_create(call, row)} for row in rows]
    for row, own_values in zip(rows, values, strict=True):
        own_values.update(links.member_ids(call, row, None))
    split = [sidecars.split(model, own_values) for own_values in values]
    made = [one.pk for one in records.create(model, [own for own, _beside in split], by=actor)]
    links.after_create(call, rows, made)
    beside = {
        pk: sidecars.joined(extra, far)
        for pk, (_own, extra), far in zip(made, split, taken, strict=True)
    }
    sidecars.write(call, model, beside)
    return made


def _write(call: Call, ids: list[int], row: Row) -> None:
    model: Any = call.exposure.model
    taken = sidecars.take(model, row.linked)
    try:
        for some, members in links.alike(call, ids, row):
            values, beside = sidecars.split(model, {**row.own, **members})
            if values or len(row.sets) + len(row.linked) + len(taken) == 0:
                records.change(records.named(model, some), values, by=call.speaking())
            sidecars.write(call, model, dict.fromkeys(some, sidecars.joined(beside, taken)))
    except Missing:
        seen = visible_ids(call, ids)
        if len(seen) == len(set(ids)):
            raise
        raise _lost(call, ids, seen, "write") from None
    if row.sets or row.linked:
        found_rows(call, ids, "write")
        links.after_write(call, row, ids)


def _lost(call: Call, ids: list[int], seen: set[int], action: Action) -> Exception:
    lost = [one for one in ids if one not in seen]
    check_hidden(call, set(lost), action)
    return missing_error(call.exposure.name, lost, call.actor.user_id)
