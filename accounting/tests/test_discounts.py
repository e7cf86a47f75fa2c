"""Early payment discounts: what is charged, what settles it in time, and what the tax return sees of it."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.models import CompanyAccounting, JournalEntry, JournalItem, PaymentTerm, Tax
from accounting.services import entries, invoices, payments
from accounting.tests.conftest import TODAY
from base.models import Currency, CurrencyRate

D = Decimal
DESK = {"label": "Desk", "unit_price": D(1000)}
IN_TIME, TOO_LATE = date(2026, 3, 20), date(2026, 3, 21)


@pytest.fixture
def term(company):
    return PaymentTerm.objects.get(name_en="2% within 10 days, net 30 days")


@pytest.fixture
def discounted(draft, post, term):
    """A posted document with 2 % off for whoever pays within ten days, by what happens to the tax."""

    def write(effect, *lines, **values):
        PaymentTerm.objects.filter(pk=term.pk).update(discount_tax=effect)
        return post(draft(*(lines or (DESK,)), payment_term_id=term.pk, **values))

    return write


def named(*rows):
    return JournalEntry.objects.filter(pk__in=[row.pk for row in rows])


def state(entry):
    entry.refresh_from_db()
    return entry.payment_state, entry.residual


@pytest.mark.parametrize(
    ("effect", "total", "day", "paid"),
    [
        ("included", "1110", IN_TIME, "1088"),
        ("included", "1110", TOO_LATE, "1110"),
        ("excluded", "1110", IN_TIME, "1090"),
        ("excluded", "1110", TOO_LATE, "1110"),
        ("mixed", "1108", IN_TIME, "1088"),
        ("mixed", "1108", TOO_LATE, "1108"),
    ],
)
def test_register_takes_the_discount_in_time(discounted, clerk, effect, total, day, paid):
    entry = discounted(effect)
    assert entry.total == D(total)

    [payment] = payments.register(named(entry), by=clerk, on=day)

    assert payment.amount == D(paid)
    assert state(entry) == ("paid", 0)


def test_a_tax_that_is_reduced_is_given_back(discounted, clerk, books):
    [payment] = payments.register(named(discounted("included")), by=clerk, on=IN_TIME)

    assert books(payment.entry) == [
        ("1111", 1088, 0),
        ("7205", 20, 0),
        ("2121", 2, 0),
        ("1201", 0, 1110),
    ]


def test_a_tax_on_the_discounted_price_stays(discounted, clerk, books):
    entry = discounted("mixed")
    [payment] = payments.register(named(entry), by=clerk, on=IN_TIME)

    assert books(entry) == [("4101", 0, 1000), ("2121", 0, 108), ("1201", 1108, 0)]
    assert books(payment.entry) == [
        ("1111", 1088, 0),
        ("7205", 20, 0),
        ("1201", 0, 1108),
    ]
    assert list(entry.items.filter(tax__isnull=False).values_list("tax_base")) == [(980,)]


def test_the_tax_return_sees_the_discount(discounted, clerk):
    entry = discounted("included")
    [payment] = payments.register(named(entry), by=clerk, on=IN_TIME)

    sums = {}
    for item in JournalItem.objects.filter(entry__in=(entry, payment.entry)):
        for tag in item.tags.all():
            sums[tag.name_en] = sums.get(tag.name_en, 0) - item.balance
    assert sums == {"PPN output – base": 980, "PPN output – tax": 108}
    back = payment.entry.items.get(tax__isnull=False)
    assert (back.tax.name_en, back.repartition.document, back.tax_base) == (
        "PPN 12% (11/12)",
        "refund",
        20,
    )


def test_a_discount_on_lines_of_several_taxes_is_parted(discounted, clerk, tax):
    export = [tax("PPN 0% (export)").pk]
    entry = discounted(
        "included", DESK, {"label": "Abroad", "unit_price": D("500.55"), "taxes": export}
    )

    [payment] = payments.register(named(entry), by=clerk, on=IN_TIME)

    parts = [
        (item.debit, [each.name_en for each in item.taxes.all()])
        for item in payment.entry.items.filter(account__code="7205").order_by("pk")
    ]
    assert parts == [(20, ["PPN 12% (11/12)"]), (10, ["PPN 0% (export)"])]
    assert state(entry) == ("paid", 0)


def test_the_discount_of_a_bill_is_income(discounted, clerk, books):
    entry = discounted("included", kind="in_invoice")
    [payment] = payments.register(named(entry), by=clerk, on=IN_TIME)

    assert books(payment.entry) == [
        ("1111", 0, 1088),
        ("7105", 0, 20),
        ("1501", 0, 2),
        ("2101", 1110, 0),
    ]


def test_a_part_paid_before_takes_no_discount(discounted, clerk):
    entry = discounted("included")
    payments.register(named(entry), by=clerk, on=IN_TIME, amount=D(10))

    [payment] = payments.register(named(entry), by=clerk, on=IN_TIME)
    assert payment.amount == 1100


@pytest.mark.parametrize("effect", ["included", "excluded", "mixed"])
def test_a_reversal_is_the_mirror_whatever_the_discount_does(discounted, accountant, effect):
    entry = discounted(effect)

    [credit] = entries.reverse(named(entry), by=accountant, on=TODAY, settles=True)

    assert (credit.untaxed, credit.tax, credit.total) == (entry.untaxed, entry.tax, entry.total)
    assert state(entry) == ("reversed", 0)


def test_an_included_tax_is_on_the_discounted_price_too(discounted, tax):
    included = {
        "label": "Desk",
        "unit_price": D(1110),
        "taxes": [tax("PPN 12% (11/12) included").pk],
    }

    entry = discounted("mixed", included)

    assert (entry.untaxed, entry.tax, entry.total) == (1000, 108, 1108)


def test_editing_a_draft_works_the_tax_out_afresh(draft, term, accountant):
    PaymentTerm.objects.filter(pk=term.pk).update(discount_tax="mixed")
    entry = draft(DESK)
    assert entry.total == 1110

    [entry] = invoices.edit(named(entry), {"payment_term_id": term.pk}, by=accountant)
    assert entry.total == 1108


def test_taxes_are_rounded_on_the_document_in_part_too(discounted, company):
    CompanyAccounting.objects.filter(company=company).update(tax_places=0)

    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=D("0.0001"))
    lines = (DESK, {"label": "Mat", "unit_price": D("333.33")})

    entry = discounted("mixed", *lines, currency_id=dollar.pk)

    assert (entry.untaxed, entry.tax) == (D("1333.33"), 144)


def test_a_fixed_tax_is_not_discounted(discounted, company):
    ppn = Tax.objects.get(company=company, name_en="PPN 12% (11/12)")
    duty = Tax.objects.create(
        company=company, name="Duty", kind="fixed", rate=D(5), group=ppn.group, use="sale"
    )

    entry = discounted("mixed", {**DESK, "taxes": [duty.pk]})

    assert entry.tax == 5
