"""The door for programs. A module opens it in its own `rpc.py`, as it does with `admin.py`. See docs/wire.md.

An *exposure* is a noun as the wire knows it; a *word* names one of its fields; a *call* is one method, by one actor, in
one context; a *wizard* is values kept between two calls.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rpc.fields import computed, field, subset
    from rpc.registry import expose, extend, table, wizard
    from rpc.verbs import Parts, does, model_method, record_method

__all__ = [
    "Parts",
    "computed",
    "does",
    "expose",
    "extend",
    "field",
    "model_method",
    "record_method",
    "subset",
    "table",
    "wizard",
]

HOMES = {
    **dict.fromkeys(("computed", "field", "subset"), "rpc.fields"),
    **dict.fromkeys(("expose", "extend", "table", "wizard"), "rpc.registry"),
    **dict.fromkeys(("Parts", "does", "model_method", "record_method"), "rpc.verbs"),
}


def __getattr__(name: str) -> Any:
    """Fetch what is asked for when it is asked for: the settings import this package before they are complete."""
    if name not in HOMES:
        raise AttributeError(f"module 'rpc' has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
