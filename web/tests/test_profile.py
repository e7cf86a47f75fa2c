"""My profile: language, time zone, API keys; and in which company I work."""

import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from base.actors import Actor
from base.errors import ForeignCompany
from base.models import ApiKey, User, VerbRun
from base.services import api_keys, credentials
from web.tests.conftest import PASSWORD, person, signed_in

NEW_KEY = {"name": "Bank feed", "scope": "rpc", "expires_on": ""}


@pytest.fixture
def fresh(guest, sari):
    """Sari, who has just said once more that it is her."""
    guest.post("/accounts/login/", {"login": "sari", "password": PASSWORD})
    guest.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return guest


def test_profile_keeps_language_and_time_zone(sari, sari_at_work):
    answer = sari_at_work.post(
        reverse("web:profile"), {"language": "id", "timezone": "Asia/Makassar"}
    )
    sari.refresh_from_db()
    assert answer.status_code == 302
    assert (sari.language, sari.timezone) == ("id", "Asia/Makassar")


def test_profile_refuses_a_time_zone_that_does_not_exist(sari, sari_at_work):
    answer = sari_at_work.post(
        reverse("web:profile"), {"language": "en", "timezone": "Mars/Olympus"}
    )
    sari.refresh_from_db()
    assert (answer.status_code, sari.timezone) == (422, "Asia/Jakarta")


def test_a_new_key_is_shown_once_and_opens_the_door_for_programs(fresh, sari):
    page = fresh.post(reverse("web:api_key_new"), NEW_KEY).content.decode()
    secret = re.search(r'id="secret">([0-9a-f]{40})<', page)[1]
    assert credentials.check_key(secret).login == "sari"
    assert secret not in fresh.get(reverse("web:api_keys")).content.decode()
    assert VerbRun.objects.filter(verb="base.api_keys.issue", user=sari, door="web").count() == 1


def test_a_key_works_to_the_end_of_its_last_day_on_the_owner_s_clock(fresh, sari):
    today = timezone.localdate()
    fresh.post(reverse("web:api_key_new"), {**NEW_KEY, "expires_on": today.isoformat()})
    end = timezone.localtime(ApiKey.objects.get(user=sari).expires_at)
    assert (end.date(), end.hour, end.minute) == (today + timedelta(days=1), 0, 0)


def test_a_key_that_has_ended_already_is_refused(fresh):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = fresh.post(
        reverse("web:api_key_new"), {**NEW_KEY, "expires_on": yesterday.isoformat()}
    )
    assert answer.status_code == 422
    assert "This day is over already." in answer.content.decode()
    assert ApiKey.objects.count() == 0


def test_a_new_key_asks_for_the_password_again_after_a_while(fresh, sari):
    session = fresh.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session.save()
    answer = fresh.get(reverse("web:api_key_new"))
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert fresh.post(answer["Location"], {"password": "wrong"}).status_code == 200
    assert fresh.get(reverse("web:api_key_new")).status_code == 302
    assert fresh.post(answer["Location"], {"password": PASSWORD}).status_code == 302
    assert fresh.get(reverse("web:api_key_new")).status_code == 200


def test_a_new_key_that_was_asked_for_is_made_after_the_password(guest, sari):
    guest.post("/accounts/login/", {"login": "sari", "password": PASSWORD})
    asked = guest.post(reverse("web:api_key_new"), NEW_KEY)
    page = guest.post(asked["Location"], {"password": PASSWORD}).content.decode()
    assert "The key for Bank feed" in page
    assert ApiKey.objects.get().user_id == sari.pk


def test_one_revokes_one_s_own_keys_only(fresh, sari, house):
    budi = Actor.of(person("budi", "Employee", company=house))
    own, _secret = api_keys.issue(name="mine", by=Actor.of(sari))
    other, _secret = api_keys.issue(name="his", by=budi)
    for key in (own, other):
        fresh.post(reverse("web:api_key_revoke", args=[key.pk]))
    assert list(ApiKey.objects.values_list("name", flat=True)) == ["his"]


@pytest.fixture
def dewi(house, branch):
    """Works for two companies."""
    made = person("dewi", "Employee", company=house)
    made.companies.add(branch)
    return made


def test_working_in_another_company_is_kept_on_the_user(dewi, branch, house):
    client = signed_in(dewi)
    client.post(reverse("web:work_in"), {"current": branch.pk, "next": "/contacts/"})
    assert User.objects.get(pk=dewi.pk).company_id == branch.pk
    assert client.session["companies"] == [branch.pk]


def test_several_companies_are_switched_on_for_the_session(dewi, branch, house):
    client = signed_in(dewi)
    client.post(reverse("web:work_in"), {"company": [house.pk, branch.pk]})
    assert client.session["companies"] == [house.pk, branch.pk]
    client.post(reverse("web:work_in"), {"current": branch.pk})
    assert client.session["companies"] == [branch.pk, house.pk]


def test_nobody_works_in_a_company_that_is_not_theirs(sari, sari_at_work, branch):
    answer = sari_at_work.post(reverse("web:work_in"), {"current": branch.pk})
    sari.refresh_from_db()
    assert answer.status_code == ForeignCompany.status
    assert sari.company_id != branch.pk
    assert "companies" not in sari_at_work.session
