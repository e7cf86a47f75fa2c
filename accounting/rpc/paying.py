"""The wizard that registers payments on the wire: what it begins with, what it works out, what it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.errors import NothingToPay, NotPosted, PaidOver
from accounting.models import Journal, JournalEntry, JournalItem, Payment
from accounting.rpc.ways_to_pay import INBOUND, OUTBOUND, way_id
from accounting.services import payments
from accounting.services.defaults import Books
from accounting.services.settlement import Batch, batches, rates_of
from base.errors import Invalid
from base.money import ZERO
from rpc import field, wizard
from rpc.actions import BY_HAND, notice
from rpc.actions import rows as show
from rpc.models import Wizard


@dataclass(frozen=True)
class Asked:
    """What a payment is to be, as far as it is said yet."""

    call: Any
    ids: list[int]
    on: date
    journal_id: int | None = None
    currency_id: int | None = None
    is_grouped: bool = True
    takes_discount: bool = True
    amount: Decimal | None = None

    @classmethod
    def of(cls, call: Any, given: Mapping[str, Any], ids: list[int]) -> "Asked":
        """Read the values of the wire; what is left empty is left to the house."""
        way, day, amount = (
            given.get(name) for name in ("payment_method_line_id", "payment_date", "amount")
        )
        return cls(
            call,
            ids,
            on=date.fromisoformat(str(day)[:10]) if day else call.today(),
            journal_id=given.get("journal_id") or (way // 2 if way else None),
            currency_id=given.get("currency_id") or None,
            is_grouped=given.get("group_payment") is not False,
            takes_discount=given.get("early_payment_discount_mode") is not False,
            amount=None if amount is None or amount is False else Decimal(str(amount)),
        )

    @cached_property
    def books(self) -> Books:
        """The settings and journals of the companies."""
        return Books.of(self.call.actor)

    @cached_property
    def rows(self) -> list[JournalEntry]:
        """The documents."""
        return list(JournalEntry.objects.filter(pk__in=self.ids).with_parties())

    @cached_property
    def journal(self) -> Journal | None:
        """Through what it is paid: as asked, else the first bank or cash journal of the company."""
        for one in self.books.journals:
            if one.pk == self.journal_id:
                return one
        own = self.rows[0].company_id if self.rows else self.call.company_id
        usable = (one for one in self.books.journals if one.company_id == own and one.is_liquid)
        return next(usable, None)

    @cached_property
    def found(self) -> list[Batch]:
        """What is open, gathered into payments, and what paying all of it takes."""
        found = batches(
            self.rows, is_grouped=self.is_grouped, on=self.on, books=self.books, is_locked=False
        )
        own = self.journal.currency_id if self.journal else None
        for batch in found:
            batch.paid_in = own or self.currency_id or batch.currency.pk
        rates = rates_of(found, on=self.on, books=self.books)
        for batch in found:
            batch.pay(None, rates, self.on)
        return found

    @property
    def is_offered(self) -> bool:
        """Whether paying all of it on that day saves an early payment discount."""
        return any(batch.differences for batch in self.found)

    @cached_property
    def discounted(self) -> Decimal:
        """What is to be paid with the discount."""
        return sum((batch.paid for batch in self.found), ZERO)

    @cached_property
    def whole(self) -> Decimal:
        """What is to be paid without it."""
        return sum((batch.whole for batch in self.found), ZERO)

    @property
    def is_discounted(self) -> bool:
        """Whether the discount is taken: where it is offered, not declined, and the amount typed is not another one."""
        return self.is_offered and self.takes_discount and self.amount in {None, self.discounted}

    @property
    def due(self) -> Decimal:
        """What there is to pay."""
        return self.discounted if self.is_discounted else self.whole


def documents_at_hand(call: Any) -> list[int]:
    """The documents a wizard was opened on, by themselves or by their items."""
    ids = call.active_ids("account.move")
    lines = call.active_ids("account.move.line")
    found = (
        JournalItem.objects.filter(pk__in=lines).values_list("entry_id", flat=True) if lines else ()
    )
    return sorted({*ids, *found})


def payment_defaults(call: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the payment wizard begins with: all that is open, through the first bank journal, today.

    What is given already decides the rest: another journal its currency, another day the discount and the rate.
    """
    ids = documents_at_hand(call)
    asked = Asked.of(call, given, ids)
    _check_by_hand(asked)
    values: dict[str, Any] = {
        "payment_date": asked.on.isoformat(),
        "group_payment": len(asked.found) == 1 and len(ids) > 1,
        "payment_difference_handling": "open",
        "installments_mode": "full",
        "early_payment_discount_mode": asked.is_offered,
        "line_ids": [item.pk for batch in asked.found for item in batch.items],
    }
    return values | _of_found(asked) if asked.found else values


