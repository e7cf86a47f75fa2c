"""Companies on the wire, and the world they live in: currencies and rates, countries and states, languages."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import Company, Country, CountryState, Currency, CurrencyRate, Language
from base.rpc.pictures import picture
from base.services import companies, currencies, languages, records
from rpc import computed, does, expose, field, model_method, wizard
from rpc.context import Call
from rpc.fields import Field
from rpc.writing.values import python_value

DAY = Field(name="date", type="date", label="")

LATEST = "(SELECT max(r.date) FROM base_currencyrate r WHERE r.currency_id = {pk})"


def get_installed(_call: Call) -> list[list[str]]:
    """The languages in use, as `[code, name]`."""
    return [list(row) for row in Language.objects.active().values_list("code", "name")]


def rounding(value: Any) -> dict[str, Any]:
    """The smallest amount, given as an amount, is kept as a number of decimal places."""
    exponent = value.normalize().as_tuple().exponent
    return {"decimal_places": max(0, -int(exponent))}


def rates(call: Call, ids: list[int]) -> dict[int, Decimal]:
    """The rates of currencies as `found_rates` has them, looked up once for all fields that show them."""
    return call.once("rates", partial(found_rates, call, ids))


def found_rates(call: Call, ids: list[int]) -> dict[int, Decimal]:
    """How many units of currencies one unit of the current company's was worth on the day of the context, else today.

    The latest rate up to the day counts, the company's own before the shared one; where there is none it is 1.
    """
    company = Company.objects.filter(pk=call.company_id or 0).first()
    own = company.currency_id if company else None
    known = CurrencyRate.objects.for_company(call.company_id).filter(
        currency__in={*ids, own},
        date__lte=python_value(call, DAY, call.context.get("date")) or call.today(),
    )
    latest = known.order_by("currency", "-date", F("company").asc(nulls_last=True))
    found = dict(latest.distinct("currency").values_list("currency", "rate"))
    base = found.get(own or 0, Decimal(1))
    return {pk: found.get(pk, Decimal(1)) / base for pk in ids}


def shown_rate(call: Call, ids: list[int]) -> dict[int, float]:
    """The rates, as numbers of the wire."""
    return {pk: float(rate) for pk, rate in rates(call, ids).items()}


def inverse_rate(call: Call, ids: list[int]) -> dict[int, float]:
    """How many units of the company's currency one unit was worth."""
    return {pk: float(1 / rate) for pk, rate in rates(call, ids).items()}


def rate_string(call: Call, ids: list[int]) -> dict[int, str]:
    """The rates in words: `1 IDR = 0.000061 USD`."""
    own = (
        Company.objects.filter(pk=call.company_id or 0)
        .values_list("currency__code", flat=True)
        .first()
    )
    codes = dict(Currency.objects.filter(pk__in=ids).values_list("pk", "code"))
    found = rates(call, ids)
    return {pk: f"1 {own} = {float(found[pk]):.6f} {codes[pk]}" for pk in codes}


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[Company]:
    """Open companies, each with a partner of its own."""
    return [_opened(dict(row), by) for row in rows]


def _opened(row: dict[str, Any], by: Actor) -> Company:
    own = {name.removeprefix("partner."): row[name] for name in row if name != "users"}
    company = companies.open_company(own, by=by)
    if row.get("users"):
        records.change(records.named(Company, [company.pk]), {"users": row["users"]}, by=by)
    return company


def switching(on: Any, off: Any) -> Any:
    """A way to write that puts rows into use, or takes them out, by their own verbs."""

    def write(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
        rest = {name: value for name, value in values.items() if name != "is_active"}
        if rest:
            records.change(rows, rest, by=by)
        if "is_active" in values:
            (on if values["is_active"] else off)(rows, by=by)

    return write


def activated(_result: Any, _call: Call) -> dict[str, Any]:
    """What the button answers that puts languages into use."""
    return {"type": "ir.actions.client", "tag": "reload", "params": {}}


def lang_install(call: Call, wizards: list[Any]) -> dict[str, Any]:
    """Put the languages that wizards name into use."""
    for row in wizards:
        wanted = Language.objects.filter(pk__in=row.values["lang_ids"])
        languages.activate(wanted, by=call.actor)
    return {"type": "ir.actions.client", "tag": "reload", "params": {}}


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
    create=create,
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
        currency_unit_label=unit_label currency_subunit_label=subunit_label rate_ids=rates
    """,
    write=switching(currencies.unarchive, currencies.archive),
    permissions={"write": "base.change_currency"},
    computed=(
        computed(
            "rounding",
            "float",
            label=_("Rounding Factor"),
            sql="power(10::numeric, -{decimal_places})",
            write=rounding,
            digits=(12, 6),
        ),
        computed("rate", "float", label=_("Current Rate"), function=shown_rate),
        computed("inverse_rate", "float", label=_("Inverse Rate"), function=inverse_rate),
        computed("rate_string", "char", label=_("Rate"), function=rate_string),
        computed("date", "date", label=_("Date"), sql=LATEST),
    ),
)

expose(
    "res.currency.rate",
    model=CurrencyRate,
    label=_("Currency Rate"),
    order="name desc, id",
    writes="name=date rate currency company",
    computed=(
        computed(
            "company_rate",
            "float",
            label=_("Rate"),
            sql="{rate}",
            write=lambda rate: {"rate": rate},
        ),
        computed(
            "inverse_company_rate",
            "float",
            label=_("Worth of one"),
            sql="1 / {rate}",
            write=lambda worth: {"rate": 1 / worth if worth else worth},
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
    writes="country name code",
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
    required="week_start",
    write=switching(languages.activate, languages.deactivate),
    permissions={"write": "base.change_language"},
    choices={
        "week_start": [(day, str(day)) for day in range(1, 8)],
        "grouping": [("[3,0]", "[3,0]"), ("[3,2,0]", "[3,2,0]")],
    },
    values={"week_start": {day: str(day) for day in range(1, 8)}},
    computed=(computed("url_code", "char", label=_("URL Code"), sql="split_part({code}, '_', 1)"),),
    verbs={"action_activate_langs": does(languages.activate, answers=activated)},
    methods={"get_installed": model_method(get_installed, writes=False)},
)

wizard(
    "base.language.install",
    label=_("Install Language"),
    permission="base.change_language",
    fields=(
        field("lang_ids", "many2many", _("Languages"), relation="res.lang", required=True),
        field("overwrite", "boolean", _("Overwrite Existing Terms")),
    ),
    methods={"lang_install": lang_install},
)
