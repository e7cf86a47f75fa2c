"""Modules: what there is, what an operation comes to, what it would take along, and who may ask for it."""

import os
import time

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from base.errors import AccessDenied
from base.lifecycle import plans, previews, processes
from base.lifecycle.catalogue import Catalogue, name_all, refresh
from base.lifecycle.refusals import (
    CodeMissing,
    KernelModule,
    NeededByOthers,
    NothingToDo,
    NotInstalled,
    OperationUnderWay,
    RowsReferToIt,
    UninstallSure,
    UnknownModule,
)
from base.models import (
    Activity,
    ActivityType,
    ExternalId,
    Module,
    ModuleOperation,
    PartnerTag,
    Role,
    User,
    VerbRun,
)
from base.modules import Manifest, installed
from base.modules import Role as ManifestRole
from base.seeds import bringing, load_roles, upsert
from base.services import modules

pytestmark = pytest.mark.django_db

ORDINARY = sorted(settings.IN_HOUSE)


@pytest.fixture
def begun(monkeypatch):
    """The operations for which a process would have begun."""
    begun = []
    monkeypatch.setattr(modules.apart, "begin", begun.append)
    return begun


def absent(*names):
    """Make believe that some modules are not installed."""
    Module.objects.filter(name__in=names).update(state="uninstalled", version="")


def test_every_module_is_listed_and_none_behind_its_code():
    cards = {card.name: card for card in modules.listing()}
    assert sorted(cards) == sorted([*settings.KERNEL, *ORDINARY])
    here = {config.label for config in installed()}
    assert {name for name, card in cards.items() if card.is_installed} == here
    assert {(card.is_outdated, card.trouble) for card in cards.values()} == {(False, "")}
    assert (cards["base"].can_uninstall, cards["crm"].can_uninstall) == (False, True)


def test_listing_speaks_the_language_asked_for():
    [crm] = [card for card in modules.listing(language="id") if card.name == "hr"]
    assert crm.title == "Sumber daya manusia"


def test_listing_tells_of_a_module_whose_code_is_gone():
    Module.objects.create(name="gone", state="installed", version="1", code_version="1")
    card = modules.card("gone")
    assert (card.is_installed, card.code_version, card.can_uninstall) == (True, "", True)
    assert card.trouble == str(CodeMissing(names="gone"))


def test_refresh_forgets_a_module_that_is_neither_here_nor_installed():
    Module.objects.create(name="never", code_version="1")
    refresh()
    assert not Module.objects.filter(name="never").exists()


def test_install_plan_brings_what_is_required_first(monkeypatch):
    absent("crm", "hr")
    catalogue = Catalogue()
    needs = {"crm": ["base", "hr"]}
    real = catalogue.requires
    monkeypatch.setattr(catalogue, "requires", lambda label: needs.get(label) or real(label))
    assert plans.to_install(["crm"], catalogue) == ["hr", "crm"]


def test_install_refuses_what_is_unknown_and_what_is_there():
    with pytest.raises(UnknownModule):
        plans.to_install(["nonsense"], Catalogue())
    with pytest.raises(NothingToDo):
        plans.to_install(["crm"], Catalogue())


def test_upgrade_plan_is_what_lies_behind_its_code():
    assert plans.to_upgrade(["crm"], Catalogue()) == ["crm"]
    with pytest.raises(NothingToDo):
        plans.to_upgrade([], Catalogue())
    Module.objects.filter(name="hr").update(version="0.0.9")
    assert plans.to_upgrade([], Catalogue()) == ["hr"]
    absent("hr")
    with pytest.raises(NotInstalled):
        plans.to_upgrade(["hr"], Catalogue())


def test_uninstall_plan_begins_with_those_that_need_others():
    Module.objects.filter(name="crm").update(requires=["base", "hr"])
    with pytest.raises(NeededByOthers) as refusal:
        plans.to_uninstall(["hr"])
    assert refusal.value.params == {"names": "hr", "others": "crm"}
    assert plans.to_uninstall(["hr", "crm"]) == ["crm", "hr"]


def test_uninstall_takes_the_bridges_along():
    Module.objects.create(
        name="crm_hr", state="installed", is_bridge=True, requires=["crm", "hr"], version="1"
    )
    assert plans.to_uninstall(["hr"]) == ["crm_hr", "hr"]


def test_uninstall_refuses_the_kernel_and_what_is_not_installed():
    with pytest.raises(KernelModule):
        plans.to_uninstall(["web"])
    absent("crm")
    with pytest.raises(NotInstalled):
        plans.to_uninstall(["crm"])


def test_preview_counts_rows_and_what_is_said_about_them():
    kind = ExternalId.objects.filter(content_type__app_label="crm").first().content_type
    Activity.objects.create(
        content_type=kind,
        row_id=1,
        type=ActivityType.objects.first(),
        user_id=2,
        due_date="2026-07-01",
    )
    seen = modules.preview(["crm"])
    assert seen.is_allowed
    assert seen.modules == ["crm"]
    assert sorted(seen.rows) == ["crm_lostreason", "crm_stage", "crm_team", "crm_team_members"]
    assert seen.about["base.activity"] == 1
    assert seen.roles == 2


def test_preview_tells_what_speaks_against_it():
    seen = modules.preview(["base"])
    assert (seen.is_allowed, seen.refusals) == (False, [str(KernelModule(names="base"))])


def test_rows_of_others_that_point_in_are_counted_and_refuse():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stranger (id int, stage_id bigint REFERENCES crm_stage)")
        cursor.execute("INSERT INTO stranger SELECT 1, id FROM crm_stage LIMIT 2")
    seen = modules.preview(["crm"])
    assert [(one.table, one.column, one.target, one.rows) for one in seen.pointers] == [
        ("stranger", "stage_id", "crm_stage", 2)
    ]
    assert seen.refusals == [str(RowsReferToIt(names="crm", tables="stranger"))]
    with pytest.raises(RowsReferToIt):
        previews.examined(["crm"])


