"""Two rows at least of every noun of accounting, for the tests that look at every page of the back office."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from accounting.models import (
    FiscalPeriod,
    JournalEntry,
    PartnerAccounting,
    PaymentTerm,
    ProductAccounting,
)
from accounting.services import balances, books, entries, invoices, payments
from base.models import Company, ProductTemplate

D = Decimal
DAY = date(2026, 3, 10)


def fill(partners, boss):
    """Write them, about some partners and every product."""
    for template in ProductTemplate.objects.all():
        ProductAccounting.objects.get_or_create(template=template)
    for number, partner in enumerate(partners):
        PartnerAccounting.objects.get_or_create(partner=partner)
        lines = [
            {"label": "Jasa", "unit_price": D(100000)},
            {"display_type": "line_note", "label": "Terima kasih"},
        ]
        values = {
            "kind": "out_invoice",
            "partner_id": partner.pk,
            "invoice_date": DAY,
            "lines": lines,
        }
        made = invoices.draft([values, values], by=boss, on=DAY)
        posted = JournalEntry.objects.filter(pk=made[0].pk)
        entries.post(posted, by=boss, on=DAY)
        payments.register(posted, by=boss, on=DAY, amount=None if number else D(1000))
        first = date(2020 + number, 1, 1)
        FiscalPeriod.objects.create(
            company_id=1, name=str(first.year), days=(first, first + timedelta(days=300))
        )
        term = PaymentTerm.objects.create(name=f"Tempo {number}", company_id=1)
        term.lines.create(value=D(100), days=30)
    balances.fold(by=boss)
    draft = JournalEntry.objects.drafts().latest("pk")
    entries.post(JournalEntry.objects.filter(pk=draft.pk), by=boss, on=DAY)
    for _number in range(2):
        audit = books.audit(Company.objects.filter(pk=1), by=boss, on=timezone.localdate())[0]
        audit.findings.create(rule="numbers", subject="INV/2026/", expected="1", found="2")
