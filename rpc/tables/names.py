"""External ids of rows that no table holds."""

from collections.abc import Callable
from typing import Any

from base.modules import installed, on_the_wire, wire_name
from rpc import registry
from rpc.exposure import Exposure


class SpokenOf(dict[Any, str]):
    """What programs call modules, for those who name them as we do."""

    def get(self, name: Any, default: Any = None) -> Any:
        """The name on the wire; what is no module's label stays as it is."""
        return wire_name(name) if isinstance(name, str) else default


Finder = Callable[[str], int | None]
Caller = Callable[[set[int]], dict[int, str]]

_finders: list[tuple[str, Finder]] = []
_callers: dict[str, Caller] = {}


def names_rows(noun: str, finder: Finder, caller: Caller | None = None) -> None:
    """Let a function say which row of a noun an external id stands for, and another what rows are called."""
    _finders.append((noun, finder))
    if caller is not None:
        _callers[noun] = caller


def named(complete_name: str) -> tuple[str | None, int]:
    """The noun and the id behind an external id, if it is one of these."""
    wanted = on_the_wire(complete_name)
    for noun, finder in _finders:
        found = finder(wanted)
        if found is not None:
            return noun, found
    return None, 0


def called(noun: str, ids: set[int]) -> dict[int, str]:
    """The external ids of some rows of a noun that no table holds."""
    caller = _callers.get(noun)
    return caller(ids) if caller else {}


def module_of(exposure: Exposure) -> str:
    """What programs call the module that a noun belongs to."""
    model = exposure.model
    return wire_name(model._meta.app_label if model else registry.owner_of(exposure.name) or "rpc")


def is_spoken_of(module: str, exposure: Exposure) -> bool:
    """Whether a noun may be named as one of a module: an installed one, or the family that the noun is named for."""
    names = {wire_name(config.label) for config in installed()}
    return module in names or module == exposure.name.partition(".")[0]
