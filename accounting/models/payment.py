"""Payments."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from accounting.models.law import agreeing, condition
from accounting.models.settling import payment_states
from base.models.noun import Noun
from base.money import MoneyField
from base.search import name_index
from base.triggers import forbid, remember


class PaymentQuerySet(models.QuerySet["Payment"]):
    """The questions we ask of payments."""

    def standing(self) -> Self:
        """Those that have been made."""
        return self.filter(state__in=(Payment.State.IN_PROCESS, Payment.State.PAID))

    def locked(self) -> Self:
        """Hold the rows until commit, in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class Payment(Noun):
    """Money that came from a partner or went to one.

    draft → in_process (posted, not yet on the bank statement) → paid; draft or in_process or paid → canceled. Where the
    journal has no outstanding account, a posted payment is on the bank account at once and therefore paid.
    """

    display_field = "number"
    search_fields = ("number", "memo", "partner__complete_name")

    class Kind(models.TextChoices):
        INBOUND = "inbound", _("Receive")
        OUTBOUND = "outbound", _("Send")

    class PartnerKind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        SUPPLIER = "supplier", _("Vendor")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_PROCESS = "in_process", _("In process")
        PAID = "paid", _("Paid")
        CANCELED = "canceled", _("Cancelled")

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    journal = models.ForeignKey(
        "accounting.Journal", verbose_name=_("journal"), on_delete=models.PROTECT, related_name="+"
    )
    entry = models.OneToOneField(
        "accounting.JournalEntry",
        verbose_name=_("journal entry"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="payment",
    )
    invoices = models.ManyToManyField(
        "accounting.JournalEntry", verbose_name=_("documents"), blank=True, related_name="payments"
    )
    number = models.CharField(_("number"), max_length=40, blank=True, default="", editable=False)
    state = models.CharField(
        _("status"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices, default=Kind.INBOUND)
    partner_kind = models.CharField(
        _("partner is"), max_length=8, choices=PartnerKind.choices, default=PartnerKind.CUSTOMER
    )
    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    amount = MoneyField(_("amount"))
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    date = models.DateField(_("date"))
    memo = models.CharField(_("memo"), max_length=240, blank=True, default="")
    payment_reference = models.CharField(
        _("payment reference"), max_length=240, blank=True, default=""
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
    outstanding_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("outstanding account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    destination_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("destination account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    is_sent = models.BooleanField(_("sent"), default=False)

    objects = PaymentQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-date", "-number", "-id")
        permissions = (
            ("register_payment", _("Can register payments")),
            ("post_payment", _("Can post payments")),
            ("cancel_payment", _("Can cancel payments")),
        )
        constraints = (
            models.CheckConstraint(
                name="accounting_payment_positive",
                condition=Q(amount__gt=0) | Q(state__in=("draft", "canceled"), amount=0),
                violation_error_message=_("A payment is more than nothing."),
            ),
            models.CheckConstraint(
                name="accounting_payment_state_known",
                condition=Q(state__in=("draft", "in_process", "paid", "canceled")),
            ),
            models.CheckConstraint(
                name="accounting_payment_made_has_entry",
                condition=Q(state__in=("draft", "canceled")) | Q(entry__isnull=False),
                violation_error_message=_("A payment that was made has a journal entry."),
            ),
        )
        indexes = (
            models.Index(fields=("company", "-date", "-id"), name="accounting_payment_by_date"),
            name_index("accounting_payment_search", NullIf("number", Value("")), "memo"),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(inserts=False),
            forbid(
                "payment_made_is_final",
                pgtrigger.Update,
                when=condition(
                    "OLD.state IN ('in_process', 'paid') AND (NEW.company_id, NEW.journal_id, NEW.entry_id, NEW.kind,"
                    " NEW.partner_kind, NEW.partner_id, NEW.amount, NEW.currency_id, NEW.date, NEW.number)"
                    " IS DISTINCT FROM (OLD.company_id, OLD.journal_id, OLD.entry_id, OLD.kind, OLD.partner_kind,"
                    " OLD.partner_id, OLD.amount, OLD.currency_id, OLD.date, OLD.number)"
                ),
                sentence=_("A payment that was made is final. Cancel it instead."),
            ),
            forbid(
                "payment_made_is_kept",
                pgtrigger.Delete,
                when=condition("OLD.number <> '' OR OLD.state IN ('in_process', 'paid')"),
                sentence=_("A payment that was made is kept. Cancel it instead."),
            ),
            forbid(
                "payment_journal_of_company",
                pgtrigger.Insert | pgtrigger.Update,
                sql="(SELECT company_id FROM accounting_journal WHERE id = NEW.journal_id) <> NEW.company_id",
                sentence=_("The journal belongs to another company than the payment."),
            ),
            agreeing(
                "payment_and_entry_agree",
                pgtrigger.Insert | pgtrigger.UpdateOf("state", "entry_id"),
                "p.id = NEW.id",
                when=None,
            ),
            pgtrigger.Trigger(
                name="payment_tells_documents",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=condition("NEW.state <> OLD.state"),
                declare=[("documents", "bigint[]")],
                func=f"""
                    documents := ARRAY(
                        SELECT DISTINCT o.entry_id FROM accounting_journalitem i
                          JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)
                          JOIN accounting_journalitem o
                            ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END
                         WHERE i.entry_id = NEW.entry_id
                    );
                    IF cardinality(documents) > 0 THEN {payment_states("documents")} END IF;
                    RETURN NULL;
                """,  # noqa: S608 - names of our own tables and columns
            ),
        )

    def __str__(self) -> str:
        return self.number or _("Draft payment (* %(id)s)") % {"id": self.pk}
