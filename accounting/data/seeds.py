"""The rows that accounting begins with: payment terms for everyone, and the chart of the first company."""

from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounting.data.letters import LETTERS
from accounting.models import CompanyAccounting, JournalEntry, PaymentTerm, PaymentTermLine
from accounting.rules import terms
from accounting.services import charts
from base.actors import Actor
from base.models import Company, MailTemplate
from base.seeds import upsert

Part = dict[str, Any]


def days(number: int, **more: Any) -> Part:
    """A part that is due so many days after the document."""
    return {"days": number, **more}


TERMS: dict[str, tuple[str, str, list[Part], dict[str, Any]]] = {
    "term_immediate": ("Immediate payment", "Tunai", [days(0)], {}),
    "term_15_days": ("15 days", "15 hari", [days(15)], {}),
    "term_21_days": ("21 days", "21 hari", [days(21)], {}),
    "term_30_days": ("30 days", "30 hari", [days(30)], {}),
    "term_45_days": ("45 days", "45 hari", [days(45)], {}),
    "term_60_days": ("60 days", "60 hari", [days(60)], {}),
    "term_end_of_month": (
        "End of month",
        "Akhir bulan",
        [days(0, delay=terms.AFTER_END_OF_MONTH)],
        {},
    ),
    "term_end_of_following_month": (
        "End of following month",
        "Akhir bulan berikutnya",
        [days(0, delay=terms.AFTER_END_OF_NEXT_MONTH)],
        {},
    ),
    "term_30_advance": (
        "30% in advance, balance after 30 days",
        "30% uang muka, sisanya 30 hari",
        [days(0, value=Decimal(30)), days(30, value=Decimal(70))],
        {},
    ),
    "term_three_parts": (
        "Three monthly instalments",
        "Tiga angsuran bulanan",
        [
            days(30, value=Decimal("33.33")),
            days(60, value=Decimal("33.33")),
            days(90, value=Decimal("33.34")),
        ],
        {},
    ),
    "term_2_10_net_30": (
        "2% within 10 days, net 30 days",
        "2% dalam 10 hari, netto 30 hari",
        [days(30)],
        {"has_early_discount": True, "discount_percent": Decimal(2), "discount_days": 10},
    ),
}


def load() -> None:
    """Write payment terms, and set up the books of the first company by the chart of its country. Runs again safely."""
    ids = upsert(
        PaymentTerm,
        "accounting",
        {
            key: {"name_en": english, "name_ind": indonesian, "sequence": 10 * (place + 1), **more}
            for place, (key, (english, indonesian, _parts, more)) in enumerate(TERMS.items())
        },
    )
    rows = {}
    for key, (_english, _indonesian, parts, _more) in TERMS.items():
        for place, part in enumerate(parts):
            rows[f"{key}_{place + 1}"] = {"term_id": ids[key], "sequence": 10 * (place + 1), **part}
    upsert(PaymentTermLine, "accounting", rows)
    kind = ContentType.objects.get_for_model(JournalEntry).pk
    letters = {key: {**letter, "content_type_id": kind} for key, letter in LETTERS.items()}
    upsert(MailTemplate, "account", letters)
    load_first_chart()


def load_first_chart() -> None:
    """Give the first company books, by the Indonesian chart where its country is Indonesia."""
    first = Company.objects.filter(pk=1).select_related("country").first()
    if first is None:
        return
    settings = CompanyAccounting.objects.filter(company=first).first()
    indonesian = first.country is not None and first.country.code == "ID"
    chart = (settings and settings.chart) or ("id_sak_ep" if indonesian else "generic")
    charts.load(Company.objects.filter(pk=1), chart, by=Actor.system(door="shell"))
