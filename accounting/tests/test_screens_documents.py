"""Documents on the web: written, worked out, posted, paid, reversed; refused beside the form."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounting.models import JournalEntry, JournalItem, Payment
from accounting.services import entries, payments
from accounting.tests.conftest import TODAY, user
from base.models import Currency, CurrencyRate, VerbRun

D = Decimal
NO_LINES = {
    "lines-TOTAL_FORMS": "3",
    "lines-INITIAL_FORMS": "0",
    "lines-MIN_NUM_FORMS": "0",
    "lines-MAX_NUM_FORMS": "1000",
}


def at_work(actor):
    client = Client()
    person = get_user_model().objects.get(pk=actor.user_id)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def line(place, **values):
    return {f"lines-{place}-{name}": value for name, value in values.items()}


@pytest.fixture
def clerk_at_work(clerk):
    return at_work(clerk)


@pytest.fixture
def accountant_at_work(accountant):
    return at_work(accountant)


@pytest.fixture
def form(customer):
    """What a browser sends for an invoice of 10 March without lines."""
    return {**NO_LINES, "partner": customer.pk, "invoice_date": TODAY.isoformat()}


@pytest.fixture
def posted(draft, accountant):
    """A posted invoice over so much, untaxed."""

    def make(amount, **values):
        entry = draft({"label": "Work", "unit_price": D(amount), "taxes": []}, **values)
        return entries.post(JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=TODAY)[0]

    return make


def test_new_invoice_takes_label_price_and_taxes_from_the_product(
    clerk, clerk_at_work, form, chair
):
    sent = {**form, **line(0, product=chair.pk, quantity="2")}
    answer = clerk_at_work.post(reverse("accounting:document_new", args=["out_invoice"]), sent)
    entry = JournalEntry.objects.get()
    assert answer["Location"] == reverse("accounting:document", args=[entry.pk])
    item = entry.items.get(product=chair)
    assert (item.label, item.quantity, item.unit_price) == ("[CH-1] Kursi", D(2), D(50000))
    assert (entry.untaxed, entry.total, entry.state) == (D(100000), D(111000), "draft")
    assert (
        VerbRun.objects.filter(
            verb="accounting.invoices.draft", user=clerk.user_id, door="web"
        ).count()
        == 1
    )


def test_what_is_typed_counts_more_than_the_product(clerk_at_work, form, chair, tax):
    exempt = tax("PPN exempt")
    typed = line(
        0,
        product=chair.pk,
        quantity="1.5",
        label="Special",
        unit_price="40,000",
        discount="10",
        taxes=exempt.pk,
    )
    clerk_at_work.post(reverse("accounting:document_new", args=["out_invoice"]), {**form, **typed})
    item = JournalItem.objects.get(product=chair)
    assert (item.label, item.quantity, item.unit_price, item.discount) == (
        "Special",
        D("1.5"),
        D(40000),
        D(10),
    )
    assert list(item.taxes.all()) == [exempt]
    assert item.subtotal == D(54000)


def test_a_settled_line_without_taxes_has_none(clerk_at_work, form, chair):
    typed = line(
        0, product=chair.pk, is_settled="True", label="Bare", unit_price="50000", quantity="1"
    )
    clerk_at_work.post(reverse("accounting:document_new", args=["out_invoice"]), {**form, **typed})
    item = JournalItem.objects.get(product=chair)
    assert (item.label, item.taxes.count()) == ("Bare", 0)


def test_amounts_are_read_in_the_reader_s_way(clerk, clerk_at_work, form):
    get_user_model().objects.filter(pk=clerk.user_id).update(language="id")
    typed = line(0, label="Jasa", quantity="2,5", unit_price="1.250.000,50")
    clerk_at_work.post(reverse("accounting:document_new", args=["out_invoice"]), {**form, **typed})
    item = JournalItem.objects.get(label="Jasa")
    assert (item.quantity, item.unit_price) == (D("2.5"), D("1250000.5"))


def test_a_form_that_cannot_be_read_keeps_what_was_typed_and_writes_nothing(clerk_at_work, form):
    typed = line(0, label="Work & more", quantity="many", unit_price="1")
    answer = clerk_at_work.post(
        reverse("accounting:document_new", args=["out_invoice"]), {**form, **typed}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="many"' in page
    assert "Work &amp; more</textarea>" in page
    assert JournalEntry.objects.count() == 0


def test_a_product_of_another_company_cannot_be_sold(clerk_at_work, form, chair, other_company):
    type(chair.template).objects.filter(pk=chair.template_id).update(company=other_company)
    answer = clerk_at_work.post(
        reverse("accounting:document_new", args=["out_invoice"]),
        {**form, **line(0, product=chair.pk)},
    )
    assert answer.status_code == 404
    assert f"{chair.pk} does not exist" in answer.content.decode()
    assert JournalEntry.objects.count() == 0


def test_preview_works_the_document_out_and_writes_nothing(clerk_at_work, form, chair):
    sent = {**form, **line(1, product=chair.pk, quantity="3")}
    answer = clerk_at_work.post(reverse("accounting:document_preview", args=["out_invoice"]), sent)
    told = answer.json()
    assert told["lines"]["lines-1"]["label"] == "[CH-1] Kursi"
    assert told["lines"]["lines-1"]["unit_price"] == "50,000"
    assert told["lines"]["lines-1"]["subtotal"] == "Rp\u00a0150,000"
    assert "Rp\u00a0166,500" in told["totals"]
    assert (
        JournalEntry.objects.count(),
        VerbRun.objects.filter(verb="accounting.invoices.draft").count(),
    ) == (0, 0)


def test_preview_says_what_is_wrong(clerk_at_work, form):
    sent = {**form, **line(0, label="x", unit_price="much")}
    answer = clerk_at_work.post(reverse("accounting:document_preview", args=["out_invoice"]), sent)
    assert (answer.status_code, answer.json()) == (422, {"sentences": ["Enter a number."]})


def test_without_a_script_lines_are_added_and_totals_worked_out(clerk_at_work, form, chair):
    url = reverse("accounting:document_new", args=["out_invoice"])
    sent = {**form, **line(0, product=chair.pk, quantity="2")}
    more = clerk_at_work.post(url, {**sent, "rehearse": "more"}).content.decode()
    assert more.count("data-line=") == 7
    assert 'name="lines-TOTAL_FORMS" value="6"' in more
    totals = clerk_at_work.post(url, {**sent, "rehearse": "totals"}).content.decode()
    assert "Rp\u00a0111,000" in totals
    assert JournalEntry.objects.count() == 0


def test_edit_changes_adds_and_removes_lines(clerk_at_work, draft, customer):
    entry = draft(
        {"label": "Stays", "unit_price": D(10), "taxes": []},
        {"label": "Goes", "unit_price": D(20), "taxes": []},
    )
    stays = entry.items.get(label="Stays")
    url = reverse("accounting:document_edit", args=[entry.pk])
    page = clerk_at_work.get(url).content.decode()
    assert "Stays</textarea>" in page
    sent = {
        **NO_LINES,
        "partner": customer.pk,
        "invoice_date": TODAY.isoformat(),
        **line(0, id=stays.pk, is_settled="True", label="Stays", quantity="2", unit_price="10"),
        **line(1, label="New", unit_price="5", is_settled="True"),
    }
    assert clerk_at_work.post(url, sent)["Location"] == reverse(
        "accounting:document", args=[entry.pk]
    )
    lines = list(entry.items.lines().order_by("sequence").values_list("pk", "label", "subtotal"))
    assert lines[0] == (stays.pk, "Stays", D(20))
    assert [row[1:] for row in lines] == [("Stays", D(20)), ("New", D(5))]
    entry.refresh_from_db()
    assert entry.total == D(25)


def test_edit_refuses_a_posted_document(clerk_at_work, posted):
    entry = posted(100)
    answer = clerk_at_work.get(reverse("accounting:document_edit", args=[entry.pk]))
    assert answer.status_code == 422
    assert f"{entry.number} is no longer a draft." in answer.content.decode()


def test_post_numbers_the_document(clerk_at_work, draft):
    entry = draft({"label": "Work", "unit_price": D(100), "taxes": []})
    clerk_at_work.post(reverse("accounting:document_post", args=[entry.pk]))
    entry.refresh_from_db()
    assert (entry.state, entry.number) == ("posted", "INV/2026/00001")
    page = clerk_at_work.get(reverse("accounting:document", args=[entry.pk])).content.decode()
    assert "It is posted." in page
    assert "<del>Draft</del> → <ins>Posted</ins>" in page


def test_post_is_refused_on_the_page_and_writes_nothing(clerk_at_work, draft):
    entry = draft()
    answer = clerk_at_work.post(reverse("accounting:document_post", args=[entry.pk]))
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (422, "draft")
    assert 'role="alert"' in answer.content.decode()


def test_pay_registers_part_and_leaves_the_rest_open(clerk_at_work, posted, journal):
    entry = posted(1000)
    url = reverse("accounting:document_pay", args=[entry.pk])
    assert 'value="1,000"' in clerk_at_work.get(url).content.decode()
    sent = {"amount": "400", "date": "2026-03-12", "journal": journal("BNK1").pk, "memo": "half"}
    assert clerk_at_work.post(url, sent)["Location"] == reverse(
        "accounting:document", args=[entry.pk]
    )
    entry.refresh_from_db()
    assert (entry.residual, entry.payment_state, Payment.objects.get().amount) == (
        D(600),
        "partial",
        D(400),
    )
    page = clerk_at_work.get(reverse("accounting:document", args=[entry.pk])).content.decode()
    assert "Paid on 12 Mar 2026" in page


def test_pay_in_a_closed_period_is_refused_beside_the_form(
    clerk_at_work, posted, journal, settings_of
):
    entry = posted(1000)
    type(settings_of).objects.filter(pk=settings_of.pk).update(lock_date="2026-03-31")
    sent = {"amount": "400", "date": "2026-03-12", "journal": journal("BNK1").pk, "memo": ""}
    answer = clerk_at_work.post(reverse("accounting:document_pay", args=[entry.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The books are closed on" in page
    assert 'value="400"' in page
    assert Payment.objects.count() == 0


def test_reverse_writes_a_credit_note_that_settles(clerk_at_work, posted):
    entry = posted(1000)
    sent = {"date": "2026-03-15", "reason": "Broken", "settles": "on"}
    answer = clerk_at_work.post(reverse("accounting:document_reverse", args=[entry.pk]), sent)
    note = JournalEntry.objects.get(kind="out_refund")
    entry.refresh_from_db()
    assert answer["Location"] == reverse("accounting:document", args=[note.pk])
    assert (note.state, note.total, entry.payment_state, entry.residual) == (
        "posted",
        D(1000),
        "reversed",
        D(0),
    )


def test_reset_needs_its_right(clerk_at_work, accountant_at_work, posted):
    entry = posted(1000)
    url = reverse("accounting:document_reset", args=[entry.pk])
    assert clerk_at_work.post(url).status_code == 403
    assert accountant_at_work.post(url).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "draft"


def test_buttons_show_only_what_may_be_done(clerk_at_work, auditor, draft, posted):
    paper, entry = draft({"label": "x", "unit_price": D(1), "taxes": []}), posted(10)
    page = clerk_at_work.get(reverse("accounting:document", args=[paper.pk])).content.decode()
    assert ("Post</button>" in page, "Register payment" in page) == (True, False)
    seen = at_work(auditor).get(reverse("accounting:document", args=[entry.pk])).content.decode()
    assert "Register payment" not in seen
    assert "Reset to draft" not in seen


def test_delete_takes_a_draft_away(clerk_at_work, draft):
    entry = draft({"label": "x", "unit_price": D(1), "taxes": []})
    answer = clerk_at_work.post(reverse("accounting:document_delete", args=[entry.pk]))
    assert (answer["Location"], JournalEntry.objects.count()) == (
        reverse("accounting:documents", args=["sales"]),
        0,
    )


@pytest.mark.parametrize(
    "name", ["document", "document_edit", "document_pay", "document_reverse", "entry", "about"]
)
def test_a_document_of_another_company_does_not_exist(other_accountant, posted, name):
    entry = posted(10)
    assert (
        at_work(other_accountant).get(reverse(f"accounting:{name}", args=[entry.pk])).status_code
        == 404
    )


@pytest.mark.parametrize("deed", ["post", "reset", "cancel", "delete"])
def test_nothing_is_done_to_a_document_of_another_company(other_accountant, posted, deed):
    entry = posted(10)
    answer = at_work(other_accountant).post(reverse(f"accounting:document_{deed}", args=[entry.pk]))
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (404, "posted")


def test_an_unknown_kind_of_document_does_not_exist(clerk_at_work):
    assert clerk_at_work.get(reverse("accounting:document_new", args=["entry"])).status_code == 404


def test_an_employee_opens_no_books(company):
    assert (
        at_work(user("ina", company, "Employee")).get(reverse("accounting:home")).status_code == 403
    )


def test_the_contact_s_page_shows_its_documents(clerk_at_work, posted, customer):
    entry = posted(1000)
    page = clerk_at_work.get(
        reverse("web:screen-contacts-record", args=[customer.pk]), {"panels": ""}
    ).content.decode()
    assert entry.number in page
    assert "Rp\u00a01,000" in page


def test_paying_more_than_is_open_has_to_be_meant(clerk_at_work, posted, journal):
    entry = posted(1000)
    url = reverse("accounting:document_pay", args=[entry.pk])
    sent = {"amount": "10,000", "date": "2026-03-12", "journal": journal("BNK1").pk}
    asked = clerk_at_work.post(url, sent)
    page = asked.content.decode()
    assert (asked.status_code, Payment.objects.count()) == (422, 0)
    assert "That is Rp\u00a09,000 more than is open." in page
    assert 'name="keeps_rest"' in page
    assert clerk_at_work.post(url, {**sent, "keeps_rest": "on"}).status_code == 302
    assert Payment.objects.get().amount == D(10000)


def test_what_is_paid_or_not_posted_has_no_payment_form(clerk_at_work, accountant, posted, draft):
    paid, paper = posted(1000), draft({"label": "x", "unit_price": D(1), "taxes": []})
    payments.register(JournalEntry.objects.filter(pk=paid.pk), by=accountant, on=TODAY)
    told = {
        entry.pk: clerk_at_work.get(reverse("accounting:document_pay", args=[entry.pk]))
        for entry in (paid, paper)
    }
    assert {pk: answer.status_code for pk, answer in told.items()} == {paid.pk: 422, paper.pk: 422}
    assert "There is nothing left to pay" in told[paid.pk].content.decode()
    assert "is not posted." in told[paper.pk].content.decode()


def test_a_draft_is_written_in_another_currency(clerk_at_work, form, company):
    dollar = Currency.objects.get(code="USD")
    Currency.objects.filter(pk=dollar.pk).update(is_active=True)
    CurrencyRate.objects.create(currency=dollar, company=company, date=TODAY, rate=D("0.0001"))
    url = reverse("accounting:document_new", args=["out_invoice"])
    page = clerk_at_work.get(url).content.decode()
    assert f'<option value="{company.currency_id}" selected>IDR</option>' in page
    sent = {**form, "currency": dollar.pk, **line(0, label="Work", unit_price="25")}
    clerk_at_work.post(url, sent)
    entry = JournalEntry.objects.get()
    item = entry.items.get(label="Work")
    assert (entry.currency, entry.untaxed, item.balance) == (dollar, D(25), D(-250000))
    edit = reverse("accounting:document_edit", args=[entry.pk])
    assert f'<option value="{dollar.pk}" selected>USD</option>' in (
        clerk_at_work.get(edit).content.decode()
    )


def test_sections_and_notes_stand_between_the_lines(clerk_at_work, form):
    typed = {
        **line(0, display_type="line_section", label="Material"),
        **line(1, label="Wood", unit_price="10", quantity="1"),
        **line(2, display_type="line_note", label="Delivered on Monday"),
    }
    clerk_at_work.post(reverse("accounting:document_new", args=["out_invoice"]), {**form, **typed})
    lines = JournalEntry.objects.get().items.lines().order_by("sequence")
    assert [(item.display_type, item.label) for item in lines] == [
        ("line_section", "Material"),
        ("product", "Wood"),
        ("line_note", "Delivered on Monday"),
    ]
