"""The screens of modules that have master data only so far: each opens, shows, makes and changes, within its queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.models import Partner
from base.modules import installed
from web.screens import registry
from web.screens.ways import ways_of

pytestmark = pytest.mark.django_db
KEYS = [
    *("warehouses", "locations", "operation-types"),
    *("stages", "sales-teams", "lost-reasons"),
    *("departments", "job-positions", "time-off-types"),
]


def asked(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200, url
    return len(seen)


@pytest.mark.parametrize("key", KEYS)
def test_every_way_of_a_screen_opens_within_its_queries(boss, key):
    screen = registry.find(key)
    if screen is None:
        pytest.skip(f"the module of {key} is not installed")
    base = f"/{key}/"
    most = {one.key: asked(boss, f"{base}?v={one.key}") for one in ways_of(screen, None)}
    assert {way: count for way, count in most.items() if count > 8} == {}
    assert asked(boss, f"{base}new/") <= 15
    found = re.search(rf'href="{base}(\d+)/', boss.get(f"{base}?v=list").content.decode())
    if found:
        assert asked(boss, f"{base}{found[1]}/") <= 15


def test_each_module_is_on_the_home_page_and_leads_somewhere(boss):
    home = boss.get("/home/").content.decode()
    for config in installed():
        if config.name in {"inventory", "crm", "hr", "base"}:
            address = reverse(config.manifest.home)
            assert f'href="{address}"' in home
            assert boss.get(address).status_code == 200


def test_a_department_is_made_and_hung_below_another(boss):
    if registry.find("departments") is None:
        pytest.skip("hr is not installed")
    sent = {"name": "Keuangan", "was": ""}
    assert boss.post("/departments/new/", sent).status_code == 302
    sent = {"name": "Pajak", "parent_id": "Keuangan", "was": ""}
    assert boss.post("/departments/new/", sent).status_code == 302
    tree = boss.get("/departments/?v=tree").content.decode()
    assert "Keuangan" in tree


def test_the_dashboard_of_contacts_tells_only_those_who_may_see_them(boss, client, person):
    page = boss.get("/overview/").content.decode()
    assert "New contacts this month" in page
    assert "Contacts by country" in page
    client.force_login(person("nobody"))
    assert client.get("/overview/").status_code == 403


def test_the_dashboard_asks_a_fixed_number_of_times(boss):
    few = asked(boss, "/overview/")
    Partner.objects.bulk_create(Partner(name=f"Toko {one}") for one in range(40))
    assert asked(boss, "/overview/") == few
    assert few <= 30
