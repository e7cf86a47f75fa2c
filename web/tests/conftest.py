"""People and places that the tests of the web pages know by name."""

import pytest
from django.test import Client

from base.models import Company, Partner, Role, User
from rpc import registry

PASSWORD = "correct horse battery"


def person(login, *roles, company, is_superuser=False, language="en"):
    made = User.objects.create_user(
        login,
        PASSWORD,
        company=company,
        partner=Partner.objects.create(name=login.title()),
        is_superuser=is_superuser,
        language=language,
    )
    made.companies.add(company)
    made.roles.add(*Role.objects.filter(name_en__in=roles))
    return made


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def house(db):
    return Company.objects.select_related("currency").get(pk=1)


@pytest.fixture
def branch(house):
    partner = Partner.objects.create(name="Cabang Timur", is_company=True)
    return Company.objects.create(name="Cabang Timur", partner=partner, currency=house.currency)


@pytest.fixture
def sari(house):
    """An employee: sees contacts and products, keeps contacts."""
    return person("sari", "Employee", company=house)


@pytest.fixture
def tono(house):
    """Somebody without any role."""
    return person("tono", company=house)


@pytest.fixture
def sari_at_work(sari):
    return signed_in(sari)


@pytest.fixture
def tono_at_work(tono):
    return signed_in(tono)


@pytest.fixture
def guest(db):
    return Client()


@pytest.fixture
def guarded():
    """The name of a number of contacts that only administrators see, whatever modules are there."""
    registry.extend("res.partner", restricted={"credit_limit": "base.manage_modules"})
    yield "credit_limit"
    registry._declarations["res.partner"].pop()
    registry._exposures.clear()
