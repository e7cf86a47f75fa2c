"""The door of the back office: the ordinary sign-in, and only for those who may."""

import pytest
from django.urls import reverse

from base.models import Partner, User
from base.tests.office import address

pytestmark = pytest.mark.django_db


def test_strangers_are_led_to_the_ordinary_sign_in(client):
    first = client.get(address(Partner, "changelist"))
    second = client.get(first["Location"])
    assert second["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Fbase%2Fpartner%2F"


def test_the_way_back_never_leaves_the_house(client):
    answer = client.get("/admin/login/?next=https://example.com/")
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2F"


def test_the_own_sign_in_of_the_library_does_not_exist(client, person):
    sari = person()
    answer = client.post(
        "/admin/login/", {"username": sari.username, "password": "rahasia-panjang"}
    )
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_who_is_not_staff_is_told_so(client, person):
    client.force_login(person("budi", "Administrator", is_staff=False))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403


def test_staff_without_rights_sees_an_empty_house(client, person):
    client.force_login(person())
    answer = client.get("/admin/")
    assert answer.status_code == 200
    assert [group for group in answer.context["sidebar_navigation"] if group.get("title")] == []


def test_the_password_is_changed_on_the_profile(boss):
    assert boss.get("/admin/password_change/").status_code == 302


def test_the_back_office_keeps_its_own_policy(boss):
    policy = boss.get("/admin/")["Content-Security-Policy"]
    sources = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert sources["default-src"] == ["'none'"]
    assert sources["script-src"] == ["'self'", "'unsafe-eval'"]
    assert [
        word for words in sources.values() for word in words if "http" in word or word == "*"
    ] == []


def test_the_menu_shows_what_the_actor_may_see(client, person):
    client.force_login(person("sari", "Product manager"))
    shown = client.get("/admin/").context["sidebar_navigation"]
    titles = {str(item["title"]) for group in shown for item in group["items"]}
    assert {"Partners", "Products", "Units of measure"} <= titles
    assert {"Users", "Audit trail"} & titles <= {"Users", "Audit trail"}


def test_the_page_of_a_module_opens(boss):
    assert boss.get("/admin/base/").status_code == 200


def test_the_language_is_switched_where_one_is(boss):
    place = address(Partner, "changelist")
    answer = boss.post("/language/", {"language": "id", "next": ""}, headers={"referer": place})
    assert answer.status_code == 302
    page = boss.get(place)
    assert page["Content-Language"] == "id"
    assert User.objects.get(pk=2).language == "id"


def test_the_first_page_says_what_happened_and_costs_little(boss, django_assert_max_num_queries):
    boss.get("/admin/")
    with django_assert_max_num_queries(16):
        page = boss.get("/admin/")
    assert page.status_code == 200
    assert {str(card.title) for card in page.context["cards"]} >= {"Failed jobs", "Jobs under way"}
