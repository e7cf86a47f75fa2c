"""What people ask for every day is found by an index, so that it takes no longer when the house grows old."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from accounting.models import JournalEntry, JournalItem
from accounting.screens.outstanding import RECEIVABLE, items_of
from accounting.services import entries, invoices, payments, reconciliation
from base.actors import Actor

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DESK = {"label": "Desk", "unit_price": Decimal(1000)}


@pytest.fixture
def old_house(customer):
    """Four hundred invoices over half a year, ten of which are not paid, and five drafts."""
    by = Actor.system(door="job", company_ids=[1])
    rows = [
        {
            "kind": "out_invoice",
            "partner_id": customer.pk,
            "invoice_date": FIRST + timedelta(days=n // 2),
            "lines": [DESK],
        }
        for n in range(405)
    ]
    ids = [entry.pk for entry in invoices.draft(rows, by=by, on=FIRST)]
    entries.post(JournalEntry.objects.filter(pk__in=ids[5:]), by=by, on=LAST)
    payments.register(JournalEntry.objects.filter(pk__in=ids[15:]), by=by, on=LAST)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ANALYZE accounting_journalitem, accounting_journalentry")


def test_what_people_ask_for_is_found_by_an_index(old_house, accountant, account):
    receivables = account("1201").pk
    items, documents = JournalItem.objects.all(), JournalEntry.objects.all()
    questions = {
        "accounting_item_open": items.open().filter(account=receivables),
        "accounting_item_by_account": items.posted()
        .filter(account=receivables)
        .between(FIRST, FIRST),
        "accounting_item_by_date": items.filter(company=1).order_by("-date", "-pk")[:5],
        "accounting_entry_by_date": documents.filter(company=1).order_by("-date", "-pk")[:5],
        "accounting_entry_drafts": documents.drafts().filter(company=1),
        "accounting_entry_by_due_date": documents.due_before(FIRST).filter(company=1),
    }

    assert {index: used(rows) for index, rows in questions.items()} == {
        index: {index} for index in questions
    }
    assert used(items_of(accountant, 1, RECEIVABLE)) == {"accounting_item_open"}


def used(rows):
    """The indexes of entries and items that a plan reads."""
    return set(re.findall(r"accounting_(?:item|entry)_\w+", rows.explain()))


def test_settling_two_items_reads_no_others(old_house):
    """Who is connected with whom is asked at every payment."""
    item = JournalItem.objects.filter(is_reconciled=True).first()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {reconciliation.CONNECTED}", [[item.pk]])
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Seq Scan on accounting_journalitem" not in plan
