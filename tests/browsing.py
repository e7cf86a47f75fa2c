"""People, goods and moves that the browser's tests have in common; a module adds its own beside its tests."""

from decimal import Decimal

import pytest

from base.actors import Actor
from base.models import Company, Partner, Role, User
from base.services import products

PASSWORD = "correct horse battery"
D = Decimal


def person(login, company, *roles, language="en"):
    made = User.objects.create_user(
        login,
        PASSWORD,
        company=company,
        language=language,
        partner=Partner.objects.create(name=login.title()),
    )
    made.companies.add(company)
    made.roles.add(*Role.objects.filter(name_en__in=roles))
    return made


@pytest.fixture
def house(transactional_db):
    return Company.objects.get(pk=1)


@pytest.fixture
def ada(house):
    """The accountant."""
    return person("ada", house, "Accountant", "Product manager")


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju Bersama", is_company=True, city="Bandung")


@pytest.fixture
def chair(house):
    row = {"name": "Chair Kencana", "list_price": D(1250000), "unit_id": 1, "reference": "CH-1"}
    [template] = products.create([row], by=Actor.system(company_ids=[house.pk]))
    return template.products.get()


def sign_in(page, login, password=PASSWORD):
    page.goto("/")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
