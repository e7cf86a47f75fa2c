"""From values of the wire to Python values, as strictly and as loosely as the contract says."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from base.html import cleaned
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import database_error, type_error, user_error, value_error
from rpc.fields import Field

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?\Z")
LONGER = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}.")
JUNK = re.compile(rb"[^A-Za-z0-9+/=]")
NUL = "A string literal cannot contain NUL (0x00) characters."
BIGGEST = {"IntegerField": 2**31 - 1, "SmallIntegerField": 2**15 - 1}


def python_value(call: Call, field: Field, value: Any) -> Any:
    """What a value of the wire means for a field that is no set."""
    return READERS.get(field.type, _text)(call.exposure, field, value)


def _text(exposure: Exposure, field: Field, value: Any) -> Any:
    if value is None or value is False:
        return None if field.nullable and not _keeps_blank(field) else ""
    if isinstance(value, list | tuple | dict):
        raise type_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
    text = str(value)
    if "\x00" in text:
        raise value_error(NUL)
    return text


def _html(exposure: Exposure, field: Field, value: Any) -> Any:
    text = _text(exposure, field, value)
    return cleaned(text) if text else text


def _selection(exposure: Exposure, field: Field, value: Any) -> Any:
    if value is None or value is False:
        return None if field.nullable and not _keeps_blank(field) else ""
    stored = field.to_python.get(value, value) if isinstance(value, str | int) else value
    known = field.choices() if callable(field.choices) else field.choices
    if known and all(stored != key for key, _label in known):
        raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
    return stored


def _keeps_blank(field: Field) -> bool:
    return field.model_field is not None and not field.model_field.null


def _boolean(_exposure: Exposure, _field: Field, value: Any) -> bool:
    return bool(value)


def _integer(_exposure: Exposure, field: Field, value: Any) -> int:
    try:
        number = int(value or 0)
    except (TypeError, ValueError, OverflowError) as error:
        raise value_error(str(error)) from None
    kind = field.model_field.get_internal_type() if field.model_field is not None else ""
    biggest = BIGGEST.get(kind.removeprefix("Positive"), 2**63 - 1)
    if not -biggest - 1 <= number <= biggest:
        raise database_error("errors.NumericValueOutOfRange", "integer out of range\n")
    return number


def _number(_exposure: Exposure, field: Field, value: Any) -> Decimal:
    try:
        number = Decimal(str(float(value) if isinstance(value, bool) else value or 0))
    except InvalidOperation:
        raise value_error(f"could not convert string to float: {value!r}") from None
    if not number.is_finite():
        raise value_error(f"could not convert string to float: {value!r}")
    if field.digits is None:
        return number
    try:
        return number.quantize(Decimal(1).scaleb(-field.digits[1]), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise database_error("errors.NumericValueOutOfRange", "numeric field overflow\n") from None


def _day(_exposure: Exposure, _field: Field, value: Any) -> date | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise value_error(f"time data {value!r} does not match format '%Y-%m-%d'") from None


def _moment(_exposure: Exposure, _field: Field, value: Any) -> datetime | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    text = str(value)
    if MOMENT.match(text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
        except ValueError as error:
            raise value_error(str(error)) from None
    if LONGER.match(text):
        raise value_error(f"unconverted data remains: {text[19:]}")
    raise value_error(f"time data {text!r} does not match format '%Y-%m-%d %H:%M:%S'")


def _link(exposure: Exposure, field: Field, value: Any) -> int | None:
    """An id; also `[id, name]` and whole floats, which clients send back as they read them."""
    if isinstance(value, list | tuple) and value and not isinstance(value[0], list | tuple):
        value = value[0]
    if value is None or value is False or value in (0, "", [], ()):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
    try:
        number = int(value)
    except ValueError:
        raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}") from None
    if number != (float(value) if isinstance(value, str) else value) or abs(number) >= 2**63:
        raise value_error(f"Wrong value for {exposure.name}.{field.name}: {value!r}")
    return number


def _binary(_exposure: Exposure, field: Field, value: Any) -> bytes | None:
    if not value:
        return None
    raw = value if isinstance(value, bytes) else str(value).encode()
    if field.name.startswith("image"):
        return _image(raw)
    return b64decode(_padded(JUNK.sub(b"", raw)))


def _image(raw: bytes) -> bytes:
    try:
        return b64decode(b"".join(raw.split()), validate=True)
    except (Base64Error, ValueError):
        raise user_error("Image is not encoded in base64.") from None


def _padded(raw: bytes) -> bytes:
    bare = raw.rstrip(b"=")
    return bare + b"=" * (-len(bare) % 4) if len(bare) % 4 != 1 else bare[:-1]


def _json(_exposure: Exposure, _field: Field, value: Any) -> Any:
    return None if value is False else value


READERS: dict[str, Callable[[Exposure, Field, Any], Any]] = {
    "html": _html,
    "selection": _selection,
    "boolean": _boolean,
    "integer": _integer,
    "many2one_reference": _integer,
    "float": _number,
    "monetary": _number,
    "date": _day,
    "datetime": _moment,
    "many2one": _link,
    "binary": _binary,
    "json": _json,
}
