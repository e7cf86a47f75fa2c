"""Reminding of overdue invoices: whom, when, in which language, and what is left behind."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from accounting.models import CompanyAccounting, JournalEntry
from accounting.services import payments, reminders
from accounting.tasks import remind_overdue
from base import jobs
from base.actors import Actor
from base.dates import today_in
from base.models import Company, JobRun, Message, OutgoingMail, Partner
from base.services import attachments

pytestmark = pytest.mark.django_db

D = Decimal
DUE = date(2026, 3, 10)
LATER = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def customer(customer):
    Partner.objects.filter(pk=customer.pk).update(email="maju@toko.example")
    return customer


@pytest.fixture
def house():
    return Actor.system(door="job")


def remind(by, on=LATER):
    return reminders.remind(
        JournalEntry.objects.all(), lambda entry: ("paper.pdf", b"%PDF-1.7 x"), by=by, on=on
    )


def remind_every(company, days):
    CompanyAccounting.objects.filter(company=company).update(reminder_days=days)


def written(moment, **which):
    """Say that the reminders there are were written at a moment."""
    OutgoingMail.objects.filter(**which).update(created_at=moment)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock that doors read the day from."""

    def turn(moment):
        clock = SimpleNamespace(now=lambda: datetime.fromisoformat(moment))
        monkeypatch.setattr("base.dates.timezone", clock)

    return turn


@pytest.fixture
def elsewhere(draft, post, other_company, other_accountant, invoice):
    """An invoice of another company to the same customer, as old as `invoice`."""
    line = {"label": "Service", "unit_price": D(100), "tax_ids": []}
    made = post(draft(line, by=other_accountant), by=other_accountant)
    assert (made.company, made.due_date) == (other_company, invoice.due_date)
    return made


def test_an_overdue_invoice_is_reminded_of_in_the_customers_language(invoice, company, house):
    Partner.objects.filter(pk=company.partner_id).update(email="books@niaga.example; x@y.example")
    [letter] = remind(house)
    assert (letter.recipients, letter.reply_to) == ("maju@toko.example", "books@niaga.example")
    assert letter.subject == f"Pengingat: faktur {invoice.number} dari {company.name}"
    assert letter.body.startswith(
        f"Yth. Toko Maju,\n\nfaktur {invoice.number} jatuh tempo pada 10 Maret 2026"
    )
    assert "Rp\xa0" in letter.body
    assert letter.row == invoice


def test_the_reminder_stands_in_the_conversation_with_the_paper(invoice, house):
    [letter] = remind(house)
    message = Message.objects.about(invoice).get(kind=Message.Kind.EMAIL_OUTGOING)
    assert (message.subject, message.is_internal) == (letter.subject, False)
    assert list(message.recipients.all()) == [invoice.partner]
    [paper] = message.attachments.all()
    assert list(letter.attachments.all()) == [paper]
    assert attachments.read(paper, by=house) == b"%PDF-1.7 x"


def test_one_invoice_is_reminded_of_once_in_seven_days(invoice, house):
    assert len(remind(house)) == 1
    sent = OutgoingMail.objects.get()
    OutgoingMail.objects.filter(pk=sent.pk).update(created_at="2026-03-20T09:00+07:00")
    assert [len(remind(house, on=LATER + timedelta(days=n))) for n in (0, 6, 7)] == [0, 0, 1]


def test_each_company_says_how_many_days_lie_between_and_zero_is_never(invoice, company, house):
    remind_every(company, 0)
    assert remind(house) == []
    remind_every(company, 2)
    assert len(remind(house)) == 1
    written("2026-03-20T09:00+07:00")
    assert [len(remind(house, on=LATER + timedelta(days=n))) for n in (1, 2)] == [0, 1]


def test_no_company_reminds_by_the_days_of_another(
    invoice, elsewhere, company, other_company, house
):
    remind_every(company, 10)
    remind_every(other_company, 2)
    assert {letter.row for letter in remind(house)} == {invoice, elsewhere}
    written("2026-03-20T09:00+07:00")
    assert [letter.row for letter in remind(house, on=LATER + timedelta(days=2))] == [elsewhere]
    written("2026-03-22T09:00+07:00", row_id=elsewhere.pk)
    remind_every(other_company, 0)
    assert [letter.row for letter in remind(house, on=LATER + timedelta(days=10))] == [invoice]


