"""Foreign currencies: documents, payments, and what the rates have won or lost in between."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.errors import CurrenciesDiffer, NoAccount, NoRate
from accounting.models import (
    CompanyAccounting,
    Journal,
    JournalEntry,
    JournalItem,
    PartialReconciliation,
    Payment,
)
from accounting.services import books as auditing
from accounting.services import entries, invoices, payments, periods, reconciliation
from accounting.services.rates import worth
from accounting.tests.conftest import TODAY
from base.actors import Actor
from base.models import Company, Currency, CurrencyRate
from rpc import registry as exposures
from rpc.context import Call
from rpc.reading import rows
from rpc.reading.plans import EXACT

D = Decimal
LATER = date(2026, 4, 10)
GOODS = {"label": "Goods", "unit_price": D(1000), "taxes": []}


@pytest.fixture
def dollar(company):
    """A dollar of 15,500 rupiah in March and 15,800 in April."""
    dollar = Currency.objects.get(code="USD")
    for day, rupiah in ((date(2026, 3, 1), 15500), (date(2026, 4, 1), 15800)):
        CurrencyRate.objects.create(currency=dollar, date=day, rate=D(1) / D(rupiah))
    return dollar


@pytest.fixture
def euro(company):
    euro = Currency.objects.get(code="EUR")
    CurrencyRate.objects.create(currency=euro, date=date(2026, 3, 1), rate=D(1) / D(17000))
    return euro


@pytest.fixture
def foreign_invoice(draft, post, dollar):
    """A thousand dollars, invoiced at 15,500."""
    return post(draft(GOODS, currency_id=dollar.pk))


@pytest.fixture
def foreign_bill(draft, post, dollar):
    return post(draft(GOODS, kind="in_invoice", currency_id=dollar.pk))


def named(*rows):
    return JournalEntry.objects.filter(pk__in=[row.pk for row in rows])


def state(entry):
    entry.refresh_from_db()
    return entry.payment_state, entry.residual


def in_both(entry):
    """The items of an entry as (account, balance, amount in currency, currency)."""
    return [
        (item.account.code, item.balance, item.amount_currency, item.currency.code)
        for item in entry.items.select_related("account", "currency").order_by("sequence", "pk")
        if item.account
    ]


def exchange():
    return [
        [(code, balance) for code, balance, _amount, _currency in in_both(entry)]
        for entry in JournalEntry.objects.filter(journal__code="EXCH").order_by("pk")
    ]


def is_sound():
    [audit] = auditing.audit(Company.objects.filter(pk=1), by=Actor.system(), on=LATER)
    return [str(finding) for finding in audit.findings.all()]


def test_register_in_the_currency_of_the_invoice_books_the_gain(foreign_invoice, clerk):
    [payment] = payments.register(named(foreign_invoice), by=clerk, on=LATER)

    assert (payment.amount, payment.currency.code, payment.entry.rate) == (1000, "USD", 15800)
    assert in_both(payment.entry) == [
        ("1111", 15_800_000, 1000, "USD"),
        ("1201", -15_800_000, -1000, "USD"),
    ]
    assert exchange() == [[("1201", 300_000), ("7102", -300_000)]]
    assert state(foreign_invoice) == ("paid", 0)
    items = JournalItem.objects.filter(account__code="1201")
    assert set(items.values_list("residual", "residual_currency", "is_reconciled")) == {
        (0, 0, True)
    }
    assert len(set(items.values_list("full_reconciliation"))) == 1
    partial = PartialReconciliation.objects.get(exchange_entry__isnull=False)
    assert (partial.amount, partial.debit_amount_currency) == (15_500_000, 1000)
    assert (partial.exchange_entry.date, partial.exchange_entry.number) == (
        LATER,
        "EXCH/2026/00001",
    )
    assert is_sound() == []


def test_register_a_part_leaves_the_rest_at_the_rate_of_the_invoice(foreign_invoice, clerk):
    payments.register(named(foreign_invoice), by=clerk, on=LATER, amount=D(400))

    due = foreign_invoice.items.dues().get()
    assert (due.residual, due.residual_currency) == (9_300_000, 600)
    assert exchange() == [[("1201", 120_000), ("7102", -120_000)]]
    assert state(foreign_invoice) == ("partial", 600)
    payments.register(named(foreign_invoice), by=clerk, on=LATER)
    assert exchange()[1] == [("1201", 180_000), ("7102", -180_000)]
    assert state(foreign_invoice) == ("paid", 0)
    assert is_sound() == []


def test_paying_a_bill_at_a_higher_rate_is_a_loss(foreign_bill, clerk):
    payments.register(named(foreign_bill), by=clerk, on=LATER)

    assert exchange() == [[("2101", -300_000), ("7202", 300_000)]]
    assert state(foreign_bill) == ("paid", 0)
    assert is_sound() == []


def test_nothing_is_won_or_lost_at_the_same_rate(foreign_invoice, clerk):
    payments.register(named(foreign_invoice), by=clerk, on=TODAY)

    assert exchange() == []
    assert state(foreign_invoice) == ("paid", 0)


def test_register_in_rupiah_settles_the_dollars_at_the_rate_of_the_day(
    foreign_invoice, clerk, company
):
    [payment] = payments.register(
        named(foreign_invoice), by=clerk, on=LATER, currency_id=company.currency_id
    )

    assert (payment.amount, payment.currency.code) == (15_800_000, "IDR")
    assert in_both(payment.entry) == [
        ("1111", 15_800_000, 15_800_000, "IDR"),
        ("1201", -15_800_000, -1000, "USD"),
    ]
    assert exchange() == [[("1201", 300_000), ("7102", -300_000)]]
    assert state(foreign_invoice) == ("paid", 0)


def test_register_a_part_in_rupiah(foreign_invoice, clerk, company):
    payments.register(
        named(foreign_invoice),
        by=clerk,
        on=LATER,
        currency_id=company.currency_id,
        amount=D(7_900_000),
    )

    assert state(foreign_invoice) == ("partial", 500)
    assert is_sound() == []


def test_register_in_dollars_settles_rupiah_to_the_last_one(draft, post, dollar, clerk):
    entry = post(draft({"label": "Goods", "unit_price": D(1_500_000), "taxes": []}))

    [payment] = payments.register(named(entry), by=clerk, on=LATER, currency_id=dollar.pk)

    assert payment.amount == D("94.94")
    assert in_both(payment.entry) == [
        ("1111", 1_500_000, D("94.94"), "USD"),
        ("1201", -1_500_000, -1_500_000, "IDR"),
    ]
    assert state(entry) == ("paid", 0)
    assert exchange() == []


def test_register_in_another_foreign_currency(foreign_invoice, clerk, euro):
    [payment] = payments.register(named(foreign_invoice), by=clerk, on=LATER, currency_id=euro.pk)

    assert payment.amount == D("929.41")
    assert in_both(payment.entry) == [
        ("1111", 15_799_970, D("929.41"), "EUR"),
        ("1201", -15_799_970, -1000, "USD"),
    ]
    assert state(foreign_invoice) == ("paid", 0)
    assert exchange() == [[("1201", 299_970), ("7102", -299_970)]]
    assert is_sound() == []


def test_register_books_a_difference_away_in_both_currencies(foreign_invoice, clerk, account):
    [payment] = payments.register(
        named(foreign_invoice),
        by=clerk,
        on=LATER,
        amount=D(990),
        difference_account_id=account("7204").pk,
    )

    assert in_both(payment.entry) == [
        ("1111", 15_642_000, 990, "USD"),
        ("7204", 158_000, 10, "USD"),
        ("1201", -15_800_000, -1000, "USD"),
    ]
    assert state(foreign_invoice) == ("paid", 0)


def test_register_groups_by_currency(foreign_invoice, draft, post, clerk):
    own = post(draft(GOODS))

    made = payments.register(named(foreign_invoice, own), by=clerk, on=LATER, is_grouped=True)

    assert sorted((payment.currency.code, payment.amount) for payment in made) == [
        ("IDR", 1000),
        ("USD", 1000),
    ]


def test_register_in_the_currency_of_the_journal(foreign_invoice, clerk, euro):
    Journal.objects.filter(company=1, code="BNK1").update(currency=euro)

    [payment] = payments.register(named(foreign_invoice), by=clerk, on=LATER)

    assert payment.currency == euro


def test_register_refuses_another_currency_than_the_journals(foreign_invoice, clerk, euro, dollar):
    Journal.objects.filter(company=1, code="BNK1").update(currency=euro)

    with pytest.raises(CurrenciesDiffer):
        payments.register(named(foreign_invoice), by=clerk, on=LATER, currency_id=dollar.pk)
    assert not Payment.objects.exists()


def test_register_refuses_without_a_rate(foreign_invoice, clerk):
    singapore = Currency.objects.get(code="SGD")

    with pytest.raises(NoRate):
        payments.register(named(foreign_invoice), by=clerk, on=LATER, currency_id=singapore.pk)
    assert not Payment.objects.exists()


def test_register_refuses_without_an_account_for_the_gain(foreign_invoice, clerk):
    CompanyAccounting.objects.filter(company=1).update(exchange_gain_account=None)

    with pytest.raises(NoAccount):
        payments.register(named(foreign_invoice), by=clerk, on=LATER)
    assert not Payment.objects.exists()


def test_cancelling_the_payment_reverses_the_gain(foreign_invoice, clerk):
    [payment] = payments.register(named(foreign_invoice), by=clerk, on=LATER)

    payments.cancel(Payment.objects.filter(pk=payment.pk), by=clerk)

    assert state(foreign_invoice) == ("not_paid", 1000)
    assert exchange() == [
        [("1201", 300_000), ("7102", -300_000)],
        [("1201", -300_000), ("7102", 300_000)],
    ]
    due = foreign_invoice.items.dues().get()
    assert (due.residual, due.residual_currency) == (15_500_000, 1000)
    open_items = JournalItem.objects.open().filter(account__code="1201")
    assert list(open_items) == [due]
    assert is_sound() == []
    payments.register(named(foreign_invoice), by=clerk, on=LATER)
    assert state(foreign_invoice) == ("paid", 0)


def test_taking_the_gains_match_away_takes_the_payments_away_too(foreign_invoice, clerk):
    payments.register(named(foreign_invoice), by=clerk, on=LATER)

    reconciliation.take_away(
        PartialReconciliation.objects.filter(exchange_entry__isnull=True), by=clerk
    )

    assert state(foreign_invoice) == ("not_paid", 1000)
    assert is_sound() == []


def test_a_gain_in_closed_books_is_booked_on_the_first_open_day(
    foreign_invoice, clerk, accountant, post, draft, account, dollar
):
    receipt = draft(
        {"account_id": account("1111").pk, "amount_currency": D(1000), "currency_id": dollar.pk},
        {"account_id": account("1201").pk, "amount_currency": D(-1000), "currency_id": dollar.pk},
        kind="entry",
        date=LATER,
        invoice_date=None,
    )
    post(receipt)
    settings = CompanyAccounting.objects.filter(company=1)
    periods.lock(settings, {"lock_date": date(2026, 4, 30)}, by=accountant)

    reconciliation.reconcile(
        foreign_invoice.items.dues() | receipt.items.filter(account__code="1201"), by=clerk
    )

    assert list(
        JournalEntry.objects.filter(journal__code="EXCH").values_list("date", flat=True)
    ) == [date(2026, 5, 1)]
    assert state(foreign_invoice) == ("paid", 0)


def test_a_refund_at_another_rate_reverses_the_document_and_books_the_difference(
    foreign_invoice, accountant, clerk, draft, post, dollar
):
    refund = post(draft(GOODS, kind="out_refund", currency_id=dollar.pk, on=LATER))

    reconciliation.reconcile(foreign_invoice.items.dues() | refund.items.dues(), by=clerk)

    assert state(foreign_invoice) == ("reversed", 0)
    assert exchange() == [[("1201", 300_000), ("7102", -300_000)]]


def test_reverse_mirrors_a_foreign_document_at_its_own_rate(foreign_invoice, accountant):
    [credit] = entries.reverse(named(foreign_invoice), by=accountant, on=LATER, settles=True)

    assert credit.rate == 15500
    assert in_both(credit)[-1] == ("1201", -15_500_000, -1000, "USD")
    assert exchange() == []
    assert state(foreign_invoice) == ("reversed", 0)


def test_register_takes_a_constant_number_of_queries(
    draft, post, accountant, clerk, dollar, django_assert_num_queries
):
    row = {"kind": "out_invoice", "partner_id": post(draft(GOODS)).partner_id}
    row |= {"invoice_date": TODAY, "currency_id": dollar.pk, "lines": [GOODS]}
    made = invoices.draft([row] * 6, by=accountant, on=TODAY)
    entries.post(named(*made), by=accountant, on=TODAY)

    with django_assert_num_queries(36):
        payments.register(named(made[0]), by=clerk, on=LATER)
    with django_assert_num_queries(36):
        payments.register(named(*made[1:]), by=clerk, on=LATER)


def test_post_books_a_payment_in_foreign_currency_at_the_rate_of_its_day(
    company, customer, clerk, journal, dollar
):
    advance = Payment.objects.create(
        company=company,
        journal=journal("BNK1"),
        partner=customer,
        amount=D(100),
        currency=dollar,
        date=LATER,
    )

    [payment] = payments.post(Payment.objects.filter(pk=advance.pk), by=clerk)

    assert in_both(payment.entry) == [
        ("1111", 1_580_000, 100, "USD"),
        ("1201", -1_580_000, -100, "USD"),
    ]


def test_what_is_not_given_of_a_plain_item_follows_at_the_rate_of_the_day(draft, account, dollar):
    entry = draft(
        {"account_id": account("6201").pk, "currency_id": dollar.pk, "amount_currency": D(10)},
        {"account_id": account("6201").pk, "currency_id": dollar.pk, "debit": D(31000)},
        {"account_id": account("1111").pk, "credit": D(186000)},
        kind="entry",
        invoice_date=None,
        date=TODAY,
    )

    assert in_both(entry) == [
        ("6201", 155_000, 10, "USD"),
        ("6201", 31_000, 2, "USD"),
        ("1111", -186_000, -186_000, "IDR"),
    ]


def test_a_bill_is_worth_what_its_currency_was_on_its_own_day(draft, dollar):
    bill = draft(GOODS, kind="in_invoice", currency_id=dollar.pk, date=LATER)

    assert (bill.invoice_date, bill.date, bill.rate) == (TODAY, LATER, 15500)


def test_rates_follow_a_common_pivot(draft, dollar, company):
    """Where all rates are against a third currency, the company's own has a rate too."""
    CurrencyRate.objects.all().delete()
    CurrencyRate.objects.create(currency=company.currency, date=TODAY, rate=D(16000))
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=D(1))

    assert draft(GOODS, currency_id=dollar.pk).rate == 16000


