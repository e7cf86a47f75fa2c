"""XML-RPC in: a reader over an expat that refuses document types and entities."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.xmlrpc import DefusedExpatParser

from rpc.faults import Kind, WireError, type_error, value_error
from rpc.limits import DEEPEST

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
