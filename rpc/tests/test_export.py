"""`export_data`: rows as lines of a sheet, over links and sets, without holding a large sheet in memory."""

import gc
import tracemalloc

import pytest

from base.actors import Actor
from base.models import ExternalId, Partner, Role
from base.services import api_keys
from rpc.exchange import export
from rpc.tests.conftest import SECRET, Refusal
from rpc.tests.test_access import permission


def exported(rpc, ids, *paths, **kwargs):
    return rpc("res.partner", "export_data", ids, list(paths), **kwargs)["datas"]


def test_cells_show_what_fields_hold(rpc, family):
    fields = ["name", "is_company", "color", "credit_limit", "country_id", "email", "type", ".id"]
    labels = dict(rpc("res.partner", "fields_get", ["type"])["type"]["selection"])
    assert exported(rpc, [family.gamma.pk, family.alpha.pk], *fields) == [
        ["Gamma", False, 3, 0.0, "", "", labels["contact"], str(family.gamma.pk)],
        ["Alpha", True, 5, 0.0, "United States", "", labels["contact"], str(family.alpha.pk)],
    ]


def test_paths_lead_over_links(rpc, family):
    fields = [
        "name",
        "parent_id/name",
        "parent_id/country_id/code",
        "parent_id/.id",
        "country_id/id",
    ]
    assert exported(rpc, [family.kid.pk, family.alpha.pk], *fields) == [
        ["Kid", "Alpha", "US", str(family.alpha.pk), ""],
        ["Alpha", "", "", "", "base.us"],
    ]


def test_sets_of_links_stand_in_one_cell_and_parts_below_one_another(rpc, family):
    assert exported(rpc, [family.alpha.pk], "name", "category_id") == [["Alpha", "Red / Dark,Red"]]
    assert exported(rpc, [family.alpha.pk], "category_id/name", "category_id/.id") == [
        ["Dark,Red", f"{family.dark.pk},{family.red.pk}"]
    ]
    ids = [family.alpha.pk, family.beta.pk]
    assert exported(rpc, ids, "name", "child_ids/name", "child_ids/email") == [
        ["Alpha", "Kid", "k1@example.com"],
        ["", "Kid two", ""],
        ["Beta", "", ""],
    ]
    assert exported(rpc, ids, "child_ids", "name") == [
        ["Alpha, Kid", "Alpha"],
        ["Alpha, Kid two", ""],
        ["", "Beta"],
    ]


def test_external_ids_are_given_to_rows_that_have_none(rpc, family):
    ((first,), (second,)) = exported(rpc, [family.alpha.pk, family.beta.pk], "id")
    assert first.startswith(f"__export__.res_partner_{family.alpha.pk}_")
    assert ExternalId.objects.named(second).get().row == family.beta
    assert exported(rpc, [family.alpha.pk], "id", "name") == [[first, "Alpha"]]


def test_what_is_exported_can_be_loaded_again(rpc, family):
    fields = ["id", "name", "ref", "color", "is_company", "country_id", "category_id/id", "type"]
    fields += ["parent_id/id", "city", "create_date"]
    ids = [family.alpha.pk, family.beta.pk, family.kid.pk]
    sheet = exported(rpc, ids, *fields)
    Partner.objects.filter(pk=family.alpha.pk).update(city="elsewhere")
    without_date = [line[:-1] for line in sheet]
    answer = rpc("res.partner", "load", fields[:-1], without_date)
    assert answer == {"ids": ids, "messages": [], "nextrow": 0}
    assert exported(rpc, ids, *fields) == sheet


def test_the_language_of_the_call_names_things(rpc, family):
    assert exported(rpc, [family.beta.pk], "country_id", context={"lang": "id_ID"}) == [["Belgia"]]


def test_exporting_is_a_right_of_its_own(wati, house, family):
    role = Role.objects.create(name="Only partners")
    role.permissions.set(permission("view_partner"))
    house.employee.roles.set([role])
    with pytest.raises(Refusal) as refused:
        exported(wati, [family.alpha.pk], "name")
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.UserError",
        "You don't have the rights to export data. Please contact an Administrator.",
    )
    role.permissions.add(*permission("export_records"))
    assert exported(wati, [family.alpha.pk], "name") == [["Alpha"]]
    with pytest.raises(Refusal, match="not allowed to access 'Country'"):
        exported(wati, [family.alpha.pk], "country_id/code")


