"""Conditions as people put them together, one field at a time, to a domain and back again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rpc.domains.parse import Both, Leaf, Node
from rpc.fields import DATES, NUMBERS, RELATIONS, Field
from web.forms.fields import AmountField, DayField
from web.screens import domains
from web.screens.domains import Domain
from web.screens.spans import SPANS, key_of

LONGEST = 200
LABELS: Mapping[str, str | Promise] = {
    "contains": gettext_lazy("contains"),
    "lacks": gettext_lazy("does not contain"),
    "is": gettext_lazy("is"),
    "isnot": gettext_lazy("is not"),
    "below": gettext_lazy("is below"),
    "most": gettext_lazy("is at most"),
    "above": gettext_lazy("is above"),
    "least": gettext_lazy("is at least"),
    "within": gettext_lazy("is within"),
    "on": gettext_lazy("is on"),
    "before": gettext_lazy("is before"),
    "from": gettext_lazy("is on or after"),
    "set": gettext_lazy("is filled in"),
    "unset": gettext_lazy("is empty"),
    "yes": gettext_lazy("is yes"),
    "no": gettext_lazy("is no"),
}
SIGNS = {
    "contains": "ilike",
    "lacks": "not ilike",
    "is": "=",
    "isnot": "!=",
    "below": "<",
    "most": "<=",
    "above": ">",
    "least": ">=",
    "before": "<",
    "from": ">=",
}
WITHOUT_VALUE = {
    "set": ("!=", False),
    "unset": ("=", False),
    "yes": ("=", True),
    "no": ("=", False),
}


class Unfit(Exception):
    """What was typed does not fit the field; says so in a sentence."""


@dataclass(frozen=True)
class Row:
    """One condition: a field, how it is compared and with what; rows of one block are each other's alternatives."""

    field: str
    operator: str
    value: str = ""
    block: int = 0


def operators_of(field: Field) -> list[str]:
    """How a field can be compared."""
    if field.type == "boolean":
        return ["yes", "no"]
    if field.type in NUMBERS:
        return ["is", "isnot", "below", "most", "above", "least"]
    if field.type in DATES:
        return ["within", "on", "before", "from", "set", "unset"]
    if field.type == "selection":
        return ["is", "isnot", "set", "unset"]
    if field.type in RELATIONS:
        return ["contains", "lacks", "set", "unset"]
    return ["contains", "lacks", "is", "isnot", "set", "unset"]


def leaves(field: Field, row: Row) -> Domain:
    """The domain of one row. Raises `Unfit`."""
    if row.operator not in operators_of(field):
        raise Unfit(_("Choose how %s is compared.") % field.heading)
    if row.operator in WITHOUT_VALUE:
        sign, value = WITHOUT_VALUE[row.operator]
        return [[field.name, sign, value]]
    if row.operator == "within":
        if row.value not in SPANS:
            raise Unfit(_("Choose a span of time."))
        return list(SPANS[row.value].domain(field.name))
    found = _value(field, row.value)
    if row.operator == "on":
        after = found + timedelta(days=1)
        return [[field.name, ">=", found.isoformat()], [field.name, "<", after.isoformat()]]
    plain = found.isoformat() if isinstance(found, date) else found
    return [[field.name, SIGNS[row.operator], plain]]


def _value(field: Field, text: str) -> Any:
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise Unfit(_("Say with what %s is compared.") % field.heading)
    if field.type == "selection":
        if text not in {key for key, _label in field.selection()}:
            raise Unfit(_("Choose one of the values of %s.") % field.heading)
        return text
    if field.type in NUMBERS:
        return _number(field, text)
    if field.type in DATES:
        found = _cleaned(DayField(), text)
        if not 1900 < found.year < 9000:
            raise Unfit(_("That day is too far away."))
        return found
    return text


def _number(field: Field, text: str) -> Any:
    found = _cleaned(AmountField(max_digits=18), text)
    return int(found) if field.type == "integer" and found == int(found) else float(found)


def _cleaned(box: Any, text: str) -> Any:
    try:
        return box.clean(text)
    except ValidationError as error:
        raise Unfit(" ".join(error.messages)) from None


def domain_of(rows: Sequence[tuple[Row, Domain]], *, every: bool) -> Domain:
    """The domain of several rows: blocks joined one way, the rows inside a block the other way."""
    blocks: dict[int, list[Domain]] = {}
    for row, domain in rows:
        blocks.setdefault(row.block, []).append(domain)
    inner, outer = (domains.either, domains.every) if every else (domains.every, domains.either)
    return outer([inner(block) for block in blocks.values()])


def rows_of(node: Node) -> tuple[list[Row], bool] | None:
    """The rows that a domain was put together from, and whether all blocks must hold; None where it is of another shape."""
    every = node.every if isinstance(node, Both) else True
    found: list[Row] = []
    for block, part in enumerate(_parts(node, every)):
        rows = [_row(one, block) for one in _parts(part, not every)]
        if any(row is None for row in rows):
            return None
        found += [row for row in rows if row is not None]
    return found, every


def _parts(node: Any, every: bool) -> Iterator[Any]:
    """The nodes joined in one way; the two ends of a span of time stay together."""
    rest = list(node.nodes) if isinstance(node, Both) and node.every is every else [node]
    while rest:
        one = rest.pop(0)
        if every and rest and _is_span(one, rest[0]):
            yield Both(True, [one, rest.pop(0)])  # type: ignore[arg-type]
        else:
            yield one


def _is_span(one: Any, after: Any) -> bool:
    return isinstance(one, Leaf) and isinstance(after, Leaf) and bool(key_of(one, after))


def _row(node: Any, block: int) -> Row | None:
    if isinstance(node, Both):
        ends = list(node.nodes)
        is_span = node.every and len(ends) == 2 and _is_span(*ends)
        return Row(ends[0].path, "within", key_of(*ends), block) if is_span else None
    if not isinstance(node, Leaf) or isinstance(node.value, list | tuple | dict):
        return None
    if isinstance(node.value, bool):
        key = "unset" if node.operator == "=" else "set"
        return Row(node.path, "yes" if node.value else key, "", block)
    found = next((key for key, sign in SIGNS.items() if sign == node.operator), None)
    return Row(node.path, found, str(node.value), block) if found else None
