"""People and places that the tests of the base module know by name."""

from dataclasses import replace

import pytest
from django.conf import LazySettings

from base.actors import Actor
from base.external_ids import row
from base.models import Company, Partner, User


@pytest.fixture
def admin(db):
    """The administrator, at the door for programs."""
    return Actor.of(User.objects.get(pk=2), door="rpc")


@pytest.fixture
def nobody(admin):
    """Somebody who has signed in and may do nothing."""
    return replace(admin, user_id=0, is_superuser=False, permissions=frozenset(), partner_id=4)


@pytest.fixture
def house(db):
    """The first company."""
    return Company.objects.select_related("currency").get(pk=1)


@pytest.fixture
def other_company(house):
    """A company that the administrator does not work for."""
    partner = Partner.objects.create(name="Other Ltd", is_company=True)
    return Company.objects.create(name="Other Ltd", partner=partner, currency=house.currency)


@pytest.fixture
def known(db):
    """A row by its external id."""
    return row


@pytest.fixture
def own_files(settings: LazySettings, tmp_path):
    """An empty place for files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
