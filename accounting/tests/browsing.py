"""Books and documents that the browser's tests of accounting have in common."""

from decimal import Decimal

import pytest

from accounting.models import JournalEntry
from accounting.services import charts, entries, invoices, payments
from base.actors import Actor
from base.dates import today_in
from base.models import Company, Partner


@pytest.fixture
def branch(house):
    """Another company with books of its own."""
    made = Company.objects.create(
        name="Cabang Timur",
        partner=Partner.objects.create(name="Cabang Timur", is_company=True),
        currency=house.currency,
        country=house.country,
    )
    charts.load(Company.objects.filter(pk=made.pk), "generic", by=Actor.system())
    return made


def invoiced(company, partner, amount, *, on=None, posts=True):
    """An invoice over so much, untaxed."""
    day = on or today_in(company.timezone)
    actor = Actor.system(company_ids=[company.pk])
    line = {"label": "Work", "unit_price": Decimal(amount), "taxes": []}
    row = {"kind": "out_invoice", "partner_id": partner.pk, "invoice_date": day, "lines": [line]}
    [entry] = invoices.draft([row], by=actor, on=day)
    if posts:
        entries.post(JournalEntry.objects.filter(pk=entry.pk), by=actor, on=day)
        entry.refresh_from_db()
    return entry


def paid(entry, amount=1000):
    """A payment of part of an invoice, today."""
    actor = Actor.system(company_ids=[entry.company_id])
    rows = JournalEntry.objects.filter(pk=entry.pk)
    day = today_in(entry.company.timezone)
    [payment] = payments.register(rows, by=actor, on=day, amount=Decimal(amount))
    return payment
