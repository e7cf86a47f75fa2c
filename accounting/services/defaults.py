"""What documents take from company, journal, partner and product unless told otherwise: read once for a whole batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.errors import NoAccount, NoJournal, NotSetUp, WrongJournal
from accounting.models import (
    Account,
    CompanyAccounting,
    Journal,
    JournalEntry,
    PaymentTerm,
    PaymentTermLine,
    ProductAccounting,
    Tax,
)
from accounting.rules.documents import WHOLE
from accounting.rules.terms import Part
from accounting.services.lines import Line
from accounting.services.parties import Party, Ware, given, read_partners, read_products
from accounting.services.rates import Rates
from accounting.services.taxation import LoadedTax, load
from base.actors import Actor
from base.errors import Missing
from base.models import Currency
from base.policies import row_filter

JOURNAL_KINDS = {
    JournalEntry.Kind.OUT_INVOICE: Journal.Kind.SALE,
    JournalEntry.Kind.OUT_REFUND: Journal.Kind.SALE,
    JournalEntry.Kind.IN_INVOICE: Journal.Kind.PURCHASE,
    JournalEntry.Kind.IN_REFUND: Journal.Kind.PURCHASE,
    JournalEntry.Kind.ENTRY: Journal.Kind.GENERAL,
}


@dataclass
class Books:
    """The settings and journals of the companies that an actor works for. Two queries."""

    settings: dict[int, CompanyAccounting]
    journals: list[Journal]

    @classmethod
    def of(cls, by: Actor) -> "Books":
        """Read those of the companies switched on."""
        settings = CompanyAccounting.objects.filter(row_filter(CompanyAccounting, by))
        journals = Journal.objects.filter(row_filter(Journal, by), is_active=True).order_by(
            "sequence", "pk"
        )
        return cls(
            settings={row.company_id: row for row in settings.select_related("company__currency")},
            journals=list(journals.select_related("default_account", "currency")),
        )

    def of_company(self, company_id: int | None) -> CompanyAccounting:
        """The settings of one company. Refuses with `NotSetUp`; `Missing` for a company that is not the actor's."""
        if company_id in self.settings:
            return self.settings[company_id]
        raise NotSetUp(company=_("The company"))

    def journal(self, kind: str, company_id: int, journal_id: int | None = None) -> Journal:
        """The journal asked for, or the first that suits a kind of entry. Refuses with `NoJournal`, `WrongJournal`."""
        wanted = JOURNAL_KINDS[JournalEntry.Kind(kind)]
        if journal_id is None:
            for journal in self.journals:
                if journal.company_id == company_id and journal.kind == wanted:
                    return journal
            raise NoJournal(company=self.of_company(company_id).company)
        journal = self.journal_by_id(journal_id)
        if kind != JournalEntry.Kind.ENTRY and journal.kind != wanted:
            raise WrongJournal(journal=journal)
        return journal

    def journal_by_id(self, journal_id: int) -> Journal:
        """A journal by id. Raises `Missing`."""
        for journal in self.journals:
            if journal.pk == journal_id:
                return journal
        raise Missing(model=Journal._meta.verbose_name, ids=journal_id)


class Agreed(NamedTuple):
    """What a payment term says: the parts in which a document falls due, and which part of its prices is taxed."""

    parts: list[Part]
    taxed_part: Fraction = WHOLE


