"""Partners and products as documents need them: a few columns, read once for a whole batch."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from base.actors import Actor
from base.errors import Missing
from base.models import Partner, Product
from base.policies import row_filter

SETTLED = (
    "receivable_account_id",
    "receivable_account__company_id",
    "payable_account_id",
    "payable_account__company_id",
    "payment_term_id",
    "supplier_payment_term_id",
)


class Terms(NamedTuple):
    """How we settle with a partner, as far as the partner's own settings say."""

    receivable_id: int | None
    receivable_company_id: int | None
    payable_id: int | None
    payable_company_id: int | None
    payment_term_id: int | None
    supplier_payment_term_id: int | None

    def account(self, side: str, company_id: int) -> int | None:
        """The account on a side ("receivable", "payable"), if it belongs to the company."""
        found: int | None = getattr(self, f"{side}_id")
        return found if getattr(self, f"{side}_company_id") == company_id else None


class Party(NamedTuple):
    """A partner. What it does not say itself, the company it belongs to says."""

    id: int
    language: str
    own: Terms
    commercial: Terms

    def account(self, side: str, company_id: int) -> int | None:
        """The account on a side in the books of a company."""
        return self.own.account(side, company_id) or self.commercial.account(side, company_id)

    def payment_term(self, *, sale: bool) -> int | None:
        """When the partner pays us, or we the partner."""
        name = "payment_term_id" if sale else "supplier_payment_term_id"
        found: int | None = getattr(self.own, name) or getattr(self.commercial, name)
        return found


class Ware(NamedTuple):
    """A product, with its template's texts in both languages and the accounts it is booked on."""

    id: int
    template_id: int
    company_id: int | None
    unit_id: int
    cost: Decimal
    list_price: Decimal
    price_extra: Decimal
    full_name: str | None
    full_name_en: str | None
    full_name_ind: str | None
    sale_description_en: str | None
    sale_description_ind: str | None
    purchase_description_en: str | None
    purchase_description_ind: str | None
    income_account_id: int | None
    income_company_id: int | None
    expense_account_id: int | None
    expense_company_id: int | None

    def price(self, *, sale: bool) -> Decimal:
        """What a unit costs, in the company's currency: what we ask, or what we paid."""
        return self.list_price + self.price_extra if sale else self.cost

    def account(self, side: str, company_id: int) -> int | None:
        """The account on a side ("income", "expense"), if it belongs to the company."""
        found: int | None = getattr(self, f"{side}_account_id")
        return found if getattr(self, f"{side}_company_id") == company_id else None

    def label(self, *, sale: bool, language: str) -> str:
        """What a line says of it: the name, and the text that goes with it."""
        suffix = "ind" if language.startswith("id") else "en"
        name = getattr(self, f"full_name_{suffix}") or self.full_name or ""
        text = getattr(self, f"{'sale' if sale else 'purchase'}_description_{suffix}")
        return f"{name}\n{text}" if text else name


WARE = (
    "pk",
    "template_id",
    "template__company_id",
    "template__unit_id",
    "cost",
    "template__list_price",
    "price_extra",
    "full_name",
    "full_name_en",
    "full_name_ind",
    "template__sale_description_en",
    "template__sale_description_ind",
    "template__purchase_description_en",
    "template__purchase_description_ind",
    "template__accounting__income_account_id",
    "template__accounting__income_account__company_id",
    "template__accounting__expense_account_id",
    "template__accounting__expense_account__company_id",
)


def given(ids: Iterable[int | None]) -> set[int]:
    """The ids that are not empty."""
    return {pk for pk in ids if pk is not None}


def read_partners(partner_ids: Iterable[int], *, by: Actor) -> dict[int, Party]:
    """Partners with how we settle with them. One query. Raises `Missing`."""
    wanted = set(partner_ids)
    if not wanted:
        return {}
    names = (
        "pk",
        "language",
        *(f"accounting__{name}" for name in SETTLED),
        *(f"commercial_partner__accounting__{name}" for name in SETTLED),
    )
    rows = (
        Partner.objects.filter(row_filter(Partner, by), pk__in=wanted)
        .order_by()
        .values_list(*names)
    )
    found = {row[0]: Party(row[0], row[1], Terms(*row[2:8]), Terms(*row[8:])) for row in rows}
    return _all(Partner, found, wanted)


def read_products(product_ids: Iterable[int], *, by: Actor) -> dict[int, Ware]:
    """Products with their templates. One query. Raises `Missing`."""
    wanted = set(product_ids)
    if not wanted:
        return {}
    rows = (
        Product.objects.filter(row_filter(Product, by), pk__in=wanted).order_by().values_list(*WARE)
    )
    return _all(Product, {row[0]: Ware(*row) for row in rows}, wanted)


def _all(model: Any, found: dict[int, Any], wanted: set[int]) -> dict[int, Any]:
    if lost := sorted(wanted - found.keys()):
        raise Missing(model=model._meta.verbose_name, ids=", ".join(map(str, lost)))
    return found