def test_the_day_turns_at_midnight_where_the_company_is(
    invoice, elsewhere, company, other_company, house, at
):
    Company.objects.filter(pk=company.pk).update(timezone="Asia/Jakarta")
    Company.objects.filter(pk=other_company.pk).update(timezone="America/New_York")
    at("2026-03-10T23:59+07:00")
    assert remind_overdue(by=house)["reminded"] == 0
    at("2026-03-11T00:01+07:00")
    assert remind_overdue(by=house)["reminded"] == 1
    assert OutgoingMail.objects.get().row == invoice
    at("2026-03-11T00:01-04:00")
    assert remind_overdue(by=house)["reminded"] == 1
    assert OutgoingMail.objects.latest("pk").row == elsewhere


def test_the_days_between_are_days_where_the_company_is(invoice, house, at):
    assert invoice.company.timezone == "Asia/Jakarta"
    at("2026-03-20T00:01+07:00")  # still the 19th in UTC
    assert remind_overdue(by=house)["reminded"] == 1
    written("2026-03-20T00:01+07:00")
    for moment, expected in (
        ("2026-03-20T23:59+07:00", 0),
        ("2026-03-26T23:59+07:00", 0),
        ("2026-03-27T00:01+07:00", 1),
    ):
        at(moment)
        assert remind_overdue(by=house)["reminded"] == expected


def test_what_is_not_overdue_is_left_in_peace(invoice, house):
    assert remind(house, on=DUE) == []
    assert len(remind(house, on=DUE + timedelta(days=1))) == 1


def test_what_is_paid_is_left_in_peace(invoice, accountant, house):
    payments.register(JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=DUE)
    assert remind(house) == []


def test_drafts_and_bills_are_nobodys_debt_to_us(draft, post, vendor, house):
    draft({"label": "Service", "unit_price": D(100)})
    line = {"label": "Paper", "unit_price": D(100)}
    post(draft(line, kind="in_invoice", partner_id=vendor.pk, reference="7"))
    assert remind(house) == []


def test_a_customer_without_an_address_is_passed_over(invoice, house):
    Partner.objects.filter(pk=invoice.partner_id).update(email="")
    assert remind(house) == []


@pytest.fixture
def overdue(invoice):
    """An invoice that is overdue today, whenever that is."""
    assert invoice.due_date < today_in("Asia/Jakarta")
    return invoice


def test_the_job_reminds_with_the_invoice_as_pdf(overdue, house):
    run = jobs.start("accounting.remind_overdue", by=house)
    jobs.run(run.pk)
    run.refresh_from_db()
    assert run.result == {"reminded": 1, "without_address": 0, "refused": []}
    [letter] = OutgoingMail.objects.all()
    [paper] = letter.attachments.all()
    text = PdfReader(io.BytesIO(attachments.read(paper, by=house))).pages[0].extract_text()
    assert overdue.number in text
    assert JobRun.objects.filter(task="base.send_mail", state="queued").count() == 1


def test_the_job_reminds_once_however_often_it_runs(overdue, house):
    assert [remind_overdue(by=house)["reminded"] for _time in range(3)] == [1, 0, 0]
    assert OutgoingMail.objects.count() == 1


def test_the_job_counts_those_without_an_address(overdue, house):
    Partner.objects.filter(pk=overdue.partner_id).update(email="")
    assert remind_overdue(by=house) == {"reminded": 0, "without_address": 1, "refused": []}


def test_one_that_is_refused_does_not_stop_the_others(overdue, draft, post, house):
    wrong = Partner.objects.create(name="Salah", email="x@y.example")
    bad = post(draft({"label": "Service", "unit_price": D(100)}, partner_id=wrong.pk))
    Partner.objects.filter(pk=wrong.pk).update(email="nobody")
    answer = remind_overdue(by=house)
    assert answer["reminded"] == 1
    assert answer["refused"] == [f"{bad.number}: “nobody” is not an e-mail address."]
