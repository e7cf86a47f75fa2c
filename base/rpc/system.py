"""The house itself on the wire: external ids, modules, sequences, parameters and scheduled jobs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import ExternalId, Parameter, ScheduledJob, Sequence
from base.modules import installed
from base.services import records
from rpc import access, computed, expose, field, model_method, table
from rpc.context import Call
from rpc.domains.parse import Leaf
from rpc.faults import value_error
from rpc.nouns import noun
from rpc.reading.rows import search
from rpc.registry import find, name_of
from rpc.tables.numbers import number

STATES = [
    ("uninstalled", _("Not Installed")),
    ("installed", _("Installed")),
    ("to upgrade", _("To be upgraded")),
    ("to remove", _("To be removed")),
    ("to install", _("To be installed")),
]


def check_object_reference(
    call: Call, module: Any, xml_id: Any, raise_on_access_error: Any = False
) -> list[Any]:
    """The noun and the id behind an external id; `false` for a row that the caller does not see."""
    del raise_on_access_error
    complete_name = f"{module}.{xml_id}"
    found = ExternalId.objects.named(complete_name).select_related("content_type").first()
    model = found.content_type.model_class() if found else None
    name = name_of(model) if model else None
    exposure = find(name)
    if found is None or exposure is None:
        raise value_error(f"External ID not found in the system: {complete_name}")
    seen = search(call.on(exposure), Leaf("id", "=", found.row_id), order=False)
    return [name, found.row_id if seen else False]


def module_rows(_call: Call) -> list[dict[str, Any]]:
    """The modules of the house, as rows."""
    return [
        {
            "id": number(config.name),
            "name": config.name,
            "shortdesc": str(config.verbose_name),
            "summary": str(config.manifest.summary),
            "state": "installed",
            "latest_version": config.manifest.version,
            "installed_version": config.manifest.version,
            "application": bool(config.manifest.home),
            "license": "LGPL-3",
            "sequence": 100,
            "views_by_module": "",
        }
        for config in installed()
    ]


def get_param(call: Call, key: Any, default: Any = False) -> Any:
    """A parameter's value, or the default. Only administrators ask for it: some values are secrets."""
    access.require(call, "read")
    return Parameter.objects.filter(key=key).values_list("value", flat=True).first() or default


def set_param(call: Call, key: Any, value: Any) -> Any:
    """Set a parameter, or remove it with a falsy value; answers what it was."""
    before = Parameter.objects.filter(key=key).first()
    if not value and value != 0:
        if before:
            records.delete(Parameter.objects.filter(pk=before.pk), by=call.actor)
    elif before:
        records.change(records.named(Parameter, [before.pk]), {"value": str(value)}, by=call.actor)
    else:
        records.create(Parameter, [{"key": str(key), "value": str(value)}], by=call.actor)
    return before.value if before else False


expose(
    "ir.model.data",
    model=ExternalId,
    label=_("Model Data"),
    order="module, model, name",
    display="{module} || '.' || {name}",
    search="name module",
    writes="name module res_id=row_id noupdate=keeps_edits",
    computed=(
        computed("complete_name", "char", label=_("Complete ID"), sql="{module} || '.' || {name}"),
        noun("model", "content_type", _("Model Name")),
    ),
    methods={"check_object_reference": model_method(check_object_reference, writes=False)},
)

table(
    "ir.module.module",
    label=_("Module"),
    order="application desc, sequence, name",
    display="{shortdesc}",
    fields=(
        field("name", "char", _("Technical Name")),
        field("shortdesc", "char", _("Module Name")),
        field("summary", "char", _("Summary")),
        field("state", "selection", _("Status"), choices=STATES),
        field("latest_version", "char", _("Installed Version")),
        field("installed_version", "char", _("Latest Version")),
        field("application", "boolean", _("Application")),
        field("license", "char", _("License")),
        field("sequence", "integer", _("Sequence")),
        field("views_by_module", "text", _("Views")),
    ),
    rows=module_rows,
)

expose(
    "ir.sequence",
    model=Sequence,
    label=_("Sequence"),
    order="name, id",
    writes="""
        name code implementation is_active prefix suffix number_next=next_number number_increment=increment padding
        company use_date_range=uses_ranges
    """,
    computed=(
        computed(
            "number_next_actual", "integer", label=_("Actual Next Number"), sql="{next_number}"
        ),
    ),
)

expose(
    "ir.config_parameter",
    model=Parameter,
    label=_("System Parameter"),
    order="key",
    writes="key value",
    permissions={"read": "base.change_parameter"},
    methods={
        "get_param": model_method(get_param, writes=False),
        "set_param": model_method(set_param),
    },
)

expose(
    "ir.cron",
    model=ScheduledJob,
    label=_("Scheduled Actions"),
    order="cron_name, id",
    writes="interval_number interval_type=interval_unit priority is_active nextcall=next_run_at user",
    reads="cron_name=name name lastcall=last_run_at",
    labels={"cron_name": _("Name")},
)
