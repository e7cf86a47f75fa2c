"""Records as letters read them: field by field, by the names of the wire, with the eyes of whoever sends the letter."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils.safestring import SafeString

from base.models import Currency
from rpc import registry
from rpc.context import Call
from rpc.fields import RELATIONS, SETS, TEXTS
from rpc.reading import rows
from rpc.reading.plans import EXACT

BABEL = {"en": "en_GB", "ind": "id", "id": "id"}


class Read:
    """One record, or none."""

    def __init__(self, call: Call, pk: int | None) -> None:
        self.call, self.pk = call, pk
        self._values: dict[str, Any] = {}

    def field(self, name: str) -> Any:
        """What a field holds: a number, a text, a day, a record or several."""
        if name == "id":
            return self.pk
        if name not in self._values:
            self._values[name] = self._read(name)
        return self._values[name]

    def _read(self, name: str) -> Any:
        field = self.call.exposure.fields.get(name)
        found = rows.read(self.call, [self.pk] if self.pk else [], [name], EXACT)
        value = found[0][name] if found else None
        if field is not None and field.type in RELATIONS:
            return self._others(field.relation, field.type in SETS, value)
        if field is not None and field.type in TEXTS:
            return SafeString(value or "") if field.type == "html" else value or ""
        return value

    def _others(self, relation: str, is_many: bool, value: Any) -> Any:
        target = registry.find(relation)
        if target is None:
            return [] if is_many else None
        call = self.call.on(target)
        if is_many:
            return [Read(call, pk) for pk in value or ()]
        first = value[0] if isinstance(value, list | tuple) and value else value
        return Read(call, first or None)

    def __bool__(self) -> bool:
        return self.pk is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Read) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return str(self.field("display_name") or "") if self.pk else ""

    def __iter__(self) -> Iterator["Read"]:
        return iter([self] if self.pk else [])

    def _key(self) -> tuple[str, int | None]:
        return (self.call.exposure.name, self.pk)


class Language:
    """How amounts, days and moments are written in one language, where somebody is."""

    def __init__(self, code: str, zone: ZoneInfo) -> None:
        self.code, self.zone = code, zone
        self.locale = BABEL.get(code, "en_GB")

    def shown(self, value: Any) -> str:
        """A value as text."""
        if value is None or value is False:
            return ""
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal | float):
            return str(format_decimal(value, locale=self.locale))
        if isinstance(value, list):
            return ", ".join(self.shown(one) for one in value)
        return str(value)

    def day(self, value: Any, form: Any = "medium", **_more: Any) -> str:
        """A day."""
        known = form if form in {"short", "medium", "long", "full"} else "medium"
        return format_date(value, known, locale=self.locale) if value else ""

    def moment(self, value: Any, *_more: Any, **_named: Any) -> str:
        """A moment, by the clock of whoever sends."""
        local = value.astimezone(self.zone) if value else None
        return format_datetime(local, "medium", locale=self.locale) if local else ""

    def amount(self, amount: Any, currency: Any = None, *_more: Any, **_named: Any) -> str:
        """An amount of money, in a currency if one is named."""
        found = Currency.objects.filter(pk=currency.pk).first() if currency else None
        number = Decimal(amount or 0)
        language = self.locale.partition("_")[0]
        return found.format(number, language) if found else self.shown(number)


def names_for(call: Call, pk: int) -> tuple[dict[str, Any], Language]:
    """What the places of a letter about a record may name, and how values are written."""
    users = registry.find("res.users")
    language = Language(call.language, call.zone)
    user = Read(call.on(users), call.actor.user_id) if users else None
    names: dict[str, Any] = {
        "object": Read(call, pk),
        "user": user,
        "format_amount": language.amount,
        "format_date": language.day,
        "format_datetime": language.moment,
        "len": len,
        "str": language.shown,
        "True": True,
        "False": False,
        "None": None,
    }
    return names, language
