"""Fields for what people type in their own way: amounts with their separators, and days."""

from decimal import Decimal
from typing import Any

from django import forms

from web import formats


class AmountInput(forms.TextInput):
    """A box for a number, with the digits' keyboard on a telephone; shows numbers as they are read."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Grouped and with the reader's decimal sign; what was typed wrongly stays as it was typed."""
        return formats.number(value) if isinstance(value, Decimal) else super().format_value(value)


class AmountField(forms.DecimalField):
    """A number as people write it: `1.250.000,50` in Indonesian, `1,250,000.50` in English."""

    widget = AmountInput

    def to_python(self, value: Any) -> Decimal | None:
        """Read it in the reader's language."""
        return super().to_python(plain(value) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A calendar day, picked from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


def plain(text: str) -> str:
    """A number as people write it, turned into one that Python reads.

    The reader's own signs count; a single foreign sign that cannot group digits (`12.5` in Indonesian) is a decimal sign.
    """
    text = text.strip().replace("\u00a0", "").replace(" ", "").replace(formats.MINUS, "-")
    symbols = formats.locale().number_symbols["latn"]
    group, decimal = symbols["group"], symbols["decimal"]
    if decimal not in text and text.count(group) == 1 and len(text.rpartition(group)[2]) != 3:
        return text.replace(group, ".")
    return text.replace(group, "").replace(decimal, ".")
