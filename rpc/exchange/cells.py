"""From the text of a cell to a value of the wire, and what is said about cells that cannot be understood."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import orjson
from django.utils import translation

from rpc.fields import Field

Said = dict[str, Any]
YES = frozenset(("1", "true", "yes", "y", "ya", "benar"))
NO = frozenset(("0", "false", "no", "n", "tidak", "salah"))


class Unreadable(Exception):
    """A cell holds what its field cannot take; `moreinfo` helps whoever mends it."""

    def __init__(self, message: str, moreinfo: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.moreinfo = moreinfo


class Doubtful(Unreadable):
    """A cell was understood, but perhaps not as it was meant; `value` is how."""

    def __init__(self, message: str, value: Any, moreinfo: Any = None) -> None:
        super().__init__(message, moreinfo)
        self.value = value


def value_of(field: Field, text: str) -> Any:
    """The value that a cell of a field without links stands for. Raises `Unreadable`."""
    return READERS.get(field.type, _text)(field, text)


def no_match(field: Field, kind: str, text: str) -> Unreadable:
    """What is said when no row answers to a cell."""
    told = {"": f"name {text!r}", "id": f"external id {text!r}", ".id": f"database id {text!r}"}
    return Unreadable(
        f"No matching record found for {told[kind]} in field '{field.title}'",
        possible_values(field, kind),
    )


def no_number(field: Field, text: str) -> Unreadable:
    """What is said when the number of a row is none."""
    return Unreadable(
        f"Invalid database id {text!r} for the field '{field.title}'", possible_values(field, ".id")
    )


def possible_values(field: Field, kind: str) -> Said:
    """The window that shows what a cell may refer to."""
    action: Said = {
        "name": "Possible Values",
        "type": "ir.actions.act_window",
        "target": "new",
        "view_mode": "list,form",
        "views": [[False, "list"], [False, "form"]],
        "context": {"create": False},
        "help": "See all possible values",
        "res_model": "ir.model.data" if kind else field.relation,
    }
    return {**action, "domain": [["model", "=", field.relation]]} if kind else action


def _text(_field: Field, text: str) -> str:
    return text


def _boolean(field: Field, text: str) -> bool:
    word = text.strip().lower()
    if word in YES or word in NO:
        return word in YES
    raise Doubtful(
        f"Unknown value {text!r} for boolean field '{field.title}', assuming 'yes'",
        True,
        "Use '1' for yes and '0' for no",
    )


def _integer(field: Field, text: str) -> int:
    try:
        return int(text[:40])
    except ValueError:
        raise Unreadable(
            f"{text!r} does not seem to be an integer for field '{field.title}'"
        ) from None


def _number(field: Field, text: str) -> str:
    try:
        float(text)
    except ValueError:
        raise Unreadable(
            f"{text!r} does not seem to be a number for field '{field.title}'"
        ) from None
    return text


def _day(field: Field, text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise Unreadable(
            f"{text!r} does not seem to be a valid date for field '{field.title}'",
            "Use the format '2012-12-31'",
        ) from None


def _moment(field: Field, text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise Unreadable(
            f"{text!r} does not seem to be a valid datetime for field '{field.title}'",
            "Use the format '2012-12-31 23:59:59'",
        )
    return found.strftime("%Y-%m-%d %H:%M:%S")


def _selection(field: Field, text: str) -> Any:
    """A key, or a label in the language of the call or in English."""
    here = field.selection()
    with translation.override("en"):
        known = [*here, *field.selection()]
    for key, label in known:
        if text in {str(key), label}:
            return key
    raise Unreadable(
        f"Value {text!r} not found in selection field '{field.title}'", [label for _, label in here]
    )


def _json(field: Field, text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Unreadable(f"{text!r:.100} is no JSON for field '{field.title}'") from None


READERS: dict[str, Callable[[Field, str], Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "many2one_reference": _integer,
    "float": _number,
    "monetary": _number,
    "date": _day,
    "datetime": _moment,
    "selection": _selection,
    "json": _json,
}
