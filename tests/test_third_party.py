"""A module that others have written, from the day its package is installed until nothing of it is left.

It is a real package (`tests/packages/armada`), in a house that really runs and began without any module. Nothing in the
house names it.
"""

import json
import re
import zipfile
from datetime import timedelta

import odoorpc
import pytest

from base.dates import today_in
from erpsite.launch.places import ROOT
from tests import fleet_screens, third_party
from tests.living_house import Fault, LivingHouse, host_of, text_of
from web.tests.sending import opened

pytestmark = [pytest.mark.slow, pytest.mark.lives]
SOON = (today_in("Asia/Jakarta") + timedelta(days=3)).isoformat()


@pytest.fixture(scope="module")
def site(home):
    """Where the package is installed: beside the house, not into the environment that it shares with others."""
    folder = home / "packages"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def house(home, site):
    """A demo house without any module."""
    house = LivingHouse(home, site, NIAGA_MODULES="")
    house.start()
    yield house
    house.stop()


def test_a_module_by_others_lives_from_package_to_nothing(house, home, site, tmp_path):
    assert sorted(name for name, card in house.modules().items() if card["is_installed"]) == [
        "base",
        "rpc",
        "web",
    ]
    install_package(house, site, tmp_path)
    install_module(house)
    people, program = house.browser(), house.program()
    fleet_screens.pages_show_it(people, SOON)
    office_shows_it(people, program)
    programs_use_it(program)
    other_peoples_programs_use_it(house)
    its_job_runs(program)
    a_sale_writes_no_invoice_without_accounting(people, program)
    fleet_screens.people_keep_things(house, people)
    accounting_brings_the_bridge(house, program)
    program("armada.vehicle.kind", "write", program_ref(program, "kind_truck"), {"notice_days": 45})
    before = vehicles(house, "description")
    third_party.install(third_party.source("armada", 2, tmp_path / "two"), site)
    upgrade_from_the_browser(people)
    screens_are_those_of_version_two(people)
    data_was_migrated(house, program, before)
    uninstall_from_the_browser(house, people)
    nothing_is_left(house)
    others_are_as_before(house, program)


def test_the_page_that_teaches_it_works_from_an_empty_folder(house, site, tmp_path):
    project = tmp_path / "perkakas"
    commands = third_party.written_down(ROOT / "docs" / "modules.md", project)
    assert commands.pop(0) == "./niaga pip install --editable ../perkakas"
    third_party.make_editable(project, "perkakas", site)
    for command in commands:
        if "uninstall" in command:
            what_was_taught_works(house)
        house.manage(
            *command.removeprefix("./niaga manage ").replace("../perkakas", str(project)).split()
        )
        house.wait_until(house.is_open)
    texts = (project / "perkakas/locale/id/LC_MESSAGES/django.po").read_text()
    assert 'msgid "Take back"' in texts
    assert house.ask("SELECT relname FROM pg_class WHERE relname LIKE 'perkakas%%'") == []


def what_was_taught_works(house):
    program, people = house.program(), house.browser()
    [tool] = program("perkakas.tool", "search", [["name", "=", "Palu"]])
    borrower = program("res.partner", "create", {"name": "Pak Kayu", "tool_badge": "K-7"})
    assert program("perkakas.tool", "action_lend", [tool], borrower_id=borrower) is True
    with pytest.raises(Fault, match="Pak Kayu has Palu already"):
        program("perkakas.tool", "action_lend", [tool], borrower_id=borrower)
    assert "Pak Kayu" in people.get("/tools/?f=lent").text
    fleet_screens.send(people, f"/tools/{tool}/", _do="action_take_back")
    assert "Pak Kayu" not in people.get("/tools/").text
    assert program("perkakas.tool", "action_lend", [tool], borrower_id=borrower) is True
    assert "Palu" in people.get("/admin/perkakas/tool/").text
    assert "K-7" in people.get(f"/admin/base/partner/{borrower}/change/").text
    [clock] = program("ir.cron", "search", [["name", "=", "Count lent tools"]])
    program("ir.cron", "method_direct_trigger", [clock])
    done = "SELECT result FROM base_jobrun WHERE task = 'perkakas.count' AND state = 'done'"
    house.wait_until(lambda: house.ask(done) == [({"lent": 1},)])


