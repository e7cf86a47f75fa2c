"""Every way accounting says no."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from base.errors import Invalid, Refused
from base.models import Currency


class NotDraft(Refused):
    """Only drafts can be changed, posted or deleted."""

    code = "accounting.not_draft"
    message = _("%(record)s is no longer a draft.")


class NotPosted(Refused):
    """Only what is part of the books can be reversed, paid or reconciled."""

    code = "accounting.not_posted"
    message = _("%(record)s is not posted.")


class StillDraft(Refused):
    """There is nothing to take back."""

    code = "accounting.still_draft"
    message = _("%(record)s is a draft already.")


class EmptyEntry(Refused):
    """Nothing to post."""

    code = "accounting.empty_entry"
    message = _("%(record)s has no lines to post.")


class PartnerMissing(Refused):
    """A document is addressed to someone."""

    code = "accounting.partner_missing"
    message = _("Fill in the customer or vendor of %(record)s before posting it.")


class DateMissing(Refused):
    """A bill carries the vendor's date."""

    code = "accounting.date_missing"
    message = _("Fill in the bill date of %(record)s before posting it.")


class Unbalanced(Refused):
    """Debits and credits differ."""

    code = "accounting.unbalanced"
    message = _("%(record)s is not balanced: debits come to %(debit)s, credits to %(credit)s.")


class NegativeDocument(Refused):
    """A document never comes to less than nothing."""

    code = "accounting.negative_document"
    message = _("%(record)s comes to less than nothing. Make a credit note instead.")


class PeriodClosed(Refused):
    """The day lies in a closed period or before a lock date."""

    code = "accounting.period_closed"
    message = _("The books are closed on %(date)s.")


class NumberGiven(Refused):
    """A number stays with its journal and year."""

    code = "accounting.number_given"
    message = _(
        "%(record)s has its number already: it stays in its journal, type and year. Cancel it and make another."
    )


class Reconciled(Refused):
    """What is matched with something else cannot be taken back."""

    code = "accounting.reconciled"
    message = _("%(record)s is reconciled with other entries. Undo that first.")


class WrongJournal(Refused):
    """Sales go in sales journals, purchases in purchase journals, money through bank and cash."""

    code = "accounting.wrong_journal"
    message = _("Journal %(journal)s is not meant for this type of document.")


class NoJournal(Refused):
    """The company has no journal for this."""

    code = "accounting.no_journal"
    message = _("%(company)s has no journal for this. Load a chart of accounts or add a journal.")


class NoAccount(Refused):
    """The settings name no account for this."""

    code = "accounting.no_account"
    message = _(
        "No account is set for %(purpose)s. Choose one in the accounting settings of %(company)s."
    )


class NotSetUp(Refused):
    """The company keeps no books yet."""

    code = "accounting.not_set_up"
    message = _("%(company)s keeps no books yet. Load a chart of accounts first.")


class NoRate(Refused):
    """A foreign currency without a rate is never taken as 1."""

    code = "accounting.no_rate"
    message = _("There is no rate of %(currency)s for %(date)s.")


class NothingToPay(Refused):
    """Nothing is open on the documents."""

    code = "accounting.nothing_to_pay"
    message = _("There is nothing left to pay on the selected documents.")


class PaidOver(Invalid):
    """More was paid by hand than is open, and nobody said that it was meant."""

    code = "accounting.paid_over"

    def __init__(self, *, over: Decimal, currency: Currency) -> None:
        told = _("That is %(over)s more than is open. If that is meant, say so below.")
        super().__init__({"amount": [str(told) % {"over": currency.format(over)}]})


class TooMuchPaid(Refused):
    """An amount was given for several payments at once."""

    code = "accounting.one_amount_for_many"
    message = _(
        "An amount can be given for one payment only. Group the documents by partner, or pay them one by one."
    )


class BelongsToPayment(Refused):
    """The entry of a payment follows its payment."""

    code = "accounting.belongs_to_payment"
    message = _(
        "%(record)s belongs to payment %(payment)s. Post, change, reset or cancel the payment instead."
    )


class NothingToReconcile(Refused):
    """There are no debits and credits that could settle each other."""

    code = "accounting.nothing_to_reconcile"
    message = _("There is nothing to reconcile: choose open debits and credits of one account.")


class NotReconcilable(Refused):
    """The account does not allow reconciliation."""

    code = "accounting.not_reconcilable"
    message = _("Account %(account)s does not allow reconciliation.")


class AccountsDiffer(Refused):
    """Only items of one account settle each other."""

    code = "accounting.accounts_differ"
    message = _("Items can be reconciled only within one account.")


class CurrenciesDiffer(Refused):
    """A journal in a currency takes money of that currency alone."""

    code = "accounting.currencies_differ"
    message = _("Journal %(journal)s takes payments in %(currency)s only.")


class NotAPayment(Refused):
    """A payment is more than nothing."""

    code = "accounting.not_a_payment"
    message = _("Fill in an amount above zero for %(record)s.")


class UnknownChart(Refused):
    """There is no such chart of accounts."""

    code = "accounting.unknown_chart"
    message = _("There is no chart of accounts called %(chart)s.")


class OtherChartLoaded(Refused):
    """A company keeps its books by one chart."""

    code = "accounting.other_chart_loaded"
    message = _("%(company)s keeps its books by the chart %(chart)s already.")


class DraftsLeft(Refused):
    """Books are locked for ever only when nothing is left to post in them."""

    code = "accounting.drafts_left"
    message = _("%(count)s drafts are still dated up to %(date)s. Post or cancel them first.")


class UnknownLine(Refused):
    """A line does not belong to the entry."""

    code = "accounting.unknown_line"
    message = _("Line %(line)s does not belong to %(record)s.")


class BooksMustBeKept(Refused):
    """Posted books do not go away with the software: they are kept for ten years, UU KUP (law 28/2007) article 28(11)."""

    code = "accounting.books_must_be_kept"
    message = _(
        "Accounting stays: there are %(count)s posted entries, the latest of %(date)s. "
        "Books must be kept for ten years (UU KUP, article 28(11))."
    )
