"""Whatever people write, pay, refund and take back: the books stay sound, to our own eyes and to beancount's."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.convert import get_weight
from beancount.core.data import Transaction
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.models import Account, JournalEntry, JournalItem, Payment, PaymentTerm, Tax
from accounting.reports.beancount import account_name, journal
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from accounting.services import books, entries, invoices, payments
from base.actors import Actor
from base.models import Company, Currency, CurrencyRate, Partner

D = Decimal
START, LAST = date(2026, 1, 1), date(2026, 12, 31)
KINDS = ("out_invoice", "in_invoice", "out_refund", "in_refund")
TAXES = {
    "sale": (
        "PPN 12% (11/12)",
        "PPN 12% (11/12) included",
        "PPN 0% (export)",
        "PPN collected by the buyer",
        "PPh 23 2% withheld by the customer",
    ),
    "purchase": ("PPN input 12% (11/12)", "PPN input not creditable", "PPh 23 2% (services)"),
}

lines = st.fixed_dictionaries(
    {
        "unit_price": st.decimals("0.01", "99999999", places=2),
        "quantity": st.decimals("0.001", "999", places=3),
        "discount": st.sampled_from((D(0), D(0), D(5), D("33.333"), D(100))),
        "taxes": st.sets(st.integers(0, 4), max_size=2),
    }
)
documents = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "currency": st.sampled_from(("IDR", "IDR", "USD", "JPY")),
        "day": st.integers(0, 90),
        "term": st.integers(0, 9),
        "lines": st.lists(lines, min_size=1, max_size=4),
        "then": st.lists(
            st.tuples(
                st.sampled_from(("pay", "part", "in rupiah", "reverse", "cancel payment")),
                st.integers(0, 120),
                st.decimals("0.01", "0.99", places=2),
            ),
            max_size=3,
        ),
    }
)


@pytest.fixture
def house(company):
    """Rates that move from day to day, and one partner for everything."""
    for code, worth in (("USD", D("15512.34")), ("JPY", D("104.7"))):
        currency = Currency.objects.get(code=code)
        for week in range(40):
            CurrencyRate.objects.create(
                currency=currency,
                date=START + timedelta(weeks=week),
                rate=1 / (worth + week * (-1) ** week * worth / 100),
            )
    return company, Partner.objects.create(name="Siapa Saja", is_company=True)


def test_the_books_stay_sound_whatever_happens(house):
    company, partner = house
    by = Actor.system(door="job", company_ids=[company.pk])

    @settings(max_examples=12)
    @given(st.lists(documents, min_size=1, max_size=4))
    def live(wanted):
        with transaction.atomic():
            for one in wanted:
                _live_through(one, partner, by)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _check_own_eyes(company, by)
            _check_other_eyes(company)
            transaction.set_rollback(True)

    live()


def _live_through(one, partner, by):
    on = START + timedelta(days=one["day"])
    use = "sale" if one["kind"].startswith("out") else "purchase"
    taxes = list(Tax.objects.filter(company=1, name_en__in=TAXES[use]).order_by("pk"))
    terms = list(PaymentTerm.objects.order_by("pk"))
    row = {
        "kind": one["kind"],
        "partner_id": partner.pk,
        "invoice_date": on,
        "currency_id": Currency.objects.get(code=one["currency"]).pk,
        "payment_term_id": terms[one["term"] % len(terms)].pk,
        "lines": [
            {
                **line,
                "label": "Something",
                "taxes": [taxes[n % len(taxes)].pk for n in sorted(line["taxes"])],
            }
            for line in one["lines"]
        ],
    }
    [draft] = invoices.draft([row], by=by, on=on)
    own = JournalEntry.objects.filter(pk=draft.pk)
    if draft.total < 0:
        return
    entries.post(own, by=by, on=on)
    for what, days, share in one["then"]:
        _happen(what, own, on + timedelta(days=days), share, by)


def _happen(what, own, day, share, by):
    entry = own.get()
    if what == "cancel payment":
        payments.cancel(Payment.objects.filter(invoices=entry).exclude(state="canceled"), by=by)
    elif what == "reverse":
        [mirror] = entries.reverse(own, by=by, on=day, settles=True)
        assert (mirror.untaxed, mirror.tax, mirror.total) == (entry.untaxed, entry.tax, entry.total)
        assert _sums(mirror) == {pk: -amount for pk, amount in _sums(entry).items()}
    elif entry.residual and what == "part":
        amount = entry.currency.round(entry.residual * share)
        if amount:
            payments.register(own, by=by, on=day, amount=amount)
    elif entry.residual:
        currency_id = entry.company.currency_id if what == "in rupiah" else None
        payments.register(own, by=by, on=day, currency_id=currency_id)


def _sums(entry):
    sums = Counter()
    for account, amount in entry.items.filter(account__isnull=False).values_list(
        "account", "balance"
    ):
        sums[account] += amount
    return {pk: amount for pk, amount in sums.items() if amount}


def _check_own_eyes(company, by):
    [audit] = books.audit(Company.objects.filter(pk=company.pk), by=by, on=LAST)
    assert [(str(found), found.expected, found.found) for found in audit.findings.all()] == []
    for entry in JournalEntry.objects.posted().documents():
        assert entry.total == entry.untaxed + entry.tax
        assert 0 <= entry.residual <= entry.total
        assert (entry.residual == 0) == (entry.payment_state in {"paid", "in_payment", "reversed"})
    of_dust = JournalItem.objects.posted().filter(
        account__is_reconcilable=True, residual_currency=0
    )
    assert list(of_dust.exclude(residual=0)) == []
    assert (
        list(
            JournalItem.objects.posted()
            .filter(Q(residual=0), residual_currency=0, is_reconciled=False)
            .filter(account__is_reconcilable=True)
            .exclude(balance=0)
        )
        == []
    )


def _check_other_eyes(company):
    text = "".join(journal(company, first=START, last=LAST))
    read, errors, _options = loader.load_string(text)
    assert [error.message for error in errors] == []
    sums = Counter()
    for entry in read:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            # Beancount keeps a total price as a price per unit.
            sums[posting.account] += get_weight(posting).number.quantize(D("0.0001"))
    table = trial_balance(TrialBalanceQuestion(company_id=company.pk, first=START, last=LAST))
    names = {
        account.pk: account_name(account) for account in Account.objects.of_company(company.pk)
    }
    assert {name: amount for name, amount in sums.items() if amount} == {
        names[row.account_id]: row.closing for row in table.rows if row.closing
    }
    assert table.sum("closing") == 0
