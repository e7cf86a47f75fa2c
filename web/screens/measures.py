"""What pivots, graphs and cards measure: how many rows, and what their numbers come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from base.models import Currency
from rpc.context import Call
from rpc.fields import NUMBERS, Field
from web import formats
from web.screens.asked import UnreadableLink

COUNT = "__count"
FUNCTIONS = ("sum", "avg", "min", "max")
MOST = 8
KEYS = frozenset(("id", "sequence", "color"))
"""Numbers that name or order rows: nothing is learned from adding them up."""

Sums = Mapping[int | None, Decimal]
"""An amount for each currency; the one of no currency stands under None."""


@dataclass(frozen=True)
class Measure:
    """One figure of every group: `amount_total:sum`, or how many rows there are."""

    spec: str
    field: Field | None
    function: str
    currency: str
    """The field that says in which currency the amounts are; empty where they are plain numbers."""

    @property
    def label(self) -> str:
        """How it is called."""
        if self.field is None:
            return _("Count")
        if self.function == "sum":
            return self.field.heading
        return f"{self.field.heading} ({function_labels()[self.function]})"

    def sums(self, value: Any, currency: int | None) -> dict[int | None, Decimal]:
        """A figure as it comes from the database; nothing where there was nothing to measure."""
        return {} if value is None else {currency: Decimal(str(value))}

    def written(self, sums: Sums, currencies: Mapping[int, Currency]) -> list[str]:
        """The figure in the reader's language: a line for each currency, never added across them."""
        return [
            self._line(sums[key], currencies.get(key) if key else None)
            for key in sorted(sums, key=lambda key: (key is None, key))
        ]

    def _line(self, value: Decimal, currency: Currency | None) -> str:
        if currency is not None:
            return formats.money(round(value, currency.decimal_places), currency)
        return formats.number(round(value, 2))


def function_labels() -> dict[str, str]:
    """What can be done with the numbers of a group."""
    return {
        "sum": _("sum"),
        "avg": _("average"),
        "min": _("smallest"),
        "max": _("largest"),
    }


def measurable(call: Call, name: str) -> bool:
    """Whether the numbers of a field can be measured by the actor: amounts only where their currency is known."""
    field = call.exposure.fields.get(name)
    if field is None or field.type not in NUMBERS or field.sql is None or not call.may(field):
        return False
    return field.type != "monetary" or not field.currency or _currency(call, field) != ""


def _currency(call: Call, field: Field) -> str:
    found = call.exposure.fields.get(field.currency) if field.type == "monetary" else None
    return found.name if found is not None and found.groupable and call.may(found) else ""


def fields(call: Call) -> list[Field]:
    """The fields that the actor may measure, in alphabetical order."""
    found = [
        one
        for one in call.exposure.fields.values()
        if measurable(call, one.name) and one.name not in KEYS and not one.name.endswith("_id")
    ]
    return sorted(found, key=lambda one: one.heading.casefold())


def measure(call: Call, spec: str) -> Measure:
    """The measure that an address or a declaration names. Refuses with `UnreadableLink` what is not there or is hidden."""
    if spec == COUNT:
        return Measure(COUNT, None, "count", "")
    name, _colon, function = spec.partition(":")
    function = function or "sum"
    field = call.exposure.fields.get(name)
    if field is None or function not in FUNCTIONS or not measurable(call, name):
        raise UnreadableLink(what=_("“%s” cannot be measured") % spec[:60])
    return Measure(f"{name}:{function}", field, function, _currency(call, field))


def measures(call: Call, asked: list[str], declared: Iterable[str]) -> list[Measure]:
    """The measures asked for, else the declared ones that the actor may see, else the number of rows."""
    if asked:
        return [measure(call, spec) for spec in list(dict.fromkeys(asked))[:MOST]]
    shown = [spec for spec in declared if spec == COUNT or measurable(call, spec.partition(":")[0])]
    return [measure(call, spec) for spec in shown or [COUNT]]


def currencies(found: Iterable[Sums]) -> Mapping[int, Currency]:
    """The currencies of some figures. One query, or none."""
    wanted = {key for sums in found for key in sums} - {None}
    return Currency.objects.in_bulk(wanted) if wanted else {}
