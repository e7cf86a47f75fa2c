"""Journal items: the debits and credits of entries, and the lines of documents."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounting.models import law
from base.models.noun import Noun
from base.money import ZERO, MoneyField, PercentField, PriceField, QuantityField
from base.search import name_index
from base.triggers import remember


class JournalItemQuerySet(models.QuerySet["JournalItem"]):
    """The questions we ask of items."""

    def posted(self) -> Self:
        """Those that are part of the books."""
        return self.filter(state="posted")

    def of_entries(self, entry_ids: list[int]) -> Self:
        """Those of some entries, in order."""
        return self.filter(entry__in=entry_ids).order_by("entry_id", "sequence", "id")

    def lines(self) -> Self:
        """What people write: products, sections and notes."""
        return self.filter(display_type__in=JournalItem.LINES)

    def dues(self) -> Self:
        """What is to be paid on documents."""
        return self.filter(display_type=JournalItem.DisplayType.PAYMENT_TERM)

    def open(self) -> Self:
        """Posted debits and credits that are not settled yet."""
        return self.filter(state="posted", is_reconciled=False).exclude(
            residual=0, residual_currency=0
        )

    def between(self, first: date, last: date) -> Self:
        """Those of some days, both included."""
        return self.filter(date__gte=first, date__lte=last)

    def locked(self) -> Self:
        """Hold the rows until commit, in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class JournalItem(Noun):
    """One amount, debited to or credited to one account; or a line of text between them.

    Debit, credit, balance and residual are in the company's currency; `amount_currency`, subtotal and total in that of
    the item. Company, journal, date and state are those of the entry, copied down by the database.
    """

    display_field = "label"
    search_fields = ("label", "entry__number")

    class DisplayType(models.TextChoices):
        PRODUCT = "product", _("Product")
        TAX = "tax", _("Tax")
        PAYMENT_TERM = "payment_term", _("Payment term")
        DISCOUNT = "discount", _("Discount")
        ROUNDING = "rounding", _("Rounding")
        SECTION = "line_section", _("Section")
        NOTE = "line_note", _("Note")

    LINES = (DisplayType.PRODUCT, DisplayType.SECTION, DisplayType.NOTE)
    TEXTS = (DisplayType.SECTION, DisplayType.NOTE)

    entry = models.ForeignKey(
        "accounting.JournalEntry",
        verbose_name=_("journal entry"),
        on_delete=models.CASCADE,
        related_name="items",
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    journal = models.ForeignKey(
        "accounting.Journal",
        verbose_name=_("journal"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    date = models.DateField(_("date"), editable=False)
    state = models.CharField(
        _("status"),
        max_length=8,
        editable=False,
        default="draft",
        choices=[("draft", _("Draft")), ("posted", _("Posted")), ("cancel", _("Cancelled"))],
    )
    display_type = models.CharField(
        _("display type"), max_length=16, choices=DisplayType.choices, default=DisplayType.PRODUCT
    )
    sequence = models.IntegerField(_("sequence"), default=100)
    account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        db_index=False,
    )
    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    label = models.CharField(_("label"), max_length=1000, blank=True, default="")
    product = models.ForeignKey(
        "base.Product",
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    unit = models.ForeignKey(
        "base.UnitOfMeasure",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    quantity = QuantityField(_("quantity"), default=ZERO)
    unit_price = PriceField(_("unit price"), default=ZERO)
    discount = PercentField(_("discount"), default=ZERO)
    taxes = models.ManyToManyField(
        "accounting.Tax",
        verbose_name=_("taxes"),
        through="accounting.ItemTax",
        blank=True,
        related_name="+",
    )
    tags = models.ManyToManyField(
        "accounting.AccountTag",
        verbose_name=_("tax tags"),
        through="accounting.ItemTag",
        blank=True,
        related_name="+",
    )
    tax = models.ForeignKey(
        "accounting.Tax",
        verbose_name=_("tax of this line"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    repartition = models.ForeignKey(
        "accounting.TaxRepartition",
        verbose_name=_("tax repartition"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    tax_base = MoneyField(_("base of the tax"), default=ZERO, editable=False)
    debit = MoneyField(_("debit"), default=ZERO)
    credit = MoneyField(_("credit"), default=ZERO)
    balance = models.GeneratedField(
        expression=F("debit") - F("credit"),
        output_field=MoneyField(_("balance")),
        db_persist=True,
        verbose_name=_("balance"),
    )
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    amount_currency = MoneyField(_("amount in currency"), default=ZERO)
    subtotal = MoneyField(_("subtotal"), default=ZERO, editable=False)
    total = MoneyField(_("total"), default=ZERO, editable=False)
    residual = MoneyField(_("residual"), default=ZERO, editable=False)
    residual_currency = MoneyField(_("residual in currency"), default=ZERO, editable=False)
    is_reconciled = models.BooleanField(_("reconciled"), default=False, editable=False)
    full_reconciliation = models.ForeignKey(
        "accounting.FullReconciliation",
        verbose_name=_("full reconciliation"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="items",
    )
    matching = models.CharField(
        _("matching"), max_length=24, blank=True, default="", editable=False
    )
    due_date = models.DateField(_("due date"), null=True, blank=True)

    objects = JournalItemQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("journal item")
        verbose_name_plural = _("journal items")
        ordering = ("-date", "-entry__number", "id")
        constraints = (
            models.CheckConstraint(
                name="accounting_journalitem_not_negative",
                condition=Q(debit__gte=0, credit__gte=0),
                violation_error_message=_("An amount is never negative: use the other side."),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_one_sided",
                condition=Q(debit=0) | Q(credit=0),
                violation_error_message=_("An item is either a debit or a credit."),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_text_has_no_amount",
                condition=Q(
                    display_type__in=("line_section", "line_note"),
                    account__isnull=True,
                    debit=0,
                    credit=0,
                    amount_currency=0,
                )
                | (~Q(display_type__in=("line_section", "line_note")) & Q(account__isnull=False)),
                violation_error_message=_(
                    "An item is on an account; only sections and notes have none, and no amount."
                ),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_currency_on_same_side",
                condition=Q(amount_currency__gte=0, credit=0) | Q(amount_currency__lte=0, debit=0),
                violation_error_message=_(
                    "The amount in currency is on the same side as the item."
                ),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_residual_within_balance",
                condition=Q(residual__gte=0, residual__lte=F("debit") - F("credit"))
                | Q(residual__lte=0, residual__gte=F("debit") - F("credit")),
                violation_error_message=_("More would be settled than is open."),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_residual_within_amount",
                condition=Q(residual_currency__gte=0, residual_currency__lte=F("amount_currency"))
                | Q(residual_currency__lte=0, residual_currency__gte=F("amount_currency")),
                violation_error_message=_("More would be settled than is open."),
            ),
            models.CheckConstraint(
                name="accounting_journalitem_discount_is_a_part",
                condition=Q(discount__lte=100),
                violation_error_message=_("A discount takes off 100 percent at most."),
            ),
        )
        indexes = (
            models.Index(fields=("company", "-date", "-id"), name="accounting_item_by_date"),
            models.Index(fields=("-date", "-id"), name="accounting_item_by_day"),
            models.Index(
                fields=("account", "state", "date", "id"), name="accounting_item_by_account"
            ),
            models.Index(
                fields=("account", "partner"),
                name="accounting_item_open",
                condition=Q(state="posted", is_reconciled=False)
                & ~Q(residual=0, residual_currency=0),
            ),
            models.Index(
                fields=("tax",), name="accounting_item_by_tax", condition=Q(tax__isnull=False)
            ),
            models.Index(
                fields=("product",),
                name="accounting_item_by_product",
                condition=Q(product__isnull=False),
            ),
            name_index("accounting_item_search", "label"),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(
                inserts=False,
                but=(
                    "company_id",
                    "journal_id",
                    "date",
                    "state",
                    "residual",
                    "residual_currency",
                    "is_reconciled",
                    "full_reconciliation_id",
                    "matching",
                    "balance",
                ),
            ),
            law.ITEM_FOLLOWS,
            law.ITEM_IS_KEPT,
            law.ITEM_OWN_TAX_OF_COMPANY,
            law.kept_whole("item"),
        )

    def __str__(self) -> str:
        return self.label or str(self.account or "")


class ItemTax(models.Model):
    """A tax that a line is subject to."""

    company_path = "item__company"

    item = models.ForeignKey(
        JournalItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="+"
    )
    tax = models.ForeignKey(
        "accounting.Tax", verbose_name=_("tax"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("tax of an item")
        verbose_name_plural = _("taxes of items")
        constraints = (
            models.UniqueConstraint(name="accounting_itemtax_once", fields=("item", "tax")),
        )
        triggers = (law.part_of_item_is_final("itemtax"), law.ITEM_TAX_OF_COMPANY)

    def __str__(self) -> str:
        return f"{self.item_id} {self.tax}"


class ItemTag(models.Model):
    """A tag that was on the tax when the line was written, for the tax return."""

    company_path = "item__company"

    item = models.ForeignKey(
        JournalItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="+"
    )
    tag = models.ForeignKey(
        "accounting.AccountTag", verbose_name=_("tag"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("tag of an item")
        verbose_name_plural = _("tags of items")
        constraints = (
            models.UniqueConstraint(name="accounting_itemtag_once", fields=("item", "tag")),
        )
        triggers = (law.part_of_item_is_final("itemtag"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.tag}"
