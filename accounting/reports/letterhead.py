"""What every paper has in common: the company's letterhead, parties, and figures and dates in the reader's language."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounting.rules.words import amount_in_words
from base.models import Company, Currency, Partner

LOCALES = {"id": "id_ID", "en": "en_GB"}
BOTH = "both"
BETWEEN = " / "
Content = dict[str, Any]


class Letterhead:
    """The texts of one paper, in one language. Whoever adds `content()` says what stands on it."""

    places = 0

    def __init__(
        self, company: Company, partner: Partner | None, currency: Currency, language: str
    ) -> None:
        self.company, self.partner, self.currency = company, partner, currency
        wanted = language or (partner.language if partner else "") or company.language
        self.language = "id" if wanted.startswith("id") else "en"

    def as_json(self) -> Content:
        """Everything the template prints."""
        with translation.override(self.language):
            common: Content = {
                "language": self.language,
                "layout": "document",
                "stamp": "",
                "is_settled": False,
                "company": self._company(),
                "partner": self.party(self.partner),
                "totals": [],
                "words": [],
                "terms": [],
                "bank": [],
                "narration": "",
                "heads": [],
                "lines": [],
                "facts": [],
                "signatures": [],
            }
            content = self.content()
            content["labels"] = {"page": _("Page {page} of {pages}"), **content["labels"]}
            return common | content

    def content(self) -> Content:
        """What stands on this kind of paper."""
        raise NotImplementedError

    def money(self, amount: Decimal) -> str:
        """An amount with the currency's symbol."""
        symbol, number = self.currency.symbol, self.number(abs(amount), self.places)
        space = "\N{NO-BREAK SPACE}" if symbol[-1:].isalpha() else ""
        minus = "−" if amount < 0 else ""
        if self.currency.position == "after":
            return f"{minus}{number}\N{NO-BREAK SPACE}{symbol}"
        return f"{minus}{symbol}{space}{number}"

    def number(self, value: Decimal, places: int | None = None) -> str:
        """A number; without places no zeros after the point."""
        pattern = "#,##0." + ("0" * places if places is not None else "######")
        return str(
            format_decimal(value, format=pattern.removesuffix("."), locale=LOCALES[self.language])
        )

    def day(self, day: date | None) -> str:
        """A day written out."""
        return format_date(day, format="d MMMM y", locale=LOCALES[self.language]) if day else ""

    def words(self, amount: Decimal) -> list[str]:
        """An amount written out."""
        return [amount_in_words(amount, currency=self.currency.code, language=self.language)]

    def party(self, partner: Partner | None) -> Content:
        """Name, address and tax number of a partner."""
        if partner is None:
            return {"name": "", "lines": [], "logo": None}
        # A person at a company has most often neither address nor tax number of their own: the company's count then.
        is_part = partner.commercial_partner_id not in {None, partner.pk}
        whole = partner.commercial_partner if is_part and partner.commercial_partner else partner
        lines = (partner if partner.street or partner.city else whole).address_lines
        if tax_id := partner.tax_id or whole.tax_id:
            label = "NPWP" if _is_indonesian(whole) else _("Tax number")
            lines.append(f"{label} {tax_id}")
        return {"name": partner.complete_name or partner.name, "lines": lines, "logo": None}

    def _company(self) -> Content:
        company = self.company
        party = self.party(company.partner)
        contact = [company.partner.phone, company.partner.email, company.partner.website]
        party["lines"] += [" · ".join(part for part in contact if part)] if any(contact) else []
        logo = company.logo
        party["logo"] = (
            list(logo.path.read_bytes()) if logo is not None and logo.path.is_file() else None
        )
        return party


def written(make: Callable[[str], Letterhead], language: str) -> Content:
    """A paper in a language; in the partner's own where none is said, in that and the other for `BOTH`."""
    if language != BOTH:
        return make(language).as_json()
    first = make("")
    return both(first.as_json(), make("en" if first.language == "id" else "id").as_json())


def both(one: Content, other: Content) -> Content:
    """Two languages of the same paper in one: what is a label stands in both, figures and names as in the first."""
    return one | {
        **{name: _joined(one[name], other[name]) for name in ("title", "number", "stamp")},
        "labels": {
            name: _joined(text, other["labels"][name]) for name, text in one["labels"].items()
        },
        "facts": [
            [_joined(a[0], b[0]), a[1]] for a, b in zip(one["facts"], other["facts"], strict=True)
        ],
        "totals": [
            {**a, "label": _joined(a["label"], b["label"])}
            for a, b in zip(one["totals"], other["totals"], strict=True)
        ],
        "heads": [_joined(*pair) for pair in zip(one["heads"], other["heads"], strict=True)],
        "signatures": [
            _joined(*pair) for pair in zip(one["signatures"], other["signatures"], strict=True)
        ],
        **{
            name: [
                text
                for pair in zip(one[name], other[name], strict=True)
                for text in dict.fromkeys(pair)
            ]
            for name in ("words", "terms", "bank")
        },
    }


def plain(html: str) -> str:
    """What rich text says, without its tags."""
    return unescape(strip_tags(html.replace("<br>", "\n").replace("</p>", "\n"))).strip()


def total(label: str, amount: str, *, strong: bool = False, small: bool = False) -> Content:
    """A line of the totals."""
    return {"label": label, "amount": amount, "strong": strong, "small": small}


def _joined(one: str, other: str) -> str:
    return one if one == other or not other else f"{one}{BETWEEN}{other}"


def _is_indonesian(partner: Partner) -> bool:
    return partner.country is None or partner.country.code == "ID"