def install_package(house, site, folder):
    third_party.install(third_party.source("armada", 1, folder / "one"), site)
    card = house.modules()["armada"]
    assert (card["is_installed"], card["code_version"], card["package"]) == (
        False,
        "1.0.0",
        "niaga-armada",
    )
    assert house.modules()["armada_accounting"]["is_bridge"]


def install_module(house):
    assert "Install: armada. Done." in house.manage("modules", "install", "armada")
    house.wait_until(house.is_open)
    cards = house.modules()
    assert (cards["armada"]["version"], cards["armada"]["is_installed"]) == ("1.0.0", True)
    assert not cards["armada_accounting"]["is_installed"]


def office_shows_it(people, program):
    assert "b 1234xyz" in people.get("/admin/armada/vehicle/").text
    driver = program("res.partner", "create", {"name": "Ujang Sopir"})
    page = people.get(f"/admin/base/partner/{driver}/change/").text
    assert 'name="armada-__prefix__-licence_number"' in page
    assert people.get("/admin/armada/vehicle/add/").status_code == 200


def programs_use_it(program):
    fields = program("res.partner", "fields_get", ["driving_licence", "vehicle_ids"])
    assert (fields["driving_licence"]["type"], fields["driving_licence"]["string"]) == (
        "char",
        "Licence number",
    )
    told = program("res.partner", "fields_get", ["driving_licence"], context={"lang": "id_ID"})
    assert told["driving_licence"]["string"] == "Nomor SIM"
    [driver] = program("res.partner", "search", [["name", "=", "Ujang Sopir"]])
    program("res.partner", "write", [driver], {"driving_licence": "123456789012"})
    with pytest.raises(Fault, match=r"A licence number has 12 to 14 digits\."):
        program("res.partner", "write", [driver], {"driving_licence": "12"})
    wanted = [["driving_licence", "=like", "1234%"]]
    assert program("res.partner", "search_read", wanted, ["name", "driving_licence"]) == [
        {"id": driver, "name": "Ujang Sopir", "driving_licence": "123456789012"}
    ]
    [lorry] = program("armada.vehicle", "search", [["plate", "=", "b 1234xyz"]])
    program("armada.vehicle", "write", [lorry], {"driver_id": driver})
    assert program("res.partner", "read", [driver], ["vehicle_ids"])[0]["vehicle_ids"] == [lorry]
    program("armada.vehicle", "action_renew_tax", [lorry])
    [row] = program("armada.vehicle", "read", [lorry], ["tax_due_date", "driver_id", "company_id"])
    assert row["tax_due_date"] > SOON
    assert (row["driver_id"][0], row["company_id"][0]) == (driver, 1)
    program("armada.vehicle", "write", [lorry], {"tax_due_date": SOON})


def other_peoples_programs_use_it(house):
    host, port = host_of(house)
    odoo = odoorpc.ODOO(host, port=port)
    odoo.login("niaga", "admin", "admin")
    assert odoo.env.ref("armada.kind_car").name == "Car"
    [kind] = odoo.env["armada.vehicle.kind"].search([("name", "=", "Car")])
    odoo.env["armada.vehicle"].create(
        {
            "plate": "D 88",
            "description": "Toyota Avanza 1.3 G",
            "kind_id": kind,
            "tax_due_date": "2031-01-31",
        }
    )
    odoo.logout()


def its_job_runs(program):
    [clock] = program("ir.cron", "search", [["name", "=", "Remind of road tax"]])
    program("ir.cron", "method_direct_trigger", [clock])
    found = [["res_model", "=", "armada.vehicle"]]
    program.house.wait_until(lambda: program("mail.activity", "search_count", found) == 1)
    [activity] = program("mail.activity", "search_read", found, ["summary", "date_deadline"])
    assert (activity["summary"], activity["date_deadline"]) == (
        "Pay the road tax of b 1234xyz",
        SOON,
    )


def a_sale_writes_no_invoice_without_accounting(people, program):
    [car] = program("armada.vehicle", "search", [["plate", "=", "D 88"]])
    fleet_screens.a_sale_is_asked_for_in_a_window(people, car, "Ujang Sopir")
    [sold] = program("armada.vehicle", "read", [car], ["state", "price", "buyer_id"])
    assert (sold["state"], sold["price"], sold["buyer_id"][1]) == ("sold", 9e7, "Ujang Sopir")
    assert "invoice_id" not in program("armada.vehicle", "fields_get")
    with pytest.raises(Fault, match="D 88 was sold on"):
        program("armada.vehicle", "action_sell", [car], sold["buyer_id"][0], 1)


