"""What drafts may hold: amounts with a size, lines that people write, links of one company."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounting.errors import BelongsToPayment
from accounting.models import JournalEntry, PaymentTerm
from accounting.services import invoices, payments
from accounting.tests.conftest import TODAY, user
from base.actors import Actor
from base.errors import Invalid
from base.models import Partner, ProductTemplate, User
from base.services.records import OtherCompany

D = Decimal
DESK = {"label": "Desk", "unit_price": D(1000)}


@pytest.fixture
def of_both(company, other_company):
    """An accountant of two companies, the first one current."""
    someone = User.objects.get(pk=user("dewi", company, "Accountant").user_id)
    someone.companies.add(other_company)
    return Actor.of(someone)


def test_texts_stay_between_the_lines_they_were_written_between(draft):
    entry = draft(
        DESK,
        {"display_type": "line_section", "label": "Chairs"},
        {"label": "Chair", "unit_price": D(500)},
        {"display_type": "line_note", "label": "Oak"},
    )

    assert [item.label for item in entry.items.lines().order_by("sequence", "pk")] == [
        "Desk",
        "Chairs",
        "Chair",
        "Oak",
    ]


def test_texts_survive_an_edit_a_copy_and_a_reversal(draft, accountant):
    entry = draft({"display_type": "line_section", "label": "Furniture"}, DESK)
    own = JournalEntry.objects.filter(pk=entry.pk)
    invoices.edit(own, {"reference": "PO"}, by=accountant)
    invoices.edit(own, {"invoice_date": TODAY}, by=accountant)
    [copy] = invoices.duplicate(own, by=accountant, on=TODAY)

    for each in (entry, copy):
        assert [
            (item.display_type, item.label, item.account_id is None)
            for item in each.items.lines().order_by("sequence", "pk")
        ] == [("line_section", "Furniture", True), ("product", "Desk", False)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit_price", D("NaN")),
        ("unit_price", D("Infinity")),
        ("quantity", D("1e15")),
        ("discount", D("-Infinity")),
        ("label", "x" * 1001),
        ("display_type", "payment_term"),
        ("display_type", "tax"),
    ],
)
def test_draft_refuses_a_line_that_cannot_be(draft, name, value):
    with pytest.raises(Invalid) as caught:
        draft({**DESK, name: value})

    assert list(caught.value.fields) == ["lines"]
    assert not JournalEntry.objects.exists()


def test_draft_refuses_a_discount_of_more_than_all(draft):
    with pytest.raises(IntegrityError, match="discount_is_a_part"), transaction.atomic():
        draft({**DESK, "discount": D(150)})


def test_draft_works_out_what_it_stores(draft):
    entry = draft({"label": "Bulk", "unit_price": D("0.123456785"), "quantity": D(1000000)})
    line = entry.items.lines().get()

    assert (line.unit_price, line.subtotal) == (D("0.12345679"), D(123457))


def test_edit_refuses_a_reference_that_is_cut(invoice, accountant):
    with pytest.raises(Invalid):
        invoices.edit(
            JournalEntry.objects.filter(pk=invoice.pk), {"reference": "x" * 241}, by=accountant
        )

    invoice.refresh_from_db()
    assert invoice.reference == ""


def test_draft_refuses_what_belongs_to_another_company_of_the_actor(draft, of_both, other_company):
    stranger = Partner.objects.create(name="Jauh", company=other_company)
    term = PaymentTerm.objects.create(name="Theirs", company=other_company)
    term.lines.create()
    template = ProductTemplate.objects.create(name="Theirs", unit_id=1, company=other_company)
    product = template.products.first() or template.products.create()

    for values, line, refusal in (
        ({"partner_id": stranger.pk}, DESK, IntegrityError),
        ({"delivery_partner_id": stranger.pk}, DESK, IntegrityError),
        ({"payment_term_id": term.pk}, DESK, IntegrityError),
        ({}, {"product_id": product.pk}, OtherCompany),
    ):
        with pytest.raises(refusal), transaction.atomic():
            draft(line, by=of_both, **values)
    assert not JournalEntry.objects.exists()


def test_edit_leaves_the_entry_of_a_payment_to_the_payment(invoice, accountant):
    [payment] = payments.register(
        JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=TODAY
    )
    payments.reset_to_draft(type(payment).objects.filter(pk=payment.pk), by=accountant)
    own = JournalEntry.objects.filter(pk=payment.entry_id)

    with pytest.raises(BelongsToPayment):
        invoices.edit(own, {"date": TODAY}, by=accountant)
    [kept] = invoices.edit(own, {"narration": "Bank slip 7"}, by=accountant)
    assert kept.narration == "Bank slip 7"
