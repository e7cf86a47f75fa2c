"""One's own password changed and one's sessions ended over the wire: after the present password was given again."""

import pytest

from rpc.models import Wizard
from rpc.tests.conftest import SECRET, Program, Refusal
from rpc.tests.test_keys import CHECK, signed_in

OWN = "change.password.own"
NEW = "rumah-baru-88"


@pytest.fixture
def browser(rpc, house):
    return signed_in(rpc, "admin")


def checked(browser, action):
    """Give the password where it is asked for; answers what follows."""
    if action["res_model"] != CHECK:
        return action
    return browser(CHECK, "run_check", [action["res_id"]], context={"password": SECRET})


def test_one_changes_ones_own_password_and_no_text_of_it_is_kept(browser, house):
    opened = checked(browser, browser("res.users", "preference_change_password", [house.admin.pk]))
    assert (opened["res_model"], opened["target"]) == (OWN, "new")
    pk = browser(OWN, "create", {"new_password": NEW, "confirm_password": NEW})
    kept = Wizard.objects.get(pk=pk)
    assert NEW not in f"{kept.values}{kept.context}"
    assert browser(OWN, "read", [pk], ["new_password", "confirm_password"]) == [
        {"id": pk, "new_password": False, "confirm_password": False}
    ]
    assert browser(OWN, "change_password", [pk]) == {"type": "ir.actions.client", "tag": "reload"}
    assert Program(house.admin.pk, NEW)("res.users", "context_get")["uid"] == house.admin.pk
    with pytest.raises(Refusal, match="Access Denied"):
        Program(house.admin.pk, SECRET)("res.users", "context_get")
    with pytest.raises(Refusal, match="Session expired"):
        browser("res.users", "context_get")


def test_a_password_that_is_weak_or_said_in_two_ways_is_refused(browser, house):
    with pytest.raises(Refusal, match="must be identical"):
        browser(OWN, "create", {"new_password": NEW, "confirm_password": "another-one-99"})
    with pytest.raises(Refusal) as refused:
        browser(OWN, "create", {"new_password": "123", "confirm_password": "123"})
    assert refused.value.name == "odoo.exceptions.ValidationError"
    pk = browser(OWN, "create", {"new_password": NEW})
    asked = browser(OWN, "change_password", [pk])
    with pytest.raises(Refusal, match="Say the new password twice"):
        checked(browser, asked)
    assert Program(house.admin.pk)("res.users", "context_get")["uid"] == house.admin.pk


def test_programs_without_a_browser_do_not_get_this_far(rpc, house):
    for noun, method in (
        ("res.users", "preference_change_password"),
        ("res.users", "action_revoke_all_devices"),
    ):
        with pytest.raises(Refusal, match="can only be accessed over HTTP"):
            rpc(noun, method, [house.admin.pk])


def test_all_sessions_of_ones_own_end_at_once_and_nobody_elses(browser, house):
    second = signed_in(Program(house.admin.pk), "admin")
    other = signed_in(Program(house.employee.pk), "wati")
    assert second("res.users", "context_get")["uid"] == house.admin.pk
    answer = checked(browser, browser("res.users", "action_revoke_all_devices", [house.admin.pk]))
    assert answer == {"type": "ir.actions.client", "tag": "reload"}
    for call in (browser, second):
        with pytest.raises(Refusal, match="Session expired"):
            call("res.users", "context_get")
    assert other("res.users", "context_get")["uid"] == house.employee.pk
    assert Program(house.admin.pk)("res.users", "context_get")["uid"] == house.admin.pk


def test_a_forgotten_password_is_an_administrators_to_replace(rpc, wati, house):
    with pytest.raises(Refusal, match="replaced by an administrator") as refused:
        rpc("res.users", "action_reset_password", [house.employee.pk])
    assert refused.value.name == "odoo.exceptions.UserError"
    rpc("res.users", "write", [house.employee.pk], {"new_password": NEW})
    assert Program(house.employee.pk, NEW)("res.users", "context_get")["uid"] == house.employee.pk


def test_menus_follow_from_the_modules_and_nobody_writes_them(rpc):
    with pytest.raises(Refusal) as refused:
        rpc("ir.ui.menu", "create", {"name": "Mine"})
    assert refused.value.message == (
        "You are not allowed to create 'Menu' (ir.ui.menu) records.\n\n"
        "No group currently allows this operation.\n\n"
        "Contact your administrator to request access if necessary."
    )
