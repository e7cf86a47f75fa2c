"""The demo companies' books."""

import time
from datetime import date

import pytest

from accounting.data import demo
from accounting.models import JournalEntry, Payment
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from accounting.services import books
from base.actors import Actor
from base.data import demo as base_demo
from base.models import Company

TODAY = date(2026, 11, 22)


@pytest.fixture
def history(db):
    base_demo.load()
    begun = time.monotonic()
    demo.load(on=TODAY)
    return time.monotonic() - begun


def story():
    return list(
        JournalEntry.objects.order_by("company", "journal__code", "number").values_list(
            "number", "date", "total", "payment_state"
        )
    )


def test_demo_makes_six_months_of_sound_books(history):
    audits = books.audit(Company.objects.all(), by=Actor.system(), on=TODAY)

    assert [audit.is_sound for audit in audits] == [True, True]
    months = JournalEntry.objects.filter(company=1, kind="out_invoice").dates("date", "month")
    assert [month.month for month in months] == [6, 7, 8, 9, 10, 11]
    states = set(JournalEntry.objects.posted().documents().values_list("payment_state", flat=True))
    assert states == {"not_paid", "partial", "paid", "reversed"}
    assert JournalEntry.objects.due_before(TODAY).exists()
    assert JournalEntry.objects.drafts().count() == 3
    kinds = set(JournalEntry.objects.posted().filter(company=1).values_list("kind", flat=True))
    assert kinds == {"entry", "out_invoice", "out_refund", "in_invoice", "in_refund"}
    monies = JournalEntry.objects.posted().filter(kind="out_invoice", company=1)
    assert set(monies.values_list("currency__code", flat=True)) == {"IDR", "USD", "EUR", "SGD"}
    assert Company.objects.get(pk=1).logo is not None
    assert Payment.objects.filter(kind="outbound").exists()
    assert JournalEntry.objects.filter(company__name="CV Cahaya Timur").exists()


def test_demo_leaves_a_business_that_could_exist(history):
    table = trial_balance(TrialBalanceQuestion(company_id=1, first=date(2026, 6, 1), last=TODAY))
    closing = {row.code: row.closing for row in table.rows}

    assert table.sum("closing") == 0
    assert closing["1111"] > 0
    assert closing["1201"] > 0 > closing["2101"]
    assert -closing["4101"] > closing["5101"] > 0


def test_demo_runs_again_without_harm(history):
    before = story()

    demo.load(on=TODAY)

    assert story() == before
    assert history < 30
