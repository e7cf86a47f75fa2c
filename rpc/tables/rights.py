"""What roles may do with nouns, and which rows of them people see, as rows."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from base.models import Role
from base.policies import company_path, rules_of
from rpc import access, registry
from rpc.context import Call
from rpc.exposure import ACTIONS, Exposure
from rpc.faults import builtin, user_error
from rpc.fields import field
from rpc.naming import wire_name
from rpc.registry import table
from rpc.tables.numbers import model_id, number
from rpc.verbs import model_method

Rows = list[dict[str, Any]]


def rights(_call: Call) -> Rows:
    """What each role may do with each noun, as rows. What a role implies is said of the role it implies."""
    held = _permissions_of_roles()
    return [row for one in registry.everything() for row in _rights(one, held)]


def readers() -> dict[str, list[int]]:
    """The roles that may read each noun that not everybody reads."""
    found: dict[str, list[int]] = {}
    held = _permissions_of_roles()
    for one in registry.everything():
        if needed := one.permissions["read"]:
            found[one.name] = sorted(pk for (pk, _name), names in held.items() if needed in names)
    return found


def rules(_call: Call) -> Rows:
    """Which rows of each noun people see, as rows: those of their companies, and what modules say beyond."""
    return [row for one in registry.everything() if one.model for row in _rules(one, one.model)]


def check(call: Call, model: Any, mode: Any = "read", raise_exception: Any = True) -> bool:
    """Whether the actor may do something with a noun; refuses unless told otherwise."""
    exposure = registry.find(model)
    if exposure is None:
        raise user_error(f"Object {model} doesn't exist")
    if mode not in list(ACTIONS):
        raise builtin("AssertionError", "Invalid access mode")
    if raise_exception:
        access.require(call, mode, exposure)
    return access.may(call, mode, exposure)


def _permissions_of_roles() -> dict[tuple[int, str], set[str]]:
    rows = Role.permissions.through._default_manager.order_by("role_id").values_list(
        "role_id", "role__name", "permission__content_type__app_label", "permission__codename"
    )
    found: dict[tuple[int, str], set[str]] = {}
    for role_id, name, app, codename in rows:
        found.setdefault((role_id, name), set()).add(f"{app}.{codename}")
    return found


def _rights(one: Exposure, held: dict[tuple[int, str], set[str]]) -> Rows:
    needed = {f"perm_{action}": one.permissions[action] for action in ACTIONS}
    row = {"model_id": model_id(one), "active": True}
    if not any(needed.values()):
        may = {name: permission == "" for name, permission in needed.items()}
        return [
            {"id": number(f"access.{one.name}"), "name": one.name, "group_id": None, **row, **may}
        ]
    found = []
    for (role_id, role), permissions in held.items():
        may = {
            name: permission == "" or permission in permissions
            for name, permission in needed.items()
        }
        if any(permission in permissions for permission in needed.values()):
            key = {"id": number(f"access.{one.name}.{role_id}"), "name": f"{one.name} {role}"}
            found.append({**key, "group_id": role_id, **row, **may})
    return found


def _rules(one: Exposure, model: type[Model]) -> Rows:
    row = {
        "model_id": model_id(one),
        "groups": [],
        "active": True,
        **{f"perm_{action}": True for action in ACTIONS},
    }
    found = []
    path = company_path(model)
    if path:
        name = _wire_path(one, path)
        domain = f"['|', ('{name}', '=', False), ('{name}', 'in', company_ids)]"
        what = {"name": str(_("%(noun)s: companies") % {"noun": one.label}), "domain_force": domain}
        found.append({"id": number(f"rule.{one.name}"), **what, **row})
    for rule in rules_of(model):
        said = (rule.__doc__ or rule.__name__).strip()
        key = f"rule.{one.name}.{rule.__name__}"
        found.append({"id": number(key), "name": said, "domain_force": None, **row})
    return found


def _wire_path(one: Exposure, path: str) -> str:
    """A path to the company in words of the wire: the field that leads there, else each step by its name."""
    python = path.replace("__", ".").removesuffix(".id")
    for each in one.fields.values():
        if each.python == python and each.relation == "res.company":
            return each.name
    steps, owner = [], one.model
    for step in path.split("__"):
        found: Any = owner._meta.get_field(step) if owner else None
        steps.append("id" if found is None or found.primary_key else wire_name(step, found))
        owner = getattr(found, "related_model", None)
    return ".".join(steps)


PERMISSIONS = (
    field("perm_read", "boolean", _("Read Access")),
    field("perm_write", "boolean", _("Write Access")),
    field("perm_create", "boolean", _("Create Access")),
    field("perm_unlink", "boolean", _("Delete Access")),
)

table(
    "ir.model.access",
    label=_("Model Access"),
    order="model_id, group_id, name, id",
    display="name",
    fields=(
        field("name", "char", _("Name"), required=True),
        field("model_id", "many2one", _("Model"), relation="ir.model", required=True),
        field("group_id", "many2one", _("Group"), relation="res.groups"),
        field("active", "boolean", _("Active")),
        *PERMISSIONS,
    ),
    rows=rights,
    methods={"check": model_method(check, writes=False)},
)

table(
    "ir.rule",
    label=_("Record Rule"),
    order="model_id desc, id",
    display="name",
    fields=(
        field("name", "char", _("Name")),
        field("model_id", "many2one", _("Model"), relation="ir.model", required=True),
        field("groups", "many2many", _("Groups"), relation="res.groups"),
        field("domain_force", "text", _("Domain")),
        field("active", "boolean", _("Active")),
        *PERMISSIONS,
    ),
    rows=rules,
    permission="base.change_role",
)
