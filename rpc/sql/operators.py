"""What an operator means for a field that holds a value of its own."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from rpc.context import Call
from rpc.domains.dates import as_day, as_moments, moment
from rpc.faults import database_error, value_error
from rpc.fields import NUMBERS, TEXTS, Field
from rpc.sql.statement import Statement

NEGATIVE = {
    "!=": "=",
    "not in": "in",
    "not like": "like",
    "not ilike": "ilike",
    "not =like": "=like",
    "not =ilike": "=ilike",
    "not any": "any",
}
FALSY = {**dict.fromkeys(TEXTS, ""), "integer": 0, "float": 0, "monetary": 0, "boolean": False}
Reader = Callable[[Field, Any, Call], Any]
INEQUALITIES = frozenset(("<", "<=", ">", ">="))
PATTERNS = frozenset(("like", "ilike", "=like", "=ilike"))


class Operand:
    """A field as an operand: its SQL, whether it can be null, and how values for it are read."""

    __slots__ = ("call", "field", "sql", "statement")

    def __init__(self, field: Field, sql: str, statement: Statement, call: Call) -> None:
        self.field = field
        self.sql = sql
        self.statement = statement
        self.call = call

    def condition(self, operator: str, value: Any) -> str:
        """The SQL of one condition."""
        if operator == "=?":
            return "TRUE" if value is False or value is None else self.condition("=", value)
        if operator in NEGATIVE:
            return self._contrary(NEGATIVE[operator], value)
        if operator in PATTERNS:
            return self._matches(operator, value)
        if operator in INEQUALITIES:
            return self._compares(operator, value)
        if operator in {"=", "in"}:
            return self._is_one_of(value)
        raise value_error(
            f"Invalid operator in condition ({self.field.name!r}, {operator!r}, {value!r})"
        )

    def _contrary(self, operator: str, value: Any) -> str:
        """Everything else, rows without a value included."""
        positive = self.condition(operator, value)
        if positive in {"TRUE", "FALSE"}:
            return "FALSE" if positive == "TRUE" else "TRUE"
        return f"({positive}) IS NOT TRUE" if self.field.nullable else f"NOT ({positive})"

    def _is_one_of(self, value: Any) -> str:
        values = value if isinstance(value, list | tuple | set) else [value]
        blank = any(one is None or one is False for one in values) and self.field.type != "boolean"
        stored = [
            self.stored(one)
            for one in values
            if one is not None and (one is not False or not blank)
        ]
        falsy = self._falsy()
        if falsy is not None and any(one == falsy for one in stored):
            blank = True
        if self.field.type == "boolean":
            return self._is_boolean(
                {bool(one) for one in stored} | ({False} if None in values else set())
            )
        conditions = [self._equals(stored)] if stored else []
        if blank:
            conditions += self._is_blank(falsy)
        return f"({' OR '.join(conditions)})" if conditions else "FALSE"

    def _falsy(self) -> Any:
        return (
            None
            if self.field.type in TEXTS and not self.field.is_text
            else FALSY.get(self.field.type)
        )

    def _is_blank(self, falsy: Any) -> list[str]:
        conditions = [f"{self.sql} IS NULL"] if self.field.nullable else []
        if self.field.type in NUMBERS:
            conditions.append(f"{self.sql} = 0")
        elif falsy is not None:
            conditions.append(f"{self.sql} = ''")
        return conditions or ["FALSE"]

    def _is_boolean(self, wanted: set[bool]) -> str:
        if len(wanted) != 1:
            return "TRUE" if wanted else "FALSE"
        if wanted == {True}:
            return self.sql
        return f"{self.sql} IS NOT TRUE" if self.field.nullable else f"NOT {self.sql}"

    def _equals(self, stored: list[Any]) -> str:
        if self.field.type == "datetime":
            return " OR ".join(self._within_second(one) for one in stored)
        if len(stored) == 1:
            return f"{self.sql} = {self.statement.bind(stored[0])}{self._filled(all(stored))}"
        return f"{self.sql} = ANY({self.statement.bind(stored)}){self._filled(all(stored))}"

    def _filled(self, implied: object) -> str:
        """What tells the database that it may use an index of the rows where the column is filled."""
        return f" AND {self.sql} <> ''" if implied and self.field.indexed_if_filled else ""

    def _within_second(self, start: datetime) -> str:
        """Moments are stored finer than the wire shows them: equal means equal to the second."""
        return f"date_trunc('second', {self.sql}) = {self.statement.bind(start)}"

    def _compares(self, operator: str, value: Any) -> str:
        if value is None or (value is False and self.field.type != "boolean"):
            if self.field.type in NUMBERS:
                return f"{self.sql} {operator} 0"
            return "FALSE"
        if self.field.type == "datetime":
            return self._compares_moment(operator, value)
        return f"{self.sql} {operator} {self.statement.bind(self.stored(value))}"

    def _compares_moment(self, operator: str, value: Any) -> str:
        start, after = as_moments(value, self.call.clock)
        if operator == "<=" and after != start:
            return f"{self.sql} < {self.statement.bind(after)}"
        if operator == ">" and after != start:
            return f"{self.sql} >= {self.statement.bind(after)}"
        return f"{self.sql} {operator} {self.statement.bind(start)}"

    def _matches(self, operator: str, value: Any) -> str:
        if value is None or value is False or value == "":
            return "TRUE" if not operator.startswith("=") else " OR ".join(self._is_blank(""))
        if isinstance(value, list | tuple | dict):
            raise value_error(f"Invalid value for {operator!r}: {value!r}")
        wrapped = operator[0] != "="
        pattern = _pattern(str(value), wrapped)
        place = self.statement.bind(pattern)
        if not operator.endswith("ilike"):
            return f"{self._text()} LIKE {place}{self._filled(pattern.strip('%'))}"
        if self.field.is_text:
            return f"niaga_unaccent({self.sql}) ILIKE niaga_unaccent({place})"
        return f"{self._text()} ILIKE {place}"

    def _text(self) -> str:
        kind = self.field.type
        if self.field.is_text:
            return self.sql
        if kind == "datetime":
            return f"to_char({self.sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        return f"({self.sql})::text"

    def stored(self, value: Any) -> Any:
        """The stored value that a value of the wire stands for, in the type of the column."""
        reader: Reader = READERS.get(self.field.type, _text_value)
        return reader(self.field, value, self.call)


def _pattern(text: str, wrapped: bool) -> str:
    if wrapped:
        return f"%{text}%"
    trailing = len(text) - len(text.rstrip("\\"))
    return text + "\\" if trailing % 2 else text


def _text_value(field: Field, value: Any, _call: Call) -> str:
    if isinstance(value, list | tuple | dict):
        raise value_error(f"Invalid value for field {field.name!r}: {value!r}")
    return str(field.to_python.get(value, value))


def _integer_value(_field: Field, value: Any, _call: Call) -> Any:
    if isinstance(value, str):
        try:
            value = int(value)
        except ValueError as error:
            raise value_error(str(error)) from None
    if not isinstance(value, int | float):
        raise database_error(
            "errors.InvalidTextRepresentation", f"invalid input syntax for type integer: {value!r}"
        )
    if value != value // 1 or abs(value) >= 2**63:
        return Decimal(str(value))
    return int(value)


def _number_value(_field: Field, value: Any, _call: Call) -> Decimal:
    try:
        return Decimal(str(float(value) if isinstance(value, bool) else value))
    except InvalidOperation:
        raise value_error(f"could not convert string to float: {value!r}") from None


def _boolean_value(_field: Field, value: Any, _call: Call) -> bool:
    return value.lower() not in {"false", "0", ""} if isinstance(value, str) else bool(value)


def _date_value(_field: Field, value: Any, call: Call) -> date:
    return as_day(value, call.clock)


def _moment_value(_field: Field, value: Any, call: Call) -> datetime:
    return as_moments(moment(value, call.clock), call.clock)[0]


READERS: dict[str, Reader] = {
    "integer": _integer_value,
    "part": _integer_value,  # of a date: 0 is a Sunday or midnight, not nothing
    "many2one": _integer_value,
    "many2one_reference": _integer_value,
    "float": _number_value,
    "monetary": _number_value,
    "boolean": _boolean_value,
    "date": _date_value,
    "datetime": _moment_value,
}