def test_rows_of_others_do_not_show_over_links(wati, rpc, house):
    hidden = Partner.objects.create(name="Rahasia", company=house.second, city="Bandung")
    shared = Partner.objects.create(name="Cucu", parent=hidden)
    role = Role.objects.create(name="Exporter")
    role.permissions.set(permission("export_records") | permission("view_partner"))
    house.employee.roles.set([role])
    fields = ["name", "parent_id/city", "parent_id/id", "parent_id/.id"]
    assert exported(wati, [shared.pk], *fields) == [["Cucu", "", "", ""]]
    assert exported(rpc, [shared.pk], *fields)[0][:2] == ["Cucu", "Bandung"]
    with pytest.raises(Refusal, match="top-secret records"):
        exported(wati, [hidden.pk], "name")


def test_columns_that_are_not_there_are_refused(rpc, family):
    for path in ("nosuch", "country_id/nosuch", "name/x", 5):
        with pytest.raises(Refusal, match="ValueError: Invalid field name"):
            exported(rpc, [family.alpha.pk], path)


@pytest.fixture
def crowd(db):
    """So many partners that they do not go into one chunk."""
    made = Partner.objects.bulk_create(
        [Partner(name=f"Crowd {n:05d}", city=f"City {n % 50}") for n in range(2500)]
    )
    return [one.pk for one in made]


@pytest.mark.once
def test_a_large_sheet_is_the_same_over_every_transport(rpc, house, crowd):
    fields = ["name", "city", "country_id/code", "is_company"]
    expected = [[f"Crowd {n:05d}", f"City {n % 50}", "", False] for n in range(2500)]
    assert exported(rpc, crowd, *fields) == expected
    from django.conf import settings

    for path in ("/xmlrpc/object", "/xmlrpc/2/object"):
        args = (settings.RPC_DATABASE_NAME, rpc.user_id, SECRET, "res.partner", "export_data")
        assert rpc.xml(path, "execute_kw", *args, [crowd, fields]) == {"datas": expected}
    key = api_keys.issue(name="sync", by=Actor.of(house.admin))[1]
    status, said = rpc.json2("res.partner", "export_data", key, ids=crowd, fields_to_export=fields)
    assert (status, said) == (200, {"datas": expected})


@pytest.mark.once
def test_a_large_answer_says_how_long_it_is(rpc, crowd):
    from django.conf import settings

    args = [settings.RPC_DATABASE_NAME, rpc.user_id, SECRET, "res.partner", "export_data"]
    params = {"service": "object", "method": "execute_kw", "args": [*args, [crowd, ["name"]]]}
    response = rpc.post("/jsonrpc", {"id": 1, "params": params})
    assert response.streaming
    assert response.headers["Content-Length"] == str(len(response.getvalue()))


@pytest.mark.once
def test_a_failure_on_the_way_is_an_error_and_no_half_answer(rpc, crowd, monkeypatch):
    read = export._read

    def failing(node, ids, **more):
        if crowd[-1] in ids:
            raise ValueError("on the way")
        return read(node, ids, **more)

    monkeypatch.setattr(export, "_read", failing)
    with pytest.raises(Refusal, match="Something went wrong on our side"):
        exported(rpc, crowd, "name")


@pytest.mark.slow
def test_twenty_thousand_rows_need_no_more_memory_than_two_thousand(rpc):
    made = Partner.objects.bulk_create(
        [
            Partner(name=f"Crowd {n:05d}", city=f"City {n % 50}", email=f"c{n}@example.com")
            for n in range(20_000)
        ],
        batch_size=2000,
    )
    ids = [one.pk for one in made]
    del made
    fields = ["name", "city", "email", "phone", "zip", "country_id/name", "is_company", "ref"]
    peaks = {}
    for count in (2_000, 20_000):
        body = body_of(rpc, ids[:count], fields)
        gc.collect()
        tracemalloc.start()
        response = rpc.post("/jsonrpc", body)
        size = sum(len(block) for block in response.streaming_content)
        peaks[count] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > count * 60
    carried = 18_000 * 96  # what the ids themselves take: as text, as numbers, and in lists of them
    assert peaks[20_000] < peaks[2_000] + carried


def body_of(rpc, ids, fields):
    import json

    from django.conf import settings

    args = [settings.RPC_DATABASE_NAME, rpc.user_id, SECRET, "res.partner", "export_data"]
    params = {"service": "object", "method": "execute_kw", "args": [*args, [ids, fields]]}
    return json.dumps({"id": 1, "params": params}).encode()
