"""What accounting adds to companies, partners and products on the wire."""

from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

from django.db.models import Sum
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounting.models import (
    Account,
    CompanyAccounting,
    JournalEntry,
    JournalItem,
    PartnerAccounting,
)
from accounting.services import charts
from base.models import Partner
from rpc import computed, extend
from rpc.fields import Link

extend(
    "res.company",
    via="accounting",
    writes=(
        "account_sale_tax_id=sale_tax account_purchase_tax_id=purchase_tax account_price_include=price_inclusion "
        "tax_calculation_rounding_method=tax_rounding fiscalyear_last_day=year_end_day"
    ),
    reads=(
        "fiscalyear_lock_date=lock_date tax_lock_date sale_lock_date purchase_lock_date "
        "hard_lock_date account_journal_suspense_account_id=suspense_account transfer_account_id=transfer_account "
        "currency_exchange_journal_id=exchange_journal"
    ),
    computed=(
        computed(
            "chart_template",
            "selection",
            label=_("Fiscal Localization"),
            choices=lambda: [(key, key) for key in charts.available()],
            sql="nullif({accounting.chart}, '')",
        ),
        computed(
            "fiscalyear_last_month",
            "selection",
            label=_("Last Month of the Fiscal Year"),
            choices=[(str(month), name) for month, name in MONTHS.items()],
            sql="{accounting.year_end_month}::text",
            write=lambda month: {"accounting.year_end_month": int(month or 12)},
            required=True,
        ),
    ),
    required="fiscalyear_last_day",
    values={
        "tax_calculation_rounding_method": {
            "per_line": "round_per_line",
            "globally": "round_globally",
        }
    },
)


def partner_account(side: str) -> Any:
    """The partner's own account on a side, else the current company's."""

    def function(call: Any, ids: list[int]) -> dict[int, Any]:
        found: dict[str, dict[int, Any]] = call.once("accounts", partial(accounts, call, ids))
        return found[side]

    return function


def accounts(call: Any, ids: list[int]) -> dict[str, dict[int, Any]]:
    """The accounts that partners' debts and claims are booked on, by side: their own, else the current company's."""
    sides = ("receivable", "payable")
    company = call.company_id
    default = CompanyAccounting.objects.filter(company=company).values(
        *(f"{side}_account_id" for side in sides)
    )
    shared = default.first() or {}
    own = PartnerAccounting.objects.filter(partner__in=ids).select_related(
        *(f"{side}_account" for side in sides)
    )
    known = {one.partner_id: one for one in own}
    fallen_back = Account.objects.in_bulk({pk for pk in shared.values() if pk is not None})
    found: dict[str, dict[int, Any]] = {side: {} for side in sides}
    for side, pk in product(sides, ids):
        account = getattr(known.get(pk), f"{side}_account", None)
        if account is None or account.company_id != company:
            account = fallen_back.get(shared.get(f"{side}_account_id") or 0)
        found[side][pk] = account.pk if account else False
    return found


def owed(kind: str, sign: int) -> Any:
    """What is open with partners on accounts of a kind, in the companies switched on; addresses show their company's."""

    def function(call: Any, ids: list[int]) -> dict[int, Any]:
        found: dict[tuple[int, str], Decimal] = call.once("open", partial(open_sums, call, ids))
        return {pk: float(sign * found.get((pk, kind), Decimal(0))) for pk in ids}

    return function


def open_sums(call: Any, ids: list[int]) -> dict[tuple[int, str], Decimal]:
    """What is open with partners by kind of account."""
    owners = dict(Partner.objects.filter(pk__in=ids).values_list("pk", "commercial_partner_id"))
    rows = JournalItem.objects.posted().filter(
        partner__commercial_partner__in=set(owners.values()),
        account__kind__in=("asset_receivable", "liability_payable"),
        is_reconciled=False,
    )
    if not call.actor.sees_all_companies:
        rows = rows.filter(company__in=call.actor.company_ids)
    sums = rows.order_by().values_list("partner__commercial_partner", "account__kind")
    amounts = {(owner, kind): open_ for owner, kind, open_ in sums.annotate(open=Sum("residual"))}
    kinds = {kind for _owner, kind in amounts}
    return {
        (pk, kind): amounts[owner, kind]
        for (pk, owner), kind in product(owners.items(), kinds)
        if (owner, kind) in amounts
    }


def total_invoiced(call: Any, ids: list[int]) -> dict[int, Any]:
    """What partners were invoiced before tax, credit notes taken off."""
    rows = JournalEntry.objects.posted().filter(partner__in=ids, kind__in=JournalEntry.SALES)
    if not call.actor.sees_all_companies:
        rows = rows.filter(company__in=call.actor.company_ids)
    found = dict.fromkeys(ids, 0.0)
    for partner, kind, amount in (
        rows.order_by().values_list("partner", "kind").annotate(sum=Sum("untaxed"))
    ):
        found[partner] += float(amount if kind == JournalEntry.Kind.OUT_INVOICE else -amount)
    return found


SEEN_BY = {"permission": "accounting.view_journalitem"}

extend(
    "res.partner",
    restricted={"credit_limit": SEEN_BY["permission"]},
    writes=(
        "property_payment_term_id=accounting.payment_term "
        "property_supplier_payment_term_id=accounting.supplier_payment_term"
    ),
    computed=(
        computed(
            "property_account_receivable_id",
            "many2one",
            label=_("Account Receivable"),
            relation="account.account",
            function=partner_account("receivable"),
            write=lambda pk: {"accounting.receivable_account_id": pk},
            **SEEN_BY,
        ),
        computed(
            "property_account_payable_id",
            "many2one",
            label=_("Account Payable"),
            relation="account.account",
            function=partner_account("payable"),
            write=lambda pk: {"accounting.payable_account_id": pk},
            **SEEN_BY,
        ),
        computed(
            "credit",
            "monetary",
            label=_("Total Receivable"),
            function=owed("asset_receivable", 1),
            **SEEN_BY,
        ),
        computed(
            "debit",
            "monetary",
            label=_("Total Payable"),
            function=owed("liability_payable", -1),
            **SEEN_BY,
        ),
        computed(
            "total_invoiced",
            "monetary",
            label=_("Total Invoiced"),
            function=total_invoiced,
            **SEEN_BY,
        ),
    ),
)

extend(
    "res.partner.bank",
    computed=(
        computed(
            "journal_id",
            "one2many",
            label=_("Account Journal"),
            relation="account.journal",
            inverse="bank_account_id",
            link=Link("{pk}", '"accounting_journal"', '"bank_account_id"', '"id"', many=False),
        ),
    ),
)

WORDS = (
    "property_account_income_id={0}income_account property_account_expense_id={0}expense_account "
    "taxes_id={0}sale_taxes supplier_taxes_id={0}purchase_taxes"
)

extend("product.template", writes=WORDS.format("accounting."))
extend("product.product", writes=WORDS.format("template.accounting."))
