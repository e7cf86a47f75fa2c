"""Settings of the house on the wire, by key. Some of them are secrets: they are for administrators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import Parameter
from base.services import parameters
from rpc import access, expose, model_method
from rpc.context import Call


def get_param(call: Call, key: Any, default: Any = False) -> Any:
    """The text kept under a key, or the default."""
    access.require(call, "read")
    return parameters.value(str(key)) or default


def set_param(call: Call, key: Any, value: Any) -> Any:
    """Keep a text under a key, or forget the key with a falsy value that is no zero; answers what was kept."""
    keeps = bool(value) or (value == 0 and value is not False)
    before = parameters.put(str(key), str(value) if keeps else None, by=call.actor)
    return False if before is None else before


expose(
    "ir.config_parameter",
    model=Parameter,
    label=_("System Parameter"),
    order="key",
    writes="key value",
    required="value",
    permissions={"read": "base.change_parameter"},
    methods={
        "get_param": model_method(get_param, writes=False),
        "set_param": model_method(set_param),
    },
)
