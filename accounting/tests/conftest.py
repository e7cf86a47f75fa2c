"""A company with books, a few partners and products, and people who work with them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings

from accounting.models import (
    Account,
    CompanyAccounting,
    Journal,
    JournalEntry,
    JournalItem,
    ProductAccounting,
    Tax,
)
from accounting.services import charts, entries, invoices
from base.actors import Actor
from base.models import Company, Partner, ProductTemplate, Role, User

# On a busy machine the first draw of a strategy may take long.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

D = Decimal
TODAY = date(2026, 3, 10)


def user(login, company, *roles):
    made = User.objects.create_user(
        login, company=company, partner=Partner.objects.create(name=login.title())
    )
    made.companies.add(company)
    made.roles.add(*Role.objects.filter(module="accounting", name_en__in=roles))
    return Actor.of(made)


@pytest.fixture
def company(db):
    return Company.objects.get(pk=1)


@pytest.fixture
def settings_of(company):
    return CompanyAccounting.objects.get(company=company)


@pytest.fixture
def accountant(company):
    return user("ada", company, "Accountant")


@pytest.fixture
def clerk(company):
    return user("budi", company, "Invoicing")


@pytest.fixture
def auditor(company):
    return user("citra", company, "Auditor")


@pytest.fixture
def other_company(company):
    made = Company.objects.create(
        name="Seberang",
        partner=Partner.objects.create(name="Seberang", is_company=True),
        currency=company.currency,
        country=company.country,
    )
    charts.load(Company.objects.filter(pk=made.pk), "generic", by=Actor.system())
    return made


@pytest.fixture
def other_accountant(other_company):
    return user("eve", other_company, "Accountant")


@pytest.fixture
def customer(company):
    return Partner.objects.create(name="Toko Maju", is_company=True, language="id")


@pytest.fixture
def vendor(company):
    return Partner.objects.create(name="CV Pemasok", is_company=True)


@pytest.fixture
def chair(company):
    template = ProductTemplate.objects.create(
        name="Chair", unit_id=1, list_price=D(50000), name_ind="Kursi"
    )
    ProductAccounting.objects.create(template=template)
    product = template.products.first() or template.products.create(reference="CH-1")
    product.refresh_from_db()
    return product


@pytest.fixture
def account(company):
    """An account of the company by its code."""
    return lambda code, of=company: Account.objects.get(company=of, code=code)


@pytest.fixture
def journal(company):
    """A journal of the company by its code."""
    return lambda code, of=company: Journal.objects.get(company=of, code=code)


@pytest.fixture
def tax(company):
    """A tax of the company by its English name."""
    return lambda name, of=company: Tax.objects.get(company=of, name_en=name)


@pytest.fixture
def draft(accountant, customer):
    """Write one draft invoice of the given lines."""

    def write(*lines, by=accountant, kind="out_invoice", on=TODAY, **values):
        row = {"kind": kind, "partner_id": customer.pk, "invoice_date": on}
        [entry] = invoices.draft([{**row, **values, "lines": list(lines)}], by=by, on=on)
        return entry

    return write


@pytest.fixture
def post(accountant):
    """Post one entry."""

    def run(entry, by=accountant, on=TODAY):
        [posted] = entries.post(JournalEntry.objects.filter(pk=entry.pk), by=by, on=on)
        return posted

    return run


@pytest.fixture
def invoice(draft, post):
    """A posted invoice of 100,000 with PPN."""
    return post(draft({"label": "Service", "quantity": D(1), "unit_price": D(100000)}))


@pytest.fixture
def books(db):
    """The items of an entry as (account, debit, credit)."""

    def rows(entry):
        items = JournalItem.objects.filter(entry=entry.pk, account__isnull=False)
        found = items.order_by("sequence", "pk").values_list("account__code", "debit", "credit")
        return [
            (code, debit.normalize() + 0, credit.normalize() + 0) for code, debit, credit in found
        ]

    return rows
