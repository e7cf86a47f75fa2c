"""What a text means in a field that is searched: part of a word, a number, a day, one of several choices."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rpc.fields import NUMBERS, Field
from web.forms.fields import AmountField, DayField
from web.screens.domains import Domain

LONGEST_NUMBER = 18


def condition(field: Field, text: str) -> Domain | None:
    """The domain that looks for a text in a field; None where the text cannot stand in it."""
    if not field.searchable or field.type in {"binary", "json"}:
        return None
    if field.type == "selection":
        keys = [key for key, label in field.selection() if text.casefold() in label.casefold()]
        return [[field.name, "in", keys]] if keys else None
    if field.type == "boolean":
        return _yes_or_no(field, text)
    if field.type in NUMBERS:
        return _number(field, text)
    if field.type in {"date", "datetime"}:
        return _day(field, text)
    return [[field.name, "ilike", text]]


def _yes_or_no(field: Field, text: str) -> Domain | None:
    words = {_("yes").casefold(): True, _("no").casefold(): False}
    found = words.get(text.casefold())
    return None if found is None else [[field.name, "=", found]]


def _number(field: Field, text: str) -> Domain | None:
    try:
        found: Any = AmountField(required=False).clean(text[:LONGEST_NUMBER])
    except ValidationError:
        return None
    if found is None or len(text) > LONGEST_NUMBER:
        return None
    if field.type == "integer":
        return [[field.name, "=", int(found)]] if found == int(found) else None
    return [[field.name, "=", float(found)]]


def _day(field: Field, text: str) -> Domain | None:
    try:
        found: dt.date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    if found is None or not 1900 < found.year < 9000:
        return None
    after = found + dt.timedelta(days=1)
    return [[field.name, ">=", found.isoformat()], [field.name, "<", after.isoformat()]]
