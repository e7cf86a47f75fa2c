"""XML-RPC out: a writer that goes through rows column by column, as nearly all that is answered is rows."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from rpc.chunks import PLACE, Notation
from rpc.faults import type_error

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAXINT = 2**31 - 1
FALSE, TRUE = "<value><boolean>0</boolean></value>", "<value><boolean>1</boolean></value>"


def dumps(value: Any) -> bytes:
    """Write an answer. Raises TypeError for what XML-RPC cannot say, `None` first of all."""
    text = f'<?xml version="1.0"?>\n<methodResponse><params><param>{_written(value)}</param></params></methodResponse>\n'
    return text.encode("utf-8", "replace")


def dumps_fault(code: int | str, text: str) -> bytes:
    """Write a fault."""
    said = _written({"faultCode": code, "faultString": text})
    return (
        f'<?xml version="1.0"?>\n<methodResponse><fault>{said}</fault></methodResponse>\n'.encode(
            "utf-8", "replace"
        )
    )


def dumps_items(values: list[Any]) -> bytes:
    """Write some items of a list."""
    return "".join(map(_written, values)).encode("utf-8", "replace")


def _written(value: Any) -> str:
    return WRITERS.get(type(value), _other)(value)


def _text(value: str) -> str:
    return f"<value><string>{_safe(value)}</string></value>"


def _safe(text: str) -> str:
    if text.isprintable():
        return escape(text) if "&" in text or "<" in text or ">" in text else text
    return escape(CONTROL.sub("", text))


def _boolean(value: bool) -> str:
    return TRUE if value else FALSE


def _integer(value: int) -> str:
    if -MAXINT - 1 <= value <= MAXINT:
        return f"<value><int>{value}</int></value>"
    return f"<value><double>{float(value)!r}</double></value>"


def _number(value: float) -> str:
    return f"<value><double>{value!r}</double></value>"


def _array(value: Any) -> str:
    items = (
        _rows(value)
        if len(value) > 1 and type(value[0]) is dict
        else [_written(one) for one in value]
    )
    return f"<value><array><data>{''.join(items)}</data></array></value>"


def _struct(value: Mapping[Any, Any]) -> str:
    members = [f"{_named(name)}{_written(one)}</member>" for name, one in value.items()]
    return f"<value><struct>{''.join(members)}</struct></value>"


def _named(name: Any) -> str:
    return f"<member><name>{_safe(str(name))}</name>"


def _rows(rows: Any) -> list[str]:
    """Mappings with the same names, column by column; others one by one."""
    names = rows[0].keys()
    if not names or any(type(row) is not dict or row.keys() != names for row in rows):
        return [_written(row) for row in rows]
    columns = [_column(_named(name), [row[name] for row in rows]) for name in names]
    return [f"<value><struct>{''.join(row)}</struct></value>" for row in zip(*columns, strict=True)]


def _column(name: str, values: list[Any]) -> list[str]:
    """The members of one name: those of rows in which it is always a text, a number or not set, in one go."""
    types = set(map(type, values))
    if types <= TEXTS and _is_plain(" ".join([one for one in values if type(one) is str])):
        head, tail = f"{name}<value><string>", "</string></value></member>"
        known = {False: f"{name}{FALSE}</member>", True: f"{name}{TRUE}</member>"}
        return [known[one] if type(one) is bool else f"{head}{one}{tail}" for one in values]
    if types == INTEGERS and min(values) >= -MAXINT and max(values) <= MAXINT:
        return [f"{name}<value><int>{one}</int></value></member>" for one in values]
    if types <= PAIRS:
        return _links(name, values)
    return [f"{name}{_written(one)}</member>" for one in values]


def _links(name: str, values: list[Any]) -> list[str]:
    """The members of a link, `[id, name]`: many rows lead to the same few."""
    known: dict[str, str] = {}
    found = []
    for one in values:
        key = str(one)
        text = known.get(key)
        if text is None:
            text = known[key] = f"{name}{_written(one)}</member>"
        found.append(text)
    return found


def _is_plain(text: str) -> bool:
    return text.isprintable() and not ("&" in text or "<" in text or ">" in text)


def _other(value: Any) -> str:
    if value is None:
        raise type_error("cannot marshal None unless allow_none is enabled")
    if isinstance(value, datetime):
        return _text(value.strftime("%Y-%m-%d %H:%M:%S"))
    if isinstance(value, date):
        return _text(value.isoformat())
    if isinstance(value, bytes):
        return _text(value.decode("utf-8", "replace"))
    return _struct(value) if isinstance(value, Mapping) else _text(str(value))


TEXTS, INTEGERS, PAIRS = {str, bool}, {int}, {list, bool}
WRITERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    bool: _boolean,
    int: _integer,
    float: _number,
    list: _array,
    tuple: _array,
    dict: _struct,
}
IN_XML = Notation(
    f"<value><string>{PLACE}</string></value>".encode(),
    b"<value><array><data>",
    b"</data></array></value>",
    b"",
    dumps_items,
)
