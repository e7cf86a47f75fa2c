"""Windows and reports as rows: what clients open, print or refer to."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from rpc import access, registry
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.fields import Text, field
from rpc.registry import table
from rpc.tables import rights
from rpc.tables.names import module_of, names_rows
from rpc.tables.numbers import number
from rpc.tables.views import view_id

Rows = list[dict[str, Any]]
TARGETS = [
    ("current", _("Current Window")),
    ("new", _("New Window")),
    ("fullscreen", _("Full Screen")),
    ("main", _("Main action of Current Window")),
]
# Clients that keep a home action take the first one for granted.
FIRST = "res.partner"
KNOWN_AS = {"res.partner": "base.action_partner_form"}

_reports: dict[str, dict[str, Any]] = {}


def report(name: str, *, model: str, label: Text, file_name: str = "") -> None:
    """Let clients know of a document that is printed from rows of a noun, by the name that its address has."""
    _reports[name] = {
        "report_name": name,
        "model": model,
        "name": label,
        "print_report_name": file_name,
    }


def window_id(noun: str) -> int:
    """The id of the window that lists a noun."""
    return 1 if noun == FIRST else number(f"action.{noun}")


def window_name(one: Exposure) -> str:
    """The external id of the window that lists a noun."""
    return KNOWN_AS.get(one.name, f"{module_of(one)}.action_{one.name.replace('.', '_')}")


def windows(call: Call) -> Rows:
    """A window for each noun that the actor may read."""
    return [
        {
            "id": window_id(one.name),
            "name": str(one.label),
            "type": "ir.actions.act_window",
            "res_model": one.name,
            "view_mode": "list,form",
            "target": "current",
            "context": "{}",
            "domain": "[]",
            "limit": 80,
            "res_id": 0,
            "view_id": view_id(one.name, "list"),
            "search_view_id": view_id(one.name, "search"),
            "xml_id": window_name(one),
        }
        for one in registry.everything()
        if one.kind == "model" and access.may(call, "read", one)
    ]


def kinds_of_views(_call: Call, ids: list[int]) -> dict[int, list[list[Any]]]:
    """The views that windows open, as `[id, kind]`; without an id the noun's own is meant."""
    return {pk: [[False, "list"], [False, "form"]] for pk in ids}


def reports(call: Call) -> Rows:
    """The documents that the actor may print."""
    return [
        {
            "id": number(f"report.{name}"),
            "type": "ir.actions.report",
            "report_type": "qweb-pdf",
            "report_file": name,
            "xml_id": name,
            **said,
            "name": str(said["name"]),
        }
        for name, said in sorted(_reports.items())
        if (one := registry.find(said["model"])) is not None and access.may(call, "read", one)
    ]


def report_ids(names: Iterable[str]) -> list[int]:
    """The ids of documents by their names; those that no installed module prints are left out."""
    return [number(f"report.{name}") for name in names if name in _reports]


def reports_about(nouns: Iterable[str]) -> list[str]:
    """What the documents of some nouns are called."""
    wanted = set(nouns)
    return [str(said["name"]) for said in _reports.values() if said["model"] in wanted]


def reports_named(ids: Iterable[int]) -> list[str]:
    """The names of documents by their ids."""
    wanted = set(ids)
    return [name for name in _reports if number(f"report.{name}") in wanted]


def actions(call: Call) -> Rows:
    """Windows and reports alike."""
    names = ("id", "name", "type", "xml_id")
    return [{name: row[name] for name in names} for row in (*windows(call), *reports(call))]


def _window_named(complete_name: str) -> int | None:
    for one in registry.everything():
        if one.kind == "model" and window_name(one) == complete_name:
            return window_id(one.name)
    return None


def _windows_called(ids: set[int]) -> dict[int, str]:
    rows = (one for one in registry.everything() if one.kind == "model")
    return {pk: window_name(one) for one in rows if (pk := window_id(one.name)) in ids}


def _reports_called(ids: set[int]) -> dict[int, str]:
    return {pk: name for name in _reports if (pk := number(f"report.{name}")) in ids}


def _report_named(complete_name: str) -> int | None:
    return number(f"report.{complete_name}") if complete_name in _reports else None


names_rows("ir.actions.act_window", _window_named, _windows_called)
names_rows("ir.actions.report", _report_named, _reports_called)


def group_ids(_call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The roles that may read what actions show."""
    wanted, held = set(ids), rights.readers()
    nouns = {window_id(one.name): one.name for one in registry.everything()}
    nouns |= {number(f"report.{name}"): said["model"] for name, said in _reports.items()}
    return {pk: held.get(name, []) for pk, name in nouns.items() if pk in wanted}


OF_ROLES = field("group_ids", "many2many", _("Groups"), relation="res.groups", function=group_ids)
OF_ACTION = (
    field("name", "char", _("Action Name"), required=True),
    field("type", "char", _("Action Type"), required=True),
    field("xml_id", "char", _("External ID")),
)

table(
    "ir.actions.actions",
    label=_("Actions"),
    order="name, id",
    display="name",
    fields=OF_ACTION,
    rows=actions,
)

table(
    "ir.actions.act_window",
    label=_("Action Window"),
    order="name, id",
    display="name",
    fields=(
        *OF_ACTION,
        field("res_model", "char", _("Destination Model"), required=True),
        field("res_id", "integer", _("Record ID")),
        field("view_mode", "char", _("View Mode"), required=True),
        field("domain", "char", _("Domain Value")),
        field("context", "char", _("Context Value"), required=True),
        field("target", "selection", _("Target Window"), choices=TARGETS),
        field("limit", "integer", _("Limit")),
        field("view_id", "many2one", _("View Ref."), relation="ir.ui.view"),
        field("search_view_id", "many2one", _("Search View Ref."), relation="ir.ui.view"),
        field("views", "binary", _("Views"), function=kinds_of_views),
        OF_ROLES,
    ),
    rows=windows,
)

table(
    "ir.actions.report",
    label=_("Report Action"),
    order="name, id",
    display="name",
    fields=(
        *OF_ACTION,
        field("model", "char", _("Model Name"), required=True),
        field(
            "report_type",
            "selection",
            _("Report Type"),
            choices=[("qweb-html", _("HTML")), ("qweb-pdf", _("PDF")), ("qweb-text", _("Text"))],
            required=True,
        ),
        field("report_name", "char", _("Template Name"), required=True),
        field("report_file", "char", _("Report File")),
        field("print_report_name", "char", _("Printed Report Name")),
        field("attachment", "char", _("Save as Attachment Prefix")),
        field("attachment_use", "boolean", _("Reload from Attachment")),
        OF_ROLES,
    ),
    rows=reports,
)