def test_request_records_an_operation_and_begins_it_at_commit(
    admin, begun, django_capture_on_commit_callbacks
):
    absent("crm")
    with django_capture_on_commit_callbacks(execute=True):
        operation = modules.request_install(["crm"], by=admin)
        assert begun == []
    assert begun == [operation.pk]
    assert (operation.kind, operation.names, operation.asked_by_id) == ("install", ["crm"], 2)
    assert VerbRun.objects.latest("pk").verb == "base.modules.request_install"


def test_request_refuses_while_another_operation_is_under_way(admin, begun):
    modules.request_upgrade(["crm"], by=admin)
    with pytest.raises(OperationUnderWay), transaction.atomic():
        modules.request_upgrade(["hr"], by=admin)
    assert ModuleOperation.objects.count() == 1


def test_uninstall_asks_first(admin, begun):
    with pytest.raises(UninstallSure) as question:
        modules.request_uninstall(["crm"], by=admin)
    assert question.value.params["tables"] == 4
    assert ModuleOperation.objects.count() == 0
    operation = modules.request_uninstall(["crm"], by=admin, confirmed=True)
    assert operation.names == ["crm"]


def test_nobody_without_the_right_changes_modules(nobody, begun):
    for ask in (modules.request_install, modules.request_upgrade, modules.request_uninstall):
        with pytest.raises(AccessDenied):
            ask(["crm"], by=nobody)
    assert begun == []


def test_wait_refuses_to_wait_within_a_transaction(admin, begun):
    operation = modules.request_upgrade(["crm"], by=admin)
    with pytest.raises(RuntimeError):
        modules.wait(operation.pk)


def test_seeds_leave_what_people_edited_and_tell_the_difference():
    with bringing("crm"):
        ids = upsert(PartnerTag, "crm", {"vip": {"name": "VIP", "color": 1}})
    assert ExternalId.objects.get(module="crm", name="vip").brought_by == "crm"
    PartnerTag.objects.filter(pk=ids["vip"]).update(name="Penting")
    with bringing("crm") as brought:
        upsert(PartnerTag, "crm", {"vip": {"name": "Very important", "color": 2}})
    tag = PartnerTag.objects.get(pk=ids["vip"])
    assert (tag.name, tag.color) == ("Penting", 2)
    [difference] = brought.differences
    assert (difference["name"], difference["field"]) == ("crm.vip", "name")
    assert (difference["yours"], difference["before"], difference["seed"]) == (
        "Penting",
        "VIP",
        "Very important",
    )


def test_a_role_that_a_newer_version_has_no_more_goes_unless_people_hold_it(monkeypatch):
    config = apps.get_app_config("web")

    def upgrade(*keys):
        roles = tuple(ManifestRole(key=key, name=key.title(), permissions=()) for key in keys)
        monkeypatch.setattr(config, "manifest", Manifest(version="9", summary="", roles=roles))
        with bringing("web") as brought:
            load_roles(config)
        return brought.differences

    assert upgrade("keeper", "clerk", "guest") == []
    User.objects.get(pk=2).roles.add(Role.objects.get(module="web", name_en="Clerk"))
    [kept] = upgrade("guest")
    assert (kept["name"], kept["field"], kept["yours"]) == ("web.clerk", "users", "admin")
    assert set(Role.objects.filter(module="web").values_list("name_en", flat=True)) == {
        "Clerk",
        "Guest",
    }
    User.objects.get(pk=2).roles.clear()
    assert upgrade("guest") == []
    assert list(ExternalId.objects.filter(module="web", name__in=["keeper", "clerk"])) == []


def test_a_role_is_found_under_further_names_until_a_newer_version_drops_them(monkeypatch):
    config = apps.get_app_config("web")

    def upgrade(*also):
        role = ManifestRole(key="keeper", name="Keeper", permissions=(), also=also)
        monkeypatch.setattr(config, "manifest", Manifest(version="9", summary="", roles=(role,)))
        with bringing("web"):
            load_roles(config)
        keeper = Role.objects.get(module="web")
        return [str(one) for one in ExternalId.objects.of(keeper).order_by("id")]

    assert upgrade("shop.keeper", "inventory.keeper") == [
        *("web.keeper", "shop.keeper", "stock.keeper"),
    ]
    assert upgrade("inventory.keeper") == ["web.keeper", "stock.keeper"]
    assert upgrade() == ["web.keeper"]


def test_modules_that_are_gone_leave_no_name():
    Module.objects.create(name="gone", wire_name="gone", state="uninstalled")
    name_all()
    assert ExternalId.objects.named("base.module_gone").exists()
    refresh()
    assert not ExternalId.objects.named("base.module_gone").exists()
    assert ExternalId.objects.named("base.module_crm").exists()


@pytest.mark.django_db(transaction=True)
def test_an_operation_whose_process_does_not_come_up_fails_with_its_last_words(
    monkeypatch, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    broken = {**os.environ, "DJANGO_SETTINGS_MODULE": "nowhere.settings"}
    monkeypatch.setattr(processes, "surroundings", lambda: broken)
    operation = ModuleOperation.objects.create(kind="upgrade", names=["hr"])
    modules.apart.begin(operation.pk)
    end = time.monotonic() + 60
    while operation.is_unfinished and time.monotonic() < end:
        time.sleep(0.1)
        operation.refresh_from_db()
    assert (operation.state, operation.error_code) == ("failed", "operation_did_not_start")
    assert "No module named 'nowhere'" in operation.error
