"""Journal items and reconciliations on the wire. Items are written through their entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import FullReconciliation, JournalEntry, JournalItem, PartialReconciliation
from accounting.models.item import JournalItemQuerySet
from accounting.services import invoices, reconciliation
from accounting.services.lines import LineChanges
from base.actors import Actor
from rpc import computed, does, expose


def create(rows: Sequence[Mapping[str, Any]], *, by: Actor) -> list[int]:
    """Add lines to their entries; answers their ids."""
    made: list[int] = []
    for row in rows:
        values = dict(row)
        entry_id = int(values.pop("entry_id", None) or 0)
        before = set(JournalItem.objects.filter(entry=entry_id).values_list("pk", flat=True))
        _edit([entry_id], LineChanges(add=[values]), by=by)
        lines = JournalItem.objects.filter(entry=entry_id).lines().exclude(pk__in=before)
        made += list(lines.order_by("pk").values_list("pk", flat=True)[:1])
    return made


def write(rows: JournalItemQuerySet, values: Mapping[str, Any], *, by: Actor) -> None:
    """Change lines, each through its entry."""
    for entry_id, ids in _by_entry(rows).items():
        _edit([entry_id], LineChanges(change={pk: dict(values) for pk in ids}), by=by)


def unlink(rows: JournalItemQuerySet, *, by: Actor) -> int:
    """Take lines out of their entries."""
    found = _by_entry(rows)
    for entry_id, ids in found.items():
        _edit([entry_id], LineChanges(remove=ids), by=by)
    return sum(len(ids) for ids in found.values())


def _by_entry(rows: JournalItemQuerySet) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pk, entry_id in rows.order_by("pk").values_list("pk", "entry_id"):
        found.setdefault(entry_id, []).append(pk)
    return found


def _edit(entry_ids: Sequence[int], changes: LineChanges, *, by: Actor) -> None:
    invoices.edit(JournalEntry.objects.filter(pk__in=entry_ids), {"lines": changes}, by=by)


expose(
    "account.move.line",
    model=JournalItem,
    label=_("Journal Item"),
    order="date desc, move_name desc, id",
    display="coalesce(nullif({entry.number}, '') || ' ', '') || {label}",
    search="name move_name ref",
    currency="company_currency_id",
    writes=(
        "move_id=entry name=label account partner product product_uom_id=unit quantity price_unit=unit_price discount "
        "tax_ids=taxes debit credit currency date_maturity=due_date display_type sequence"
    ),
    reads=(
        "parent_state=state date invoice_date=entry.invoice_date move_type=entry.kind journal company "
        "account_type=account.kind ref=entry.reference tax_line_id=tax tax_group_id=tax.group tax_tag_ids=tags "
        "tax_base_amount=tax_base tax_repartition_line_id=repartition company_currency_id=company.currency "
        "amount_residual=residual reconciled=is_reconciled full_reconcile_id=full_reconciliation "
        "matched_debit_ids=matched_debits matched_credit_ids=matched_credits payment_id=entry.payment"
    ),
    computed=(
        computed("move_name", "char", label=_("Number"), sql="nullif({entry.number}, '')"),
        computed(
            "balance",
            "monetary",
            label=_("Balance"),
            sql="{balance}",
            currency="company_currency_id",
            write=lambda amount: {"balance": amount},
        ),
        computed(
            "amount_currency",
            "monetary",
            label=_("Amount in Currency"),
            sql="{amount_currency}",
            currency="currency_id",
            write=lambda amount: {"amount_currency": amount},
        ),
        computed(
            "price_subtotal",
            "monetary",
            label=_("Subtotal"),
            sql="{subtotal}",
            currency="currency_id",
        ),
        computed(
            "price_total", "monetary", label=_("Total"), sql="{total}", currency="currency_id"
        ),
        computed(
            "amount_residual_currency",
            "monetary",
            label=_("Residual Amount in Currency"),
            sql="{residual_currency}",
            currency="currency_id",
        ),
        computed("matching_number", "char", label=_("Matching #"), sql="nullif({matching}, '')"),
    ),
    create=create,
    write=write,
    unlink=unlink,
    verbs={
        "reconcile": does(reconciliation.reconcile, answers=None),
        "remove_move_reconcile": does(reconciliation.unreconcile, answers=None),
    },
)

expose(
    "account.partial.reconcile",
    model=PartialReconciliation,
    label=_("Partial Reconcile"),
    order="id",
    display="id",
    currency="company_currency_id",
    reads=(
        "debit_move_id=debit_item credit_move_id=credit_item amount debit_amount_currency credit_amount_currency "
        "max_date=date company full_reconcile_id=full_reconciliation exchange_move_id=exchange_entry company_currency_id=company.currency "
        "debit_currency_id=debit_item.currency credit_currency_id=credit_item.currency"
    ),
    create=False,
    write=False,
    unlink=reconciliation.take_away,
)

expose(
    "account.full.reconcile",
    model=FullReconciliation,
    label=_("Full Reconcile"),
    order="id",
    display="id",
    reads="partial_reconcile_ids=partials reconciled_line_ids=items",
    create=False,
    write=False,
    unlink=False,
)
