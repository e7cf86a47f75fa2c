"""What is exposed: declarations as modules make them, exposures once everything is known."""

from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Any, cast

from django.db import models

from rpc.derive import Adjustments
from rpc.exposure import Declaration, Exposure, Kind, words
from rpc.fields import Declared, Field, Text
from rpc.linking import linked
from rpc.verbs import Does

_declarations: dict[str, list[Declaration]] = {}
_exposures: dict[str, Exposure] = {}
_owners: dict[str, str] = {}
_lock = RLock()


def expose(name: str, *, model: type[models.Model], label: Text, **what: Any) -> None:
    """Let programs know a noun under a name. See `docs/wire.md` for what can be said about it."""
    _begin(declaration(name, "model", model=model, label=label, **what))


def wizard(
    name: str, *, label: Text, fields: tuple[Declared, ...], permission: str, **what: Any
) -> None:
    """Let programs use a wizard: values kept for a day, and methods that call verbs."""
    actions = dict.fromkeys(("read", "create", "write", "unlink"), permission)
    _begin(declaration(name, "wizard", label=label, computed=fields, permissions=actions, **what))


def table(
    name: str,
    *,
    label: Text,
    fields: tuple[Declared, ...],
    rows: Any,
    permission: str = "",
    **what: Any,
) -> None:
    """Let programs read rows that Python knows and no table holds."""
    actions = {"read": permission, "create": None, "write": None, "unlink": None}
    _begin(
        declaration(
            name, "table", label=label, computed=fields, rows=rows, permissions=actions, **what
        )
    )


def extend(name: str, **what: Any) -> None:
    """Add fields, verbs or methods to a noun that another module exposes; `via` names the sidecar they live on."""
    _declarations.setdefault(name, []).append(declaration(name, "model", **what))
    _exposures.clear()


def declaration(name: str, kind: Kind, **what: Any) -> Declaration:
    """Sort what a module says about a noun."""
    adjust = Adjustments(
        labels=what.pop("labels", {}),
        choices=what.pop("choices", {}),
        values=what.pop("values", {}),
        restricted=what.pop("restricted", {}),
        html=frozenset(words(what.pop("html", ""))),
        required=frozenset(words(what.pop("required", ""))),
        optional=frozenset(words(what.pop("optional", ""))),
        uncopied=frozenset(words(what.pop("uncopied", ""))),
        currency=what.pop("currency", ""),
        sorts=what.pop("sorts", {}),
    )
    for listed in ("writes", "reads", "search"):
        what[listed] = words(what.get(listed, ""))
    declared = tuple(what.pop("computed", ()))
    verbs = cast("Mapping[str, Does]", what.pop("verbs", {}))
    return Declaration(name=name, kind=kind, adjust=adjust, declared=declared, verbs=verbs, **what)


def find(name: Any) -> Exposure | None:
    """What is known under a name, if anything."""
    found = _exposures.get(name) if isinstance(name, str) else None
    if found is None and isinstance(name, str) and name in _declarations:
        link_all()
        found = _exposures.get(name)
    return found


def name_of(model: type[models.Model]) -> str | None:
    """The name under which a model is exposed; the first one, if it has several."""
    for name, (first, *_more) in _declarations.items():
        if first.model is model:
            return name
    return None


def of_model(model: type[models.Model]) -> Exposure | None:
    """The exposure of a model, if it has one."""
    return find(name_of(model))


def inverse_of(field: Field) -> str:
    """The wire field by which the rows of a one2many lead back to their owner; empty if there is none."""
    target = find(field.relation)
    if target is None or field.inverse in target.fields:
        return field.inverse if target else ""
    link = getattr(field.model_field, "field", None)
    back = (one for one in target.fields.values() if one.model_field is link and not one.is_path)
    return next((one.name for one in back if link is not None), "")


def everything() -> Iterator[Exposure]:
    """Walk over all that programs may know, by name."""
    link_all()
    yield from (_exposures[name] for name in sorted(_exposures))


def note_owner(label: str) -> None:
    """Note that what has been exposed since the last note is that module's."""
    for name, declared in _declarations.items():
        if _is_begun(declared):
            _owners.setdefault(name, label)


def owner_of(name: str) -> str:
    """The label of the module that exposes a noun; empty where nobody has noted it."""
    return _owners.get(name, "")


def owned_by(label: str) -> list[str]:
    """The names under which a module exposes something."""
    return [name for name, owner in _owners.items() if owner == label]


def link_all() -> None:
    """Work out every exposure; declarations made later (by tests) are linked when next asked for."""
    with _lock:
        if len(_exposures) == len(_declarations):
            return
        for name, declared in _declarations.items():
            if _is_begun(declared):
                _exposures[name] = linked(declared, name_of)


def _begin(first: Declaration) -> None:
    known = _declarations.setdefault(first.name, [])
    if _is_begun(known):
        raise ValueError(f"{first.name} is exposed twice")
    known.insert(0, first)
    _exposures.clear()


def _is_begun(declared: list[Declaration]) -> bool:
    """Whether a noun is exposed, not only added to by others."""
    return bool(declared) and (declared[0].kind != "model" or declared[0].model is not None)
