"""Documents on the web: written, posted, taken back, deleted; refused beside the form; and where pages have moved to."""

import re
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounting.models import JournalEntry, JournalItem
from accounting.services import entries
from accounting.tests.conftest import TODAY, user
from base.models import Currency, CurrencyRate, VerbRun
from web.tests.sending import sent

D = Decimal
NEW = "/invoices/new/"
SET = "invoice_line_ids"


def at_work(actor):
    client = Client()
    person = get_user_model().objects.get(pk=actor.user_id)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def line(place, **values):
    """A line as a browser without scripts sends it: what is left empty comes from the product."""
    names = {
        "id": "",
        "product_id": "",
        "name": "",
        "quantity": "1",
        "price_unit": "",
        "discount": "",
    }
    return {f"{SET}-{place}-{name}": value for name, value in (names | values).items()}


def written(client, partner, *lines, address=NEW, **head):
    """Send the form of a new document."""
    data = {
        "partner_id": str(partner),
        "invoice_date": TODAY.isoformat(),
        f"{SET}-COUNT": "9",
        **head,
    }
    for one in lines:
        data |= one
    return client.post(address, data)


@pytest.fixture
def clerk_at_work(clerk):
    return at_work(clerk)


@pytest.fixture
def accountant_at_work(accountant):
    return at_work(accountant)


@pytest.fixture
def posted(draft, accountant):
    """A posted invoice over so much, untaxed."""

    def make(amount, **values):
        entry = draft({"label": "Work", "unit_price": D(amount), "taxes": []}, **values)
        return entries.post(JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=TODAY)[0]

    return make


def test_new_invoice_takes_label_price_and_taxes_from_the_product(
    clerk, clerk_at_work, customer, chair
):
    answer = written(clerk_at_work, customer, line(0, product_id="Kursi", quantity="2"))
    entry = JournalEntry.objects.get()
    assert answer["Location"] == f"/invoices/{entry.pk}/"
    item = entry.items.get(product=chair)
    assert (item.label, item.quantity, item.unit_price) == ("[CH-1] Kursi", D(2), D(50000))
    assert (entry.untaxed, entry.total, entry.state) == (D(100000), D(111000), "draft")
    runs = VerbRun.objects.filter(verb="accounting.invoices.draft", user=clerk.user_id, door="web")
    assert runs.count() == 1


def test_what_is_typed_counts_more_than_the_product(clerk_at_work, customer, chair, tax):
    exempt = tax("PPN exempt")
    typed = {"quantity": "1.5", "name": "Special", "price_unit": "40,000", "discount": "10"}
    one = line(0, product_id="Kursi", **typed) | {f"{SET}-0-tax_ids": [exempt.pk]}
    written(clerk_at_work, customer, one)
    item = JournalItem.objects.get(product=chair)
    told = (item.label, item.quantity, item.unit_price, item.discount, item.subtotal)
    assert told == ("Special", D("1.5"), D(40000), D(10), D(54000))
    assert list(item.taxes.all()) == [exempt]


def test_amounts_are_read_in_the_reader_s_way(clerk, clerk_at_work, customer):
    get_user_model().objects.filter(pk=clerk.user_id).update(language="id")
    written(
        clerk_at_work, customer, line(0, name="Jasa", quantity="2,5", price_unit="1.250.000,50")
    )
    item = JournalItem.objects.get(label="Jasa")
    assert (item.quantity, item.unit_price) == (D("2.5"), D("1250000.5"))


