"""API keys: made after the password was given again, used in place of it everywhere, removed."""

from datetime import timedelta

import orjson
import pytest
from django.conf import settings
from django.utils import timezone

from base.models import ApiKey
from rpc import throttle
from rpc.models import Wizard
from rpc.tests.conftest import SECRET, Program, Refusal

WIZARD = "res.users.apikeys.description"
CHECK = "res.users.identitycheck"


@pytest.fixture
def browser(rpc, house):
    """The administrator, signed in as a browser would be."""
    return signed_in(rpc, "admin")


def signed_in(program, login):
    program.envelope(
        "/web/session/authenticate",
        {"db": settings.RPC_DATABASE_NAME, "login": login, "password": SECRET},
    )

    def call(model, method, *args, path="call_kw", **kwargs):
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return program.envelope(f"/web/dataset/{path}", params)

    return call


def made(call, **values):
    """A key, made the way browsers do."""
    wizard = call(WIZARD, "create", {"name": "Skrip", **values})
    asked = call(WIZARD, "make_key", [wizard], path="call_button")
    if asked["res_model"] == CHECK:
        asked = call(CHECK, "run_check", [asked["res_id"]], context={"password": SECRET})
    assert asked["res_model"] == "res.users.apikeys.show"
    return asked["context"]["default_key"]


def test_make_key_asks_for_the_password_and_shows_the_key_once(browser, house):
    wizard = browser(WIZARD, "create", {"name": "Skrip", "duration": "7"})
    asked = browser(WIZARD, "make_key", [wizard], path="call_button")
    number = asked.pop("res_id")
    assert asked == {
        "type": "ir.actions.act_window",
        "res_model": CHECK,
        "name": "Access Control",
        "target": "new",
        "views": [[False, "form"]],
        "context": {"dialog_size": "medium"},
    }
    shown = browser(CHECK, "run_check", [number], context={"password": SECRET})
    assert shown["res_model"] == "res.users.apikeys.show"
    secret = shown["context"]["default_key"]
    key = ApiKey.objects.get()
    assert (len(secret), secret[:8], key.user, key.scope) == (40, key.index, house.admin, "rpc")
    days = key.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < days < timedelta(days=7)
    assert Wizard.objects.count() == 0


def test_a_key_opens_what_the_password_opens_on_every_route(browser, house):
    key = made(browser)
    program = Program(house.admin.pk, key)
    assert program("res.users", "context_get")["uid"] == house.admin.pk
    assert (
        program.service("common", "login", settings.RPC_DATABASE_NAME, "admin", key)
        == house.admin.pk
    )
    arguments = [settings.RPC_DATABASE_NAME, house.admin.pk, key, "res.users", "context_get", []]
    assert program.xml("/xmlrpc/2/object", "execute_kw", *arguments)["uid"] == house.admin.pk
    assert program.json2("res.users", "context_get")[0] == 200


def test_make_key_over_json2_asks_too(browser, rpc, house):
    key = made(browser)
    status, wizards = rpc.json2(WIZARD, "create", key, vals_list={"name": "Dua", "duration": "0"})
    assert (status, len(wizards)) == (200, 1)
    _status, asked = rpc.json2(WIZARD, "make_key", key, ids=wizards)
    assert asked["res_model"] == CHECK
    status, shown = rpc.json2(
        CHECK, "run_check", key, ids=[asked["res_id"]], context={"password": SECRET}
    )
    assert (status, shown["res_model"]) == (200, "res.users.apikeys.show")
    assert ApiKey.objects.get(name="Dua").expires_at is None


def test_the_password_is_good_for_some_minutes_of_the_session(browser):
    made(browser)
    wizard = browser(WIZARD, "create", {"name": "Dua"})
    assert browser(WIZARD, "make_key", [wizard])["res_model"] == "res.users.apikeys.show"


def test_make_key_is_not_done_over_jsonrpc_or_xmlrpc(rpc, house):
    with pytest.raises(Refusal) as refused:
        rpc(WIZARD, "make_key", [1])
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.UserError",
        "This method can only be accessed over HTTP",
    )
    assert ApiKey.objects.count() == 0


