"""Writing and rewriting entries while they are drafts: documents with lines, and plain entries with items."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from accounting.errors import NotDraft, NumberGiven
from accounting.models import ItemTag, ItemTax, Journal, JournalEntry, JournalItem
from accounting.models.entry import JournalEntryQuerySet
from accounting.services import defaults as reading
from accounting.services import documents
from accounting.services.defaults import Agreed, Books, Defaults
from accounting.services.documents import DocumentItems, WrittenItem, plain_items
from accounting.services.drafting import (
    check_editable,
    check_fields,
    check_lines,
    check_links,
    check_wares,
)
from accounting.services.lines import Line, LineChanges, changed, line, line_values, lines_of
from accounting.services.parties import given as given_ids
from base import bulk
from base.actors import Actor
from base.policies import require
from base.verbs import verb

Values = Mapping[str, Any]

# What may still change once an entry is posted: it does not touch the books.
ALWAYS_EDITABLE = frozenset(
    {
        "reference",
        "payment_reference",
        "narration",
        "salesperson_id",
        "bank_account_id",
        "is_sent",
        "is_checked",
    }
)
CHECKED = frozenset({"salesperson_id", "bank_account_id", "delivery_partner_id"})
COPIED = (
    "company_id",
    "journal_id",
    "kind",
    "partner_id",
    "delivery_partner_id",
    "payment_term_id",
    "currency_id",
    "narration",
    "salesperson_id",
    "bank_account_id",
)
REWRITTEN = (
    "display_type",
    "sequence",
    "account",
    "partner",
    "label",
    "product",
    "unit",
    "quantity",
    "unit_price",
    "discount",
    "debit",
    "credit",
    "currency",
    "amount_currency",
    "subtotal",
    "total",
    "due_date",
    "tax_base",
)


@verb("accounting.add_journalentry")
def draft(rows: Sequence[Values], *, by: Actor, on: date) -> list[JournalEntry]:
    """Write new drafts; all are written or none is.

    A row has the fields of `JournalEntry` (links as `partner_id`), `kind`, and `lines`: for documents what is charged
    (`Line`), for plain entries debits and credits. What is not given comes from partner, product, journal and company:
    taxes, accounts, prices, payment term. Taxes, what is due when, and totals are worked out. The same number of
    queries for one document or a thousand.

    Refuses with `Invalid`, `NoJournal`, `WrongJournal`, `NoAccount`, `NoRate`, `NotSetUp`, `Missing`, `OtherCompany`.
    """
    entries, written = _worked_out(rows, by=by, on=on)
    documents.write(entries, written)
    return entries


@verb("accounting.change_journalentry")
def edit(entries: JournalEntryQuerySet, values: Values, *, by: Actor) -> list[JournalEntry]:
    """Change drafts: fields of the entry, and `lines` as `LineChanges` (a list replaces all lines).

    What can change after posting without touching the books (reference, notes, salesperson) can be changed always.
    Refuses with `NotDraft`, `NumberGiven`, `BelongsToPayment`, `Missing` and whatever `draft` refuses.
    """
    rows = list(entries.locked().select_related("payment"))
    fields = {name: value for name, value in values.items() if name != "lines"}
    if "lines" not in values and fields.keys() <= ALWAYS_EDITABLE:
        _write_fields(rows, fields, by)
        return rows
    for entry in rows:
        check_editable(entry, fields)
    lines = lines_of(rows)
    wanted = _line_changes(values.get("lines"))
    changed_lines = [changed(entry, lines[entry.pk], wanted) for entry in rows]
    _write_fields(rows, fields, by, save=False)
    rewrite(rows, changed_lines, by=by, given=[_settled(fields)] * len(rows))
    return rows


@verb("accounting.add_journalentry")
def duplicate(entries: JournalEntryQuerySet, *, by: Actor, on: date) -> list[JournalEntry]:
    """Write drafts with the same lines, without dates, references and numbers. Refuses as `draft` does."""
    rows = list(entries.order_by("pk"))
    lines = lines_of(rows)
    return draft(
        [
            {name: getattr(entry, name) for name in COPIED}
            | {"lines": [line_values(row) for row in lines[entry.pk]]}
            for entry in rows
        ],
        by=by,
        on=on,
    )


def rehearse(
    entry: JournalEntry | None, values: Values, *, by: Actor, on: date
) -> tuple[JournalEntry, list[WrittenItem]]:
    """What a draft would come to, new or changed by values as `draft` and `edit` take them; nothing is written.

    Asks for the rights of either, and refuses as they do.
    """
    require(by, "accounting.change_journalentry" if entry else "accounting.add_journalentry")
    if entry is None:
        [made], written = _worked_out([values], by=by, on=on)
        return made, written
    fields = {name: value for name, value in values.items() if name != "lines"}
    check_editable(entry, fields)
    lines = [changed(entry, lines_of([entry])[entry.pk], _line_changes(values.get("lines")))]
    _write_fields([entry], fields, by, save=False)
    defaults = _read(Books.of(by), [entry], lines, [_settled(fields)], by=by)
    written = _items([entry], lines, defaults)
    check_fields([entry])
    return entry, written


def _worked_out(
    rows: Sequence[Values], *, by: Actor, on: date
) -> tuple[list[JournalEntry], list[WrittenItem]]:
    """New entries and their items, before they are written."""
    books = Books.of(by)
    entries = [_new(row, books, by=by, on=on) for row in rows]
    lines = [[line(values) for values in row.get("lines", ())] for row in rows]
    given = [row.keys() for row in rows]
    defaults = _read(books, entries, lines, given, by=by)
    check_links(entries, by)
    for entry in entries:
        entry.currency = defaults.currency(entry)
    written = _items(entries, lines, defaults)
    check_fields(entries)
    return entries, written


def rewrite(
    entries: Sequence[JournalEntry],
    lines: list[list[Line]],
    *,
    by: Actor,
    given: Sequence[Iterable[str]],
) -> None:
    """Work drafts out afresh from their lines and write what changed. The items keep their ids."""
    books = Books.of(by)
    defaults = _read(books, entries, lines, given, by=by)
    written = _items(entries, lines, defaults)
    check_fields(entries)
    _keep_ids(entries, written)
    kept = [row.item for row in written if row.item.pk]
    ItemTax.objects.filter(item__entry__in=entries).delete()
    ItemTag.objects.filter(item__entry__in=entries).delete()
    JournalItem.objects.filter(entry__in=entries).exclude(
        pk__in=[item.pk for item in kept]
    ).delete()
    if kept:
        JournalItem.objects.bulk_update(kept, REWRITTEN)
    bulk.insert([row.item for row in written if not row.item.pk])
    documents.write_links(written)
    _store_all(entries)


@verb("accounting.delete_journalentry")
def delete(entries: JournalEntryQuerySet, *, by: Actor) -> int:
    """Delete drafts that never had a number; answers how many. Refuses with `NotDraft` or `NumberGiven`."""
    rows = list(entries.locked())
    for entry in rows:
        if entry.number:
            raise NumberGiven(record=entry)
        if entry.state == JournalEntry.State.POSTED:
            raise NotDraft(record=entry)
    ids = [entry.pk for entry in rows]
    JournalItem.objects.filter(entry__in=ids, state="draft").delete()
    JournalEntry.objects.filter(pk__in=ids).delete()
    return len(ids)


def _new(row: Values, books: Books, *, by: Actor, on: date) -> JournalEntry:
    fields = {name: value for name, value in row.items() if name != "lines"}
    kind = fields.setdefault("kind", JournalEntry.Kind.ENTRY)
    journal_id = fields.pop("journal_id", None)
    company_id = fields.pop("company_id", None)
    if company_id is None:
        company_id = books.journal_by_id(journal_id).company_id if journal_id else by.company_id
    settings = books.of_company(company_id)
    journal = books.journal(kind, settings.company_id, journal_id)
    fields["currency_id"] = (
        fields.get("currency_id") or journal.currency_id or settings.company.currency_id
    )
    fields["date"] = fields.get("date") or fields.get("invoice_date") or on
    fields = {
        name: value
        for name, value in fields.items()
        if value is not None or name.endswith(("_id", "_date"))
    }
    entry = JournalEntry(company_id=settings.company_id, journal=journal, **fields)
    if entry.is_sale and entry.invoice_date:
        entry.date = entry.invoice_date
    if entry.is_sale and "salesperson_id" not in fields:
        entry.salesperson_id = by.user_id
    return entry


def _read(
    books: Books,
    entries: Sequence[JournalEntry],
    lines: list[list[Line]],
    given: Sequence[Iterable[str]],
    *,
    by: Actor,
) -> Defaults:
    check_lines(row for rows in lines for row in rows)
    defaults = reading.read(books, entries, lines, by=by)
    for entry, rows in zip(entries, lines, strict=True):
        check_wares(entry, rows, defaults.products)
    for entry, names in zip(entries, given, strict=True):
        entry.rate = defaults.rate(entry) if "rate" not in names else entry.rate
        if entry.is_document and not {"payment_term_id", "due_date"} & set(names):
            entry.payment_term_id = defaults.payment_term(entry)
    terms = given_ids(entry.payment_term_id for entry in entries if entry.is_document)
    defaults.terms = reading.read_terms(terms, by=by)
    return defaults


def _items(
    entries: Sequence[JournalEntry], lines: list[list[Line]], defaults: Defaults
) -> list[WrittenItem]:
    written: list[WrittenItem] = []
    for entry, rows in zip(entries, lines, strict=True):
        if entry.is_document:
            agreed = defaults.terms.get(entry.payment_term_id or 0) or Agreed([])
            written += DocumentItems(
                entry, rows, defaults, _journal(entry, defaults), agreed
            ).build()
        else:
            written += plain_items(entry, rows, defaults)
    return written


def _journal(entry: JournalEntry, defaults: Defaults) -> Journal:
    return defaults.books.journal(entry.kind, entry.company_id, entry.journal_id)


def _store_all(entries: Sequence[JournalEntry]) -> None:
    fixed = {
        "id",
        "created_at",
        "created_by",
        "changed_at",
        "changed_by",
        "state",
        "number",
        "payment_state",
    }
    names = [field.name for field in JournalEntry._meta.concrete_fields if field.name not in fixed]
    JournalEntry.objects.bulk_update(entries, names)


def _write_fields(
    rows: Sequence[JournalEntry], fields: Values, by: Actor, *, save: bool = True
) -> None:
    for entry in rows:
        for name, value in fields.items():
            setattr(entry, name, value)
        if fields.get("invoice_date") and (entry.is_sale or "date" not in fields):
            entry.date = fields["invoice_date"]
        if "due_date" in fields and "payment_term_id" not in fields:
            entry.payment_term_id = None
        elif "invoice_date" in fields and entry.payment_term_id is None:
            entry.due_date = None
    if CHECKED & fields.keys():
        check_links(rows, by)
    if save and fields and rows:
        check_fields(rows)
        JournalEntry.objects.bulk_update(rows, [name.removesuffix("_id") for name in fields])


def _settled(fields: Values) -> set[str]:
    """What is not to be taken from partner or day again when an entry is rewritten."""
    settled = set(fields)
    if "partner_id" not in fields:
        settled.add("payment_term_id")
    if not {"currency_id", "date", "invoice_date"} & fields.keys():
        settled.add("rate")
    return settled


def _line_changes(wanted: Any) -> LineChanges:
    if wanted is None:
        return LineChanges()
    if isinstance(wanted, list | tuple):
        return LineChanges(add=list(wanted), replace=True)
    return cast("LineChanges", wanted)


def _keep_ids(entries: Sequence[JournalEntry], written: list[WrittenItem]) -> None:
    """Give derived items (taxes, dues) the ids of those they take the place of."""
    derived = JournalItem.objects.filter(entry__in=entries).exclude(
        display_type__in=JournalItem.LINES
    )
    free: dict[tuple[Any, ...], list[int]] = {}
    for item in derived.order_by("-pk"):
        free.setdefault(_role(item), []).append(item.pk)
    for row in written:
        if row.item.pk is None and free.get(_role(row.item)):
            row.item.pk = free[_role(row.item)].pop()


def _role(item: JournalItem) -> tuple[Any, ...]:
    return item.entry_id, item.display_type, item.tax_id, item.repartition_id, item.account_id
