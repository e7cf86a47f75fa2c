"""Partners on the wire: contacts, their tags, industries and bank accounts."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from base.models import Bank, Industry, Language, Partner, PartnerBankAccount, PartnerTag
from base.rpc.pictures import pictures
from base.rpc.threads import thread
from base.services import partners
from rpc import computed, does, expose, model_method, record_method
from rpc.context import LOCALES, Call
from rpc.faults import missing_error
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows


def spoken() -> list[tuple[Any, Any]]:
    """The languages that partners and users may choose, by their short codes."""
    return list(Language.objects.active().values_list("django_code", "name"))


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones of the world."""
    return [(name, name) for name in sorted(available_timezones())]


def name_create(call: Call, name: Any) -> list[Any]:
    """Make a partner from one line: a name, or `Name <address>`."""
    made = partners.create_named(str(name), by=call.actor)
    return [made.pk, made.complete_name or made.name]


def find_or_create(call: Call, email: Any) -> list[int]:
    """The partner with an e-mail address, or a new one."""
    return [partners.find_or_create(str(email), by=call.actor).pk]


def create_company(call: Call, ids: Any) -> bool:
    """Make a company of the company name written on a person, and let the person belong to it."""
    for person in found_rows(call, row_ids(ids), "write"):
        partners.create_company(person, by=call.actor)
    return True


def address_get(call: Call, ids: Any, adr_pref: Any = None) -> dict[str, Any]:
    """The address to use for each kind of letter."""
    wanted = list(adr_pref or ["contact"])
    partner = found_rows(call, row_ids(ids)[:1], "read").first()
    if partner is None:
        raise missing_error(call.exposure.name, list(ids), call.actor.user_id)
    return dict(partners.addresses(partner, wanted))


expose(
    "res.partner",
    model=Partner,
    label=_("Contact"),
    order="complete_name, id desc",
    writes="""
        name is_company parent children type=kind ref=reference vat=tax_id l10n_id_nik=nik company_registry is_active
        lang=language tz=timezone user_id=salesperson company email phone website function=job_title
        street street2 city zip state country category_id=tags industry comment bank_ids=bank_accounts barcode color
        employee=is_employee company_name customer_rank supplier_rank
    """,
    reads="complete_name commercial_partner country_code=country.code user_ids=user",
    values={"lang": LOCALES},
    choices={"lang": spoken, "tz": zones},
    uncopied="barcode",
    sorts={"complete_name": "sort_name"},
    computed=(
        computed(
            "company_type",
            "selection",
            label=_("Company Type"),
            choices=[("person", _("Person")), ("company", _("Company"))],
            sql="CASE WHEN {is_company} THEN 'company' ELSE 'person' END",
            is_filled=True,
            default="person",
            write=lambda value: {"is_company": value == "company"},
        ),
        computed(
            "partner_share",
            "boolean",
            label=_("Share Partner"),
            sql="NOT EXISTS (SELECT 1 FROM base_user u WHERE u.partner_id = {pk} AND u.is_active)",
        ),
        computed(
            "credit_limit",
            "float",
            label=_("Credit Limit"),
            sql="{credit_limit}",
            digits=(20, 4),
            write=lambda amount: {"credit_limit": amount},
        ),
        *pictures(),
    ),
    verbs={
        "action_archive": does(partners.archive, answers=None),
        "action_unarchive": does(partners.unarchive, answers=None),
    },
    methods={
        "name_create": model_method(name_create),
        "find_or_create": model_method(find_or_create),
        "create_company": record_method(create_company),
        "address_get": record_method(address_get, writes=False),
    },
)

thread("res.partner", Partner)

expose(
    "res.partner.category",
    model=PartnerTag,
    label=_("Partner Tags"),
    order="name, id",
    writes="name color parent children is_active partners",
    reads="complete_name",
)

expose(
    "res.partner.industry",
    model=Industry,
    label=_("Industry"),
    order="name",
    writes="name full_name is_active",
)

expose(
    "res.bank",
    model=Bank,
    label=_("Bank"),
    order="name, id",
    writes="name bic is_active street city zip country=country email phone",
)

expose(
    "res.partner.bank",
    model=PartnerBankAccount,
    label=_("Bank Accounts"),
    order="sequence, id",
    writes="""
        acc_number=number acc_holder_name=holder_name partner bank currency allow_out_payment=is_trusted is_active
        sequence
    """,
    reads="sanitized_acc_number=sanitized_number bank_name=bank.name bank_bic=bank.bic company_id=partner.company",
    computed=(
        computed(
            "acc_type",
            "selection",
            label=_("Type"),
            choices=[("bank", _("Normal"))],
            sql="'bank'",
        ),
    ),
)