def test_a_form_that_cannot_be_read_keeps_what_was_typed_and_writes_nothing(
    clerk_at_work, customer
):
    typed = line(0, name="Work & more", quantity="many", price_unit="1")
    answer = written(clerk_at_work, customer, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="many"' in page
    assert "Work &amp; more" in page
    assert JournalEntry.objects.count() == 0


def test_a_product_of_another_company_cannot_be_sold(clerk_at_work, customer, chair, other_company):
    type(chair.template).objects.filter(pk=chair.template_id).update(company=other_company)
    answer = written(clerk_at_work, customer, line(0, product_id="Kursi"))
    assert answer.status_code == 422
    assert "Nothing is called “Kursi”." in answer.content.decode()
    assert JournalEntry.objects.count() == 0


def test_an_invoice_without_a_date_gets_today_when_it_is_posted(clerk_at_work, customer, chair):
    """People are told what will stand there, and see it after posting."""
    told = "Left empty, it becomes the day on which it is posted."
    page = clerk_at_work.get(NEW).content.decode()
    assert told in page
    assert re.search(r'Customer <span class="required-mark"', page)
    written(clerk_at_work, customer, line(0, product_id="Kursi"), invoice_date="")
    entry = JournalEntry.objects.get()
    assert entry.invoice_date is None
    sent(clerk_at_work, f"/invoices/{entry.pk}/", _do="action_post")
    entry.refresh_from_db()
    assert (entry.state, entry.invoice_date) == ("posted", entry.date)


def test_a_new_invoice_is_posted_at_once(clerk_at_work, customer, chair):
    assert 'value="action_post"' in clerk_at_work.get(NEW).content.decode()
    written(clerk_at_work, customer, line(0, product_id="Kursi"), _do="action_post")
    entry = JournalEntry.objects.get()
    assert (entry.state, entry.number[:4]) == ("posted", "INV/")


def test_what_cannot_be_posted_at_once_is_not_written_and_stays_on_the_form(
    clerk_at_work, customer
):
    answer = written(clerk_at_work, customer, ref="From the fair", _do="action_post")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert "From the fair" in page
    assert JournalEntry.objects.count() == 0


def test_post_numbers_the_document(clerk_at_work, draft):
    entry = draft({"label": "Work", "unit_price": D(100), "taxes": []})
    sent(clerk_at_work, f"/invoices/{entry.pk}/", _do="action_post")
    entry.refresh_from_db()
    assert (entry.state, entry.number) == ("posted", "INV/2026/00001")
    page = clerk_at_work.get(f"/invoices/{entry.pk}/").content.decode()
    assert "<del>Draft</del> → <ins>Posted</ins>" in page


def test_post_is_refused_on_the_page_and_writes_nothing(clerk_at_work, draft):
    entry = draft()
    answer = sent(clerk_at_work, f"/invoices/{entry.pk}/", _do="action_post")
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (422, "draft")
    assert 'role="alert"' in answer.content.decode()


def test_reset_needs_its_right(clerk_at_work, accountant_at_work, posted):
    entry = posted(1000)
    address, asked = f"/invoices/{entry.pk}/", {"_do": "button_draft"}
    assert clerk_at_work.post(address, asked).status_code == 403
    assert accountant_at_work.post(address, asked).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "draft"


def test_buttons_show_only_what_may_be_done(clerk_at_work, auditor, draft, posted):
    paper, entry = draft({"label": "x", "unit_price": D(1), "taxes": []}), posted(10)
    page = clerk_at_work.get(f"/invoices/{paper.pk}/").content.decode()
    assert ('value="action_post"' in page, "Register payment" in page) == (True, False)
    seen = at_work(auditor).get(f"/invoices/{entry.pk}/").content.decode()
    assert ("Register payment" in seen, "Reset to draft" in seen) == (False, False)


def test_delete_takes_a_draft_away(clerk_at_work, draft):
    entry = draft({"label": "x", "unit_price": D(1), "taxes": []})
    answer = clerk_at_work.post(f"/invoices/{entry.pk}/", {"_do": "unlink"})
    assert (answer["Location"], JournalEntry.objects.count()) == ("/invoices/", 0)


@pytest.mark.parametrize("verb", ["", "action_post", "button_draft", "button_cancel", "unlink"])
def test_a_document_of_another_company_does_not_exist(other_accountant, posted, verb):
    entry = posted(10)
    eve, address = at_work(other_accountant), f"/invoices/{entry.pk}/"
    answer = eve.post(address, {"_do": verb}) if verb else eve.get(address)
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (404, "posted")
    assert eve.get(reverse("accounting:about", args=[entry.pk])).status_code == 404


def test_an_employee_opens_no_books(company):
    ina = at_work(user("ina", company, "Employee"))
    assert ina.get(reverse("accounting:home")).status_code == 403


def test_the_contact_s_page_shows_its_documents(clerk_at_work, posted, customer):
    entry = posted(1000)
    address = reverse("web:screen-contacts-record", args=[customer.pk])
    page = clerk_at_work.get(address, {"panels": ""}).content.decode()
    assert entry.number in page
    assert "Rp\u00a01,000" in page
    assert f"/invoices/new/?default_partner_id={customer.pk}" in page


def test_a_draft_is_written_in_another_currency(clerk_at_work, customer, company):
    dollar = Currency.objects.get(code="USD")
    Currency.objects.filter(pk=dollar.pk).update(is_active=True)
    CurrencyRate.objects.create(currency=dollar, company=company, date=TODAY, rate=D("0.0001"))
    one = line(0, name="Work", price_unit="25")
    written(clerk_at_work, customer, one, currency_id="USD")
    entry = JournalEntry.objects.get()
    item = entry.items.get(label="Work")
    assert (entry.currency, entry.untaxed, item.balance) == (dollar, D(25), D(-250000))


MOVED = {
    "/accounting/sales/": "/invoices/",
    "/accounting/bills/": "/bills/",
    "/accounting/entries/": "/journal-entries/",
    "/accounting/payments/": "/payments/",
    "/accounting/accounts/": "/chart-of-accounts/",
    "/accounting/entries/new/": "/journal-entries/plain/new/",
    "/accounting/documents/new/in_refund/": "/vendor-credit-notes/new/",
    "/accounting/documents/new/out_invoice/?partner=7": "/invoices/new/?default_partner_id=7",
    "/accounting/documents/{pk}/": "/invoices/{pk}/",
    "/accounting/documents/{pk}/edit/": "/invoices/{pk}/",
    "/accounting/documents/{pk}/pay/": "/invoices/{pk}/",
    "/accounting/entries/{pk}/": "/invoices/{pk}/",
}


def test_addresses_that_pages_had_lead_to_where_they_are_now(
    clerk_at_work, other_accountant, posted
):
    pk = posted(10).pk
    answers = {old: clerk_at_work.get(old.format(pk=pk)) for old in MOVED}
    assert {old: one.status_code for old, one in answers.items()} == dict.fromkeys(MOVED, 301)
    led = {old: one["Location"] for old, one in answers.items()}
    assert led == {old: new.format(pk=pk) for old, new in MOVED.items()}
    assert clerk_at_work.get("/accounting/documents/new/nothing/").status_code == 404
    assert at_work(other_accountant).get(f"/accounting/documents/{pk}/").status_code == 404
