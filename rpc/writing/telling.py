"""Refusals while writing, told in the names of the wire: which field, which record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError

from base import errors
from base.policies import company_path, row_filter
from rpc import registry
from rpc.context import Call
from rpc.faults import WireError, missing_error, validation_error
from rpc.fields import Field
from rpc.integrity import missing_value
from rpc.writing.values import python_value

NOT_NULL = "23502"
Values = dict[str, Any]


@contextmanager
def told(call: Call, rows: Sequence[Values], *, new: bool) -> Iterator[None]:
    """Let the block write rows that a client gave; what is wrong with them is told in the client's words."""
    try:
        yield
    except errors.Invalid as error:
        raise _not_valid(call, rows, error, new=new) from None
    except IntegrityError as error:
        if (lacking := _lacking(call, rows, error, new=new)) is None:
            raise
        raise lacking from None
    except errors.Missing:
        if (lost := _lost_link(call, rows)) is None:
            raise
        raise lost from None


def check_shared_links(call: Call, values: Values) -> None:
    """Refuse links to what does not exist, among nouns that all companies share: the database says so only in the end."""
    for field, pk in _links(call, values):
        target = registry.find(field.relation)
        model: Any = target.model if target else None
        shared = model is not None and company_path(model) is None
        if shared and not model._base_manager.filter(pk=pk).exists():
            raise missing_error(field.relation, [pk], call.actor.user_id)


def _lacking(
    call: Call, rows: Sequence[Values], error: IntegrityError, *, new: bool
) -> WireError | None:
    """The first field that a client left empty, if the database misses a value: the one it names may be worked out."""
    if getattr(error.__cause__, "sqlstate", "") != NOT_NULL:
        return None
    for values in rows:
        for field in call.exposure.fields.values():
            if _is_lacking(field, values, new=new):
                return missing_value(call.exposure, field)
    return None


def _not_valid(
    call: Call, rows: Sequence[Values], error: errors.Invalid, *, new: bool
) -> WireError:
    for values in rows:
        lacking = [f for f in call.exposure.fields.values() if _is_lacking(f, values, new=new)]
        meant = [field for field in lacking if _is_meant(field, error)]
        if meant:
            # Links are the database's to refuse, which is never asked when a text is missing too: tell the first.
            links = [] if call.exposure.create else [f for f in lacking if f.type == "many2one"]
            return missing_value(
                call.exposure, next(f for f in lacking if f in meant or f in links)
            )
    names = {field.python: field for field in call.exposure.fields.values()}
    told = [
        f"{names[name].title}: {text}" if name in names else text
        for name, texts in error.fields.items()
        for text in texts
    ]
    return validation_error("\n".join(told))


def _is_lacking(field: Field, values: Values, *, new: bool) -> bool:
    if not field.required or field.readonly or field.type == "boolean":
        return False
    if field.name in values:
        return values[field.name] in (None, False, "")
    return new and field.default is None and field.name != "company_id"


def _is_meant(field: Field, error: errors.Invalid) -> bool:
    head = field.python.rpartition(".")[2]
    return any(name.removesuffix("_en").removesuffix("_ind") == head for name in error.fields)


def _lost_link(call: Call, rows: Sequence[Values]) -> WireError | None:
    """The first link to a row that the actor cannot see, as the contract's MissingError."""
    for field, pk in (link for values in rows for link in _links(call, values)):
        target = registry.find(field.relation)
        model: Any = target.model if target else None
        if model is None:
            continue
        if not model._base_manager.filter(row_filter(model, call.actor), pk=pk).exists():
            return missing_error(field.relation, [pk], call.actor.user_id)
    return None


def _links(call: Call, values: Values) -> Iterator[tuple[Field, int]]:
    for name, value in values.items():
        field = call.exposure.fields.get(name)
        if field is None or field.type != "many2one" or field.readonly or field.write is not None:
            continue
        pk = python_value(call, field, value)
        if pk is not None:
            yield field, pk