@pytest.mark.parametrize(
    "meant", ["15800", "15850.5", "0.0072", "1.0869565217", "16234.567891", "3"]
)
def test_a_rate_that_was_entered_as_a_worth_means_it_exactly(company, meant):
    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=1 / D(meant))

    assert worth(CurrencyRate.objects.get().rate) == D(meant)


def test_a_document_that_comes_to_nothing_leaves_nothing_open(draft, post, dollar):
    CurrencyRate.objects.filter(date=date(2026, 3, 1)).update(rate=1 / D("15500.55"))
    prices = ("0.31", "-0.10", "-0.21")
    entry = post(
        draft(
            *({"label": "Part", "unit_price": D(price), "taxes": []} for price in prices),
            currency_id=dollar.pk,
        )
    )

    assert state(entry) == ("paid", 0)
    assert [(item.balance, item.residual) for item in entry.items.dues()] == [(0, 0)]
    assert sum(item.balance for item in entry.items.lines()) == 0


def test_what_programs_read_of_a_foreign_document_is_whole_rupiah_and_adds_up(
    draft, post, dollar, accountant
):
    CurrencyRate.objects.filter(currency=dollar).update(rate=D(1) / D("15551.7"))
    lines = ({"label": f"Part {n}", "unit_price": D("3.33")} for n in range(3))
    entry = post(draft(*lines, currency_id=dollar.pk))

    names = ["amount_untaxed_signed", "amount_tax_signed", "amount_total_signed"]
    call = Call(exposures.find("account.move"), accountant)
    [row] = rows.read(call, [entry.pk], names, EXACT)
    untaxed, tax, total = (D(str(row[name])) for name in names)
    receivable = entry.items.dues().get()
    assert all(amount == amount.to_integral_value() for amount in (untaxed, tax, total))
    assert (untaxed + tax, total) == (total, receivable.debit)
    assert is_sound() == []
