"""What is to be done about records, by kind: planned and done from there."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from base.dates import today_in
from base.models import Activity, ActivityType, Message, Partner, User

pytestmark = pytest.mark.django_db
PAGE = "/contacts/?v=activity&all=1"


@pytest.fixture
def today():
    return today_in("Asia/Jakarta")


@pytest.fixture
def kinds(db):
    Activity.objects.all().delete()
    return list(ActivityType.objects.filter(model="").order_by("sequence", "pk")[:2])


def planned(name, kind, day):
    row = Partner.objects.filter(name=name).first() or Partner.objects.create(name=name)
    user = User.objects.get(pk=2)
    return Activity.objects.create(row=row, type=kind, summary="Hubungi", due_date=day, user=user)


def cells_of(page):
    """The filled cells of a page: record, state and how many."""
    found = []
    text = page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    for row in text.split("<tr>")[1:]:
        name = html.unescape(re.search(r'scope="row"[^>]*><a [^>]*>([^<]*)<', row)[1])
        cells = re.findall(r'<td class="(\w+)">(.*?)</td>', row, re.DOTALL)
        found += [(name, state, body.count("task-due")) for state, body in cells]
    return found


def test_records_stand_by_what_is_due_first(boss, kinds, today):
    planned("Toko Besok", kinds[0], today + timedelta(days=1))
    planned("Toko Telat", kinds[0], today - timedelta(days=3))
    planned("Toko Telat", kinds[0], today + timedelta(days=3))
    planned("Toko Kini", kinds[1], today)
    assert cells_of(boss.get(PAGE)) == [
        ("Toko Telat", "overdue", 2),
        ("Toko Kini", "today", 1),
        ("Toko Besok", "planned", 1),
    ]


def test_only_what_is_searched_is_shown(boss, kinds, today):
    planned("Toko Besok", kinds[0], today)
    planned("Warung", kinds[0], today)
    assert cells_of(boss.get(PAGE + "&q=Warung")) == [("Warung", "today", 1)]


def test_the_page_asks_as_little_however_many_records(boss, kinds, today):
    def asked():
        boss.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            boss.get(PAGE)
        return len(seen)

    planned("Toko", kinds[0], today)
    few = asked()
    for number in range(40):
        planned(f"Toko {number}", kinds[number % 2], today + timedelta(days=number - 20))
    assert asked() == few


def test_an_activity_is_planned_from_a_cell(boss, kinds, today):
    planned("Toko", kinds[0], today)
    page = boss.get(PAGE).content.decode()
    address = html.unescape(re.search(r'class="plan" href="([^"]+)"', page)[1])
    form = boss.get(address).content.decode()
    assert 'name="plan-type"' in form
    kind = re.search(r"type=(\d+)", address)[1]
    sent = {"plan-type": kind, "plan-summary": "Antar contoh", "plan-due_date": today.isoformat()}
    answer = boss.post(address, sent)
    assert answer.status_code == 302
    assert answer.url.startswith("/contacts/?")
    found = Activity.objects.get(summary="Antar contoh")
    assert (found.record_name, found.type_id, found.due_date) == ("Toko", int(kind), today)


def test_an_activity_is_done_with_what_there_is_to_say(boss, kinds, today):
    made = planned("Toko", kinds[0], today)
    sent = {"pk": made.pk, "feedback": "Sudah dikirim", "back": "v=activity"}
    answer = boss.post("/contacts/done/", sent)
    assert (answer.status_code, answer.url) == (302, "/contacts/?v=activity")
    made.refresh_from_db()
    assert (made.is_active, made.feedback) == (False, "Sudah dikirim")
    assert Message.objects.about(Partner.objects.get(name="Toko")).count() >= 1
    again = boss.post("/contacts/done/", sent, headers={"Accept": "application/json"})
    assert (again.status_code, again.json()["told"]) == (422, "“Hubungi” has been done already.")


def test_whoever_may_not_plan_sees_no_way_to(tono_at_work, kinds):
    assert tono_at_work.get(PAGE).status_code == 403
    assert tono_at_work.post("/contacts/plan/?pk=1", {}).status_code == 403
    assert tono_at_work.post("/contacts/done/", {"pk": 1}).status_code == 403


@pytest.mark.parametrize("query", ["skip=x", "skip=-1", "skip=99999999999"])
def test_no_page_that_is_none(boss, kinds, query):
    assert boss.get(f"{PAGE}&{query}").status_code == 422
