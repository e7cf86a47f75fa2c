"""Windows that ask before a verb does its work: what they show, what they refuse, where they lead."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory

from base.actors import Actor
from base.models import Language, Role
from rpc import field, registry
from rpc.models import Wizard
from web.screens import leading
from web.tests.conftest import person, signed_in
from web.tests.sending import opened, sent

pytestmark = pytest.mark.django_db
ASKS = "res.users.apikeys.description"
INSTALLS = "base.language.install"


def test_a_window_asks_for_its_fields_and_does_what_its_button_says(boss):
    address = leading.window(INSTALLS, {}, "/home/")
    page = boss.get(address).content.decode()
    assert "<h1>Install Language</h1>" in page
    assert 'name="_do" value="lang_install"' in page
    answer = sent(boss, address, overwrite="on", _do="lang_install")
    assert (answer.status_code, answer.url) == (302, "/home/")
    kept = Wizard.objects.get()
    assert (kept.model, kept.values["overwrite"]) == (INSTALLS, True)


def test_a_window_keeps_the_context_it_is_opened_in(boss):
    address = leading.window(INSTALLS, {"default_overwrite": True, "active_ids": [7]}, "/home/")
    assert opened(boss, address)["overwrite"] == ["on"]
    sent(boss, address, _do="lang_install")
    assert Wizard.objects.get().context["active_ids"] == [7]


def test_what_a_window_refuses_is_told_on_it_and_nothing_is_kept(boss):
    address = leading.window(ASKS, {}, "/home/")
    answer = sent(boss, address, name="", _do="make_key")
    assert (answer.status_code, Wizard.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.fixture
def whom():
    """The address of a window that asks for a contact and cannot do without."""
    link = field("partner_id", "many2one", "Whom", relation="res.partner", required=True)
    what = {"fields": (link,), "methods": {"go": lambda call, rows: True}}
    registry.wizard("test.whom", label="Whom", permission="base.view_partner", **what)
    yield leading.window("test.whom", {}, "/home/")
    registry._declarations.pop("test.whom")
    registry._exposures.clear()


def test_a_window_asks_for_the_link_that_it_needs(boss, whom):
    answer = sent(boss, whom, partner_id="", _do="go")
    assert (answer.status_code, Wizard.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert sent(boss, whom, partner_id="Administrator", _do="go").status_code == 302


def test_a_window_runs_no_other_verb_than_its_own(boss):
    answer = sent(boss, leading.window(INSTALLS, {}, "/home/"), _do="unlink_everything")
    assert (answer.status_code, Wizard.objects.count()) == (404, 0)


def test_a_window_is_closed_to_who_may_not_do_what_it_does(house):
    sari = signed_in(person("sari", "Employee", company=house))
    before = set(Language.objects.active().values_list("pk", flat=True))
    assert sari.get(leading.window(INSTALLS, {}, "/home/")).status_code == 403
    assert set(Language.objects.active().values_list("pk", flat=True)) == before


def test_a_window_whose_link_was_changed_says_so(boss):
    address = leading.window(INSTALLS, {"active_ids": [1]}, "/home/")
    answer = boss.get(address[:-3] + "abc")
    assert answer.status_code in {400, 404, 422}
    assert boss.get("/do/res.partner/").status_code == 404
    assert boss.get("/do/no.such/").status_code == 404


def test_what_a_verb_answers_leads_to_a_record_to_rows_or_to_a_window(house):
    request = RequestFactory().get("/")
    budi = person("budi", "Administrator", company=house)
    request.actor = Actor.of(budi)
    one = {"res_model": "res.partner", "res_id": 5}
    several = {"res_model": "res.partner", "domain": [["id", "in", [1, 2]]]}
    asks = {"res_model": INSTALLS, "target": "new", "context": {"active_ids": [1]}}
    assert leading.opened(request, one, "/back/") == "/contacts/5/"
    rows = urlsplit(leading.opened(request, several, "/back/"))
    assert (rows.path, parse_qs(rows.query)) == ("/contacts/", {"d": ['[["id","in",[1,2]]]']})
    assert leading.opened(request, asks, "/back/").startswith(f"/do/{INSTALLS}/?w=")
    assert leading.opened(request, {"url": "https://evil.example/"}, "/back/") == "/back/"
    assert leading.opened(request, {"type": "ir.actions.act_window_close"}, "/back/") == "/back/"


def test_a_screen_that_the_actor_may_not_open_is_not_led_to(house):
    request = RequestFactory().get("/")
    looks = Role.objects.create(name="Looks", module="base")
    looks.permissions.add(Permission.objects.get(codename="view_user"))
    user = person("rudi", company=house)
    user.roles.add(looks)
    request.actor = Actor.of(user)
    assert leading.opened(request, {"res_model": "res.users", "res_id": 1}, "/back/") == "/back/"
