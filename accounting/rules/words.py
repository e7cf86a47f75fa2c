"""Amounts in words, as cheques, receipts and invoices carry them."""

from decimal import Decimal

from num2words import num2words

CURRENCIES = {
    "id": {
        "IDR": "rupiah",
        "USD": "dolar Amerika Serikat",
        "EUR": "euro",
        "SGD": "dolar Singapura",
    },
    "en": {"IDR": "rupiah", "USD": "US dollars", "EUR": "euros", "SGD": "Singapore dollars"},
}
AND = {"id": "dan", "en": "and"}


def amount_in_words(amount: Decimal, *, currency: str, language: str) -> str:
    """Write an amount out: `Seratus sebelas ribu rupiah`; a fraction as `dan 50/100`."""
    spoken = language if language in CURRENCIES else "en"
    whole = int(abs(amount))
    cents = int((abs(amount) - whole) * 100)
    words = [num2words(whole, lang=spoken)]
    if cents:
        words.append(f"{AND[spoken]} {cents:02}/100")
    words.append(CURRENCIES[spoken].get(currency, currency))
    text = " ".join(words)
    if amount < 0:
        text = f"minus {text}"
    return text[:1].upper() + text[1:]
