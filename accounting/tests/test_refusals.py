"""What is refused is refused at every door, in a sentence, and leaves the database as it was."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounting.models import CompanyAccounting, JournalEntry
from accounting.services import charts, invoices
from base.actors import Actor
from base.models import Company, Partner, Role, User
from base.services import credentials

pytestmark = pytest.mark.django_db

SECRET = "kunci-pintu-2026"
DAY = date(2026, 3, 10)
TABLES = (
    "accounting_journalentry",
    "accounting_journalitem",
    "accounting_accountbalancedelta",
    "base_partner",
    "base_counter",
    "base_change",
    "base_verbrun",
)


def everything():
    """A fingerprint of all that a refusal must not touch."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
            )
            found[table] = cursor.fetchone()
    return found


def person(login, company, *roles):
    user = User.objects.create_user(login, SECRET, name=login.title(), company=company)
    user.companies.add(company)
    user.roles.add(Role.objects.get(module="base", name_en="Employee"))
    user.roles.add(*Role.objects.filter(module="accounting", name_en__in=roles))
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.refresh_from_db()
    return user


@pytest.fixture
def company():
    ours = Company.objects.get(pk=1)
    charts.load(Company.objects.filter(pk=1), "id_sak_ep", by=Actor.system(door="shell"))
    return ours


@pytest.fixture
def other_company(company):
    theirs = Company.objects.create(
        name="Seberang",
        partner=Partner.objects.create(name="Seberang", is_company=True),
        currency=company.currency,
    )
    charts.load(Company.objects.filter(pk=theirs.pk), "generic", by=Actor.system(door="shell"))
    return theirs


@pytest.fixture
def accountant(company):
    return person("ada", company, "Accountant")


@pytest.fixture
def auditor(company):
    return person("citra", company, "Auditor")


def draft_of(user):
    customer = Partner.objects.create(name="Toko Maju")
    row = {"kind": "out_invoice", "partner_id": customer.pk, "invoice_date": DAY}
    lines = [{"label": "Jasa", "quantity": Decimal(1), "unit_price": Decimal(100000)}]
    [entry] = invoices.draft([{**row, "lines": lines}], by=Actor.of(user), on=DAY)
    return entry


def by_page(user, entry):
    """Press the button "Post" on the invoice's page."""
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("web:screen-invoices-record", args=[entry.pk])
    answer = browser.post(address, {"_do": "action_post"}, follow=True)
    return answer.status_code, answer.content.decode()


def by_office(user, entry):
    """Do the deed "Post" in the back office."""
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    place = reverse("admin:accounting_journalentry_deed", args=["post"])
    form = {"ids": str(entry.pk), "sure": "1", "on": DAY.isoformat()}
    answer = browser.post(f"{place}?ids={entry.pk}", form, follow=True)
    return answer.status_code, answer.content.decode()


def by_wire(user, entry):
    """Call `action_post` as a program."""
    credentials.forget_all()
    args = ["niaga", user.pk, SECRET, "account.move", "action_post", [[entry.pk]]]
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "params": {"service": "object", "method": "execute_kw", "args": args},
    }
    answer = Client().post("/jsonrpc", json.dumps(body), content_type="application/json")
    error = answer.json().get("error", {"data": {"message": "", "name": ""}})["data"]
    return error["name"].rpartition(".")[2], error["message"]


DOORS = [by_page, by_office, by_wire]


def name_of(door):
    return door.__name__


@pytest.mark.parametrize("door", DOORS, ids=name_of)
def test_every_door_posts_when_nothing_is_against_it(door, accountant):
    entry = draft_of(accountant)
    door(accountant, entry)
    entry.refresh_from_db()
    assert (entry.state, entry.number) == ("posted", "INV/2026/00001")


@pytest.mark.parametrize("door", DOORS, ids=name_of)
def test_every_door_refuses_a_closed_period_in_a_sentence(door, accountant):
    entry = draft_of(accountant)
    CompanyAccounting.objects.filter(company=1).update(lock_date=date(2026, 3, 31))
    before = everything()

    _status, text = door(accountant, entry)

    assert "The books are closed on" in text
    assert everything() == before


@pytest.mark.parametrize(
    ("door", "status"), [(by_page, 403), (by_office, 403), (by_wire, "AccessError")]
)
def test_every_door_refuses_who_lacks_the_right(door, status, accountant, auditor):
    entry = draft_of(accountant)
    before = everything()

    found, _text = door(auditor, entry)

    assert found == status
    assert everything() == before


@pytest.mark.parametrize(("door", "status"), [(by_page, 404), (by_wire, "AccessError")])
def test_no_door_knows_the_entry_of_another_company(door, status, accountant, other_company):
    entry = draft_of(person("eve", other_company, "Accountant"))
    before = everything()

    found, text = door(accountant, entry)

    assert found == status
    assert "Seberang" not in text
    assert everything() == before


def test_the_office_does_not_know_the_entry_of_another_company(accountant, other_company):
    entry = draft_of(person("eve", other_company, "Accountant"))
    before = everything()

    _status, text = by_office(accountant, entry)

    assert "do not exist" in text
    assert everything() == before


def test_the_office_tells_that_it_is_posted_already(accountant):
    entry = draft_of(accountant)
    by_wire(accountant, entry)
    before = everything()

    _status, text = by_office(accountant, entry)

    assert "is no longer a draft" in text
    assert everything() == before


@pytest.mark.parametrize(
    ("door", "answer"), [(by_page, (200, "INV/2026/00001")), (by_wire, ("", ""))]
)
def test_posting_twice_changes_nothing(door, answer, accountant):
    """Programs call `action_post` again after a lost answer, people press a button of a page that is stale.

    Both get what they would have got: the posted document.
    """
    entry = draft_of(accountant)
    by_wire(accountant, entry)
    before = everything()

    status, text = door(accountant, entry)

    assert status == answer[0]
    assert answer[1] in text
    after = everything()
    after["base_verbrun"] = before["base_verbrun"]  # that somebody asked is written down
    assert after == before
    assert JournalEntry.objects.get(pk=entry.pk).number == "INV/2026/00001"


@pytest.mark.parametrize("door", DOORS, ids=name_of)
def test_a_right_taken_away_is_gone_at_every_door_at_once(door, accountant):
    entry = draft_of(accountant)
    draft_of(accountant)
    by_wire(accountant, draft_of(accountant))
    permission = Permission.objects.get(codename="post_entry")
    permission.roles.clear()
    before = everything()

    door(accountant, entry)

    assert everything() == before


def test_a_script_in_a_name_is_text_on_every_page(accountant):
    name = '<script>alert("x")</script>'
    partner = Partner.objects.create(name=name)
    browser = Client()
    browser.force_login(accountant, backend="django.contrib.auth.backends.ModelBackend")

    pages = [
        reverse("web:screen-contacts"),
        reverse("web:screen-contacts-record", args=[partner.pk]),
        reverse("admin:base_partner_changelist"),
        reverse("admin:base_partner_change", args=[partner.pk]),
    ]

    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert name not in answer.content.decode()


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", "%'; DROP TABLE base_partner; --", "\x00", "%" * 500]
)
def test_sql_in_a_search_box_finds_nothing_and_harms_nothing(accountant, words):
    browser = Client()
    browser.force_login(accountant, backend="django.contrib.auth.backends.ModelBackend")
    before = everything()

    for page in (
        "web:screen-contacts",
        "web:screen-products",
        "web:screen-journal-entries",
        "admin:base_partner_changelist",
    ):
        answer = browser.get(reverse(page), {"q": words})
        assert answer.status_code in {200, 302, 400}

    assert everything() == before
