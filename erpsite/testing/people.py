"""People and companies that tests of several modules call on."""

import pytest

from base.models import Company, Country, Currency, Partner, Role, User


@pytest.fixture
def boss(client, db):
    """The administrator, signed in."""
    client.force_login(User.objects.get(pk=2))
    return client


@pytest.fixture
def neighbour(db):
    """A company that the administrator does not work for."""
    return Company.objects.create(
        name="CV Lain",
        partner=Partner.objects.create(name="CV Lain", is_company=True),
        currency=Currency.objects.get(code="IDR"),
        country=Country.objects.get(code="ID"),
    )


@pytest.fixture
def person(db):
    """Makes users of the first company with some roles."""

    def made(login="sari", *roles, **fields):
        user = User.objects.create_user(
            login,
            "rahasia-panjang",
            name=login.title(),
            company_id=1,
            **{"is_staff": True, **fields},
        )
        user.companies.add(1)
        user.roles.set(Role.objects.filter(name_en__in=roles))
        return user

    return made
