"""Sign-in: password, lock-out, two factors, language."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse

from web.tests.conftest import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, login="sari", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def test_sign_in_leads_home_and_says_nothing_twice(guest, sari):
    answer = sign_in(guest)
    assert answer["Location"] == "/home/"
    assert "Successfully" not in guest.get("/home/").content.decode()


def test_sign_in_takes_a_login_whatever_its_case(guest, sari):
    assert sign_in(guest, "SARI")["Location"] == "/home/"


def test_sign_in_leads_back_to_our_pages_only(guest, sari):
    assert sign_in(guest, next="/contacts/")["Location"] == "/contacts/"
    guest.post("/accounts/logout/")
    assert sign_in(guest, next="https://elsewhere.example/")["Location"] == "/home/"


@pytest.mark.parametrize("login", ["sari", "nobody"])
def test_sign_in_refuses_in_the_same_words_whether_the_login_or_the_password_is_wrong(
    guest, sari, login
):
    page = sign_in(guest, login, "wrong").content.decode()
    told = re.findall(r'role="alert"[^>]*>.*?<p>(.*?)</p>', page, re.DOTALL)
    assert told == ["The username and/or password you specified are not correct."]


def test_sign_in_locks_out_who_guesses(guest, sari):
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(guest, password="wrong")
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()
    assert sign_in(guest).status_code == 429
    assert AccessAttempt.objects.count() == 1


def test_nobody_signs_up_alone(guest):
    assert "By invitation" in guest.get("/accounts/signup/").content.decode()
    answer = guest.post(
        "/accounts/signup/", {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "By invitation" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "confirm-email/",
        "password/set/",
        "password/reset/",
        "password/reset/done/",
        "login/code/confirm/",
    ],
)
def test_what_would_need_mail_is_not_offered(sari_at_work, path):
    assert sari_at_work.get(f"/accounts/{path}").status_code == 404


@pytest.fixture
def secret(sari):
    made = generate_totp_secret()
    TOTP.activate(sari, made)
    return made


def code(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def test_sign_in_asks_for_the_second_proof(guest, sari, secret):
    assert sign_in(guest)["Location"] == "/accounts/2fa/authenticate/"
    assert guest.get("/home/").status_code == 302
    assert "One more proof" in guest.get("/accounts/2fa/authenticate/").content.decode()
    answer = guest.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert answer["Location"] == "/home/"
    assert guest.get("/home/").status_code == 200


def test_sign_in_refuses_a_wrong_second_proof(guest, sari, secret):
    sign_in(guest)
    answer = guest.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code." in answer.content.decode()
    assert guest.get("/home/").status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_change_password",
    ],
)
def test_safety_pages_open_after_a_fresh_sign_in(guest, sari, name):
    sign_in(guest)
    answer = guest.get(reverse(name), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page) == []
    assert re.findall(r'\sstyle="', page) == []


def test_changing_the_password_ends_other_sessions(guest, sari, sari_at_work):
    sign_in(guest)
    new = {
        "oldpassword": PASSWORD,
        "password1": "a new long secret",
        "password2": "a new long secret",
    }
    assert guest.post(reverse("account_change_password"), new).status_code == 302
    assert sari_at_work.get("/home/").status_code == 302
    assert guest.get("/home/").status_code == 200


def test_a_guest_chooses_a_language(guest):
    guest.post("/language/", {"language": "id", "next": LOGIN})
    assert '<html lang="id"' in guest.get(LOGIN).content.decode()


def test_a_language_stays_with_the_user(guest, sari):
    sign_in(guest)
    answer = guest.post("/language/", {"language": "id", "next": "/home/"})
    sari.refresh_from_db()
    assert (answer["Location"], sari.language) == ("/home/", "id")
    assert '<html lang="id"' in guest.get("/home/").content.decode()


def test_a_language_that_is_not_spoken_changes_nothing(guest, sari):
    sign_in(guest)
    guest.post("/language/", {"language": "tlh", "next": "https://elsewhere.example/"})
    sari.refresh_from_db()
    assert sari.language == "en"
