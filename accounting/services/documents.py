"""From lines to journal items: what a document means to the books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accounting.models import ItemTag, ItemTax, Journal, JournalEntry, JournalItem, TaxRepartition
from accounting.rules.documents import DocumentAmounts, LineAmounts, PricedLine, document_amounts
from accounting.rules.spreading import split
from accounting.rules.terms import instalments
from accounting.services.defaults import Agreed, Defaults
from accounting.services.lines import Line
from accounting.services.taxation import LoadedTax
from base import bulk
from base.models import Currency
from base.money import ZERO, round_half_up

TAX_SEQUENCE, DUE_SEQUENCE = 10_000, 10_001


@dataclass(slots=True)
class WrittenItem:
    """A journal item about to be written, with the taxes and tags that are linked to it."""

    item: JournalItem
    tax_ids: Sequence[int] = ()
    tag_ids: Sequence[int] = ()


@dataclass
class DocumentItems:
    """The items of one document: its lines, its taxes, and what is due; and its totals, set on the entry."""

    entry: JournalEntry
    lines: list[Line]
    defaults: Defaults
    journal: Journal
    agreed: Agreed
    written: list[WrittenItem] = field(default_factory=list)

    def build(self) -> list[WrittenItem]:
        """Work the document out."""
        products = [line for line in self.lines if not line.is_text]
        taxed = [self._tax_ids(line) for line in products]
        amounts = self._amounts(products, taxed)
        worked_out = iter(zip(taxed, amounts.lines, strict=True))
        for line in self.lines:
            if line.is_text:
                self.written.append(WrittenItem(self._text(line)))
            else:
                self._write_line(line, *next(worked_out))
        self._write_taxes(products, amounts)
        tax = sum((w.item.amount_currency for w in self.written if w.item.tax_id), ZERO)
        self.entry.untaxed = amounts.untaxed
        self.entry.tax = -self.entry.sign * tax
        self.entry.total = self.entry.untaxed + self.entry.tax
        self.entry.residual = self.entry.total
        if products:
            self._write_dues()
        return self.written

    @property
    def currency(self) -> Currency:
        """The document's currency."""
        return self.defaults.currency(self.entry)

    @property
    def company_currency(self) -> Currency:
        """The currency of the books."""
        return self.defaults.settings(self.entry).company.currency

    @property
    def _suffix(self) -> str:
        """The columns of the language in which the document speaks."""
        return "ind" if self.defaults.language(self.entry).startswith("id") else "en"

    @property
    def document(self) -> str:
        """Which repartition of a tax counts."""
        return (
            TaxRepartition.Document.REFUND
            if self.entry.is_refund
            else TaxRepartition.Document.INVOICE
        )

    def _tax_ids(self, line: Line) -> list[int]:
        line.account_id = self.defaults.line_account(self.entry, line, self.journal)
        return self.defaults.line_taxes(self.entry, line, line.account_id)

    def _amounts(self, products: list[Line], taxed: list[list[int]]) -> DocumentAmounts:
        priced = []
        for line, tax_ids in zip(products, taxed, strict=True):
            if line.unit_price is None:
                line.unit_price = self._price(line)
            rules = tuple(self.defaults.taxes[pk].rule for pk in tax_ids)
            priced.append(PricedLine(line.unit_price, line.quantity, line.discount, rules))
        settings = self.defaults.settings(self.entry)
        return document_amounts(
            priced,
            places=self.currency.decimal_places,
            rounding=settings.tax_rounding,
            tax_places=settings.tax_places,
            taxed_part=self.agreed.taxed_part,
        )

    def _price(self, line: Line) -> Decimal:
        ware = self.defaults.products.get(line.product_id or 0)
        if ware is None:
            return ZERO
        price = ware.price(sale=self.entry.is_sale)
        return (
            price
            if self.entry.rate == 1
            else round_half_up(Fraction(price) / Fraction(self.entry.rate), 8)
        )

    def _text(self, line: Line) -> JournalItem:
        return self._item(line, label=line.label or "", quantity=ZERO)

    def _write_line(self, line: Line, tax_ids: list[int], amounts: LineAmounts) -> None:
        ware = self.defaults.products.get(line.product_id or 0)
        item = self._item(
            line,
            account_id=line.account_id,
            product_id=line.product_id,
            label=line.label or self._label(line),
            quantity=line.quantity,
            unit_id=line.unit_id or (ware.unit_id if ware else None),
            unit_price=line.unit_price,
            discount=line.discount,
            subtotal=amounts.subtotal,
            total=amounts.total,
        )
        self._book(item, -self.entry.sign * amounts.subtotal)
        tags = [tag for pk in tax_ids for tag in self.defaults.taxes[pk].base_tags[self.document]]
        self.written.append(WrittenItem(item, tax_ids, tags))

    def _label(self, line: Line) -> str:
        ware = self.defaults.products.get(line.product_id or 0)
        if ware is None:
            return ""
        return ware.label(sale=self.entry.is_sale, language=self.defaults.language(self.entry))

    def _item(self, line: Line, **values: object) -> JournalItem:
        return JournalItem(
            pk=line.id,
            entry=self.entry,
            display_type=line.display_type,
            sequence=line.sequence,
            partner_id=self.entry.partner_id,
            currency_id=self.entry.currency_id,
            **values,
        )

    def _book(self, item: JournalItem, amount_currency: Decimal) -> None:
        item.amount_currency = amount_currency
        set_balance(item, self._in_company_currency(amount_currency))

    def _in_company_currency(self, amount: Decimal) -> Decimal:
        if self.entry.rate == 1 and self.entry.currency_id == self.company_currency.pk:
            return amount
        return self.company_currency.round(Fraction(amount) * Fraction(self.entry.rate))

    def _write_taxes(self, products: list[Line], amounts: DocumentAmounts) -> None:
        totals: dict[tuple[int, int], tuple[Decimal, Decimal]] = {}
        for line, of_line in zip(products, amounts.lines, strict=True):
            for part in of_line.taxes:
                loaded = self.defaults.taxes[part.tax.key]
                account = line.account_id if _follows_line(loaded, self.document) else 0
                base, amount = totals.get((part.tax.key, account or 0), (ZERO, ZERO))
                totals[part.tax.key, account or 0] = (base + part.base, amount + part.amount)
        for (tax_id, account_id), (base, amount) in totals.items():
            self._write_tax(self.defaults.taxes[tax_id], account_id, base, amount)

    def _write_tax(
        self, loaded: LoadedTax, line_account: int, base: Decimal, amount: Decimal
    ) -> None:
        bookings = loaded.bookings[self.document]
        shares = split(
            amount, [booking.factor for booking in bookings], self.currency.decimal_places
        )
        for booking, share in zip(bookings, shares, strict=True):
            if not share and not booking.tag_ids:
                continue
            item = JournalItem(
                entry=self.entry,
                display_type=JournalItem.DisplayType.TAX,
                sequence=TAX_SEQUENCE,
                account_id=booking.account_id or line_account or self.journal.default_account_id,
                partner_id=self.entry.partner_id,
                label=self._tax_label(loaded),
                currency_id=self.entry.currency_id,
                tax_id=loaded.tax.pk,
                repartition_id=booking.repartition_id or None,
                tax_base=self._in_company_currency(base),
            )
            self._book(item, -self.entry.sign * share)
            self.written.append(WrittenItem(item, (), booking.tag_ids))

    def _tax_label(self, loaded: LoadedTax) -> str:
        tax = loaded.tax
        return str(
            getattr(tax, f"invoice_label_{self._suffix}")
            or getattr(tax, f"name_{self._suffix}")
            or tax.name
        )

    def _write_dues(self) -> None:
        entry = self.entry
        company_total = -sum((w.item.debit - w.item.credit for w in self.written), ZERO)
        if not entry.total and company_total:
            self._absorb(company_total)
            company_total = ZERO
        rows = instalments(
            entry.sign * entry.total,
            company_total,
            self.agreed.parts,
            start=self._start(),
            places=self.currency.decimal_places,
            company_places=self.company_currency.decimal_places,
        )
        if not self.agreed.parts:
            rows = [
                row.__class__(entry.due_date or row.due_date, row.amount, row.company_amount)
                for row in rows
            ]
        if entry.invoice_date:
            entry.due_date = max(row.due_date for row in rows)
        account = self.defaults.due_account(entry)
        for row in rows:
            item = JournalItem(
                entry=entry,
                display_type=JournalItem.DisplayType.PAYMENT_TERM,
                sequence=DUE_SEQUENCE,
                account_id=account,
                partner_id=entry.partner_id,
                label=entry.payment_reference,
                currency_id=entry.currency_id,
                amount_currency=row.amount,
                due_date=row.due_date,
            )
            set_balance(item, row.company_amount)
            self.written.append(WrittenItem(item))

    def _absorb(self, rest: Decimal) -> None:
        """Nobody owes what rounding leaves of a document that comes to nothing: its largest item takes it."""
        largest = max((row.item for row in self.written), key=lambda item: item.debit + item.credit)
        set_balance(largest, largest.debit - largest.credit + rest)

    def _start(self) -> date:
        return self.entry.invoice_date or self.entry.date


