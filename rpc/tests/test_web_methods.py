"""Methods of web clients: reading by specification, saving, and texts in each language."""

import pytest
from django.db import connection

from base.actors import Actor
from base.models import Country, Partner, PartnerTag, Role
from base.services import api_keys
from rpc.tests.conftest import Refusal
from rpc.tests.test_access import permission
from rpc.tests.test_reading import Counted


def test_links_are_ids_unless_more_is_asked(rpc, family):
    assert rpc("res.partner", "web_read", [family.kid.pk], {"name": {}, "parent_id": {}}) == [
        {"id": family.kid.pk, "name": "Kid", "parent_id": family.alpha.pk}
    ]
    nested = {"fields": {"display_name": {}, "country_id": {"fields": {"code": {}}}}}
    ids = [family.kid.pk, family.beta.pk, 99_999_999]
    assert rpc("res.partner", "web_read", ids, {"parent_id": nested}) == [
        {
            "id": family.kid.pk,
            "parent_id": {
                "id": family.alpha.pk,
                "display_name": "Alpha",
                "country_id": {"id": family.alpha.country_id, "code": "US"},
            },
        },
        {"id": family.beta.pk, "parent_id": False},
    ]
    assert rpc("res.partner", "web_read", [family.kid.pk], {}) == [{"id": family.kid.pk}]


def test_sets_are_ids_or_rows_in_an_order_and_up_to_a_limit(rpc, family):
    def tags(**more):
        spec = {"category_id": more}
        return rpc("res.partner", "web_read", [family.alpha.pk], spec)[0]["category_id"]

    dark, red = family.dark.pk, family.red.pk
    assert tags() == [dark, red]
    assert tags(fields={"name": {}}) == [{"id": dark, "name": "Dark"}, {"id": red, "name": "Red"}]
    assert tags(fields={"name": {}}, limit=1) == [{"id": dark, "name": "Dark"}, {"id": red}]
    assert tags(fields={"name": {}}, order="name desc", limit=1) == [
        {"id": red, "name": "Red"},
        {"id": dark},
    ]
    assert tags(fields={}) == [{"id": dark}, {"id": red}]


def test_a_context_for_what_a_field_leads_to(rpc, family):
    spec = {"country_id": {"fields": {"name": {}}, "context": {"lang": "id_ID"}}}
    assert (
        rpc("res.partner", "web_read", [family.beta.pk], spec)[0]["country_id"]["name"] == "Belgia"
    )


def test_reading_by_specification_takes_a_query_for_each_link(rpc, family):
    spec = {
        "name": {},
        "parent_id": {"fields": {"display_name": {}}},
        "country_id": {"fields": {"code": {}}},
        "category_id": {"fields": {"name": {}}},
    }
    ids = [family.alpha.pk, family.beta.pk, family.kid.pk]
    rpc("res.partner", "web_read", ids, spec)
    with Counted(connection) as found:
        rpc("res.partner", "web_read", ids, spec)
    assert len(found) == 7


def test_a_page_knows_how_many_there_are(rpc, family):
    def page(**more):
        answer = rpc(
            "res.partner",
            "web_search_read",
            [["ref", "=like", "F_"]],
            {"name": {}},
            order="ref",
            **more,
        )
        return answer["length"], [row["name"] for row in answer["records"]]

    assert page() == (5, ["Alpha", "Beta", "Gamma", "Kid", "Kid two"])
    assert page(limit=2) == (5, ["Alpha", "Beta"])
    assert page(offset=3) == (5, ["Kid", "Kid two"])
    assert page(offset=9) == (5, [])
    assert page(limit=2, count_limit=3) == (3, ["Alpha", "Beta"])
    assert rpc("res.company", "web_search_read", False, {"name": {}}) == {
        "length": 0,
        "records": [],
    }
    with pytest.raises(Refusal, match="TypeError: Domain"):
        rpc("res.company", "web_search_read", None, {"name": {}})


def test_saving_makes_or_writes_and_reads(rpc, family):
    spec = {"name": {}, "category_id": {"fields": {"display_name": {}}}}
    values = {"name": "WS", "category_id": [[4, family.red.pk]]}
    (made,) = rpc("res.partner", "web_save", [], values, spec)
    assert made == {
        "id": made["id"],
        "name": "WS",
        "category_id": [{"id": family.red.pk, "display_name": "Red"}],
    }
    assert rpc("res.partner", "web_save", [made["id"]], {"name": "WS2"}, {"name": {}}) == [
        {"id": made["id"], "name": "WS2"}
    ]
    after = rpc(
        "res.partner", "web_save", [made["id"]], {"name": "WS3"}, {"name": {}}, family.beta.pk
    )
    assert after == [{"id": family.beta.pk, "name": "Beta"}]
    ids = [family.alpha.pk, family.beta.pk]
    assert rpc(
        "res.partner", "web_save_multi", ids, [{"city": "A"}, {"city": "B"}], {"city": {}}
    ) == [
        {"id": ids[0], "city": "A"},
        {"id": ids[1], "city": "B"},
    ]
    for call in (
        ("web_save", [], "x", {}),
        ("web_save", [], [{"name": "x"}], {}),
        ("web_save_multi", ids, [{"city": "C"}], {}),
        ("web_save_multi", ids, [{"city": "C"}, "x"], {}),
        ("web_read", ids, "x"),
        ("web_read", ids, {"nosuch": {}}),
    ):
        with pytest.raises(Refusal) as refused:
            rpc("res.partner", *call)
        assert refused.value.name in {"builtins.TypeError", "builtins.ValueError"}
    assert Partner.objects.get(pk=ids[0]).city == "A"


