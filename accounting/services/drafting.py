"""What a draft may hold and refer to, and when it may still be written on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounting.errors import BelongsToPayment, NotDraft, NumberGiven
from accounting.models import JournalEntry, JournalItem
from accounting.services.lines import Line
from accounting.services.parties import Ware, given, read_partners
from base.actors import Actor
from base.errors import Invalid
from base.models import PartnerBankAccount, User
from base.money import round_half_up
from base.policies import require_all_visible
from base.services.records import OtherCompany

LINKS = frozenset(field.name for field in JournalEntry._meta.concrete_fields if field.is_relation)
AMOUNTS = ("quantity", "unit_price", "discount", "debit", "credit", "amount_currency")


def _sizes(names: Iterable[str]) -> Iterator[tuple[str, Any, int, int]]:
    """Each field with how many digits it has before and after the point."""
    for name in names:
        field: Any = JournalItem._meta.get_field(name)
        yield name, field, field.max_digits - field.decimal_places, field.decimal_places


SIZES = tuple(_sizes(AMOUNTS))
NOT_A_LINE = _("Lines of the type “%(type)s” are worked out, not written.")
LABEL = JournalItem._meta.get_field("label")


def check_lines(lines: Iterable[Line]) -> None:
    """Lines must be what people write, with amounts that have a size. Refuses with `Invalid`.

    Decimals beyond those that are stored are rounded away first, so that what is worked out is what is kept.
    """
    for line in lines:
        if line.display_type not in JournalItem.LINES:
            raise Invalid({"lines": [NOT_A_LINE % {"type": line.display_type}]})
        try:
            for name, field, whole, places in SIZES:
                setattr(line, name, _amount(getattr(line, name), field, whole, places))
            if line.label is not None and len(line.label) > (LABEL.max_length or 0):
                LABEL.run_validators(line.label)
        except ValidationError as error:
            raise Invalid({"lines": error.messages}) from None


def check_fields(entries: Sequence[JournalEntry]) -> None:
    """Fields must hold what they may hold; links are checked apart. Refuses with `Invalid`."""
    for entry in entries:
        try:
            entry.clean_fields(exclude={*LINKS, "rate"})
        except ValidationError as error:
            raise Invalid.of(error) from None


def check_links(entries: Sequence[JournalEntry], by: Actor) -> None:
    """Links that are not read with the batch must be visible to the actor too. Raises `Missing`."""
    for model, ids in (
        (PartnerBankAccount, {entry.bank_account_id for entry in entries}),
        (User, {entry.salesperson_id for entry in entries} - {by.user_id}),
    ):
        if wanted := given(ids):
            require_all_visible(model._default_manager.all(), wanted, by)
    read_partners(given(entry.delivery_partner_id for entry in entries), by=by)


def check_wares(entry: JournalEntry, lines: Iterable[Line], wares: Mapping[int, Ware]) -> None:
    """Products must be the entry's company's or everybody's. Refuses with `OtherCompany`."""
    for line in lines:
        ware = wares.get(line.product_id or 0)
        if ware is not None and ware.company_id not in {None, entry.company_id}:
            raise OtherCompany(field=str(JournalItem._meta.get_field("product").verbose_name))


def check_editable(entry: JournalEntry, fields: Mapping[str, Any]) -> None:
    """Only drafts are written on, and a number stays. Refuses with `NotDraft`, `BelongsToPayment`, `NumberGiven`."""
    if entry.state != JournalEntry.State.DRAFT:
        raise NotDraft(record=entry)
    check_own(entry)
    if not entry.number:
        return
    moved = fields.get("journal_id", entry.journal_id) != entry.journal_id
    years = {day.year for name in ("date", "invoice_date") if (day := fields.get(name))}
    if moved or fields.get("kind", entry.kind) != entry.kind or years - {entry.date.year}:
        raise NumberGiven(record=entry)


def check_own(entry: JournalEntry) -> None:
    """The entry of a payment is left to its payment. Refuses with `BelongsToPayment`."""
    if entry.belongs_to_payment:
        raise BelongsToPayment(record=entry, payment=entry.payment)


def _amount(value: Decimal | None, field: Any, whole: int, places: int) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(value)
    if not amount.is_finite() or amount.adjusted() >= whole:
        field.run_validators(amount)
    if -int(amount.as_tuple().exponent) > places:
        amount = round_half_up(amount, places)
    return amount