def test_a_wrong_password_makes_no_key_and_counts_as_a_failure(browser, house, settings):
    settings.RPC_LOGIN_FAILURES = 2
    wizard = browser(WIZARD, "create", {"name": "Skrip"})
    number = browser(WIZARD, "make_key", [wizard])["res_id"]
    for password in ("salah", None):
        with pytest.raises(Refusal, match="Incorrect Password"):
            browser(CHECK, "run_check", [number], context={"password": password})
    with pytest.raises(Refusal, match="Too many login failures"):
        browser(CHECK, "run_check", [number], context={"password": SECRET})
    assert ApiKey.objects.count() == 0
    throttle.passed("admin")


def test_nobody_checks_in_for_somebody_else(browser, house):
    wizard = browser(WIZARD, "create", {"name": "Skrip"})
    number = browser(WIZARD, "make_key", [wizard])["res_id"]
    other = signed_in(Program(house.employee.pk), "wati")
    with pytest.raises(Refusal) as refused:
        other(CHECK, "run_check", [number], context={"password": SECRET})
    assert refused.value.name == "odoo.exceptions.MissingError"


def test_a_check_that_nobody_asked_for_does_nothing(browser):
    number = browser(CHECK, "create", {"password": SECRET})
    assert Wizard.objects.get().values == {"auth_method": "password"}
    assert browser(CHECK, "read", [number], ["password"]) == [{"id": number, "password": False}]
    with pytest.raises(Refusal, match="Nothing was asked for"):
        browser(CHECK, "run_check", [number], context={"password": SECRET})


def test_a_key_that_is_shown_is_not_kept(browser):
    shown = browser("res.users.apikeys.show", "create", {}, context={"default_key": "rahasia"})
    assert Wizard.objects.get(pk=shown).values == {}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": ""}, "Say what the key is for."),
        ({"duration": "-1"}, "Say a moment in the future."),
        (
            {"duration": "-1", "expiration_date": "2001-01-01 00:00:00"},
            "Say a moment in the future.",
        ),
    ],
)
def test_make_key_refuses(browser, values, says):
    with pytest.raises(Refusal) as refused:
        made(browser, **values)
    assert refused.value.message.endswith(says)
    assert ApiKey.objects.count() == 0


def test_each_sees_and_removes_only_their_own_keys(browser, house):
    made(browser)
    wati = signed_in(Program(house.employee.pk), "wati")
    secret = made(wati)
    mine = wati(
        "res.users.apikeys", "search_read", [], ["name", "scope", "user_id", "expiration_date"]
    )
    assert [(row["name"], row["scope"], row["user_id"][0]) for row in mine] == [
        ("Skrip", "rpc", house.employee.pk)
    ]
    foreign = ApiKey.objects.get(user=house.admin).pk
    with pytest.raises(Refusal) as refused:
        wati("res.users.apikeys", "remove", [foreign])
    assert refused.value.name == "odoo.exceptions.AccessError"
    assert wati("res.users.apikeys", "remove", [mine[0]["id"]]) == {
        "type": "ir.actions.act_window_close"
    }
    assert list(ApiKey.objects.values_list("pk", flat=True)) == [foreign]
    status, body = Program(house.employee.pk).json2("res.users", "context_get", secret)
    assert (status, body["message"]) == (401, "Invalid apikey")


def test_keys_are_not_made_or_changed_otherwise(browser):
    for method, arguments in (
        ("create", [{"name": "x"}]),
        ("write", [[1], {"name": "x"}]),
        ("unlink", [[1]]),
    ):
        with pytest.raises(Refusal, match="No group currently allows this operation"):
            browser("res.users.apikeys", method, *arguments)


def test_a_key_expires(browser, house):
    key = made(browser)
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = Program(house.admin.pk).post(
        "/json/2/res.users/context_get", {}, Authorization=f"bearer {key}"
    )
    assert (response.status_code, orjson.loads(response.content)["message"]) == (
        401,
        "Invalid apikey",
    )
