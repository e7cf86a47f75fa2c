"""Methods: how each is called, and where the one that a client names is found."""

from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import Parameter, Signature, signature
from typing import Any

from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import access_error, builtin, type_error
from rpc.limits import require_few_ids
from rpc.models import Wizard
from rpc.verbs import Does, Method, perform, record_method
from rpc.writing import records, wizards

PRIVATE = frozenset(
    (
        *(
            "browse",
            "search_fetch",
            "exists",
            "fetch",
            "sudo",
            "with_user",
            "with_company",
            "with_context",
            "with_env",
        ),
        *(
            "with_prefetch",
            "ensure_one",
            "mapped",
            "filtered",
            "filtered_domain",
            "grouped",
            "sorted",
            "concat",
        ),
        *(
            "union",
            "new",
            "update",
            "flush_model",
            "flush_recordset",
            "invalidate_model",
            "invalidate_recordset",
        ),
        *(
            "modified",
            "check_access",
            "lock_for_update",
            "try_lock_for_update",
            "is_valid",
            "init",
            "env_invalidate",
        ),
    )
)


GENERIC: dict[str, Method] = {}
NAMED = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
PLACES = tuple(Parameter(name, Parameter.POSITIONAL_ONLY) for name in ("call", "ids"))


def generic(*, takes_ids: bool, writes: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let every noun have a method."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__qualname__ = f"BaseModel.{function.__name__}"
        GENERIC[function.__name__] = Method(function, takes_ids=takes_ids, writes=writes)
        return function

    return register


def method_of(exposure: Exposure, name: str) -> Method:
    """What a client may call under a name. Raises the contract's AccessError and AttributeError."""
    found = _own(exposure, name) or GENERIC.get(name)
    if found is not None:
        return found
    if name.startswith("_") or name in PRIVATE:
        raise access_error(
            f"Private methods (such as '{exposure.name}.{name}') cannot be called remotely."
        )
    raise builtin("AttributeError", f"The method '{exposure.name}.{name}' does not exist")


@lru_cache(maxsize=4096)
def _own(exposure: Exposure, name: str) -> Method | None:
    if name in exposure.verbs:
        return Method(_verb(exposure.verbs[name]), takes_ids=True, writes=True)
    method = exposure.methods.get(name)
    if method is None or isinstance(method, Method):
        return method
    return (
        Method(_wizard(method), takes_ids=True, writes=True)
        if exposure.kind == "wizard"
        else record_method(method)
    )


def _verb(does: Does) -> Callable[..., Any]:
    """A verb as a method: rows the actor sees in, the agreed answer out."""
    takes = _arguments_of(does)

    def method(call: Call, ids: Any, *positional: Any, **arguments: Any) -> Any:
        try:
            given = takes.bind(call, ids, *positional, **arguments).arguments
        except TypeError as error:
            raise type_error(f"{does.verb.__name__}() {error}") from None
        rows = records.found_rows(call, row_ids(ids), "write")
        more = {does.takes.get(name, name): given[name] for name in list(given)[2:]}
        result = perform(does.verb, call, rows, **more)
        return does.answers(result, call) if callable(does.answers) else does.answers

    method.__qualname__ = does.verb.__name__
    method.__doc__ = does.verb.__doc__
    method.__signature__ = takes  # type: ignore[attr-defined]
    return method


def _arguments_of(does: Does) -> Signature:
    """What clients may give a verb, in the names of the wire: never who acts, nor the day unless it is said so."""
    wire = {python: name for name, python in does.takes.items()}
    own = list(signature(does.verb).parameters.values())[1:]
    given = [
        one.replace(name=wire.get(one.name, one.name), kind=Parameter.POSITIONAL_OR_KEYWORD)
        for one in own
        if one.kind in NAMED and (one.name in wire or one.name not in {"by", "on"})
    ]
    given.sort(key=lambda one: one.default is not Parameter.empty)
    return Signature([*PLACES, *given])


def _wizard(function: Callable[..., Any]) -> Callable[..., Any]:
    """A wizard's method: it gets the wizards with their values read."""

    @wraps(function)
    def method(call: Call, ids: Any, **arguments: Any) -> Any:
        found = [
            WizardRow(one, wizards.typed(call, one)) for one in wizards.own(call, row_ids(ids))
        ]
        return function(call, found, **arguments)

    return method


class WizardRow:
    """A wizard as its methods get it: `values` read into Python values, `context` as it was begun."""

    __slots__ = ("context", "pk", "values")

    def __init__(self, wizard: Wizard, values: dict[str, Any]) -> None:
        self.pk = wizard.pk
        self.values = values
        self.context = wizard.context


def listed(given: Any) -> list[Any]:
    """A list as loosely as clients give one: nothing for none, a text for a list of itself."""
    if not given:
        return []
    if isinstance(given, str):
        return [given]
    if not isinstance(given, list | tuple | dict):
        raise type_error(f"{type(given).__name__!r} object is not iterable")
    return list(given)


def row_ids(ids: Any) -> list[int]:
    """Ids as clients give them: one or several; text and what is no id is left out, as nothing answers to it. A list in
    the list is refused: a call that does nothing would look like one that has done it."""
    if isinstance(ids, bool) or ids is None or ids == "":
        return []
    given = ids if isinstance(ids, list | tuple) else [ids]
    require_few_ids(given)
    for one in given:
        if isinstance(one, list | tuple | dict):
            raise type_error(f"unhashable type: {type(one).__name__!r}")
    whole = [int(one) for one in given if _is_whole(one)]
    return [one for one in whole if -(2**63) <= one < 2**63]


def _is_whole(value: Any) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())
