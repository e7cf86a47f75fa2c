"""The menu of the back office: shelves of nouns, in the order in which the modules bring them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from base.admin.access import acting
from base.admin.office import Office

KERNEL = ("base", "rpc", "web")


def groups(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu, for what the actor may see."""
    if getattr(request, "actor", None) is None:
        return []
    shelves: dict[str, list[dict[str, Any]]] = {}
    actor = acting(request)
    for model, office in _in_order(admin.site._registry).items():
        meta = model._meta
        if actor.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            shelf = office.shelf or meta.app_config.verbose_name
            shelves.setdefault(str(shelf), []).append(
                {
                    "title": capfirst(meta.verbose_name_plural),
                    "icon": office.icon,
                    "link": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
                    "active": _is_open(request, meta),
                }
            )
    first = {"title": _("Overview"), "icon": "dashboard", "link": reverse("admin:index")}
    return [
        {"items": [first]},
        *(
            {"title": title, "collapsible": True, "separator": True, "items": items}
            for title, items in shelves.items()
        ),
    ]


def _in_order(registry: Mapping[Any, Any]) -> dict[Any, Office]:
    """Our offices: the business modules first, the kernel after them."""
    offices = {model: office for model, office in registry.items() if isinstance(office, Office)}
    business = {m: o for m, o in offices.items() if type(o).__module__.split(".")[0] not in KERNEL}
    return {**business, **offices}


def _is_open(request: HttpRequest, meta: Any) -> bool:
    match = request.resolver_match
    return bool(match and (match.url_name or "").startswith(f"{meta.app_label}_{meta.model_name}_"))