@dataclass
class Defaults:
    """All that the lines of a batch of entries refer to."""

    books: Books
    partners: dict[int, Party] = field(default_factory=dict)
    products: dict[int, Ware] = field(default_factory=dict)
    product_taxes: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    account_taxes: dict[int, list[int]] = field(default_factory=dict)
    taxes: dict[int, LoadedTax] = field(default_factory=dict)
    terms: dict[int, Agreed] = field(default_factory=dict)
    rates: Rates = field(init=False)

    def __post_init__(self) -> None:
        """Begin without foreign currencies."""
        self.rates = Rates(self.books.settings, {})

    def settings(self, entry: JournalEntry) -> CompanyAccounting:
        """The settings of an entry's company."""
        return self.books.of_company(entry.company_id)

    def partner(self, partner_id: int | None) -> Party | None:
        """A partner that was read with the batch."""
        return self.partners[partner_id] if partner_id else None

    def currency(self, entry: JournalEntry) -> Currency:
        """The currency of an entry."""
        return self.currency_by_id(entry.currency_id, entry)

    def currency_by_id(self, currency_id: int, entry: JournalEntry) -> Currency:
        """A currency that an entry or one of its lines is in."""
        return self.rates.currency(currency_id, self.settings(entry).company_id)

    def language(self, entry: JournalEntry) -> str:
        """The language in which a document speaks to its partner."""
        partner = self.partner(entry.partner_id)
        return (partner and partner.language) or self.settings(entry).company.language

    def rate(self, entry: JournalEntry) -> Decimal:
        """What one unit of the entry's currency is worth in the company's. Refuses with `NoRate`."""
        if entry.currency_id == self.settings(entry).company.currency_id:
            return Decimal(1)
        return self.rates.worth(entry.currency_id, entry.company_id, _rate_day(entry))

    def line_rate(self, entry: JournalEntry, currency_id: int) -> Decimal:
        """What one unit of a line's currency is worth. Refuses with `NoRate`."""
        if currency_id == entry.currency_id:
            return Decimal(entry.rate)
        return self.rates.worth(currency_id, entry.company_id, _rate_day(entry))

    def line_account(self, entry: JournalEntry, line: Line, journal: Journal) -> int:
        """The account of a document's line. Refuses with `NoAccount`."""
        if line.account_id:
            return line.account_id
        side = "income" if entry.is_sale else "expense"
        ware = self.products.get(line.product_id or 0)
        if own := ware and ware.account(side, entry.company_id):
            return own
        settings = self.settings(entry)
        found = journal.default_account_id or getattr(settings, f"{side}_account_id")
        if not found:
            raise NoAccount(
                purpose=_("income") if entry.is_sale else _("expenses"), company=settings.company
            )
        return int(found)

    def due_account(self, entry: JournalEntry) -> int:
        """The receivable or payable account of a document. Refuses with `NoAccount`."""
        return self.trade_account(
            entry.company_id, entry.partner_id, "receivable" if entry.is_sale else "payable"
        )

    def trade_account(self, company_id: int, partner_id: int | None, side: str) -> int:
        """The partner's account on a side ("receivable", "payable"), or the company's. Refuses with `NoAccount`."""
        partner = self.partner(partner_id)
        if own := partner and partner.account(side, company_id):
            return own
        settings = self.books.of_company(company_id)
        found = getattr(settings, f"{side}_account_id")
        if not found:
            raise NoAccount(purpose=_("receivables and payables"), company=settings.company)
        return int(found)

    def payment_term(self, entry: JournalEntry) -> int | None:
        """The payment term that the partner has with us."""
        partner = self.partner(entry.partner_id)
        return partner.payment_term(sale=entry.is_sale) if partner else None

    def line_taxes(self, entry: JournalEntry, line: Line, account_id: int) -> list[int]:
        """The taxes of a line: as asked, else the product's, the account's, the company's, in this order."""
        if line.tax_ids is not None:
            return line.tax_ids
        use = "sale" if entry.is_sale else "purchase"
        template = self.products[line.product_id].template_id if line.product_id else 0
        own = self.product_taxes.get((template, use), []) or self.account_taxes.get(account_id, [])
        own = [
            pk
            for pk in own
            if pk in self.taxes and self.taxes[pk].tax.company_id == entry.company_id
        ]
        default = getattr(self.settings(entry), f"{use}_tax_id")
        return own or ([default] if default else [])


