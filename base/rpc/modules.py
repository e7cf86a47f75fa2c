"""Modules on the wire: seen, installed, upgraded and uninstalled while the caller waits."""

from base64 import b64encode
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from base.icons import drawn
from base.lifecycle.catalogue import refresh
from base.models import Module, ModuleOperation
from base.modules import installed
from base.policies import require
from base.services import modules
from rpc import computed, expose, field, model_method, record_method, table
from rpc.context import Call
from rpc.faults import user_error
from rpc.methods.table import row_ids
from rpc.registry import everything
from rpc.tables.actions import reports_about
from rpc.tables.names import SpokenOf, names_rows
from rpc.tables.numbers import number
from rpc.writing.records import found_rows

RELOAD = {"type": "ir.actions.client", "tag": "reload", "params": {}}
STATES = [
    ("uninstallable", _("Uninstallable")),
    ("uninstalled", _("Not Installed")),
    ("installed", _("Installed")),
    ("to upgrade", _("To be upgraded")),
    ("to remove", _("To be removed")),
    ("to install", _("To be installed")),
]
STATE = """coalesce(
    (SELECT CASE o.kind WHEN 'install' THEN 'to install' WHEN 'upgrade' THEN 'to upgrade' ELSE 'to remove' END
       FROM base_moduleoperation o WHERE o.is_unfinished AND o.names @> to_jsonb({name}::text) LIMIT 1),
    {state}
)"""
LICENSES = [
    (name, name)
    for name in (
        *("GPL-2", "GPL-2 or any later version", "GPL-3", "GPL-3 or any later version", "AGPL-3"),
        *("LGPL-3", "Other OSI approved licence", "OEEL-1", "OPL-1", "Other proprietary"),
    )
]
Request = Callable[..., ModuleOperation]


def button(request: Request, some: Callable[[Any], Any], *, waits: bool, **more: Any) -> Any:
    """A method that asks for an operation on those modules that need it, and with `waits` stays until it has ended.

    It holds no transaction: the operation begins when everybody has let go, the caller too.
    """

    def method(call: Call, ids: Any) -> dict[str, Any]:
        rows = found_rows(call, row_ids(ids), "write")
        names = list(some(rows).order_by("pk").values_list("name", flat=True))
        if names:
            require(call.actor, modules.PERMISSION)
            with transaction.atomic():
                operation = request(names, by=call.actor, **more)
            if waits:
                _wait(operation)
        return dict(RELOAD)

    return record_method(method, writes=False)


def absent(rows: Any) -> Any:
    """Modules that are not installed."""
    return rows.filter(state=Module.State.UNINSTALLED)


def present(rows: Any) -> Any:
    """Modules that are installed."""
    return rows.installed()


def outdated(rows: Any) -> Any:
    """Installed modules with newer code."""
    return rows.outdated()


def update_list(call: Call) -> list[int]:
    """Look what modules there are now; answers how many have changed and how many are new."""
    require(call.actor, modules.PERMISSION)
    before = dict(Module.objects.values_list("name", "changed_at"))
    refresh()
    after = dict(Module.objects.values_list("name", "changed_at"))
    changed = [name for name in before if name in after and after[name] != before[name]]
    return [len(changed), len(after.keys() - before.keys())]


def brings(what: Callable[[str], list[str]]) -> Any:
    """What installed modules bring, line by line."""

    def function(_call: Call, ids: list[int]) -> dict[int, str]:
        rows = Module.objects.installed().filter(pk__in=ids).values_list("pk", "name")
        return {pk: "\n".join(what(name)) for pk, name in rows}

    return function


def nouns_of(module: str) -> list[str]:
    """The nouns that a module shows."""
    return [
        f"{one.label} ({one.name})"
        for one in everything()
        if one.model and one.model._meta.app_label == module
    ]


def menus_of(module: str) -> list[str]:
    """The menus that a module brings."""
    return [
        str(menu.label)
        for config in installed()
        if config.label == module
        for menu in config.manifest.menu
    ]


def said_by_package(*headers: str) -> Any:
    """What the packages of third-party modules say of themselves."""

    def function(_call: Call, ids: list[int]) -> dict[int, str]:
        rows = Module.objects.filter(pk__in=ids).exclude(package="").values_list("pk", "package")
        return {pk: _header(package, headers) for pk, package in rows}

    return function


def licenses(_call: Call, ids: list[int]) -> dict[int, str]:
    """The licences of third-party modules, among those that clients know."""
    said = said_by_package("license", "license_expression")(_call, ids)
    return {pk: known_license(text) for pk, text in said.items() if text}


def known_license(text: str) -> str:
    """The licence that a package names, as clients know it."""
    short = text.upper().replace(" ", "-")
    for known in ("AGPL-3", "LGPL-3", "GPL-3", "GPL-2"):
        if known in short:
            return known
    is_open = any(word in short for word in ("MIT", "BSD", "APACHE", "MPL", "ISC"))
    return "Other OSI approved licence" if is_open else "Other proprietary"


