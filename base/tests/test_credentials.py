"""Passwords and keys of programs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from base.actors import Actor
from base.errors import Missing
from base.models import ApiKey, Role, User
from base.services import api_keys, credentials
from base.services.credentials import BadCredentials

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgetful():
    credentials.forget_all()
    yield
    credentials.forget_all()


@pytest.fixture
def dewi():
    company = User.objects.get(pk=2).company
    user = User.objects.create_user("dewi", "rahasia-panjang", name="Dewi", company=company)
    user.companies.add(company)
    user.roles.add(Role.objects.get(name_en="Employee"))
    user.refresh_from_db()
    return user


def test_verify_knows_login_and_password(dewi):
    assert credentials.verify("dewi", "rahasia-panjang") == dewi.pk
    assert credentials.verify("DEWI", "rahasia-panjang") == dewi.pk


@pytest.mark.parametrize(
    ("login", "secret"), [("dewi", "x"), ("dewi", ""), ("nobody", "x"), ("", "")]
)
def test_verify_refuses_what_does_not_fit(dewi, login, secret):
    assert credentials.verify(login, secret) is None


def test_check_costs_one_query_when_known(dewi, django_assert_num_queries):
    first = credentials.check(dewi.pk, "rahasia-panjang")
    with django_assert_num_queries(1):
        assert credentials.check(dewi.pk, "rahasia-panjang") == first


def test_a_password_change_empties_the_memory_at_once(dewi):
    credentials.check(dewi.pk, "rahasia-panjang")
    dewi.set_password("lain-sekali-ya")
    dewi.save(update_fields=["password"])

    with pytest.raises(BadCredentials):
        credentials.check(dewi.pk, "rahasia-panjang")


def test_a_role_taken_away_is_gone_at_once(dewi):
    assert credentials.check(dewi.pk, "rahasia-panjang").has_perm("base.view_partner")
    dewi.roles.clear()
    assert not credentials.check(dewi.pk, "rahasia-panjang").has_perm("base.view_partner")


def test_a_deactivated_user_is_refused_at_once(dewi):
    credentials.check(dewi.pk, "rahasia-panjang")
    User.objects.filter(pk=dewi.pk).update(is_active=False)
    with pytest.raises(BadCredentials):
        credentials.check(dewi.pk, "rahasia-panjang")


def test_an_unknown_user_id_is_missing(db):
    with pytest.raises(Missing):
        credentials.check(987654, "x")


def test_a_key_opens_what_the_password_opens_until_it_is_revoked(dewi):
    me = Actor.of(dewi)
    key, secret = api_keys.issue(name="shop", by=me)
    assert len(secret) == 40
    assert not ApiKey.objects.filter(hashed=secret).exists()
    assert credentials.check(dewi.pk, secret).user_id == dewi.pk
    assert credentials.check_key(secret).login == "dewi"

    api_keys.revoke(ApiKey.objects.filter(pk=key.pk), by=me)
    with pytest.raises(BadCredentials):
        credentials.check(dewi.pk, secret)


def test_an_expired_key_is_refused(dewi):
    past = timezone.now() - timedelta(seconds=1)
    _key, secret = api_keys.issue(name="shop", expires_at=past, by=Actor.of(dewi))
    with pytest.raises(BadCredentials):
        credentials.check_key(secret)


def test_a_reading_key_may_read_only(dewi):
    _key, secret = api_keys.issue(name="board", scope="read", by=Actor.of(dewi))
    actor = credentials.check_key(secret)
    assert actor.has_perm("base.view_partner")
    assert not actor.has_perm("base.add_partner")


def test_a_key_of_another_user_does_not_open_mine(dewi):
    _key, secret = api_keys.issue(name="shop", by=Actor.of(dewi))
    with pytest.raises(BadCredentials):
        credentials.check(2, secret)
