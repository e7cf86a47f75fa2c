"""Roles on the wire: what they are called, who holds them, what they imply."""

from django.utils.translation import gettext_lazy as _

from base.models import Role
from base.rpc.menus import seen_by
from rpc import computed, expose
from rpc.context import Call
from rpc.tables import rights

IMPLIED = """(
    WITH RECURSIVE held(id) AS (
        SELECT {pk}
        UNION SELECT i.implied_id FROM base_roleimplication i JOIN held ON i.role_id = held.id
    ) SELECT jsonb_agg(id ORDER BY id) FROM held
)"""
HOLDERS = """(
    WITH RECURSIVE above(id) AS (
        SELECT {pk}
        UNION SELECT i.role_id FROM base_roleimplication i JOIN above ON i.implied_id = above.id
    ) SELECT jsonb_agg(DISTINCT u.user_id ORDER BY u.user_id) FROM base_user_roles u JOIN above ON u.role_id = above.id
)"""


def model_access(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """What roles may do with nouns, as the ids of those rights."""
    found: dict[int, list[int]] = {pk: [] for pk in ids}
    for row in rights.rights(call):
        if row["group_id"] in found:
            found[row["group_id"]].append(row["id"])
    return found


def menu_access(_call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The menus that roles let their holders see."""
    return {role.pk: seen_by(role) for role in Role.objects.filter(pk__in=ids)}


expose(
    "res.groups",
    model=Role,
    label=_("Access Groups"),
    order="sequence, name, id",
    writes="name sequence share=is_portal user_ids=users",
    reads="implied_ids=implied_roles implied_by_ids=implied_by",
    computed=(
        computed("full_name", "char", label=_("Group Name"), sql="{module} || ' / ' || {name}"),
        computed(
            "comment",
            "text",
            label=_("Comment"),
            sql="{summary}",
            write=lambda text: {"summary": text or ""},
        ),
        computed(
            "all_implied_ids",
            "many2many",
            label=_("Transitively inherits"),
            relation="res.groups",
            sql=IMPLIED,
        ),
        computed(
            "all_user_ids",
            "many2many",
            label=_("Users and implied users"),
            relation="res.users",
            sql=HOLDERS,
        ),
        computed(
            "menu_access",
            "many2many",
            label=_("Access Menu"),
            relation="ir.ui.menu",
            function=menu_access,
        ),
        computed(
            "model_access",
            "one2many",
            label=_("Access Controls"),
            relation="ir.model.access",
            inverse="group_id",
            function=model_access,
        ),
    ),
)
