"""Records below each other: opened lazily, searched with what is above them, hung elsewhere."""

import re
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.models import Partner, ProductCategory, Role, User
from web.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
TREE = "/product-categories/"
AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def shelves(db):
    food = ProductCategory.objects.create(name="Makanan")
    tea = ProductCategory.objects.create(name="Teh", parent=food)
    green = ProductCategory.objects.create(name="Teh hijau", parent=tea)
    tools = ProductCategory.objects.create(name="Perkakas")
    return {"food": food, "tea": tea, "green": green, "tools": tools}


def branches_of(page):
    """The rows of a page: name, level and whether it is open."""
    found = []
    for tag, body in re.findall(
        r"<tr role=\"row\" data-branch([^>]*)>(.*?)</tr>", page.content.decode(), re.DOTALL
    ):
        level = int(re.search(r'aria-level="(\d+)"', tag)[1])
        opened = re.search(r'aria-expanded="(\w+)"', tag)
        name = re.search(r'class="branch-name"[^>]*>([^<]*)<', body)[1]
        found.append((name, level, opened and opened[1]))
    return found


def hung(client, pk, to, was):
    sent = {"pk": pk, "to": to or "", "was": was or ""}
    return client.post("/product-categories/hang/", sent, headers=AS_SCRIPT)


def test_the_tree_opens_with_what_is_at_the_top(boss, shelves):
    found = branches_of(boss.get(TREE))
    assert ("Makanan", 1, "false") in found
    assert ("Perkakas", 1, None) in found
    assert "Teh" not in [name for name, _level, _open in found]


def test_an_address_says_which_branches_are_open(boss, shelves):
    opened = f"{shelves['food'].pk}.{shelves['tea'].pk}"
    found = branches_of(boss.get(f"{TREE}?v=tree&open={opened}"))
    at = found.index(("Makanan", 1, "true"))
    assert found[at + 1 : at + 3] == [("Teh", 2, "true"), ("Teh hijau", 3, None)]


def test_children_come_when_a_branch_is_opened(boss, shelves):
    page = boss.get(f"/product-categories/below/{shelves['food'].pk}/?level=2")
    assert branches_of(page) == [("Teh", 2, "false")]


def test_what_is_found_stands_below_what_is_above_it(boss, shelves):
    page = boss.get(f"{TREE}?v=tree&q=hijau")
    assert branches_of(page) == [
        ("Makanan", 1, "true"),
        ("Teh", 2, "true"),
        ("Teh hijau", 3, None),
    ]
    assert page.content.decode().count('class="match"') == 1


def test_a_tree_asks_as_little_however_many_branches_are_open(boss, shelves):
    def asked(address):
        boss.get(address)
        with CaptureQueriesContext(connection) as seen:
            boss.get(address)
        return len(seen)

    few = asked(TREE)
    made = [ProductCategory.objects.create(name=f"Rak {one}") for one in range(20)]
    for one in made:
        ProductCategory.objects.create(name="Bawah", parent=one)
    opened = ".".join(str(one.pk) for one in made)
    assert asked(f"{TREE}?v=tree&open={opened}") == few


def test_a_branch_is_hung_elsewhere_and_back(boss, shelves):
    answer = hung(boss, shelves["tea"].pk, shelves["tools"].pk, shelves["food"].pk)
    assert answer.json()["told"] == "“Makanan / Teh” is now below “Perkakas”."
    shelves["tea"].refresh_from_db()
    assert shelves["tea"].parent == shelves["tools"]
    undo = answer.json()["undo"]
    assert boss.post("/product-categories/hang/", undo, headers=AS_SCRIPT).status_code == 200
    shelves["tea"].refresh_from_db()
    assert shelves["tea"].parent == shelves["food"]


def test_a_branch_goes_to_the_top(boss, shelves):
    answer = hung(boss, shelves["tea"].pk, None, shelves["food"].pk)
    assert answer.json()["told"] == "“Makanan / Teh” is now at the top."
    shelves["tea"].refresh_from_db()
    assert shelves["tea"].parent is None


def test_a_branch_is_not_hung_below_itself(boss, shelves):
    answer = hung(boss, shelves["food"].pk, shelves["green"].pk, None)
    assert (answer.status_code, answer.json()["told"]) == (
        422,
        "A category cannot hang below itself.",
    )
    shelves["food"].refresh_from_db()
    assert shelves["food"].parent is None


def test_the_form_offers_no_place_below_itself(boss, shelves):
    page = boss.get(f"/product-categories/hang/?pk={shelves['food'].pk}").content.decode()
    offered = re.findall(r'<option value="(\d+)"', page)
    assert str(shelves["tools"].pk) in offered
    assert {str(shelves[one].pk) for one in ("food", "tea", "green")} & set(offered) == set()


def test_a_reader_has_no_handles_and_is_refused(house, shelves):
    role = Role.objects.create(name="Reads shelves")
    role.permissions.add(
        *Permission.objects.filter(codename__startswith="view_", content_type__app_label="base")
    )
    user = User.objects.create_user(
        "wira", "x", company=house, partner=Partner.objects.create(name="Wira")
    )
    user.companies.add(house)
    user.roles.add(role)
    reader = signed_in(user)
    assert reader.get(TREE).content.decode().count("data-handle") == 0
    assert hung(reader, shelves["tea"].pk, None, shelves["food"].pk).status_code == 403
    shelves["tea"].refresh_from_db()
    assert shelves["tea"].parent == shelves["food"]


@pytest.mark.once
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=st.text(max_size=25))
def test_no_address_breaks_the_tree(boss, shelves, text):
    assert boss.get(TREE, {"v": "tree", "open": text}).status_code in {200, 422}
    answer = hung(boss, shelves["tea"].pk, text, text)
    assert answer.status_code in {200, 403, 404, 409, 422}


@pytest.mark.django_db(transaction=True)
def test_two_cannot_hang_branches_below_each_other_at_once():
    boss = User.objects.get(pk=2)
    one, other = (ProductCategory.objects.create(name=name) for name in ("Satu", "Dua"))
    both, found = Barrier(2), []

    def go(pk, to):
        client = signed_in(boss)
        client.get(TREE)
        both.wait(30)
        found.append(hung(client, pk, to, None).status_code)
        connection.close()

    pairs = [(one.pk, other.pk), (other.pk, one.pk)]
    threads = [Thread(target=go, args=pair) for pair in pairs]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    one.refresh_from_db()
    other.refresh_from_db()
    assert 200 in found
    assert not (one.parent == other and other.parent == one)
