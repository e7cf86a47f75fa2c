"""The page of apps: seen and used by administrators alone; what is asked for is written down, refusals are read."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from base.models import Module, ModuleOperation
from base.models.external_id import ExternalId
from base.modules import installed
from web.tests.conftest import person, signed_in
from web.views.apps import noun_of_table

ABSENT = set(settings.IN_HOUSE) - {config.label for config in installed()}
State, Kind, Phase = ModuleOperation.State, ModuleOperation.Kind, ModuleOperation.Phase


@pytest.fixture
def administrator(house):
    return person("wati", "Administrator", company=house)


@pytest.fixture
def wati(administrator):
    return signed_in(administrator)


@pytest.fixture
def absent(db):
    """A module of the house as if it had never been installed."""
    Module.objects.filter(name="crm").update(state="uninstalled", version="")


@pytest.fixture
def outdated(db):
    Module.objects.filter(name="hr").update(version="0.0.1")


def operation(**fields):
    return ModuleOperation.objects.create(
        **{"kind": Kind.INSTALL, "names": ["crm"], "state": State.RUNNING, **fields}
    )


def text_of(answer):
    return " ".join(answer.content.decode().split())


def words_of(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_the_page_shows_each_module_with_what_can_be_done_to_it(wati, absent, outdated):
    answer = wati.get(reverse("web:apps"))
    page = text_of(answer)
    shelves = {
        str(name): [app.card.name for app in shelf] for name, shelf in answer.context["shelves"]
    }
    assert shelves["Can be installed"] == sorted({*ABSENT, "crm"})
    assert shelves["The house itself"] == ["base", "rpc", "web"]
    assert "hr" in shelves["Installed"]
    assert [app.card.name for app in answer.context["outdated"]] == ["hr"]
    assert 'aria-label="Install CRM"' in page
    assert f'action="{reverse("web:apps_upgrade")}"' in page
    assert f'href="{reverse("web:app_uninstall", args=["hr"])}"' in page
    assert f'href="{reverse("web:app_uninstall", args=["base"])}"' not in page


def test_apps_are_found_by_words_and_by_what_can_be_done(wati, absent, outdated):
    def found(**query):
        answer = wati.get(reverse("web:apps"), query)
        assert answer.status_code == 200
        return [app.card.name for app in answer.context["found"]]

    assert found(q="HUMAN resour") == ["hr"]
    assert found(q="human nothing") == []
    assert found(show="outdated") == ["hr"]
    assert found(show="absent") == sorted({*ABSENT, "crm"})
    assert found(show="absent", q="hr") == []
    assert {"hr", "base"} < set(found(show="installed"))
    assert found(show="nonsense") == found()
    assert "Nothing found" in text_of(wati.get(reverse("web:apps"), {"q": "zzz\x00"}))


def test_the_page_costs_the_same_however_many_modules(wati, django_assert_max_num_queries):
    wati.get(reverse("web:apps"))
    with django_assert_max_num_queries(15):
        assert wati.get(reverse("web:apps")).status_code == 200


def test_an_employee_sees_neither_page_nor_menu(sari_at_work):
    for name, args in (("web:apps", []), ("web:app", ["crm"]), ("web:app_uninstall", ["crm"])):
        assert sari_at_work.get(reverse(name, args=args)).status_code == 403
    assert sari_at_work.post(reverse("web:app_uninstall", args=["crm"])).status_code == 403
    assert sari_at_work.post(reverse("web:app_install", args=["crm"])).status_code == 403
    assert (
        reverse("web:apps") not in sari_at_work.get(reverse("web:screen-contacts")).content.decode()
    )


def test_installing_writes_the_wish_down_and_leads_to_its_page(wati, administrator, absent):
    answer = wati.post(reverse("web:app_install", args=["crm"]))
    asked = ModuleOperation.objects.get()
    assert answer["Location"] == reverse("web:app_operation", args=[asked.pk])
    assert (asked.kind, asked.names, asked.state) == (Kind.INSTALL, ["crm"], State.ASKED)
    assert asked.asked_by == administrator


def test_installing_what_is_installed_is_refused_in_a_sentence(wati):
    answer = wati.post(reverse("web:app_install", args=["crm"]))
    assert answer.status_code == 422
    assert answer.context["refusal"].sentences == ["There is nothing to do: crm is so already."]
    assert not ModuleOperation.objects.exists()


def test_a_second_operation_is_refused_while_one_is_under_way(wati, outdated):
    operation()
    answer = wati.post(reverse("web:app_upgrade", args=["hr"]))
    assert answer.status_code == 409
    assert ModuleOperation.objects.count() == 1
    page = text_of(wati.get(reverse("web:apps")))
    assert "Install: CRM is under way." in page
    assert reverse("web:app_upgrade", args=["hr"]) not in page


def test_everything_behind_is_upgraded_at_once(wati, outdated):
    wati.post(reverse("web:apps_upgrade"))
    asked = ModuleOperation.objects.get()
    assert (asked.kind, asked.names) == (Kind.UPGRADE, ["hr"])


def test_upgrading_when_nothing_is_behind_is_refused(wati):
    assert wati.post(reverse("web:apps_upgrade")).status_code == 422


def test_uninstalling_shows_first_what_would_go(wati):
    answer = wati.get(reverse("web:app_uninstall", args=["crm"]))
    stages = ExternalId.objects.filter(module="crm", content_type__model="stage").count()
    assert ("Stages", stages) in answer.context["tables"]
    assert all(rows for _name, rows in answer.context["tables"])
    assert f"Tables without rows {answer.context['empty']}" in words_of(answer)
    assert ("Roles, and the rights that come with them", 2) in [
        (str(name), count) for name, count in answer.context["others"]
    ]
    assert answer.context["preview"].is_allowed


def test_tables_are_called_as_people_call_them():
    assert noun_of_table("base_partner_tags") == "Partner – partner tag"
    assert noun_of_table("base_partner") == "Partners"
    assert noun_of_table("no_such_table") == "no_such_table"


def test_uninstalling_is_asked_for_only_when_confirmed(wati):
    address = reverse("web:app_uninstall", args=["crm"])
    answer = wati.post(address)
    assert answer.status_code == 409
    assert "crm" in answer.context["refusal"].sentences[0]
    assert not ModuleOperation.objects.exists()
    wati.post(address, {"sure": "yes"})
    asked = ModuleOperation.objects.get()
    assert (asked.kind, asked.names) == (Kind.UNINSTALL, ["crm"])


def test_uninstalling_the_house_itself_is_refused_on_the_page(wati):
    answer = wati.get(reverse("web:app_uninstall", args=["base"]))
    assert answer.context["preview"].refusals == [
        "base cannot be uninstalled: everything else stands on it."
    ]
    assert 'name="sure"' not in text_of(answer)


def test_an_operation_under_way_is_looked_at_again_by_itself(wati):
    row = operation(phase=Phase.CHANGING, current="crm")
    answer = wati.get(reverse("web:app_operation", args=[row.pk]))
    assert answer["Refresh"] == "2"
    assert [str(phase["label"]) for phase in answer.context["phases"] if phase["is_current"]] == [
        "Changing the database"
    ]
    assert [str(phase["label"]) for phase in answer.context["phases"]] == [
        "Checking what is asked",
        "Waiting until everybody has finished",
        "Changing the database",
        "Starting anew",
    ]


def test_an_operation_that_ended_tells_what_people_had_changed(wati):
    told = {"name": "crm.stage_lead1", "record": "New", "field": "sequence", "yours": 7, "seed": 1}
    row = operation(state=State.DONE, is_unfinished=False, differences=[told])
    answer = wati.get(reverse("web:app_operation", args=[row.pk]))
    assert not answer.has_header("Refresh")
    assert "Left as you have changed it" in text_of(answer)
    assert "<strong>7</strong>" in text_of(answer)


def test_an_operation_that_failed_tells_why(wati):
    row = operation(state=State.FAILED, is_unfinished=False, error="The tables were locked.")
    assert "The tables were locked." in text_of(
        wati.get(reverse("web:app_operation", args=[row.pk]))
    )


@pytest.mark.parametrize(
    "address", ["/apps/nothing/", "/apps/nothing/uninstall/", "/apps/operations/99/"]
)
def test_what_is_not_there_is_missing(wati, address):
    assert wati.get(address).status_code == 404