def reports_of(module: str) -> list[str]:
    """The papers of a module's nouns."""
    nouns = {one.name for one in everything() if one.model and one.model._meta.app_label == module}
    return reports_about(nouns)


def icons(_call: Call, ids: list[int]) -> dict[int, str]:
    """A picture for each module."""
    rows = Module.objects.filter(pk__in=ids).values_list("pk", "title", "name")
    return {pk: b64encode(drawn(title or name)).decode() for pk, title, name in rows}


def dependencies(_call: Call) -> list[dict[str, Any]]:
    """Which module requires which, as rows."""
    rows = {row.name: row for row in Module.objects.order_by("pk")}
    return [
        {
            "id": _dependency(row.name, name),
            "name": rows[name].wire_name if name in rows else name,
            "module_id": row.pk,
            "depend_id": rows[name].pk if name in rows else None,
            "state": rows[name].state if name in rows else "uninstallable",
        }
        for row in rows.values()
        for name in row.requires
    ]


def dependency_ids(_call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The requirements of modules."""
    rows = Module.objects.filter(pk__in=ids).values_list("pk", "name", "requires")
    return {pk: [_dependency(name, other) for other in requires] for pk, name, requires in rows}


def _wait(operation: ModuleOperation) -> None:
    ended = modules.wait(operation.pk)
    if ended.is_unfinished:
        raise user_error(
            str(_("This takes longer than usual. It goes on; look at the module again later."))
        )
    if ended.state == ModuleOperation.State.FAILED:
        raise user_error(ended.error)


def _dependency(name: str, other: str) -> int:
    return number(f"module.{name} requires {other}")


def _header(package: str, headers: tuple[str, ...]) -> str:
    try:
        known = metadata(package).json
    except PackageNotFoundError:
        return ""
    return next((str(known[header]) for header in headers if known.get(header)), "")


def _row_named(complete_name: str) -> int | None:
    """`base.module_accounting` stands for the module that programs find as `base.module_account`."""
    head, _dot, name = complete_name.partition(".module_")
    if head != "base" or not name:
        return None
    return Module.objects.filter(name=name).values_list("pk", flat=True).first()


names_rows("ir.module.module", _row_named)

expose(
    "ir.module.module",
    model=Module,
    label=_("Module"),
    order="application desc, name",
    display="coalesce(nullif({title}, ''), {wire_name})",
    search="name shortdesc summary",
    reads="""
        shortdesc=title icon latest_version=version installed_version=code_version
        application=is_application auto_install=is_bridge
    """,
    labels={"latest_version": _("Installed Version"), "installed_version": _("Latest Version")},
    computed=(
        computed(
            "name",
            "char",
            label=_("Technical Name"),
            sql="{wire_name}",
            is_filled=True,
            to_python=SpokenOf(),
        ),
        computed("state", "selection", label=_("Status"), choices=STATES, sql=STATE),
        computed(
            "dependencies_id",
            "one2many",
            label=_("Dependencies"),
            relation="ir.module.module.dependency",
            inverse="module_id",
            function=dependency_ids,
        ),
        computed(
            "description", "text", label=_("Description"), function=said_by_package("summary")
        ),
        computed(
            "author", "char", label=_("Author"), function=said_by_package("author", "author_email")
        ),
        computed("website", "char", label=_("Website"), function=said_by_package("home_page")),
        computed("license", "selection", label=_("License"), choices=LICENSES, function=licenses),
        computed("summary", "char", label=_("Summary"), sql="{summary}"),
        computed("icon_image", "binary", label=_("Icon"), function=icons),
        computed("views_by_module", "text", label=_("Views"), function=brings(nouns_of)),
        computed("reports_by_module", "text", label=_("Reports"), function=brings(reports_of)),
        computed("menus_by_module", "text", label=_("Menus"), function=brings(menus_of)),
    ),
    permissions={"create": None, "write": None, "unlink": None},
    methods={
        "button_immediate_install": button(modules.request_install, absent, waits=True),
        "button_immediate_upgrade": button(modules.request_upgrade, outdated, waits=True),
        "button_immediate_uninstall": button(
            modules.request_uninstall, present, waits=True, confirmed=True
        ),
        "button_install": button(modules.request_install, absent, waits=False),
        "button_upgrade": button(modules.request_upgrade, outdated, waits=False),
        "button_uninstall": button(modules.request_uninstall, present, waits=False, confirmed=True),
        "update_list": model_method(update_list),
    },
)

table(
    "ir.module.module.dependency",
    label=_("Module dependency"),
    order="module_id, name, id",
    display="name",
    fields=(
        field("name", "char", _("Name"), required=True),
        field("module_id", "many2one", _("Module"), relation="ir.module.module", required=True),
        field("depend_id", "many2one", _("Dependency"), relation="ir.module.module"),
        field("state", "selection", _("Status"), choices=STATES),
    ),
    rows=dependencies,
)
