"""What clients may call: a module's verbs, and methods that are neither generic nor verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import Parameter, Signature, signature
from typing import Any


@dataclass(frozen=True, slots=True)
class Does:
    """A verb that clients may call, what it takes and what they are answered."""

    verb: Callable[..., Any]
    answers: Any = True
    takes: Mapping[str, str] = field(default_factory=dict)


def does(
    verb: Callable[..., Any], *, answers: Any = True, takes: Mapping[str, str] | None = None
) -> Does:
    """Let clients call a verb on rows. `answers` is what they get, or `function(result, call)`."""
    return Does(verb, answers, takes or {})


@dataclass(frozen=True, slots=True)
class Parts:
    """What a program asks of a set of parts; the module's own verbs get it for a one2many.

    `replace` says that whatever is not added, changed or linked is to go.
    """

    add: list[dict[str, Any]] = field(default_factory=list)
    change: dict[int, dict[str, Any]] = field(default_factory=dict)
    link: list[int] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    replace: bool = False


@cache
def parameters(verb: Callable[..., Any]) -> frozenset[str]:
    """The names of the keyword arguments that a verb takes."""
    kinds = (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    return frozenset(name for name, one in signature(verb).parameters.items() if one.kind in kinds)


def perform(verb: Callable[..., Any], call: Any, *arguments: Any, **more: Any) -> Any:
    """Call a verb on behalf of a call: it is told who, speaking the call's language, and the day if it asks for one."""
    takes = parameters(verb)
    if "on" in takes and "on" not in more:
        more["on"] = call.today()
    return verb(*arguments, by=call.speaking(), **more)


@dataclass(frozen=True, slots=True)
class Method:
    """Something clients may call: `function(call, …)`, or `function(call, ids, …)` when it takes rows."""

    function: Callable[..., Any]
    takes_ids: bool
    writes: bool

    def signature(self) -> Signature:
        """The arguments by name, as JSON-2 gives them."""
        return _signature(self.function)

    def most_arguments(self) -> int | None:
        """How many arguments it takes by position, ids included; `None` for any number."""
        return _most_arguments(self.function)


def model_method(function: Callable[..., Any], *, writes: bool = True) -> Method:
    """Declare a method of a noun: `function(call, …)`."""
    return Method(function, takes_ids=False, writes=writes)


def record_method(function: Callable[..., Any], *, writes: bool = True) -> Method:
    """Declare a method of rows: `function(call, ids, …)`."""
    return Method(function, takes_ids=True, writes=writes)


@cache
def _signature(function: Callable[..., Any]) -> Signature:
    return signature(function)


@cache
def _most_arguments(function: Callable[..., Any]) -> int | None:
    kinds = [one.kind for one in _signature(function).parameters.values()]
    placed = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    return None if Parameter.VAR_POSITIONAL in kinds else sum(k in placed for k in kinds) - 1
