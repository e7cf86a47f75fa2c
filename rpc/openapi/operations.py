"""One operation for each method of each noun, as REST framework's schema generator asks for them."""

import inspect
import types
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from rpc.exposure import Exposure
from rpc.openapi.values import Schema, ref
from rpc.verbs import Method

IDS: Schema = {"type": "array", "items": {"type": "integer"}}
ANY_OBJECT: Schema = {"type": "object", "additionalProperties": True}
NAMES: Schema = {"type": "array", "items": {"type": "string"}}
ARGUMENTS: dict[str, Schema] = {
    "domain": ref("Domain"),
    "args": ref("Domain"),
    "having": ref("Domain"),
    "fields": NAMES,
    "allfields": NAMES,
    "attributes": NAMES,
    "groupby": NAMES,
    "aggregates": NAMES,
    "fields_to_export": NAMES,
    "specification": ANY_OBJECT,
    "offset": {"type": "integer", "minimum": 0},
    "limit": {"type": "integer", "minimum": 0, "nullable": True},
    "count_limit": {"type": "integer", "minimum": 0, "nullable": True},
    "order": {"type": "string", "example": "name desc, id"},
    "orderby": {"type": "string"},
    "operator": {"type": "string"},
    "name": {"type": "string"},
    "lazy": {"type": "boolean"},
    "load": {"type": "string", "nullable": True},
    "operation": {"type": "string", "enum": ["read", "create", "write", "unlink"]},
}
ANSWERS: dict[str, Schema] = {
    "search": IDS,
    "search_count": {"type": "integer"},
    "create": IDS,
    "copy": IDS,
    "write": {"type": "boolean"},
    "unlink": {"type": "boolean"},
    "has_access": {"type": "boolean"},
    "fields_get": ANY_OBJECT,
    "default_get": ANY_OBJECT,
    "export_data": ANY_OBJECT,
    "load": ANY_OBJECT,
    "web_search_read": ANY_OBJECT,
    "web_read_group": ANY_OBJECT,
    "get_external_id": ANY_OBJECT,
    "name_search": {"type": "array", "items": {"type": "array", "items": {}}},
}
ROWS = frozenset(("read", "search_read", "web_read", "web_save"))
PYTHON: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string"},
}
REFUSALS = {
    400: "The body is no JSON.",
    401: "There is no key, or it opens nothing.",
    403: "You may not do this.",
    404: "There is no such noun, method or record.",
    409: "Somebody else is at work on these records.",
    415: "The body is not said to be JSON.",
    422: "A rule of the house says no, or the arguments do not fit.",
    500: "A value, a field or a domain makes no sense.",
}
OF_OLD = frozenset(("name_get", "fields_get_keys", "check_access_rights", "check_access_rule"))
OF_OLD |= {"read_group", "toggle_active"}


class CallSchema(AutoSchema):
    """Describes a view that stands for one method of one noun; the view says which."""

    @property
    def _what(self) -> tuple[Exposure, str, Method]:
        view: Any = self.view
        return view.exposure, view.name, view.called

    def get_operation_id(self) -> str:
        """`res.partner.search_read`."""
        exposure, name, _method = self._what
        return f"{exposure.name}.{name}"

    def get_tags(self) -> list[str]:
        """The noun."""
        return [self._what[0].name]

    def get_summary(self) -> str:
        """The first line of what the method says about itself."""
        return _said(self._what[2]).partition("\n")[0].replace("`", "")

    def get_description(self) -> str:  # type: ignore[override]
        """The rest of it."""
        return _said(self._what[2]).partition("\n")[2].strip()

    def is_deprecated(self) -> bool:
        """Whether it is there for older clients alone."""
        return self._what[1] in OF_OLD

    def get_request_serializer(self) -> Any:
        """The named arguments."""
        exposure, _name, method = self._what
        properties: Schema = {"ids": ref("Ids")} if method.takes_ids else {}
        required = ["ids"] if method.takes_ids else []
        for name, one in _arguments(method):
            properties[name] = self._argument(exposure, name, one)
            if one.default is inspect.Parameter.empty:
                required.append(name)
        properties["context"] = ref("Context")
        said = {"type": "object", "properties": properties, "additionalProperties": False}
        return {"application/json": said | ({"required": required} if required else {})}

    def get_response_serializers(self) -> Any:
        """The bare result, and how refusals look."""
        exposure, name, _method = self._what
        answer = ANSWERS.get(name, {})
        if name in ROWS:
            answer = {"type": "array", "items": ref(exposure.name)}
        said = {200: OpenApiResponse(response=answer, description="The bare result.")}
        for status, text in REFUSALS.items():
            shape = None if status == 415 else ref("Refusal")
            said[status] = OpenApiResponse(response=shape, description=text)
        return said

    def _argument(self, exposure: Exposure, name: str, one: inspect.Parameter) -> Schema:
        values = ref(f"{exposure.name}.values")
        if name == "vals":
            return values
        if name == "vals_list":
            return {"oneOf": [values, {"type": "array", "items": values}]}
        shape = ARGUMENTS.get(name)
        return dict(shape) if shape is not None else _of_annotation(one.annotation)


def _said(method: Method) -> str:
    return inspect.cleandoc(method.function.__doc__ or method.function.__name__)


def _arguments(method: Method) -> list[tuple[str, inspect.Parameter]]:
    """What clients may name: all but the call, and the ids that have a name of their own."""
    found = list(method.signature().parameters.items())[2 if method.takes_ids else 1 :]
    hidden = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return [(name, one) for name, one in found if one.kind not in hidden]


def _of_annotation(kind: Any) -> Schema:
    """What Python says about an argument, as far as JSON can say it."""
    if get_origin(kind) in {Union, types.UnionType}:
        first = next((one for one in get_args(kind) if one is not types.NoneType), Any)
        return {**_of_annotation(first), "nullable": True}
    return dict(PYTHON.get(kind, {}))