def _of_found(asked: Asked) -> dict[str, Any]:
    found, journal = asked.found, asked.journal
    first = found[0].entries[0]
    paid = asked.due if asked.amount is None else asked.amount
    return {
        "amount": float(asked.due),
        "source_amount": float(asked.due),
        "payment_difference": float(asked.due - paid),
        "can_group_payments": _can_group(asked),
        "can_edit_wizard": len(found) == 1,
        "early_payment_discount": float(asked.whole - asked.discounted),
        "currency_id": found[0].paid_in,
        "company_id": first.company_id,
        "journal_id": journal.pk if journal else False,
        "payment_method_line_id": way_of(journal, is_inbound=found[0].is_inbound),
        "partner_id": first.partner_id
        if len({b.entries[0].partner_id for b in found}) == 1
        else False,
        "payment_type": "inbound" if found[0].is_inbound else "outbound",
        "partner_type": "customer" if first.is_sale else "supplier",
        "communication": ", ".join(
            e.payment_reference or e.number for b in found for e in b.entries
        ),
    }


def _can_group(asked: Asked) -> bool:
    """Whether documents of the same partner can be paid with one payment."""
    owners = [(row.company_id, row.partner_id, row.currency_id, row.is_sale) for row in asked.rows]
    return len(set(owners)) < len(owners)


def _check_by_hand(asked: Asked) -> None:
    """Tell people before they type anything that there is nothing to pay."""
    if not asked.call.context.get(BY_HAND):
        return
    for entry in asked.rows:
        if entry.state != JournalEntry.State.POSTED:
            raise NotPosted(record=entry)
    if not asked.found:
        raise NothingToPay


def way_of(journal: Journal | None, *, is_inbound: bool) -> Any:
    """The way to pay through a journal; false without one."""
    return way_id(journal.pk, INBOUND if is_inbound else OUTBOUND) if journal else False


def differences(_call: Any, ids: list[int]) -> dict[int, float]:
    """What is left open when wizards pay less than there is to pay."""
    found = {}
    for row in Wizard.objects.filter(pk__in=ids):
        due, paid = (
            Decimal(str(row.values.get(name) or 0)) for name in ("source_amount", "amount")
        )
        found[row.pk] = float(due - paid)
    return found


def create_payments(call: Any, wizards: list[Any]) -> Any:
    """Register what the wizards say."""
    made: list[Payment] = []
    for row in wizards:
        made += _registered(call, row.values)
    if call.context.get(BY_HAND):
        return notice(_told(made))
    if call.context.get("dont_redirect_to_payments"):
        return True
    return show("account.payment", [payment.pk for payment in made], name=str(_("Payments")))


def _registered(call: Any, values: Mapping[str, Any]) -> list[Payment]:
    items = JournalItem.objects.filter(pk__in=values["line_ids"])
    ids = sorted(set(items.values_list("entry_id", flat=True)))
    grouped = {**values, "group_payment": bool(values["group_payment"])}
    asked = Asked.of(call, grouped, ids)
    # The wizard's own proposal means: all of it.
    is_all = asked.amount in {None, asked.due, sum((batch.amount for batch in asked.found), ZERO)}
    writes_off = values["payment_difference_handling"] == "reconcile"
    if call.context.get(BY_HAND) and not is_all:
        _check_meant(asked, values, writes_off=writes_off)
    return payments.register(
        JournalEntry.objects.filter(pk__in=ids),
        by=call.actor,
        on=asked.on,
        journal_id=asked.journal_id,
        amount=None if is_all else asked.amount,
        currency_id=asked.found[0].paid_in if asked.found and asked.currency_id else None,
        is_grouped=asked.is_grouped,
        takes_discount=asked.is_discounted,
        memo=values["communication"] or "",
        bank_account_id=values["partner_bank_id"],
        difference_account_id=values["writeoff_account_id"] if writes_off else None,
        difference_label=values["writeoff_label"] or "",
    )


