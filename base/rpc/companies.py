"""Companies on the wire, and the world they live in: currencies and rates, countries and states, languages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import Company, Country, CountryState, Currency, CurrencyRate, Language
from base.rpc.pictures import picture
from rpc import computed, expose, model_method
from rpc.context import Call

RATE = """(
    SELECT r.rate FROM base_currencyrate r
     WHERE r.currency_id = {pk} AND r.date <= CURRENT_DATE
     ORDER BY (r.company_id IS NULL), r.date DESC, r.id DESC LIMIT 1
)"""


def get_installed(_call: Call) -> list[list[str]]:
    """The languages in use, as `[code, name]`."""
    return [list(row) for row in Language.objects.active().values_list("code", "name")]


def rounding(value: Any) -> dict[str, Any]:
    """The smallest amount, given as an amount, is kept as a number of decimal places."""
    exponent = value.normalize().as_tuple().exponent
    return {"decimal_places": max(0, -int(exponent))}


expose(
    "res.company",
    model=Company,
    label=_("Companies"),
    order="sequence, name",
    writes="""
        name currency parent sequence is_active account_fiscal_country_id=country user_ids=users
        email=partner.email phone=partner.phone website=partner.website vat=partner.tax_id
        company_registry=partner.company_registry street=partner.street street2=partner.street2 city=partner.city
        zip=partner.zip state_id=partner.state country_id=partner.country
    """,
    reads="partner child_ids=branches country_code=partner.country.code bank_ids=partner.bank_accounts",
    computed=(
        picture("logo", "logo", label=_("Company Logo")),
        picture("logo_web", "logo", 256, label=_("Logo Web")),
    ),
)

expose(
    "res.currency",
    model=Currency,
    label=_("Currency"),
    order="active desc, name",
    display="name",
    search="name full_name",
    writes="""
        name=code full_name symbol position decimal_places is_active iso_numeric=numeric_code
        currency_unit_label=unit_label currency_subunit_label=subunit_label
    """,
    reads="rate_ids=rates",
    computed=(
        computed(
            "rounding",
            "float",
            label=_("Rounding Factor"),
            sql="power(10::numeric, -{decimal_places})",
            write=rounding,
            digits=(12, 6),
        ),
        computed("rate", "float", label=_("Current Rate"), sql=f"COALESCE({RATE}, 1)"),
        computed("inverse_rate", "float", label=_("Inverse Rate"), sql=f"1 / COALESCE({RATE}, 1)"),
        computed(
            "date",
            "date",
            label=_("Date"),
            sql="(SELECT max(r.date) FROM base_currencyrate r WHERE r.currency_id = {pk})",
        ),
    ),
)

expose(
    "res.currency.rate",
    model=CurrencyRate,
    label=_("Currency Rate"),
    order="name desc, id",
    writes="name=date rate currency company",
    computed=(
        computed("company_rate", "float", label=_("Company Rate"), sql="{rate}"),
        computed(
            "inverse_company_rate", "float", label=_("Inverse Company Rate"), sql="1 / {rate}"
        ),
    ),
)

expose(
    "res.country",
    model=Country,
    label=_("Country"),
    order="name, id",
    writes="""
        name code currency phone_code address_format vat_label=tax_id_label state_required zip_required name_position
    """,
    reads="state_ids=states",
    computed=(computed("image_url", "char", label=_("Flag"), sql="NULL::text"),),
)

expose(
    "res.country.state",
    model=CountryState,
    label=_("Country state"),
    order="code, id",
    writes="name code country",
)

expose(
    "res.lang",
    model=Language,
    label=_("Languages"),
    order="active desc, name",
    writes="""
        name code iso_code is_active direction date_format time_format week_start grouping decimal_point
        thousands_sep=thousands_separator
    """,
    choices={
        "week_start": [(day, str(day)) for day in range(1, 8)],
        "grouping": [("[3,0]", "[3,0]"), ("[3,2,0]", "[3,2,0]")],
    },
    values={"week_start": {day: str(day) for day in range(1, 8)}},
    computed=(computed("url_code", "char", label=_("URL Code"), sql="split_part({code}, '_', 1)"),),
    methods={"get_installed": model_method(get_installed, writes=False)},
)
