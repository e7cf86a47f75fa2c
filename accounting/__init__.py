"""Accounting: double-entry books, documents that owe or claim money, taxes, payments.

A *journal entry* is a set of *items*, each a debit or a credit of one account. A *document* (customer invoice, vendor
bill, refund) is a journal entry of a kind. *Posting* numbers an entry and makes it final; it is undone by *reversal*.
A *residual* is what is still open of an item; *reconciling* matches debits with credits until nothing is open.
"""
