"""The invoice as PDF."""

import io
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from accounting.models import JournalEntry, PaymentTerm
from accounting.reports.invoice_pdf import file_name, invoice_pdf
from accounting.reports.invoice_text import InvoiceText, read
from accounting.services import payments
from accounting.tests.conftest import TODAY
from base.models import Currency, CurrencyRate, Partner, PartnerBankAccount

D = Decimal


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def invoice(draft, post, chair, company, accountant):
    PartnerBankAccount.objects.create(partner=company.partner, number="123-456-789")
    term = PaymentTerm.objects.get(name_en="30% in advance, balance after 30 days")
    entry = post(
        draft(
            {"display_type": "line_section", "label": "Furniture", "sequence": 1},
            {"product_id": chair.pk, "quantity": D(12), "discount": D(5), "sequence": 2},
            {"label": "Delivery #1 *bold* \\ $x$ <b>", "unit_price": D(150000), "sequence": 3},
            {"display_type": "line_note", "label": "Mind the steps.", "sequence": 4},
            payment_term_id=term.pk,
            narration="<p>Thank you &amp; goodbye.</p>",
        )
    )
    payments.register(
        JournalEntry.objects.filter(pk=entry.pk),
        by=accountant,
        on=date(2026, 3, 12),
        amount=D(100000),
    )
    return JournalEntry.objects.get(pk=entry.pk)


def test_pdf_shows_the_document(invoice, customer):
    Partner.objects.filter(pk=customer.pk).update(language="en")

    pdf = invoice_pdf(invoice)
    text = text_of(pdf)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    for part in (
        "Invoice",
        "INV/2026/00001",
        "Toko Maju",
        "[CH-1] Kursi",
        "Thank you & goodbye.",
        "Furniture",
        "Mind the steps.",
        "Delivery #1 *bold* \\ $x$ <b>",
        "5%",
        "Rp 570,000",
        "Rp 720,000",
        "PPN 12% of DPP 11/12",
        "Rp 660,000",
        "Rp 79,200",
        "Rp 799,200",
        "Paid on 12 March 2026",
        "Rp 699,200",
        "Seven hundred and ninety-nine thousand, two hundred rupiah",
        "123-456-789",
        "30% in advance",
        "9 April 2026",
    ):
        assert part in text.replace("\N{NO-BREAK SPACE}", " "), part


def test_pdf_speaks_the_language_of_the_partner(invoice):
    [paper] = read([invoice])
    texts = InvoiceText(paper).as_json()

    assert texts["language"] == "id"
    assert texts["lines"][1]["label"] == "[CH-1] Kursi"
    assert texts["totals"][0]["amount"] == "Rp\N{NO-BREAK SPACE}720.000"
    assert texts["words"] == ["Tujuh ratus sembilan puluh sembilan ribu dua ratus rupiah"]
    assert texts["facts"][0][1] == "10 Maret 2026"
    assert "PPN 12% dari DPP nilai lain 11/12" in [row["label"] for row in texts["totals"]]


def test_a_person_is_billed_at_the_address_and_tax_number_of_the_company(draft, customer):
    Partner.objects.filter(pk=customer.pk).update(
        street="Jl. Braga 5", city="Bandung", tax_id="0013759543424000"
    )
    person = Partner.objects.create(name="Agus", parent=customer)
    entry = draft({"label": "Work", "unit_price": D(10)}, partner_id=person.pk)
    [paper] = read([entry])
    party = InvoiceText(paper).as_json()["partner"]
    assert (party["name"], party["lines"]) == (
        "Toko Maju, Agus",
        ["Jl. Braga 5", "Bandung", "NPWP 0013759543424000"],
    )


def test_pdf_shows_rupiah_whole_and_dollars_with_cents(draft):
    chip = {"label": "Chip", "unit_price": D("1000.50"), "taxes": []}
    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=D("0.0001"))
    papers = read([draft(chip), draft(chip, currency_id=dollar.pk)])

    totals = [InvoiceText(paper).as_json()["totals"][-1]["amount"] for paper in papers]
    assert totals == ["Rp\N{NO-BREAK SPACE}1.001", "$1.000,50"]


def test_pdf_is_the_same_every_time_and_in_every_thread(invoice):
    pdf = invoice_pdf(invoice)

    assert invoice_pdf(invoice) == pdf
    [paper] = read([invoice])
    assert InvoiceText(paper).as_json() == InvoiceText(paper).as_json()


def test_pdf_of_several_documents_begins_each_on_a_page(invoice, draft):
    other = draft({"label": "Desk", "unit_price": D(5)})

    pdf = invoice_pdf([invoice, other])

    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert "INV/2026/00001" in pages[0].extract_text()
    assert "Toko Maju" in pages[1].extract_text()


def test_pdf_of_many_lines_repeats_its_headings(draft):
    entry = draft(*({"label": f"Line {n}", "unit_price": D(1000)} for n in range(90)))

    pages = PdfReader(io.BytesIO(invoice_pdf(entry))).pages

    assert len(pages) > 2
    assert all("Rp" in page.extract_text() for page in pages)


def test_pdf_reads_a_fixed_number_of_times(invoice, draft, django_assert_num_queries):
    many = [invoice, *(draft({"label": "Desk", "unit_price": D(5)}) for _ in range(3))]

    with django_assert_num_queries(7):
        invoice_pdf([invoice])
    with django_assert_num_queries(7):
        invoice_pdf(many)


def test_file_is_named_after_the_number(invoice, draft):
    assert file_name(invoice) == "INV-2026-00001.pdf"
    entry = draft({"label": "x"})
    assert file_name(entry) == f"draft-{entry.pk}.pdf"


def test_a_sample_is_kept_for_looking_at(invoice):
    """Left where `NIAGA_ARTEFACTS` points, so that somebody looks at the paper itself."""
    where = os.environ.get("NIAGA_ARTEFACTS")
    pdf = invoice_pdf(invoice)
    if where:
        Path(where, "invoice.pdf").write_bytes(pdf)
    assert pdf.startswith(b"%PDF")
