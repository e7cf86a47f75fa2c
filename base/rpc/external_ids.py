"""External ids on the wire: the names by which other systems, imports and seeds know rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import ExternalId
from base.modules import wire_name
from base.rpc.abouts import res_id
from rpc import computed, expose, model_method
from rpc.context import Call
from rpc.domains.parse import Leaf
from rpc.exposure import Exposure
from rpc.faults import access_error, value_error
from rpc.nouns import WireNames, noun
from rpc.reading.rows import search
from rpc.registry import find, name_of
from rpc.tables.names import SpokenOf, named


def check_object_reference(
    call: Call, module: Any, xml_id: Any, raise_on_access_error: Any = False
) -> list[Any]:
    """The noun and the id behind an external id; `false` for a row that the caller does not see."""
    complete_name = f"{module}.{xml_id}"
    exposure, row_id = _target(complete_name)
    on = call.on(exposure)
    if search(on, Leaf("id", "=", row_id), order=False):
        return [exposure.name, row_id]
    if raise_on_access_error:
        raise access_error(f'Not enough access rights on the external ID "{complete_name}"')
    return [exposure.name, False]


def references(_call: Call, ids: list[int]) -> dict[int, str]:
    """Noun and id of what external ids stand for, as `res.partner,14`."""
    names = WireNames()
    rows = ExternalId.objects.filter(pk__in=ids).values_list(
        "pk", "content_type__app_label", "content_type__model", "row_id"
    )
    return {
        pk: f"{names.get(f'{app}.{model}', f'{app}.{model}')},{row_id}"
        for pk, app, model, row_id in rows
    }


def _target(complete_name: str) -> tuple[Exposure, int]:
    found = ExternalId.objects.named(complete_name).select_related("content_type").first()
    if found is not None:
        model = found.content_type.model_class()
        name, row_id = (name_of(model) if model else None), found.row_id
    else:
        name, row_id = named(complete_name)
    exposure = find(name)
    if exposure is None:
        raise value_error(f"External ID not found in the system: {complete_name}")
    return exposure, row_id


expose(
    "ir.model.data",
    model=ExternalId,
    label=_("Model Data"),
    order="module, model, name",
    display="{module} || '.' || {name}",
    search="name module",
    writes="name noupdate=keeps_edits",
    required="name model",
    computed=(
        computed(
            "module",
            "char",
            label=_("Module"),
            sql="{module}",
            write=lambda name: {"module": wire_name(str(name or ""))},
            to_python=SpokenOf(),
        ),
        computed("complete_name", "char", label=_("Complete ID"), sql="{module} || '.' || {name}"),
        noun("model", "content_type", _("Model Name")),
        res_id(),
        computed("reference", "char", label=_("Reference"), function=references),
    ),
    methods={"check_object_reference": model_method(check_object_reference, writes=False)},
)
