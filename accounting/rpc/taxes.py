"""Taxes on the wire: `amount` is what a tax comes to on the whole price, so that a client can multiply."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import Tax, TaxGroup, TaxRepartition
from rpc import computed, expose, subset


def rate_of(amount: Decimal) -> dict[str, Any]:
    """A rate given as one number is on the whole price."""
    return {"rate": amount, "base_numerator": 1, "base_denominator": 1}


def defaults(call: Any) -> dict[str, Any]:
    """A new tax is of the current company and stands in its first group."""
    group = TaxGroup.objects.filter(company=call.company_id).values_list("pk", flat=True).first()
    return {"tax_group_id": group or False, "type_tax_use": "sale", "amount_type": "percent"}


expose(
    "account.tax.group",
    model=TaxGroup,
    label=_("Tax Group"),
    order="sequence, id",
    display="name",
    writes=(
        "name sequence country company tax_payable_account_id=payable_account "
        "tax_receivable_account_id=receivable_account preceding_subtotal"
    ),
)

expose(
    "account.tax",
    model=Tax,
    label=_("Tax"),
    order="sequence, id",
    display="name",
    search="name description invoice_label",
    writes=(
        "name type_tax_use=use tax_scope=scope amount_type=kind active=is_active company country tax_group_id=group "
        "price_include_override=inclusion include_base_amount=affects_base is_base_affected description invoice_label "
        "sequence children_tax_ids=children"
    ),
    reads="statutory_rate=rate base_numerator base_denominator",
    html="description",
    required="country_id sequence",
    values={"price_include_override": {"": False}, "tax_scope": {"": False}},
    defaults=defaults,
    computed=(
        computed(
            "amount",
            "float",
            label=_("Amount"),
            sql="{amount}",
            write=rate_of,
            digits=(16, 4),
            required=True,
        ),
        computed(
            "price_include",
            "boolean",
            label=_("Included in Price"),
            sql="""coalesce(nullif({inclusion}, ''), (
                SELECT s.price_inclusion FROM accounting_companyaccounting s WHERE s.company_id = {company}
            ), '') = 'tax_included'""",
        ),
        computed("analytic", "boolean", label=_("Include in Analytic Cost"), sql="false"),
        computed(
            "tax_exigibility",
            "selection",
            label=_("Tax Exigibility"),
            choices=[("on_invoice", _("Based on Invoice")), ("on_payment", _("Based on Payment"))],
            sql="'on_invoice'",
        ),
        subset(
            "invoice_repartition_line_ids",
            "repartition",
            only="{document} = 'invoice'",
            label=_("Distribution for Invoices"),
        ),
        subset(
            "refund_repartition_line_ids",
            "repartition",
            only="{document} = 'refund'",
            label=_("Distribution for Refunds"),
        ),
    ),
)

expose(
    "account.tax.repartition.line",
    model=TaxRepartition,
    label=_("Tax Repartition Line"),
    order="document_type, repartition_type, sequence, id",
    display="kind",
    writes=(
        "tax document_type=document repartition_type=kind factor_percent account tag_ids=tags "
        "use_in_tax_closing=is_in_closing sequence"
    ),
    reads="company_id=tax.company",
    required="tax_id factor_percent",
    computed=(computed("factor", "float", label=_("Factor Ratio"), sql="{factor_percent} / 100"),),
)
