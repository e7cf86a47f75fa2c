"""Favourites on the wire: searches that people keep by name. Those that programs keep appear in the lists of the noun."""

import json
from ast import literal_eval
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import Favourite
from base.models.favourite import screen_of
from base.policies import require
from base.services import favourites, records
from rpc import access, computed, expose, model_method, registry
from rpc.context import Call
from rpc.faults import user_error, validation_error

SAID = ("domain", "context", "sort")
EMPTY = {"domain": "[]", "context": "{}", "sort": "[]"}


def get_filters(
    call: Call,
    model: Any,
    action_id: Any = None,
    embedded_action_id: Any = None,
    embedded_parent_res_id: Any = None,
) -> list[dict[str, Any]]:
    """The searches that are kept for a noun: the caller's own, and those of everybody."""
    del action_id, embedded_action_id, embedded_parent_res_id
    access.require(call, "read")
    kept = Favourite.objects.filter(model=model, user__in=[call.actor.user_id or 0])
    kept |= Favourite.objects.filter(model=model, user=None)
    return [
        {
            "id": one.pk,
            "name": one.name,
            "is_default": one.is_default,
            "domain": one.domain,
            "context": one.context,
            "sort": one.sort,
            "user_ids": [one.user_id] if one.user_id else [],
            "action_id": False,
            "embedded_action_id": False,
            "embedded_parent_res_id": False,
        }
        for one in kept.order_by("name", "pk")
    ]


def create_filter(call: Call, vals: Any) -> list[int]:
    """Keep a search for a noun; the caller's own of that name is replaced."""
    values = dict(vals) if isinstance(vals, dict) else {}
    owners = values.get("user_ids", [call.actor.user_id])
    row = {
        "name": str(values.get("name") or ""),
        "model": values.get("model_id") or "",
        "user_id": _owner(owners) if "user_id" not in values else values["user_id"] or None,
        "is_default": bool(values.get("is_default")),
        **{name: _text(values.get(name), EMPTY[name]) for name in SAID},
    }
    return [one.pk for one in create([row], by=call.actor)]


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[Favourite]:
    """Keep searches, one for each row: the actor's own, or without a user everybody's."""
    return [_kept(row, by) for row in rows]


def write(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change searches: one's own, or everybody's for those who may share."""
    found = list(rows.order_by("pk"))
    if any(one.user_id is None for one in found) or values.get("user_id", 0) is None:
        require(by, favourites.SHARE)
    if values.get("user_id") not in (None, by.user_id):
        raise user_error(str(_("A favourite is one's own, or everybody's.")))
    for one in found:
        told = {name: _text(values.get(name, getattr(one, name)), EMPTY[name]) for name in SAID}
        more = {**told, "query": _query(**told)} if values.keys() & set(SAID) else {}
        if "model" in values:
            more["screen"] = screen_of(values["model"])
        records.change(records.named(Favourite, [one.pk]), values | more, by=by)


def unlink(rows: Any, *, by: Actor) -> None:
    """Forget searches."""
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        favourites.forget(pk, by=by)


def nouns() -> list[tuple[str, str]]:
    """Every noun there is, to choose from."""
    return [(one.name, str(one.label)) for one in registry.everything()]


def _kept(row: dict[str, Any], by: Actor) -> Favourite:
    owner = row.get("user_id", by.user_id)
    if owner not in (None, by.user_id):
        raise user_error(str(_("A favourite is one's own, or everybody's.")))
    said = {name: _text(row.get(name), EMPTY[name]) for name in SAID}
    model = str(row.get("model") or "")
    if registry.find(model) is None:
        raise validation_error(f"Wrong value for ir.filters.model_id: {model!r}")
    return favourites.keep(
        screen=screen_of(model),
        name=str(row.get("name") or ""),
        query=_query(**said),
        is_shared=owner is None,
        is_default=bool(row.get("is_default")),
        by=by,
        model=model,
        **said,
    )


def _query(domain: str, context: str, sort: str) -> str:
    """The same as the query of an address, for people's lists; empty where only a program could work it out."""
    del sort
    try:
        found, said = literal_eval(domain), literal_eval(context)
        groups = said.get("group_by", []) if isinstance(said, dict) else []
        pairs = [("d", json.dumps(found))] if found else [("all", "1")]
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return ""
    names = [groups] if isinstance(groups, str) else list(groups)
    return urlencode([*pairs, *(("g", str(name)) for name in names)])


def _owner(owners: Any) -> int | None:
    first = owners[0] if isinstance(owners, list) and owners else None
    if isinstance(first, list | tuple):  # a command: [6, 0, ids] or [4, id]
        ids = first[2] if len(first) > 2 and isinstance(first[2], list) else list(first[1:2])
        return ids[0] if ids else None
    return first


def _text(value: Any, empty: str) -> str:
    return value if isinstance(value, str) and value else repr(value) if value else empty


expose(
    "ir.filters",
    model=Favourite,
    label=_("Filters"),
    order="model_id, name, id desc",
    display="name",
    search="name",
    writes="name domain context sort is_default user",
    required="name",
    labels={"user_id": _("Shared with")},
    computed=(
        computed(
            "model_id",
            "selection",
            label=_("Model"),
            choices=nouns,
            sql="{model}",
            write=lambda name: {"model": name or ""},
            required=True,
        ),
        computed("active", "boolean", label=_("Active"), sql="true"),
        computed(
            "action_id",
            "many2one",
            label=_("Action"),
            relation="ir.actions.actions",
            sql="NULL",
        ),
    ),
    create=create,
    write=write,
    unlink=unlink,
    permissions={
        "create": "base.add_favourite",
        "write": "base.change_favourite",
        "unlink": "base.delete_favourite",
    },
    methods={
        "get_filters": model_method(get_filters, writes=False),
        "create_filter": model_method(create_filter),
        "create_or_replace": model_method(create_filter),
    },
)
