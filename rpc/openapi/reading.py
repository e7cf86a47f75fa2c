"""The description of one noun in words, for people who read it on a page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
SAMPLES: dict[str, Any] = {
    "Ids": [1],
    "array": [],
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "string": "…",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method: its name, what is given, and whether it must be."""

    name: str
    kind: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """A method as a program calls it; `body` is an example of what is sent. `is_old` ones are there for older clients."""

    name: str
    path: str
    summary: str
    description: str
    arguments: tuple[Argument, ...]
    answers: str
    body: str
    is_old: bool


def operations(description: Schema) -> list[Operation]:
    """The methods of an OpenAPI document, in its order."""
    return [_operation(path, said["post"]) for path, said in description["paths"].items()]


def _operation(path: str, said: Schema) -> Operation:
    body = _content(said["requestBody"])
    needed = set(body.get("required", ()))
    shapes: Mapping[str, Schema] = body["properties"]
    example = {name: _sample(shapes[name]) for name in shapes if name in needed}
    return Operation(
        name=path.rpartition("/")[2],
        path=path,
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        arguments=tuple(Argument(one, kind_of(shapes[one]), one in needed) for one in shapes),
        answers=kind_of(_content(said["responses"]["200"])),
        body=json.dumps(example, ensure_ascii=False),
        is_old=said.get("deprecated", False),
    )


def _content(said: Schema) -> Schema:
    content: Schema = said.get("content", {}).get("application/json", {})
    shape: Schema = content.get("schema", {})
    return shape


def kind_of(shape: Schema) -> str:
    """A shape in a few words: `integer`, `array of res.partner`, `Domain`; nothing where anything goes."""
    if "$ref" in shape:
        return _named(shape)
    if "oneOf" in shape:
        return " | ".join(kind_of(one) for one in shape["oneOf"])
    kind = str(shape.get("type", ""))
    inner = kind_of(shape["items"]) if kind == "array" else ""
    words = " | ".join(map(str, shape["enum"])) if "enum" in shape else kind
    said = f"{words} of {inner}" if inner else words
    return f"{said} | null" if said and shape.get("nullable") else said


def _named(shape: Schema) -> str:
    return str(shape["$ref"]).rpartition("/")[2]


def _sample(shape: Schema) -> Any:
    if "oneOf" in shape:
        return _sample(shape["oneOf"][0])
    name = _named(shape) if "$ref" in shape else str(shape.get("type", ""))
    return [] if name == "Domain" else SAMPLES.get(name, {})
