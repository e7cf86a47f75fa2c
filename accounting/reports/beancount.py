"""The journal as plain text that beancount reads: books that other people's program can check and keep."""

import re
from collections.abc import Iterator
from datetime import date

from accounting.models import Account, JournalItem
from base.models import Company

ROOTS = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")


def journal(company: Company, *, first: date, last: date) -> Iterator[str]:
    """The posted entries of some days, line by line: accounts opened, then transactions.

    An amount in a foreign currency stands with its total price in the company's, so that beancount weighs it by that.
    """
    currency = company.currency.code
    names = {
        account.pk: account_name(account) for account in Account.objects.of_company(company.pk)
    }
    yield f'option "title" {quoted(company.name)}\n'
    yield f'option "operating_currency" "{currency}"\n'
    # A total price is divided by its units: what is lost at the twentieth decimal is no error.
    yield f'option "inferred_tolerance_default" "{currency}:0.00001"\n'
    for name in sorted(names.values()):
        yield f"{first} open {name}\n"
    items = (
        JournalItem.objects.posted()
        .filter(company=company, account__isnull=False)
        .between(first, last)
        .select_related("entry__partner", "currency")
        .order_by("date", "entry_id", "sequence", "pk")
    )
    before = None
    for item in items.iterator(chunk_size=2000):
        if item.entry_id != before:
            entry, before = item.entry, item.entry_id
            payee = f"{quoted(entry.partner.complete_name)} " if entry.partner else ""
            yield f"\n{entry.date} * {payee}{quoted(entry.number)}\n"
        amount = f"{item.balance:f} {currency}"
        if item.currency_id != company.currency_id and item.amount_currency:
            price = f"@@ {abs(item.balance):f} {currency}"
            amount = f"{item.amount_currency:f} {item.currency.code} {price}"
        yield f"  {names[item.account_id or 0]}  {amount}\n"


def account_name(account: Account) -> str:
    """The account in beancount's five trees: `Assets:A1201-Trade-receivables`."""
    root = ROOTS.get(account.kind.split("_")[0], "Equity")
    words = NOT_IN_A_NAME.sub("-", getattr(account, "name_en", "") or account.name).strip("-")
    return f"{root}:A{NOT_IN_A_NAME.sub('-', account.code)}-{words or 'Account'}"


def quoted(text: str) -> str:
    """A text in double quotes."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " "))