def accounting_brings_the_bridge(house, program):
    house.manage("modules", "install", "accounting")
    load = "charts.load(Company.objects.filter(pk=1), 'generic', by=Actor.system())"
    house.manage(
        "shell",
        "-c",
        f"from accounting.services import charts; from base.models import Company; from base.actors import Actor; {load}",
    )
    house.wait_until(house.is_open)
    assert house.modules()["armada_accounting"]["is_installed"]
    [car] = program("armada.vehicle", "search", [["plate", "=", "F 1 AA"]])
    buyer = program("res.partner", "create", {"name": "CV Mobil Bekas"})
    program("armada.vehicle", "action_sell", [car], buyer, 50_000_000)
    [sold] = program("armada.vehicle", "read", [car], ["invoice_id"])
    invoice = program(
        "account.move", "read", [sold["invoice_id"][0]], ["state", "partner_id", "amount_untaxed"]
    )[0]
    assert (invoice["state"], invoice["partner_id"][0], invoice["amount_untaxed"]) == (
        "draft",
        buyer,
        50_000_000,
    )


def upgrade_from_the_browser(people):
    assert "Fleet 1.0.0 → 2.0.0" in text_of(people.get("/apps/"))
    ended = people.follow(people.post("/apps/upgrade/"))
    page = text_of(ended)
    assert "It is done, and everybody can work again." in page
    assert "armada.kind_truck" in page
    assert "<strong>45</strong>" in page
    assert "armada.kind_car" not in page


def screens_are_those_of_version_two(people):
    [(address, name)] = re.findall(
        r'href="(/vehicles/\d+/)[^"]*"[^>]*>\s*(B 1234 XYZ)', people.get("/vehicles/?all=1").text
    )
    form = opened(people, address)
    assert [form[box] for box in ("plate", "make", "model_name", "odometer")] == [
        [name],
        ["Mitsubishi"],
        ["Colt Diesel"],
        ["0"],
    ]
    refused = fleet_screens.send(people, address, plate="b1234xyz")
    assert (refused.status_code, "A plate is written like B 1234 XYZ." in refused.text) == (
        422,
        True,
    )
    assert fleet_screens.send(people, address, odometer="120500").status_code == 200
    assert "By kind" in people.get("/vehicles/").text


def data_was_migrated(house, program, before):
    assert before == {
        "b 1234xyz": "Mitsubishi Colt Diesel",
        "D 88": "Toyota Avanza 1.3 G",
        "F 1 AA": "Honda",
    }
    rows = program(
        "armada.vehicle",
        "search_read",
        [],
        ["plate", "make", "model_name", "odometer", "state"],
        order="plate",
    )
    assert [tuple(row.values())[1:] for row in rows] == [
        ("B 1234 XYZ", "Mitsubishi", "Colt Diesel", 120500, "in_service"),
        ("D 88", "Toyota", "Avanza 1.3 G", 0, "sold"),
        ("F 1 AA", "Honda", False, 0, "sold"),
    ]
    kinds = program("armada.vehicle.kind", "search_read", [], ["name", "notice_days"])
    assert {kind["name"]: kind["notice_days"] for kind in kinds} == {
        "Car": 30,
        "Lorry": 45,
        "Van": 30,
        "Motorcycle": 30,
    }
    told = program("armada.vehicle", "fields_get", ["odometer"], context={"lang": "id_ID"})
    assert told["odometer"]["string"] == "Odometer (km)"
    with pytest.raises(Fault, match="cannot be changed any more"):
        program("armada.vehicle", "write", [rows[1]["id"]], {"odometer": 5})
    assert house.modules()["armada"]["version"] == "2.0.0"


def uninstall_from_the_browser(house, people):
    page = text_of(people.get("/apps/armada/uninstall/"))
    assert "With it goes: Fleet and accounting." in page
    kept = ("Favourites", "Choices of columns", "Imports", "Wizards")
    for what in ("Vehicles", "Drivers", "Activities", "External ids", "Messages", *kept):
        assert f">{what}<" in page
    ended = people.follow(people.post("/apps/armada/uninstall/", sure="yes"))
    assert "It is done, and everybody can work again." in ended.text
    [export] = (house.home / "exports").glob("*.zip")
    with zipfile.ZipFile(export) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = archive.read("tables/armada_vehicle.csv").decode().splitlines()
    assert len(lines) == 4
    assert "armada" in json.dumps(manifest)


