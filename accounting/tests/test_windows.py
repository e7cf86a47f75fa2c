"""The windows behind buttons: registering payments, and taking entries back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import Account, Journal, JournalEntry, Payment, PaymentTerm
from accounting.services import entries, payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import (
    accountant_at_work,
    at_work,
    clerk_at_work,
    posted,
)
from base.dates import today_in
from base.models import Currency, CurrencyRate
from web.tests.sending import opened, sent

__all__ = ["accountant_at_work", "clerk_at_work", "posted"]
D = Decimal
PAY, DO = "action_register_payment", "action_create_payments"


def pressed(client, entry, button=PAY, screen="invoices"):
    """The window that a button of a document opens."""
    answer = client.post(f"/{screen}/{entry.pk}/", {"_do": button})
    assert answer.status_code == 302
    return answer["Location"]


def asked(client, window, **typed):
    """What a window says of what is typed so far; all else is left to it."""
    left = {name: "" for name in opened(client, window) if name != "csrfmiddlewaretoken"}
    address = window.replace("/?", "/preview/?")
    return client.post(
        address, left | {"group_payment": ["on"], "early_payment_discount_mode": ["on"]} | typed
    ).json()


def left(entry):
    entry.refresh_from_db()
    return entry.payment_state, entry.residual, [row.amount for row in Payment.objects.all()]


@pytest.fixture
def today(company):
    return today_in(company.timezone)


@pytest.fixture
def discounted(draft, post, today):
    """An invoice or bill of 1,110, 2 % off within ten days, as many days ago."""
    term = PaymentTerm.objects.get(name_en="2% within 10 days, net 30 days")

    def write(days, **values):
        line = {"label": "Desk", "unit_price": D(1000)}
        return post(draft(line, payment_term_id=term.pk, on=today - timedelta(days=days), **values))

    return write


def test_the_window_proposes_all_that_is_open_and_leads_back(clerk_at_work, posted):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry)
    form = opened(clerk_at_work, window)
    assert (form["amount"], form["currency_id"], form["journal_id"]) == (
        ["1,000"],
        ["IDR"],
        ["Bank"],
    )
    answer = sent(clerk_at_work, window, _do=DO)
    assert answer["Location"] == f"/invoices/{entry.pk}/"
    assert left(entry) == ("paid", 0, [D(1000)])
    page = clerk_at_work.get(answer["Location"]).content.decode()
    assert f"Payment {Payment.objects.get().number} is registered." in page


def test_part_is_paid_and_the_rest_stays_open(clerk_at_work, posted):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry)
    told = asked(clerk_at_work, window, amount="400")
    assert "Rp\u00a0600" in told["fields"]["payment_difference"]
    assert (told["away"]["payment_difference"], told["away"]["writeoff_account_id"]) == (
        False,
        True,
    )
    sent(
        clerk_at_work, window, amount="400", payment_date="2026-03-12", communication="half", _do=DO
    )
    assert left(entry) == ("partial", D(600), [D(400)])
    page = clerk_at_work.get(f"/invoices/{entry.pk}/").content.decode()
    assert "Paid on 12 Mar 2026" in page


def test_what_is_missing_is_written_off(clerk_at_work, posted):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry)
    how = {"amount": "990", "payment_difference_handling": "reconcile", "_do": DO}
    answer = sent(clerk_at_work, window, **how)
    assert answer.status_code == 422
    assert "Choose the account that takes the difference." in answer.content.decode()
    account = Account.objects.get(company=1, code="7205")
    chosen = {"writeoff_account_id": "7205", "writeoff_label": "Bank fee"}
    sent(clerk_at_work, window, **how, **chosen)
    assert left(entry) == ("paid", 0, [D(990)])
    item = Payment.objects.get().entry.items.get(account=account)
    assert (item.debit, item.label) == (10, "Bank fee")


def test_paying_more_than_is_open_has_to_be_meant(clerk_at_work, posted):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry)
    assert asked(clerk_at_work, window, amount="10,000")["away"]["keeps_rest"] is False
    answer = sent(clerk_at_work, window, amount="10,000", _do=DO)
    assert (answer.status_code, Payment.objects.count()) == (422, 0)
    assert "That is Rp\u00a09,000 more than is open." in answer.content.decode()
    sent(clerk_at_work, window, amount="10,000", keeps_rest="on", _do=DO)
    assert left(entry) == ("paid", 0, [D(10000)])


def test_what_was_typed_stays_beside_what_is_refused(clerk_at_work, posted, settings_of):
    entry = posted(1000)
    type(settings_of).objects.filter(pk=settings_of.pk).update(lock_date="2026-03-31")
    window = pressed(clerk_at_work, entry)
    answer = sent(clerk_at_work, window, amount="400", payment_date="2026-03-12", _do=DO)
    page = answer.content.decode()
    assert (answer.status_code, Payment.objects.count()) == (422, 0)
    assert "The books are closed on" in page
    assert 'value="400"' in page


def test_what_is_paid_or_not_posted_has_no_window(clerk_at_work, accountant, posted, draft):
    paid, paper = posted(1000), draft({"label": "x", "unit_price": D(1), "taxes": []})
    window = pressed(clerk_at_work, paid)
    payments.register(JournalEntry.objects.filter(pk=paid.pk), by=accountant, on=TODAY)
    answer = clerk_at_work.get(window)
    assert answer.status_code == 422
    assert "There is nothing left to pay" in answer.content.decode()
    page = clerk_at_work.get(f"/invoices/{paper.pk}/").content.decode()
    assert f'value="{PAY}"' not in page
    answer = clerk_at_work.get(pressed(clerk_at_work, paper))
    assert answer.status_code == 422
    assert "is not posted." in answer.content.decode()


def test_ticked_invoices_of_a_customer_are_paid_at_once(clerk_at_work, posted):
    one, two = posted(1000), posted(500)
    ticked = {"row": [one.pk, two.pk], "do": PAY}
    window = clerk_at_work.post("/invoices/many/", ticked)["Location"]
    page = clerk_at_work.get(window).content.decode()
    assert all(entry.number in page for entry in (one, two))
    form = opened(clerk_at_work, window)
    assert (form["amount"], form["group_payment"]) == (["1,500"], ["on"])
    assert sent(clerk_at_work, window, _do=DO)["Location"] == "/invoices/"
    assert [row.amount for row in Payment.objects.all()] == [D(1500)]
    assert [left(entry)[:2] for entry in (one, two)] == [("paid", 0)] * 2


def test_ticked_invoices_are_paid_one_by_one_where_that_is_wanted(clerk_at_work, posted):
    one, two = posted(1000), posted(500)
    ticked = {"row": [one.pk, two.pk], "do": PAY}
    window = clerk_at_work.post("/invoices/many/", ticked)["Location"]
    form = opened(clerk_at_work, window)
    form.pop("group_payment")
    clerk_at_work.post(window, {**form, "_do": DO})
    assert sorted(row.amount for row in Payment.objects.all()) == [D(500), D(1000)]


def test_a_ticked_draft_keeps_all_from_being_paid(clerk_at_work, posted, draft):
    one, paper = posted(1000), draft({"label": "x", "unit_price": D(1), "taxes": []})
    answer = clerk_at_work.post("/invoices/many/", {"row": [one.pk, paper.pk], "do": PAY})
    assert answer.status_code == 422
    assert "Nothing has been done." in answer.content.decode()


@pytest.mark.parametrize(("kind", "screen"), [("out_invoice", "invoices"), ("in_invoice", "bills")])
def test_the_discount_is_proposed_in_time_and_taken(accountant_at_work, discounted, kind, screen):
    entry = discounted(10, kind=kind)
    window = pressed(accountant_at_work, entry, screen=screen)
    page = accountant_at_work.get(window).content.decode()
    assert ("Rp\u00a022" in page, 'value="1,088"' in page) == (True, True)
    sent(accountant_at_work, window, _do=DO)
    assert left(entry) == ("paid", 0, [D(1088)])


def test_an_offered_discount_can_be_left(accountant_at_work, discounted):
    entry = discounted(0)
    window = pressed(accountant_at_work, entry)
    form = opened(accountant_at_work, window)
    form.pop("early_payment_discount_mode")
    told = accountant_at_work.post(
        window.replace("/?", "/preview/?"), {**form, "amount": ""}
    ).json()
    assert told["filled"]["amount"] == "1,110"
    accountant_at_work.post(window, {**form, "amount": "1,110", "_do": DO})
    assert left(entry) == ("paid", 0, [D(1110)])


def test_the_whole_amount_typed_takes_no_discount(accountant_at_work, discounted):
    entry = discounted(0)
    sent(accountant_at_work, pressed(accountant_at_work, entry), amount="1,110", _do=DO)
    assert left(entry) == ("paid", 0, [D(1110)])


def test_the_day_of_the_payment_decides_about_the_discount(accountant_at_work, discounted, today):
    entry = discounted(11)
    window = pressed(accountant_at_work, entry)
    assert opened(accountant_at_work, window)["amount"] == ["1,110"]
    told = asked(accountant_at_work, window, payment_date=str(today - timedelta(days=1)))
    assert told["filled"]["amount"] == "1,088"
    assert told["away"]["early_payment_discount_mode"] is False


def test_a_journal_of_another_currency_pays_in_it_also_in_part(
    accountant_at_work, invoice, journal
):
    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=D("0.0001"))
    Journal.objects.filter(pk=journal("BNK1").pk).update(currency=dollar)
    window = pressed(accountant_at_work, invoice)
    assert opened(accountant_at_work, window)["amount"] == ["11.1"]
    assert asked(accountant_at_work, window)["units"]["amount"] == "USD"
    sent(accountant_at_work, window, amount="5", _do=DO)
    paid = Payment.objects.get()
    invoice.refresh_from_db()
    assert (paid.currency, paid.amount, invoice.residual) == (dollar, D(5), D(61000))


def test_a_window_of_another_company_s_documents_pays_nothing(
    other_accountant, clerk_at_work, posted
):
    entry = posted(10)
    answer = at_work(other_accountant).post(f"/invoices/{entry.pk}/", {"_do": PAY})
    assert answer.status_code == 404
    window = pressed(clerk_at_work, entry)
    assert entry.number not in at_work(other_accountant).get(window).content.decode()
    assert Payment.objects.count() == 0


def test_the_auditor_has_no_windows(auditor, clerk_at_work, posted):
    entry = posted(10)
    page = at_work(auditor).get(f"/invoices/{entry.pk}/").content.decode()
    assert "Register payment" not in page
    assert at_work(auditor).get(pressed(clerk_at_work, entry)).status_code == 403


@pytest.mark.parametrize(
    ("settles", "button", "state"),
    [
        ("", "refund_moves", ("draft", "not_paid", D(1000))),
        ("on", "refund_moves", ("posted", "reversed", D(0))),
    ],
)
def test_a_credit_note_is_drafted_or_set_off(clerk_at_work, posted, settles, button, state):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry, "action_reverse")
    typed = {"date": "2026-03-15", "reason": "Broken", "_do": button}
    answer = sent(clerk_at_work, window, **typed, **({"settles": settles} if settles else {}))
    note = JournalEntry.objects.get(kind="out_refund")
    entry.refresh_from_db()
    assert answer["Location"] == reverse("accounting:about", args=[note.pk])
    assert (note.state, entry.payment_state, entry.residual) == state
    assert "Broken" in note.reference
    page = clerk_at_work.get(answer["Location"], follow=True).content.decode()
    assert ("is posted and set off." in page) == bool(settles)


def test_a_document_is_taken_back_and_written_anew(clerk_at_work, posted):
    entry = posted(1000)
    window = pressed(clerk_at_work, entry, "action_reverse")
    answer = sent(clerk_at_work, window, date="2026-03-15", _do="modify_moves")
    again = JournalEntry.objects.get(kind="out_invoice", state="draft")
    entry.refresh_from_db()
    assert answer["Location"] == reverse("accounting:about", args=[again.pk])
    assert (again.total, entry.payment_state) == (D(1000), "reversed")


def test_a_plain_entry_is_taken_back_by_its_mirror(accountant_at_work, accountant, draft, account):
    entry = draft(
        {"account_id": account("6201").pk, "debit": D(70)},
        {"account_id": account("1101").pk, "credit": D(70)},
        kind="entry",
    )
    entries.post(JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=TODAY)
    window = pressed(accountant_at_work, entry, "action_reverse", "journal-entries/plain")
    assert "debits and credits exchanged" in accountant_at_work.get(window).content.decode()
    sent(accountant_at_work, window, date="2026-03-15", reason="Twice", _do="refund_moves")
    mirror = entry.reversals.get()
    assert [(item.debit, item.credit) for item in mirror.items.order_by("pk")] == [(0, 70), (70, 0)]


def test_what_is_not_posted_is_not_taken_back(clerk_at_work, draft):
    paper = draft({"label": "x", "unit_price": D(1), "taxes": []})
    answer = clerk_at_work.get(pressed(clerk_at_work, paper, "action_reverse"))
    assert (answer.status_code, JournalEntry.objects.count()) == (422, 1)
