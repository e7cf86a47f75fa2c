"""Who may do what in the back office: the same actor, permissions and rows as at every other door."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from base.actors import Actor
from base.policies import row_filter, visible


def acting(request: HttpRequest) -> Actor:
    """Who acts, coming through the back office."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor.through("admin")


def linkable(rows: QuerySet[Any], actor: Actor, present: Any = None) -> QuerySet[Any]:
    """The rows that the actor may link a record to, and those it is linked to already, whoever may see them."""
    wide = actor.for_companies(actor.allowed_company_ids) if actor.allowed_company_ids else actor
    condition = row_filter(rows.model, wide)
    if not condition:
        return rows
    if present is not None:
        condition |= Q(pk__in=present if isinstance(present, list) else [present])
    return rows.filter(condition)


class Guarded(BaseModelAdmin):
    """Rows through `visible`, rights through the actor, and rows that are final shown but not changed."""

    always_with: tuple[str, ...] = ()
    """Links that `str()` of a row follows: fetched along with it, so that no list asks row by row."""
    may_add = True
    may_change = True
    may_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows the actor sees."""
        rows = visible(super().get_queryset(request), acting(request))
        return rows.select_related(*self.always_with) if self.always_with else rows

    def why_final(self, row: Any) -> str | Promise | None:
        """Why a row is not changed here any more, as a sentence; None while it may be."""
        return None

    def holds(self, request: HttpRequest, action: str) -> bool:
        """Whether the actor holds Django's `view`, `add`, `change` or `delete` permission on the model."""
        return acting(request).has_perm(f"{self.opts.app_label}.{action}_{self.opts.model_name}")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the actor may see the model's rows."""
        return self.holds(request, "view")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the actor may make rows here."""
        return self.may_add and self.holds(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the actor may change rows here, and this row is not final."""
        if not (self.may_change and self.holds(request, "change")):
            return False
        return obj is None or self.why_final(obj) is None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the actor may delete rows here, and this row is not final."""
        if not (self.may_delete and self.holds(request, "delete")):
            return False
        return obj is None or self.why_final(obj) is None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the model is listed for the actor."""
        return self.holds(request, "view")