def nothing_is_left(house):
    left = {}
    for what, question in TRACES.items():
        if found := house.ask(question):
            left[what] = found
    assert left == {}
    # Whatever the table: what was done, and who had which right, is history; the package can be installed again.
    told = {
        table for (table,) in house.ask(TABLES) if house.ask(MENTIONS.format(table), "%armada%")
    }
    history = {"base_moduleoperation", "base_verbrun", "base_change"}
    assert told <= {"base_module", "base_externalid", *history}
    named = "SELECT module, name FROM base_externalid row WHERE row::text ILIKE %s ORDER BY 2"
    assert house.ask(named, "%armada%") == [  # it is still offered under these names
        ("base", "module_armada"),
        ("base", "module_armada_accounting"),
    ]
    changed = "SELECT DISTINCT model FROM base_change row WHERE row::text ILIKE %s ORDER BY 1"
    assert house.ask(changed, "%armada%") == [("base_role",), ("base_scheduledjob",)]


def others_are_as_before(house, program):
    people = house.browser()
    fleet_screens.contacts_open_as_before(people)
    [driver] = program("res.partner", "search", [["name", "=", "Ujang Sopir"]])
    assert people.get(f"/contacts/{driver}/").status_code == 200
    assert people.get(f"/admin/base/partner/{driver}/change/").status_code == 200
    assert "driving_licence" not in program("res.partner", "fields_get")
    assert program("res.partner", "unlink", [driver]) is True
    [invoice] = program(
        "account.move", "search_read", [["move_type", "=", "out_invoice"]], ["amount_untaxed"]
    )
    assert invoice["amount_untaxed"] == 50_000_000


def vehicles(house, column):
    """One column of the vehicles, by plate."""
    return dict(house.ask(f"SELECT plate, {column} FROM armada_vehicle"))


def program_ref(program, name):
    """The ids of a seeded row."""
    return [program("ir.model.data", "check_object_reference", "armada", name)[1]]


TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
MENTIONS = "SELECT 1 FROM {} row WHERE row::text ILIKE %s LIMIT 1"
TRACES = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE 'armada%%'",
    "columns": "SELECT table_name FROM information_schema.columns WHERE column_name LIKE '%%armada%%'",
    "functions": "SELECT proname FROM pg_proc WHERE prosrc LIKE '%%armada%%' OR proname LIKE '%%vehicle%%'",
    "kinds": "SELECT model FROM django_content_type WHERE app_label LIKE 'armada%%'",
    "rights": "SELECT codename FROM auth_permission WHERE codename LIKE '%%vehicle%%' OR codename LIKE '%%_driver'",
    "roles": "SELECT name FROM base_role WHERE module LIKE 'armada%%'",
    "names": "SELECT name FROM base_externalid WHERE module LIKE 'armada%%' OR name LIKE 'vehicle%%'",
    "schedules": "SELECT key FROM base_scheduledjob WHERE key LIKE 'armada%%'",
    "clocks": "SELECT name FROM django_celery_beat_periodictask WHERE name LIKE 'armada%%'",
    "runs": "SELECT task FROM base_jobrun WHERE task LIKE 'armada%%'",
    "times": (
        "SELECT c.id FROM django_celery_beat_crontabschedule c LEFT JOIN django_celery_beat_periodictask t"
        " ON t.crontab_id = c.id WHERE t.id IS NULL"
    ),
    "screens": (
        "SELECT screen FROM (SELECT screen FROM base_favourite UNION ALL SELECT screen FROM base_columnchoice"
        " UNION ALL SELECT screen FROM base_importbatch) kept WHERE screen LIKE 'vehicle%%'"
    ),
    "files": "SELECT name FROM base_attachment WHERE name = 'fleet.csv'",
    "imports": "SELECT task FROM base_jobrun WHERE task = 'web.take_in'",
    "activities": "SELECT summary FROM base_activity WHERE summary LIKE 'Pay the road tax%%'",
    "migrations": "SELECT name FROM django_migrations WHERE app LIKE 'armada%%'",
    "changes": "SELECT model FROM base_change WHERE model LIKE 'armada%%'",
    "modules": "SELECT name FROM base_module WHERE name LIKE 'armada%%' AND state = 'installed'",
}