def read(
    books: Books, entries: Sequence[JournalEntry], lines_of: Sequence[list[Line]], *, by: Actor
) -> Defaults:
    """Read all that a batch refers to. At most thirteen queries, whatever its size. Raises `Missing`."""
    defaults = Defaults(books)
    lines = [line for rows in lines_of for line in rows]
    partner_ids = {entry.partner_id for entry in entries} | {line.partner_id for line in lines}
    defaults.partners = read_partners(given(partner_ids), by=by)
    defaults.products = read_products(given(line.product_id for line in lines), by=by)
    _read_taxes(defaults, entries, lines)
    _read_rates(defaults, entries, lines_of)
    return defaults


def _read_rates(
    defaults: Defaults, entries: Sequence[JournalEntry], lines: Sequence[list[Line]]
) -> None:
    wanted = {
        (currency_id, entry.company_id, _rate_day(entry))
        for entry, rows in zip(entries, lines, strict=True)
        for currency_id in given([entry.currency_id, *(line.currency_id for line in rows)])
    }
    defaults.rates = Rates.of(wanted, defaults.books.settings)


def _rate_day(entry: JournalEntry) -> date:
    """A document is worth what its currency was on its own day, whenever it is booked (IAS 21.21, PSAK 221)."""
    return entry.invoice_date or entry.date


def read_terms(term_ids: Iterable[int], *, by: Actor) -> dict[int, Agreed]:
    """What was agreed by payment terms. One query. Raises `Missing`."""
    wanted = set(term_ids)
    agreed: dict[int, Agreed] = {}
    if not wanted:
        return agreed
    shared = Q(term__company__isnull=True)
    own = shared if by.sees_all_companies else shared | Q(term__company__in=by.company_ids)
    rows = PaymentTermLine.objects.filter(Q() if by.sees_all_companies else own, term__in=wanted)
    for row in rows.select_related("term").order_by("sequence", "pk"):
        agreed.setdefault(row.term_id, Agreed([], row.term.taxed_part)).parts.append(row.part())
    if lost := sorted(wanted - agreed.keys()):
        raise Missing(model=PaymentTerm._meta.verbose_name, ids=", ".join(map(str, lost)))
    return agreed


def _read_taxes(defaults: Defaults, entries: Sequence[JournalEntry], lines: list[Line]) -> None:
    wanted = {pk for line in lines for pk in line.tax_ids or ()}
    open_lines = [line for line in lines if line.tax_ids is None and not line.is_text]
    if open_lines and any(entry.is_document for entry in entries):
        templates = {
            defaults.products[line.product_id].template_id for line in open_lines if line.product_id
        }
        for use in (
            {"sale" if entry.is_sale else "purchase" for entry in entries} if templates else ()
        ):
            _read_product_taxes(defaults, templates, use)
        accounts = given(line.account_id for line in open_lines)
        if accounts:
            links = Account.taxes.through._default_manager.filter(account__in=accounts)
            for account_id, tax_id in links.values_list("account_id", "tax_id"):
                defaults.account_taxes.setdefault(account_id, []).append(tax_id)
        for settings in defaults.books.settings.values():
            wanted |= given((settings.sale_tax_id, settings.purchase_tax_id))
    asked = {pk for line in lines for pk in line.tax_ids or ()}
    found = {
        pk
        for pks in (*defaults.product_taxes.values(), *defaults.account_taxes.values())
        for pk in pks
    }
    defaults.taxes = load(wanted | found, defaults.books.settings)
    if lost := sorted(asked - defaults.taxes.keys()):
        raise Missing(model=Tax._meta.verbose_name, ids=", ".join(map(str, lost)))


def _read_product_taxes(defaults: Defaults, templates: set[int], use: str) -> None:
    through = getattr(ProductAccounting, f"{use}_taxes").through
    links = through._default_manager.filter(productaccounting__in=templates)
    for template_id, tax_id in links.values_list("productaccounting_id", "tax_id"):
        defaults.product_taxes.setdefault((template_id, use), []).append(tax_id)
