"""Who may do what, and who may see which rows: two questions that every door asks."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from base.actors import Actor
from base.errors import AccessDenied, Missing

Rows = TypeVar("Rows", bound="QuerySet[Any]")
Rule = Callable[[Actor], Q]

_rules: dict[type[Model], list[Rule]] = {}


def scope(model: type[Model]) -> Callable[[Rule], Rule]:
    """Register a rule that narrows which rows of a model an actor sees. All rules must agree (AND)."""

    def register(rule: Rule) -> Rule:
        rules = _rules.setdefault(model, [])
        if rule not in rules:
            rules.append(rule)
        return rule

    return register


def rules_of(model: type[Model]) -> tuple[Rule, ...]:
    """The rules that modules have registered for a model."""
    return tuple(_rules.get(model, ()))


def company_path(model: type[Model]) -> str | None:
    """How to get from a row to its company: a lookup path, or None when all companies share the model."""
    if hasattr(model, "company_path"):
        path: str | None = model.company_path
        return path
    names = {field.name for field in model._meta.get_fields()}
    return "company" if "company" in names else None


def row_filter(model: type[Model], actor: Actor) -> Q:
    """The rows of a model that an actor may see, as a condition. An empty `Q` means all.

    A row without a company is shared: everyone sees it.
    """
    condition = Q()
    path = company_path(model)
    if path and not actor.sees_all_companies:
        condition &= Q(**{f"{path}__in": actor.company_ids})
        if _may_be_shared(model, path):
            condition |= Q(**{f"{path}__isnull": True})
    for rule in _rules.get(model, ()):
        condition &= rule(actor)
    return condition


def visible(rows: Rows, actor: Actor) -> Rows:
    """Narrow rows to what the actor may see: nothing without the right to view, else company and scope."""
    meta = rows.model._meta
    if not actor.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return rows.none()
    condition = row_filter(rows.model, actor)
    return rows.filter(condition) if condition else rows


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass, or raise `AccessDenied`."""
    if not actor.has_perm(permission):
        raise AccessDenied(permission=permission)


def require_all_visible(rows: "QuerySet[Any]", ids: Iterable[int], actor: Actor) -> None:
    """Check that every id is a row the actor may see, in one query. Raises `Missing`."""
    wanted = set(ids)
    found = set(
        rows.filter(row_filter(rows.model, actor), pk__in=wanted).values_list("pk", flat=True)
    )
    if lost := sorted(wanted - found):
        raise Missing(model=rows.model._meta.verbose_name, ids=", ".join(map(str, lost)))


def _may_be_shared(model: type[Model], path: str) -> bool:
    step: Any = model
    for name in path.split("__"):
        link = step._meta.get_field(name)
        if link.null:
            return True
        step = link.related_model
    return False
