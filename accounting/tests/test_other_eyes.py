"""Our books, read by beancount: a program that knows nothing of ours finds them in order and comes to the same sums."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.convert import get_weight
from beancount.core.data import Transaction

from accounting.data import demo
from accounting.models import Account, JournalEntry
from accounting.reports.beancount import account_name, journal
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from base.data import demo as base_demo
from base.models import Company

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def company(db):
    base_demo.load()
    demo.load(on=date(2026, 11, 22))
    return Company.objects.get(pk=1)


def test_beancount_finds_the_demo_books_in_order_and_agrees_on_every_balance(company):
    text = "".join(journal(company, first=FIRST, last=LAST))

    read, errors, _options = loader.load_string(text)

    assert errors == []
    transactions = [entry for entry in read if isinstance(entry, Transaction)]
    assert len(transactions) == JournalEntry.objects.posted().filter(company=company).count()
    sums = Counter()
    for entry in transactions:
        for posting in entry.postings:
            sums[posting.account] += get_weight(posting).number  # foreign money at its price
    table = trial_balance(TrialBalanceQuestion(company_id=company.pk, first=FIRST, last=LAST))
    names = {
        account.code: account_name(account) for account in Account.objects.of_company(company.pk)
    }
    weighed = {name: amount.quantize(Decimal("1e-9")) for name, amount in sums.items()}
    assert {name: amount for name, amount in weighed.items() if amount} == {
        names[row.code]: row.closing for row in table.rows if row.closing
    }


def test_beancount_would_have_noticed(company):
    lines = list(journal(company, first=FIRST, last=LAST))
    place = next(n for n, line in enumerate(lines) if line.startswith("  "))
    account, amount, currency = lines[place].split()
    lines[place] = f"  {account}  {Decimal(amount) + 1} {currency}\n"

    _read, errors, _options = loader.load_string("".join(lines))

    assert ["Transaction does not balance" in error.message for error in errors] == [True]