def test_names_are_found_with_what_else_is_asked(rpc, family):
    assert rpc("res.partner", "web_name_search", "Beta", {"display_name": {}}) == [
        {"id": family.beta.pk, "display_name": "Beta", "__formatted_display_name": "Beta"}
    ]
    assert rpc("res.partner", "web_name_search", "Beta", {"ref": {}}) == [
        {"id": family.beta.pk, "ref": "F2"}
    ]


def test_hidden_rows_show_their_name_and_no_more(wati, rpc, house):
    hidden = Partner.objects.create(name="Rahasia", company=house.second, city="Bandung")
    shared = Partner.objects.create(name="Cucu", parent=hidden)
    names = {"parent_id": {"fields": {"display_name": {}}}}
    more = {"parent_id": {"fields": {"display_name": {}, "city": {}}}}
    assert wati("res.partner", "web_read", [shared.pk], names)[0]["parent_id"] == {
        "id": hidden.pk,
        "display_name": "Rahasia",
    }
    assert wati("res.partner", "web_read", [shared.pk], more)[0]["parent_id"] == {
        "id": hidden.pk,
        "display_name": "Rahasia",
    }
    assert rpc("res.partner", "web_read", [shared.pk], more)[0]["parent_id"]["city"] == "Bandung"
    with pytest.raises(Refusal, match="top-secret"):
        wati("res.partner", "web_read", [hidden.pk], {"name": {}})
    role = Role.objects.create(name="Only partners")
    role.permissions.set(permission("view_partner"))
    house.employee.roles.set([role])
    with pytest.raises(Refusal, match="not allowed to access 'Country'"):
        wati("res.partner", "web_read", [shared.pk], {"country_id": {"fields": {"code": {}}}})


def test_a_specification_ends_somewhere(rpc, family):
    spec = {"name": {}}
    for _ in range(12):
        spec = {"parent_id": {"fields": spec}}
    Partner.objects.filter(pk=family.alpha.pk).update(parent=None)
    chain = family.kid
    for n in range(12):
        chain = Partner.objects.create(name=f"Chain {n}", parent=chain)
    with pytest.raises(Refusal, match="no more than 10 links"):
        rpc("res.partner", "web_read", [chain.pk], spec)


def test_texts_in_each_language(rpc, house):
    belgium = Country.objects.get(code="BE")
    said, kind = rpc("res.country", "get_field_translations", [belgium.pk], "name")
    assert kind == {"translation_type": "char", "translation_show_source": False}
    assert {"lang": "id_ID", "source": "Belgium", "value": "Belgia"} in said
    assert rpc("res.country", "get_field_translations", [belgium.pk], "name", ["en_US"])[0] == [
        {"lang": "en_US", "source": "Belgium", "value": "Belgium"}
    ]
    update = ("res.country", "update_field_translations", [belgium.pk], "name")
    assert rpc(*update, {"id_ID": "Belgia Raya"}) is True
    belgium.refresh_from_db()
    assert (belgium.name_en, belgium.name_ind) == ("Belgium", "Belgia Raya")
    assert rpc(*update, {"id_ID": False}) is True
    assert (
        rpc("res.country", "read", [belgium.pk], ["name"], context={"lang": "id_ID"})[0]["name"]
        == "Belgium"
    )
    assert rpc(*update, {"en_US": "Belgium"}) is True
    for translations in ("x", {"id_ID": 5}, {"id_ID": ["x"]}):
        with pytest.raises(Refusal, match="ValueError: Invalid translations"):
            rpc(*update, translations)
    with pytest.raises(Refusal, match="Invalid language code: xx_YY"):
        rpc(*update, {"xx_YY": "x"})
    with pytest.raises(Refusal) as refused:
        rpc("res.country", "get_field_translations", [belgium.pk], "nosuch")
    assert (refused.value.name, refused.value.message) == ("builtins.KeyError", "nosuch")


def test_texts_are_named_by_either_name_on_json2(rpc, house):
    key = api_keys.issue(name="sync", by=Actor.of(house.admin))[1]
    belgium = Country.objects.get(code="BE").pk
    for name in ("field", "field_name"):
        named = {"ids": [belgium], name: "name", "langs": ["en_US"]}
        status, said = rpc.json2("res.country", "get_field_translations", key, **named)
        assert (status, said[0][0]["value"]) == (200, "Belgium")


def test_a_verb_takes_what_it_takes_and_neither_who_nor_when(rpc, family, house):
    key = api_keys.issue(name="sync", by=Actor.of(house.admin))[1]
    for named in ({"by": 1}, {"on": "2020-01-01"}, {"nosuch": 1}):
        status, said = rpc.json2(
            "res.partner", "action_archive", key, ids=[family.beta.pk], **named
        )
        assert (status, said["message"]) == (
            422,
            f"got an unexpected keyword argument '{next(iter(named))}'",
        )
        with pytest.raises(Refusal, match="TypeError"):
            rpc("res.partner", "action_archive", [family.beta.pk], **named)
    with pytest.raises(Refusal, match="TypeError"):
        rpc("res.partner", "action_archive", [family.beta.pk], 5, 6)
    family.beta.refresh_from_db()
    assert family.beta.is_active is True
    assert PartnerTag.objects.filter(pk=family.red.pk, is_active=True).exists()
