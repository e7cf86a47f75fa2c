"""From a model, a method and arguments to an answer."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils import translation

from base.actors import Actor
from rpc import registry, transactions
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import builtin, type_error, unprocessable, user_error, value_error
from rpc.methods import everything as _every_method  # noqa: F401 - importing registers the generic methods
from rpc.methods.table import method_of
from rpc.verbs import Method


def by_position(actor: Actor, model: Any, name: Any, args: Any, kwargs: Any) -> Any:
    """Call a method with positional arguments: ids first, if it takes rows."""
    exposure = exposure_of(model)
    method = method_of(exposure, _text(name))
    positional = _list(args)
    named = _mapping(kwargs)
    context = named.pop("context", None)
    if context is None and any(isinstance(one, Mapping) for one in positional[-2:]):
        positional, context = _without_context(method, positional)
    call = Call(exposure, actor, context)
    if method.takes_ids or name == "create":
        if not positional:
            raise builtin("IndexError", "list index out of range")
        if name == "create" and isinstance(positional[0], Mapping):
            return perform(call, method, positional, named)[0]
    return perform(call, method, positional, named)


def by_name(actor: Actor, exposure: Exposure, name: str, named: dict[str, Any]) -> Any:
    """Call a method with named arguments only; `ids` are the rows. The arguments are checked before anything else."""
    method = method_of(exposure, name)
    call = Call(exposure, actor, named.pop("context", None))
    ids = named.pop("ids", None) or []
    if ids and not method.takes_ids:
        raise unprocessable(f"cannot call {exposure.name}.{name} with ids")
    positional = [ids] if method.takes_ids else []
    try:
        method.signature().bind(call, *positional, **named)
    except TypeError as error:
        raise unprocessable(str(error)) from None
    return perform(call, method, positional, named)


def exposure_of(model: Any) -> Exposure:
    """The noun that a client names. Raises the contract's UserError."""
    found = registry.find(model)
    if found is None:
        raise user_error(f"Object {model} doesn't exist")
    return found


def perform(call: Call, method: Method, positional: list[Any], named: dict[str, Any]) -> Any:
    """Do it: in the language of the call, in one transaction if it writes."""
    translation.activate(call.language)
    work = partial(_bound, method, call, positional, named)
    return transactions.in_one(work) if method.writes else work()


def _bound(method: Method, call: Call, positional: list[Any], named: dict[str, Any]) -> Any:
    """Call the function; arguments that do not fit are the client's mistake, not a bug."""
    try:
        return method.function(call, *positional, **named)
    except TypeError as error:
        here = error.__traceback__
        if here is not None and here.tb_next is None:
            raise type_error(str(error)) from None
        raise


def _without_context(method: Method, positional: list[Any]) -> tuple[list[Any], Any]:
    """What is left of arguments that end with a context, as clients of long ago send them (`search` with a `count` after
    it), and that context; only where there are more arguments than the method takes."""
    takes = method.most_arguments()
    surplus = positional[takes:] if takes is not None else []
    if surplus and surplus[-1] is False:
        surplus.pop()
    if len(surplus) != 1 or not isinstance(surplus[0], Mapping):
        return positional, None
    return positional[:takes], surplus[0]


def _list(args: Any) -> list[Any]:
    if args is None:
        raise type_error("Value after * must be an iterable, not NoneType")
    if isinstance(args, str):
        return [args]
    if not isinstance(args, list | tuple):
        raise type_error(f"Value after * must be an iterable, not {type(args).__name__}")
    return list(args)


def _mapping(kwargs: Any) -> dict[str, Any]:
    if not kwargs:
        return {}
    if not isinstance(kwargs, Mapping):
        raise value_error("dictionary update sequence element #0 has length 1; 2 is required")
    return dict(kwargs)


def _text(name: Any) -> str:
    if not isinstance(name, str):
        raise type_error(f"attribute name must be string, not {type(name).__name__!r}")
    return name