def plain_items(
    entry: JournalEntry, lines: Iterable[Line], defaults: Defaults
) -> list[WrittenItem]:
    """The items of a plain entry, as they were given; its total is that of its debits, in its currency."""
    written = []
    for line in lines:
        item = JournalItem(
            pk=line.id,
            entry=entry,
            display_type=line.display_type,
            sequence=line.sequence,
            account_id=line.account_id,
            partner_id=line.partner_id if line.partner_id is not None else entry.partner_id,
            product_id=line.product_id,
            label=line.label or "",
            quantity=line.quantity if line.product_id else ZERO,
            unit_id=line.unit_id,
            unit_price=line.unit_price or ZERO,
            currency_id=line.currency_id or entry.currency_id,
            due_date=line.due_date,
        )
        balance, item.amount_currency = _plain_amounts(entry, line, item.currency_id, defaults)
        set_balance(item, balance)
        written.append(WrittenItem(item, line.tax_ids or ()))
    is_foreign = entry.currency_id != defaults.settings(entry).company.currency_id
    entry.total = sum(
        (
            max(row.item.amount_currency, ZERO) if is_foreign else row.item.debit
            for row in written
            if not is_foreign or row.item.currency_id == entry.currency_id
        ),
        ZERO,
    )
    return written


def _plain_amounts(
    entry: JournalEntry, line: Line, currency_id: int, defaults: Defaults
) -> tuple[Decimal, Decimal]:
    """The balance of a line of a plain entry and its amount in currency; what is not given follows at the day's rate."""
    own = defaults.settings(entry).company.currency
    balance, in_currency = own.round(line.debit - line.credit), line.amount_currency
    if currency_id == own.pk:
        balance = balance or own.round(in_currency or ZERO)
        return balance, balance
    currency = defaults.currency_by_id(currency_id, entry)
    if in_currency is None:
        rate = defaults.line_rate(entry, currency_id)
        return balance, currency.round(Fraction(balance) / Fraction(rate))
    if in_currency and not balance:
        rate = defaults.line_rate(entry, currency_id)
        return own.round(Fraction(in_currency) * Fraction(rate)), currency.round(in_currency)
    return balance, currency.round(in_currency)


def set_balance(item: JournalItem, balance: Decimal) -> None:
    """Put an amount on its side: positive is a debit."""
    item.debit, item.credit = max(balance, ZERO), max(-balance, ZERO)


def write(entries: Sequence[JournalEntry], written: Sequence[WrittenItem]) -> None:
    """Write new entries and their new items, with their links. At most five statements."""
    bulk.insert(entries, [row.item for row in written])
    write_links(written)


def write_links(written: Sequence[WrittenItem]) -> None:
    """Link items to their taxes and tags. At most two statements."""
    taxes = [
        ItemTax(item_id=row.item.pk, tax_id=pk)
        for row in written
        for pk in dict.fromkeys(row.tax_ids)
    ]
    tags = [
        ItemTag(item_id=row.item.pk, tag_id=pk)
        for row in written
        for pk in dict.fromkeys(row.tag_ids)
    ]
    bulk.link(taxes)
    bulk.link(tags)


def _follows_line(loaded: LoadedTax, document: str) -> bool:
    return any(booking.account_id is None for booking in loaded.bookings[document])