def _check_meant(asked: Asked, values: Mapping[str, Any], *, writes_off: bool) -> None:
    """Paying more than is open is most often a slip: people have to say that they mean it, or where the rest goes."""
    if writes_off and not values["writeoff_account_id"]:
        raise Invalid(
            {"writeoff_account_id": [str(_("Choose the account that takes the difference."))]}
        )
    if not writes_off and not values["keeps_rest"] and (asked.amount or ZERO) > asked.whole > ZERO:
        assert asked.amount is not None
        raise PaidOver(over=asked.amount - asked.whole, currency=asked.found[0].currency)


def _told(made: list[Payment]) -> str:
    numbers = ", ".join(str(payment) for payment in made[:5])
    told = ngettext(
        "Payment %(numbers)s is registered.",
        "%(count)s payments are registered: %(numbers)s.",
        len(made),
    )
    return told % {"numbers": numbers, "count": len(made)}


wizard(
    "account.payment.register",
    label=_("Pay"),
    permission="accounting.register_payment",
    fields=(
        field("payment_date", "date", _("Payment Date"), required=True),
        field("amount", "monetary", _("Amount")),
        field("communication", "char", _("Memo")),
        field("group_payment", "boolean", _("Group Payments")),
        field("can_group_payments", "boolean", _("Can Group Payments")),
        field("can_edit_wizard", "boolean", _("Can Edit Amount")),
        field("currency_id", "many2one", _("Currency"), relation="res.currency"),
        field("journal_id", "many2one", _("Journal"), relation="account.journal"),
        field("partner_id", "many2one", _("Partner"), relation="res.partner"),
        field(
            "partner_bank_id", "many2one", _("Recipient Bank Account"), relation="res.partner.bank"
        ),
        field("company_id", "many2one", _("Company"), relation="res.company"),
        field(
            "payment_type",
            "selection",
            _("Payment Type"),
            choices=[("outbound", _("Send Money")), ("inbound", _("Receive Money"))],
        ),
        field(
            "partner_type",
            "selection",
            _("Partner Type"),
            choices=[("customer", _("Customer")), ("supplier", _("Vendor"))],
        ),
        field("line_ids", "many2many", _("Journal Items"), relation="account.move.line"),
        field(
            "payment_difference_handling",
            "selection",
            _("Payment Difference Handling"),
            choices=[("open", _("Keep open")), ("reconcile", _("Mark as fully paid"))],
        ),
        field(
            "writeoff_account_id", "many2one", _("Difference Account"), relation="account.account"
        ),
        field("writeoff_label", "char", _("Journal Item Label")),
        field(
            "payment_method_line_id",
            "many2one",
            _("Payment Method"),
            relation="account.payment.method.line",
        ),
        field("source_amount", "monetary", _("Amount to Pay")),
        field(
            "payment_difference",
            "monetary",
            _("Payment Difference"),
            function=differences,
        ),
        field(
            "early_payment_discount",
            "monetary",
            _("Early Payment Discount"),
        ),
        field("early_payment_discount_mode", "boolean", _("Take the Early Payment Discount")),
        field("keeps_rest", "boolean", _("Keep What Is Paid Over as a Credit")),
        field(
            "installments_mode",
            "selection",
            _("Installments Mode"),
            choices=[("full", _("Full Amount"))],
        ),
    ),
    defaults=payment_defaults,
    methods={"action_create_payments": create_payments},
)
