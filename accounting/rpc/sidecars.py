"""What accounting adds to companies, partners and products on the wire."""

from decimal import Decimal
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
        own: dict[int, int | None] = dict(
            PartnerAccounting.objects.filter(
                partner__in=ids, **{f"{side}_account__company": call.company_id}
            ).values_list("partner_id", f"{side}_account_id")
        )
        default = CompanyAccounting.objects.filter(company=call.company_id)
        shared = default.values_list(f"{side}_account_id", flat=True).first()
        wanted = {pk for pk in (*own.values(), shared) if pk is not None}
        names = {
            account.pk: [account.pk, str(account)]
            for account in Account.objects.filter(pk__in=wanted)
        }
        return {pk: names.get(own.get(pk, shared) or 0, False) for pk in ids}

    return function


def owed(kind: str, sign: int) -> Any:
    """What is open with partners on accounts of a kind, in the companies switched on; addresses show their company's."""

    def function(call: Any, ids: list[int]) -> dict[int, Any]:
        owners = dict(Partner.objects.filter(pk__in=ids).values_list("pk", "commercial_partner_id"))
        rows = JournalItem.objects.posted().filter(
            partner__commercial_partner__in=set(owners.values()),
            account__kind=kind,
            is_reconciled=False,
        )
        if not call.actor.sees_all_companies:
            rows = rows.filter(company__in=call.actor.company_ids)
        sums = (
            rows.order_by()
            .values_list("partner__commercial_partner")
            .annotate(open=Sum("residual"))
        )
        amounts: dict[int, Decimal] = dict(sums)
        return {pk: float(sign * amounts.get(owner, Decimal(0))) for pk, owner in owners.items()}

    return function


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
