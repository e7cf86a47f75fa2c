"""Rights: nouns, rows and fields that are not the caller's do not show, anywhere."""

import pytest

from base.models import Partner, Role
from rpc import registry
from rpc.registry import extend
from rpc.tests.conftest import Refusal


@pytest.fixture
def elsewhere(house):
    """A partner of a company the employee does not belong to, and a shared one that hangs below it."""
    hidden = Partner.objects.create(
        name="Rahasia", reference="R1", company=house.second, city="Bandung"
    )
    shared = Partner.objects.create(name="Cucu", reference="R2", parent=hidden)
    return hidden, shared


def test_rows_of_another_company_do_not_show(wati, rpc, elsewhere):
    hidden, shared = elsewhere
    assert wati("res.partner", "search", [["ref", "=like", "R_"]]) == [shared.pk]
    assert wati("res.partner", "search_count", [["ref", "=like", "R_"]]) == 1
    assert wati("res.partner", "name_search", "Rahasia") == [[shared.pk, "Rahasia, Cucu"]]
    assert rpc("res.partner", "search", [["ref", "=like", "R_"]], order="ref") == [
        hidden.pk,
        shared.pk,
    ]


def test_hidden_rows_cannot_be_read_written_deleted_copied_or_called(wati, elsewhere):
    hidden, _shared = elsewhere
    for method, args in (
        ("read", ([hidden.pk], ["name"])),
        ("write", ([hidden.pk], {"name": "x"})),
        ("unlink", ([hidden.pk],)),
        ("action_archive", ([hidden.pk],)),
        ("copy", ([hidden.pk],)),
        ("check_access_rule", ([hidden.pk], "read")),
        ("get_metadata", ([hidden.pk],)),
        ("get_external_id", ([hidden.pk],)),
        ("name_get", ([hidden.pk],)),
    ):
        with pytest.raises(Refusal) as refused:
            wati("res.partner", method, *args)
        assert (method, refused.value.name) == (method, "odoo.exceptions.AccessError")
        assert refused.value.message.startswith(
            "Uh-oh! Looks like you have stumbled upon some top-secret records."
        )
    hidden.refresh_from_db()
    assert (hidden.name, hidden.is_active) == ("Rahasia", True)
    assert wati("res.partner", "has_access", [hidden.pk], "read") is False


def test_hidden_rows_are_no_oracle_over_links(wati, rpc, elsewhere):
    _hidden, shared = elsewhere
    for domain in (
        [["parent_id.city", "=", "Bandung"]],
        [["parent_id", "any", [["city", "=", "Bandung"]]]],
        [["parent_id", "ilike", "Rahasia"]],
        [["parent_id", "=", "Rahasia"]],
    ):
        mine = [["id", "=", shared.pk], *domain]
        assert (
            wati("res.partner", "search_count", mine),
            rpc("res.partner", "search_count", mine),
        ) == (0, 1)
    spec = ["parent_id.city"]
    domain = [["id", "=", shared.pk]]
    assert (
        wati("res.partner", "formatted_read_group", domain, spec, ["__count"])[0]["parent_id.city"]
        is False
    )
    assert (
        rpc("res.partner", "formatted_read_group", domain, spec, ["__count"])[0]["parent_id.city"]
        == "Bandung"
    )


def test_sets_hold_only_rows_that_one_sees(wati, rpc, house):
    family = Partner.objects.create(name="Induk", is_company=True)
    here = Partner.objects.create(name="Sini", parent=family)
    there = Partner.objects.create(name="Sana", parent=family, company=house.second)
    assert wati("res.partner", "read", [family.pk], ["child_ids"])[0]["child_ids"] == [here.pk]
    assert rpc("res.partner", "read", [family.pk], ["child_ids"])[0]["child_ids"] == [
        there.pk,
        here.pk,
    ]


def test_companies_can_be_narrowed_but_not_widened(wati, rpc, house, elsewhere):
    hidden, _shared = elsewhere
    domain = [["id", "=", hidden.pk]]
    assert (
        rpc("res.partner", "search", domain, context={"allowed_company_ids": [house.first.pk]})
        == []
    )
    assert rpc(
        "res.partner", "search", domain, context={"allowed_company_ids": [house.second.pk]}
    ) == [hidden.pk]
    for foreign in ([house.second.pk], [9999], ["x"]):
        with pytest.raises(Refusal) as refused:
            wati("res.partner", "search", domain, context={"allowed_company_ids": foreign})
        assert refused.value.message == "Access to unauthorized or invalid companies."


def test_what_a_role_does_not_allow_is_refused_with_the_roles_that_would(wati):
    for method, args, verb in (
        ("create", ({"name": "x", "code": "XX"},), "create"),
        ("write", ([1], {"name": "x"}), "modify"),
        ("unlink", ([1],), "delete"),
        ("check_access_rights", ("create",), "create"),
    ):
        with pytest.raises(Refusal) as refused:
            wati("res.country", method, *args)
        assert refused.value.message.startswith(
            f"You are not allowed to {verb} 'Country' (res.country) records.\n\n"
            "This operation is allowed for the following groups:\n\t- "
        )
    assert wati("res.country", "check_access_rights", "create", False) is False
    assert wati("res.country", "check_access_rights", "read") is None
    assert wati("ir.model.access", "check", "res.country", "write", False) is False
    assert wati("res.country", "has_access", [], "write") is False
    assert wati("res.country", "has_access", [1], "read") is True


