"""What a noun answers that has worked out a record without writing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from base.models import Currency

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What a record would be: the values that were worked out, by their Python names (or those of the wire, without).

    `record` are its own (links as ids, or as pairs of id and name), `lines` those of each set of lines, in order and
    with their `id` where they have one; `currency` is what amounts are in. `row` is the record as Django has it, not
    saved, and `more` what else its foot needs.
    """

    record: Values
    lines: Mapping[str, Sequence[Values]]
    currency: Currency
    row: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)
