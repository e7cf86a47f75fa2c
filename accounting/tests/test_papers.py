"""Every paper: in one language or both, over pages, stamped; receipts, vouchers, and several in one PDF."""

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from accounting.models import JournalEntry, Payment
from accounting.reports.invoice_pdf import invoice_pdf, receipt_pdf
from accounting.reports.letterhead import BOTH
from accounting.services import payments
from base.models import Currency, OutgoingMail, Partner

D = Decimal


def pages_of(pdf):
    return [
        page.extract_text().replace("\N{NO-BREAK SPACE}", " ")
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


@pytest.fixture
def paid(draft, post, accountant, customer):
    Partner.objects.filter(pk=customer.pk).update(language="id")
    entry = post(draft({"label": "Kursi", "unit_price": D(1000000)}))
    rows = JournalEntry.objects.filter(pk=entry.pk)
    payments.register(rows, by=accountant, on=date(2026, 3, 12), amount=entry.total)
    return JournalEntry.objects.get(pk=entry.pk)


def test_a_paid_document_is_stamped(paid, draft):
    assert "LUNAS" in pages_of(invoice_pdf(paid))[0]
    open_yet = draft({"label": "Kursi", "unit_price": D(1)})
    assert "LUNAS" not in pages_of(invoice_pdf(open_yet))[0]


def test_a_paper_in_both_languages_says_labels_and_words_twice(paid):
    [text] = pages_of(invoice_pdf(paid, BOTH))
    for part in (
        "Faktur / Invoice",
        "Jatuh tempo / Due date",
        "LUNAS / PAID",
        "Satu juta seratus sepuluh ribu rupiah",
        "One million, one hundred and ten thousand rupiah",
        "Halaman 1 dari 1 / Page 1 of 1",
    ):
        assert part in text, part


def test_a_paper_is_printed_in_the_language_that_is_asked_for(paid):
    assert "Invoice" in pages_of(invoice_pdf(paid, "en"))[0]
    assert "Faktur" in pages_of(invoice_pdf(paid))[0]


def test_every_page_says_which_it_is_and_each_paper_counts_anew(draft, customer):
    Partner.objects.filter(pk=customer.pk).update(language="en")
    long = draft(*({"label": f"Line {n}", "unit_price": D(1000)} for n in range(100)))
    short = draft({"label": "Desk", "unit_price": D(5)})
    texts = pages_of(invoice_pdf([long, short]))
    count = len(texts) - 1
    assert count > 2
    for number, text in enumerate(texts[:-1], start=1):
        assert f"Page {number} of {count}" in text
        assert "Unit price" in text
    assert "Page 1 of 1" in texts[-1]


def test_the_tax_base_is_in_the_currency_of_the_document(draft):
    dollar = Currency.objects.get(code="USD")
    Currency.objects.filter(pk=dollar.pk).update(is_active=True)
    desk = {"label": "Desk", "unit_price": D(1200)}
    dollars = draft(desk, currency_id=dollar.pk, rate=D(16000))
    [text] = pages_of(invoice_pdf(dollars, "en"))
    assert "$1,100.00" in text
    assert "17,600,000" not in text


def test_a_receipt_says_what_was_paid_and_by_whom(paid):
    payment = Payment.objects.get()
    [text] = pages_of(receipt_pdf([payment], BOTH))
    for part in (
        "Kuitansi / Payment receipt",
        payment.number,
        "Diterima dari / Received from",
        "Toko Maju",
        paid.number,
        "Rp 1.110.000",
        "Satu juta seratus sepuluh ribu rupiah",
    ):
        assert part in text, part


def test_a_voucher_shows_an_entry_as_it_is_booked(paid):
    entry = Payment.objects.get().entry
    [text] = pages_of(invoice_pdf(entry, "en"))
    for part in ("Journal voucher", entry.number, "Debit", "1,110,000", "Approved by"):
        assert part in text, part


def test_receipts_and_vouchers_are_read_a_fixed_number_of_times(paid, django_assert_num_queries):
    payment = Payment.objects.get()
    with django_assert_num_queries(2):
        receipt_pdf([payment])
    with django_assert_num_queries(10):
        invoice_pdf([paid, payment.entry])


def test_ticked_documents_are_printed_into_one_pdf(boss, paid, draft):
    other = draft({"label": "Desk", "unit_price": D(5)})
    answer = boss.post("/invoices/many/", {"row": [other.pk, paid.pk], "do": "action_print_pdf"})
    assert answer.status_code == 302
    pdf = boss.get(answer["Location"])
    assert (pdf["Content-Type"], len(pages_of(pdf.content))) == ("application/pdf", 2)
    assert boss.get("/accounting/documents/pdf/?ids=").status_code == 404
    assert boss.get("/accounting/documents/pdf/?ids=x,99999999").status_code == 404


def test_a_paper_is_looked_at_in_either_language(boss, paid):
    payment = Payment.objects.get()
    for address in (
        f"/accounting/documents/{paid.pk}/paper/",
        f"/accounting/payments/{payment.pk}/paper/",
        f"/accounting/documents/{payment.entry_id}/paper/",
    ):
        page = boss.get(f"{address}?in=both")
        assert page.status_code == 200
        assert 'value="both" selected' in page.content.decode()
        assert boss.get(f"{address}1/?in=both")["Content-Type"] == "image/svg+xml"
        assert boss.get(f"{address}9/").status_code == 404


def test_a_document_is_sent_from_its_form_to_whom_the_letter_names(boss, paid, customer):
    Partner.objects.filter(pk=customer.pk).update(email="toko@maju.example")
    opened = boss.post(f"/invoices/{paid.pk}/", {"_do": "action_send_and_print"}, follow=True)
    page = opened.content.decode()
    assert "Kirim" in page or "Send" in page
    assert "Toko Maju" in page
    assert "INV-2026-00001.pdf" in page
    address = opened.redirect_chain[-1][0]
    sent = boss.post(
        address,
        {
            "_do": "action_send_and_print",
            "mail_partner_ids": [customer.pk],
            "mail_subject": "Faktur Anda",
            "mail_body": "<p>Terlampir.</p>",
        },
    )
    assert sent.status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.recipients, mail.subject) == ("toko@maju.example", "Faktur Anda")
    assert [one.name for one in mail.attachments.all()] == ["INV-2026-00001.pdf"]
