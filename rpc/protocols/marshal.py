"""XML-RPC in and out: a reader over an expat that refuses document types and entities, and a fast writer."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.xmlrpc import DefusedExpatParser

from rpc.faults import Kind, WireError, type_error, value_error
from rpc.limits import DEEPEST

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAXINT = 2**31 - 1
BAD_XML = Kind("xml.parsers.expat.ExpatError")


class Reader:
    """Builds Python values from the events of the parser."""

    def __init__(self) -> None:
        self.method = ""
        self.params: list[Any] = []
        self._text: list[str] = []
        self._containers: list[list[Any]] = []
        self._values: list[Any] = []
        self._typed: list[bool] = []

    def xml(self, encoding: str | None, standalone: str | None) -> None:
        """Ignore the declaration: expat has already followed it."""

    def start(self, tag: str, _attributes: Any) -> None:
        """Open an element."""
        self._text = []
        name = tag.rpartition(":")[2]
        if name == "value":
            self._typed.append(False)
            if len(self._typed) > DEEPEST:
                raise value_error(f"XML-RPC value nested more than {DEEPEST} levels deep")
        elif name in {"array", "struct"}:
            self._containers.append([])

    def data(self, text: str) -> None:
        """Collect text."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """Close an element."""
        name = tag.rpartition(":")[2]
        if name == "value":
            self._close_value()
        elif name in SCALARS:
            self._found(SCALARS[name]("".join(self._text)))
        elif name == "array":
            self._found(self._containers.pop())
        elif name == "struct":
            members = self._containers.pop()
            self._found(dict(zip(members[::2], members[1::2], strict=True)))
        elif name == "name":
            self._containers[-1].append("".join(self._text))
        elif name == "methodName":
            self.method = "".join(self._text)
        elif name == "param":
            self.params.append(self._values.pop())
        self._text = []

    def _found(self, value: Any) -> None:
        self._typed[-1] = True
        self._values.append(value)

    def _close_value(self) -> None:
        if not self._typed.pop():
            self._values.append("".join(self._text))
        if self._typed or self._containers:
            self._containers[-1].append(self._values.pop())


def _boolean(text: str) -> bool:
    if text not in {"0", "1"}:
        raise type_error("bad boolean value")
    return text == "1"


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise value_error(str(error)[:200]) from None


def _double(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise value_error(str(error)[:200]) from None


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text.strip(), "%Y%m%dT%H:%M:%S")  # noqa: DTZ007 - the wire knows no zones
    except ValueError as error:
        raise value_error(str(error)[:200]) from None


def _base64(text: str) -> str:
    """Base64 text stays the text it is: that is what binary fields take."""
    return "".join(text.split())


def _nothing(_text: str) -> None:
    return None


SCALARS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "boolean": _boolean,
    "nil": _nothing,
    "dateTime.iso8601": _moment,
    "base64": _base64,
    "double": _double,
    **dict.fromkeys(("int", "i1", "i2", "i4", "i8", "biginteger"), _integer),
}


def loads(body: bytes) -> tuple[str, list[Any]]:
    """Read a call: its method and parameters. Raises `WireError` for anything that is not one."""
    reader = Reader()
    try:
        parser = DefusedExpatParser(cast("Any", reader), forbid_dtd=True)
        parser.feed(body)
        parser.close()
    except ExpatError as error:
        raise WireError(BAD_XML, str(error)) from None
    except DefusedXmlException:
        raise value_error("XML with a document type or entities is refused.") from None
    except (IndexError, ValueError):
        raise value_error("This is not an XML-RPC call.") from None
    return reader.method, reader.params


def dumps(value: Any) -> bytes:
    """Write an answer. Raises TypeError for what XML-RPC cannot say, `None` first of all."""
    out = ['<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n']
    _write(value, out.append)
    out.append("\n</param>\n</params>\n</methodResponse>\n")
    return "".join(out).encode("utf-8", "replace")


def dumps_fault(code: int | str, text: str) -> bytes:
    """Write a fault."""
    out = ['<?xml version="1.0"?>\n<methodResponse>\n<fault>\n']
    _write({"faultCode": code, "faultString": text}, out.append)
    out.append("\n</fault>\n</methodResponse>\n")
    return "".join(out).encode("utf-8", "replace")


def _write(value: Any, out: Callable[[str], None]) -> None:
    WRITERS.get(type(value), _write_other)(value, out)


def _write_text(value: str, out: Callable[[str], None]) -> None:
    out(f"<value><string>{escape(CONTROL.sub('', value))}</string></value>")


def _write_boolean(value: bool, out: Callable[[str], None]) -> None:
    out(f"<value><boolean>{value:d}</boolean></value>")


def _write_integer(value: int, out: Callable[[str], None]) -> None:
    if -MAXINT - 1 <= value <= MAXINT:
        out(f"<value><int>{value}</int></value>")
    else:
        out(f"<value><double>{float(value)!r}</double></value>")


def _write_number(value: float, out: Callable[[str], None]) -> None:
    out(f"<value><double>{value!r}</double></value>")


def _write_array(value: Any, out: Callable[[str], None]) -> None:
    out("<value><array><data>\n")
    for item in value:
        _write(item, out)
    out("</data></array></value>\n")


def _write_struct(value: dict[Any, Any], out: Callable[[str], None]) -> None:
    out("<value><struct>\n")
    for name, item in value.items():
        out(f"<member>\n<name>{escape(CONTROL.sub('', str(name)))}</name>\n")
        _write(item, out)
        out("\n</member>\n")
    out("</struct></value>\n")


def _write_other(value: Any, out: Callable[[str], None]) -> None:
    if value is None:
        raise type_error("cannot marshal None unless allow_none is enabled")
    if isinstance(value, datetime):
        _write(value.strftime("%Y-%m-%d %H:%M:%S"), out)
    elif isinstance(value, date):
        _write(value.isoformat(), out)
    elif isinstance(value, bytes):
        _write(value.decode("utf-8", "replace"), out)
    else:
        _write(str(value), out)


WRITERS: dict[type, Callable[[Any, Callable[[str], None]], None]] = {
    str: _write_text,
    bool: _write_boolean,
    int: _write_integer,
    float: _write_number,
    list: _write_array,
    tuple: _write_array,
    dict: _write_struct,
}