def test_a_noun_that_may_not_be_read_cannot_be_searched_over_links_either(house, wati, family):
    seen = Role.objects.create(name="Only partners")
    seen.permissions.set(permission("view_partner"))
    house.employee.roles.set([seen])
    assert wati("res.partner", "search_count", [["ref", "=", "F1"]]) == 1
    for domain in ([["category_id.name", "=", "Red"]], [["category_id", "ilike", "Red"]]):
        with pytest.raises(Refusal, match="not allowed to access 'Partner Tags'"):
            wati("res.partner", "search", domain)
    with pytest.raises(Refusal, match="not allowed to access 'Partner Tags'"):
        wati("res.partner", "formatted_read_group", [], ["category_id"], ["__count"])
    assert wati("res.partner", "read", [family.alpha.pk], ["category_id"]) == [
        {"id": family.alpha.pk, "category_id": []}
    ]


def permission(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename=codename)


@pytest.fixture
def secret_field():
    """The street as a field for those alone who may merge partners."""
    extend("res.partner", reads="hideout=street2", restricted={"hideout": "base.merge_partners"})
    yield "hideout"
    registry._declarations["res.partner"].pop()
    registry._exposures.clear()


def test_a_restricted_field_does_not_exist_for_others(rpc, house, wati, family, secret_field):
    house.employee.roles.clear()
    role = Role.objects.create(name="Contacts")
    role.permissions.set(
        permission("view_partner") | permission("change_partner") | permission("add_partner")
    )
    house.employee.roles.set([role])
    family.alpha.street2 = "Under the bridge"
    family.alpha.save()
    domain = [["hideout", "=", "Under the bridge"]]
    assert rpc("res.partner", "search", domain) == [family.alpha.pk]
    assert "hideout" in rpc("res.partner", "fields_get")
    assert "hideout" not in wati("res.partner", "fields_get")
    assert "hideout" not in wati("res.partner", "read", [family.alpha.pk])[0]
    for call in (
        ("search", domain),
        ("search_count", domain),
        ("search", [["parent_id.hideout", "=", "x"]]),
        ("search", [["child_ids", "any", domain]]),
        ("search_read", [], ["hideout"]),
        ("read", [family.alpha.pk], ["hideout"]),
        ("formatted_read_group", [], ["hideout"], ["__count"]),
        ("formatted_read_group", [], ["parent_id.hideout"], ["__count"]),
        ("formatted_read_group", [], [], ["hideout:max"]),
        ("read_group", [], ["hideout:max"], []),
        ("write", [family.alpha.pk], {"hideout": "x"}),
        ("create", {"name": "x", "hideout": "x"}),
    ):
        with pytest.raises(Refusal) as refused:
            wati("res.partner", *call)
        assert refused.value.message.startswith(
            'You do not have enough rights to access the field "hideout" on Contact (res.partner).'
        )
    with pytest.raises(Refusal, match='the field "hideout"'):
        wati("res.partner", "search", [], order="hideout")
    assert "hideout" not in wati("res.partner", "default_get", ["hideout", "type"])
    assert not wati("ir.model.fields", "search", [["name", "=", "hideout"]])


def test_a_changed_role_counts_at_once(wati, house):
    assert wati("res.partner", "search_count", []) > 0
    house.employee.roles.clear()
    with pytest.raises(Refusal, match="not allowed to access 'Contact'"):
        wati("res.partner", "search_count", [])


def test_a_user_who_leaves_is_out_at_once(wati, house):
    assert wati("res.users", "context_get")["uid"] == house.employee.pk
    house.employee.is_active = False
    house.employee.save()
    with pytest.raises(Refusal, match="Access Denied"):
        wati("res.users", "context_get")


def test_users_change_their_own_preferences_and_nothing_else(wati, house):
    mine = [house.employee.pk]
    assert (
        wati("res.users", "write", mine, {"lang": "id_ID", "tz": "Asia/Makassar", "signature": "W"})
        is True
    )
    assert wati("res.users", "context_get") == {
        "lang": "id_ID",
        "tz": "Asia/Makassar",
        "uid": house.employee.pk,
    }
    for ids, values in (
        (mine, {"group_ids": [[5]]}),
        (mine, {"company_ids": [[4, house.second.pk]]}),
        (mine, {"login": "root"}),
        ([house.admin.pk], {"lang": "id_ID"}),
    ):
        with pytest.raises(Refusal) as refused:
            wati("res.users", "write", ids, values)
        assert refused.value.name == "odoo.exceptions.AccessError"
    house.employee.refresh_from_db()
    assert house.employee.roles.count() == 1


def test_what_is_not_exposed_does_not_exist(rpc):
    for name in (
        "base.partner",
        "ir.moon",
        "res.partner;drop",
        "__class__",
        5,
        None,
        ["res.partner"],
    ):
        with pytest.raises(Refusal, match="doesn't exist"):
            rpc(name, "search", [])
    for method in ("save", "objects", "__init__", "_create", "delete", "env", "model", "pk"):
        with pytest.raises(Refusal) as refused:
            rpc("res.partner", method, [1])
        assert refused.value.name in {"builtins.AttributeError", "odoo.exceptions.AccessError"}
