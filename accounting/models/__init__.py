"""The nouns of accounting, one file for each aggregate."""

from accounting.models import foundations
from accounting.models.account import Account, AccountTag
from accounting.models.balance import AccountBalance, AccountBalanceDelta
from accounting.models.books import BooksAudit, BooksFinding
from accounting.models.entry import JournalEntry
from accounting.models.item import ItemTag, ItemTax, JournalItem
from accounting.models.journal import Journal
from accounting.models.payment import Payment
from accounting.models.period import FiscalPeriod
from accounting.models.reconciliation import FullReconciliation, PartialReconciliation
from accounting.models.settings import CompanyAccounting, PartnerAccounting, ProductAccounting
from accounting.models.tax import Tax, TaxGroup, TaxRepartition
from accounting.models.term import PaymentTerm, PaymentTermLine

__all__ = [
    "Account",
    "AccountBalance",
    "AccountBalanceDelta",
    "AccountTag",
    "BooksAudit",
    "BooksFinding",
    "CompanyAccounting",
    "FiscalPeriod",
    "FullReconciliation",
    "ItemTag",
    "ItemTax",
    "Journal",
    "JournalEntry",
    "JournalItem",
    "PartialReconciliation",
    "PartnerAccounting",
    "Payment",
    "PaymentTerm",
    "PaymentTermLine",
    "ProductAccounting",
    "Tax",
    "TaxGroup",
    "TaxRepartition",
    "foundations",
]
