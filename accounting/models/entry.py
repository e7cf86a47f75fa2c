"""Journal entries: the books themselves, documents included."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from accounting.models import law
from base.models.noun import Noun
from base.money import ZERO, MoneyField, RateField
from base.search import name_index
from base.triggers import remember


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """The questions we ask of entries."""

    def posted(self) -> Self:
        """Those that are part of the books."""
        return self.filter(state=JournalEntry.State.POSTED)

    def drafts(self) -> Self:
        """Those still being written."""
        return self.filter(state=JournalEntry.State.DRAFT)

    def documents(self) -> Self:
        """Invoices, bills and refunds."""
        return self.exclude(kind=JournalEntry.Kind.ENTRY)

    def of_kind(self, *kinds: str) -> Self:
        """Those of some kinds."""
        return self.filter(kind__in=kinds)

    def open(self) -> Self:
        """Posted documents on which something is still to be paid."""
        return self.posted().documents().filter(residual__gt=0)

    def due_before(self, day: date) -> Self:
        """Open documents that fell due before a day."""
        return self.open().filter(due_date__lt=day)

    def with_parties(self) -> Self:
        """With the journal, partner and currency at hand."""
        return self.select_related("journal", "partner", "currency", "company__currency", "payment")

    def locked(self) -> Self:
        """Hold the rows until commit, in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class JournalEntry(Noun):
    """A balanced set of debits and credits; an invoice, bill or refund is one of a kind.

    draft → posted → (reversed by another entry); posted → draft only by the reset verb, in open books and while
    nothing is reconciled; draft → cancel. The number is given at posting and stays. Amounts are those of the document,
    in its currency, positive as printed; `rate` is how much one unit of it is worth in the company's currency.
    """

    display_field = "number"
    search_fields = ("number", "reference", "payment_reference", "partner__complete_name")

    class Kind(models.TextChoices):
        ENTRY = "entry", _("Journal entry")
        OUT_INVOICE = "out_invoice", _("Customer invoice")
        OUT_REFUND = "out_refund", _("Customer credit note")
        IN_INVOICE = "in_invoice", _("Vendor bill")
        IN_REFUND = "in_refund", _("Vendor credit note")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        POSTED = "posted", _("Posted")
        CANCEL = "cancel", _("Cancelled")

    class PaymentState(models.TextChoices):
        NOT_PAID = "not_paid", _("Not paid")
        IN_PAYMENT = "in_payment", _("In payment")
        PAID = "paid", _("Paid")
        PARTIAL = "partial", _("Partly paid")
        REVERSED = "reversed", _("Reversed")

    SALES = (Kind.OUT_INVOICE, Kind.OUT_REFUND)
    PURCHASES = (Kind.IN_INVOICE, Kind.IN_REFUND)
    REFUNDS = (Kind.OUT_REFUND, Kind.IN_REFUND)
    CLAIMS = (Kind.OUT_INVOICE, Kind.IN_REFUND)

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    journal = models.ForeignKey(
        "accounting.Journal",
        verbose_name=_("journal"),
        on_delete=models.PROTECT,
        related_name="entries",
    )
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.ENTRY)
    state = models.CharField(
        _("status"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    number = models.CharField(_("number"), max_length=40, blank=True, default="", editable=False)
    date = models.DateField(_("accounting date"))
    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    delivery_partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("delivery address"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    invoice_date = models.DateField(_("invoice date"), null=True, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    payment_term = models.ForeignKey(
        "accounting.PaymentTerm",
        verbose_name=_("payment term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    rate = RateField(_("rate"), default=Decimal(1))
    reference = models.CharField(_("reference"), max_length=240, blank=True, default="")
    payment_reference = models.CharField(
        _("payment reference"), max_length=240, blank=True, default=""
    )
    origin = models.CharField(_("source document"), max_length=240, blank=True, default="")
    narration = models.TextField(_("terms and conditions"), blank=True, default="")
    salesperson = models.ForeignKey(
        "base.User",
        verbose_name=_("salesperson"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    bank_account = models.ForeignKey(
        "base.PartnerBankAccount",
        verbose_name=_("recipient bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    reversed_entry = models.ForeignKey(
        "self",
        verbose_name=_("reversal of"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reversals",
    )
    untaxed = MoneyField(_("untaxed amount"), default=ZERO, editable=False)
    tax = MoneyField(_("tax"), default=ZERO, editable=False)
    total = MoneyField(_("total"), default=ZERO, editable=False)
    residual = MoneyField(_("amount due"), default=ZERO, editable=False)
    payment_state = models.CharField(
        _("payment status"),
        max_length=12,
        choices=PaymentState.choices,
        default=PaymentState.NOT_PAID,
        editable=False,
    )
    was_posted = models.BooleanField(_("posted before"), default=False, editable=False)
    is_sent = models.BooleanField(_("sent"), default=False)
    is_checked = models.BooleanField(_("reviewed"), default=False)

    objects = JournalEntryQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("-date", "-number", "-invoice_date", "-id")
        permissions = (
            ("post_entry", _("Can post entries")),
            ("reverse_entry", _("Can reverse entries")),
            ("reset_entry", _("Can reset posted entries to draft")),
            ("cancel_entry", _("Can cancel entries")),
        )
        constraints = (
            models.CheckConstraint(
                name="accounting_journalentry_state_known",
                condition=Q(state__in=("draft", "posted", "cancel")),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_kind_known",
                condition=Q(
                    kind__in=("entry", "out_invoice", "out_refund", "in_invoice", "in_refund")
                ),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_posted_is_numbered",
                condition=~Q(state="posted") | ~Q(number=""),
                violation_error_message=_("A posted entry has a number."),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_document_is_addressed",
                condition=~Q(state="posted")
                | Q(kind="entry")
                | Q(partner__isnull=False, invoice_date__isnull=False, due_date__isnull=False),
                violation_error_message=_("A posted document has a partner and dates."),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_document_not_negative",
                condition=~Q(state="posted") | Q(kind="entry") | Q(total__gte=0),
                violation_error_message=_(
                    "A document never comes to less than nothing: make a credit note."
                ),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_residual_within_total",
                condition=~Q(state="posted")
                | Q(kind="entry")
                | Q(residual__gte=0, residual__lte=F("total")),
                violation_error_message=_("More would be paid than is due."),
            ),
            models.CheckConstraint(
                name="accounting_journalentry_rate_positive",
                condition=Q(rate__gt=0),
                violation_error_message=_("A rate is more than nothing."),
            ),
            models.UniqueConstraint(
                name="accounting_journalentry_number_once_per_journal",
                fields=("journal", "number"),
                condition=~Q(number=""),
                violation_error_message=_("This number is taken in the journal."),
            ),
        )
        indexes = (
            models.Index(fields=("company", "-date", "-id"), name="accounting_entry_by_date"),
            models.Index(
                fields=("company", "kind", "-invoice_date", "-id"),
                name="accounting_entry_by_kind",
                condition=~Q(kind="entry"),
            ),
            models.Index(
                fields=("company", "due_date"),
                name="accounting_entry_by_due_date",
                condition=Q(residual__gt=0),
            ),
            models.Index(
                fields=("company", "date"),
                name="accounting_entry_drafts",
                condition=Q(state="draft"),
            ),
            models.Index(
                fields=("number",), name="accounting_entry_by_number", condition=~Q(number="")
            ),
            models.Index(fields=("changed_at", "id"), name="accounting_entry_by_change"),
            models.Index(fields=("-date", "-id"), name="accounting_entry_by_day"),
            models.Index(
                fields=("invoice_date",),
                name="accounting_entry_by_invoiced",
                condition=Q(invoice_date__isnull=False),
            ),
            name_index(
                "accounting_entry_search",
                NullIf("number", Value("")),
                "reference",
                "payment_reference",
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(inserts=False, but=("residual", "payment_state")),
            law.ENTRY_STARTS_AS_DRAFT,
            law.ENTRY_IS_FINAL,
            law.ENTRY_IS_KEPT,
            law.ENTRY_NUMBER_IS_FOR_EVER,
            law.ENTRY_OUTSIDE_LOCKED_BOOKS,
            law.ENTRY_JOURNAL_OF_COMPANY,
            law.ENTRY_PARTNER_OF_COMPANY,
            law.ENTRY_TERM_OF_COMPANY,
            law.ENTRY_OPENS_UNPAID,
            law.ENTRY_IS_BALANCED,
            law.ENTRY_AND_PAYMENT_AGREE,
            law.ITEMS_FOLLOW,
            law.kept_whole("entry"),
        )

    def __str__(self) -> str:
        return self.number or _("Draft (* %(id)s)") % {"id": self.pk}

    @property
    def is_document(self) -> bool:
        """Whether it is an invoice, bill or refund."""
        return self.kind != self.Kind.ENTRY

    @property
    def belongs_to_payment(self) -> bool:
        """Whether it is the entry of a payment, and follows it."""
        return not self.is_document and hasattr(self, "payment")

    @property
    def is_sale(self) -> bool:
        """Whether we sold."""
        return self.kind in self.SALES

    @property
    def is_refund(self) -> bool:
        """Whether it takes something back."""
        return self.kind in self.REFUNDS

    @property
    def sign(self) -> int:
        """The side on which the partner stands: 1 where we have a claim (debit), -1 where we owe."""
        return 1 if self.kind in self.CLAIMS else -1
