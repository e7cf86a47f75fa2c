"""One noun as the outside world knows it, and how a module declares it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models

from rpc.derive import Adjustments
from rpc.fields import Declared, Field, Text
from rpc.sql.statement import Source
from rpc.verbs import Does

Kind = Literal["model", "wizard", "table"]
Action = Literal["read", "create", "write", "unlink"]
ACTIONS: dict[str, str] = {"read": "view", "create": "add", "write": "change", "unlink": "delete"}


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What one call of `expose`, `extend`, `wizard` or `table` says."""

    name: str
    kind: Kind = "model"
    model: type[models.Model] | None = None
    label: Text = ""
    via: str = ""
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    declared: tuple[Declared, ...] = ()
    adjust: Adjustments = field(default_factory=Adjustments)
    order: str = "id"
    display: str = ""
    search: tuple[str, ...] = ()
    verbs: Mapping[str, Does] = field(default_factory=dict)
    methods: Mapping[str, Any] = field(default_factory=dict)
    defaults: Any = None
    permissions: Mapping[str, str | None] = field(default_factory=dict)
    create: Any = None
    write: Any = None
    unlink: Any = None
    copy: Any = None
    rows: Callable[..., list[dict[str, Any]]] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Exposure:
    """A declaration with everything worked out that does not depend on who calls."""

    name: str
    kind: Kind
    label: Text
    model: type[models.Model] | None
    source: Source | None
    fields: Mapping[str, Field]
    order: str
    display: str
    search: tuple[Field, ...]
    search_text: str
    parent: Field | None
    verbs: Mapping[str, Does]
    methods: Mapping[str, Any]
    defaults: tuple[Any, ...]
    permissions: Mapping[str, str | None]
    create: Any
    write: Any
    unlink: Any
    copy: Any
    rows: Callable[..., list[dict[str, Any]]] | None

    @property
    def has_active(self) -> bool:
        """Whether rows can be archived."""
        return "active" in self.fields and self.fields["active"].type == "boolean"


def words(text: str | Iterable[str]) -> tuple[str, ...]:
    """Blank-separated words, or words given one by one."""
    return tuple(text.split()) if isinstance(text, str) else tuple(text)


def standing_permissions(
    model: type[models.Model] | None, given: Mapping[str, str | None], verbs: Mapping[str, Any]
) -> dict[str, str | None]:
    """Which permission each action needs: as given, else that of the verb that does it, else Django's own."""
    needed: dict[str, str | None] = {}
    for action, word in ACTIONS.items():
        verb = verbs.get(action)
        if action in given:
            needed[action] = given[action]
        elif verb is False:
            needed[action] = None
        elif permission := getattr(verb, "permission", None):
            needed[action] = permission
        elif model is not None:
            needed[action] = f"{model._meta.app_label}.{word}_{model._meta.model_name}"
        else:
            needed[action] = ""
    return needed
