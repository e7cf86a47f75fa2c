"""The conversation on a record's page: notes, messages by mail, names in them, followers, files, activities, history."""

import threading
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.actors import Actor
from base.html import cleaned
from base.models import (
    Activity,
    ActivityPlan,
    ActivityType,
    Attachment,
    Change,
    Follower,
    Message,
    Notification,
    OutgoingMail,
    Partner,
    User,
)
from base.services import activities, messages
from base.services.conversations import written
from web import history, places
from web.tests.conftest import person, signed_in

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
WIDE = "base.partner"


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True, email="toko@maju.example")


@pytest.fixture
def budi(house):
    return person("budi", "Employee", company=house)


def at(name, row, *more):
    return reverse(f"web:{name}", args=[row._meta.label_lower, row.pk, *more])


def shown(client, row):
    return client.get(places.url_for(type(row), row.pk)).content.decode()


def test_a_note_is_for_colleagues_and_sends_no_mail(sari, sari_at_work, toko):
    messages.follow(toko, [toko.pk], by=Actor.of(sari))
    answer = sari_at_work.post(at("say", toko), {"body": "Call first", "to": "note"})
    note = Message.objects.get()
    assert answer["Location"] == places.url_for(Partner, toko.pk)
    assert (note.body, note.is_internal, note.author_id) == (
        "<p>Call first</p>",
        True,
        sari.partner_id,
    )
    assert (OutgoingMail.objects.count(), Notification.objects.count()) == (0, 0)


def test_a_message_reaches_followers_by_mail_and_its_author_follows(sari, sari_at_work, toko, budi):
    Partner.objects.filter(pk=budi.partner_id).update(email="budi@niaga.example")
    User.objects.filter(pk=budi.pk).update(notified_by="inbox")
    messages.follow(toko, [toko.pk, budi.partner_id], by=Actor.of(sari))
    sari_at_work.post(at("say", toko), {"body": "Ready\non Monday", "to": "followers"})
    [letter] = OutgoingMail.objects.all()
    assert (letter.recipients, letter.subject, letter.purpose) == (
        "toko@maju.example",
        "Sari about Toko Maju",
        "message",
    )
    assert letter.body.splitlines()[:2] == ["Ready", "on Monday"]
    told = set(Notification.objects.values_list("partner", flat=True))
    assert told == {toko.pk, budi.partner_id}
    following = set(Follower.objects.about(toko).values_list("partner", flat=True))
    assert following == {toko.pk, budi.partner_id, sari.partner_id}


def test_whoever_is_named_follows_and_is_told(sari_at_work, toko, budi):
    sari_at_work.post(at("say", toko), {"body": "See @budi, and @nobody", "named": "x"})
    assert (
        Message.objects.get().body == '<p>See <span class="mention">@budi</span>, and @nobody</p>'
    )
    assert Follower.objects.about(toko).get().partner_id == budi.partner_id
    assert signed_in(budi).get(reverse("web:live")).json()["counts"]["messages"]["count"] == 1


def test_a_name_chosen_and_taken_out_again_tells_nobody(sari_at_work, toko, budi):
    sari_at_work.post(at("say", toko), {"body": "Never mind", "named": str(budi.pk)})
    assert (Message.objects.count(), Notification.objects.count()) == (1, 0)


def test_naming_who_may_not_look_is_refused_and_loses_nothing(sari_at_work, toko, tono):
    answer = sari_at_work.post(at("say", toko), {"body": "Ask @tono about it"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tono may not see this record" in page
    assert ">Ask @tono about it</textarea>" in page
    assert (Message.objects.count(), Notification.objects.count(), Follower.objects.count()) == (
        0,
        0,
        0,
    )


def test_the_finder_marks_who_may_not_look(sari_at_work, toko, budi, tono):
    rows = sari_at_work.get(at("people", toko), {"q": "o"}).json()["rows"]
    found = sari_at_work.get(at("people", toko), {"q": "tono"}).json()["rows"]
    assert [(row["login"], row["may"]) for row in found] == [("tono", False)]
    assert {row["login"]: row["may"] for row in rows}.get("budi") in {None, True}


def test_a_record_of_another_company_hears_and_tells_nothing(sari_at_work, toko, branch):
    Partner.objects.filter(pk=toko.pk).update(company=branch)
    for name, data in (
        ("say", {"body": "x"}),
        ("follow", {"me": "1"}),
        ("unfollow", {"me": "1"}),
        ("plan", {"plan-summary": "x"}),
        ("file_add", {"files": SimpleUploadedFile("a.txt", b"a")}),
    ):
        assert sari_at_work.post(at(name, toko), data).status_code == 404, name
    for name in ("history", "people"):
        assert sari_at_work.get(at(name, toko)).status_code == 404, name
    assert [model.objects.count() for model in (Message, Follower, Activity, Attachment)] == [0] * 4


def test_without_the_right_nobody_says_anything(tono_at_work, toko):
    assert tono_at_work.post(at("say", toko), {"body": "x"}).status_code == 403
    assert Message.objects.count() == 0


def test_files_go_with_a_message_and_are_shown_in_it(sari_at_work, toko):
    files = [
        SimpleUploadedFile("shop.png", PNG, "image/png"),
        SimpleUploadedFile("offer.pdf", b"%PDF-1.4 x", "application/pdf"),
        SimpleUploadedFile("evil.png", b"<svg onload=alert(1)>", "image/png"),
    ]
    sari_at_work.post(at("say", toko), {"body": "", "files": files})
    page = shown(sari_at_work, toko)
    kept = {one.name: one for one in Attachment.objects.all()}
    assert {one.row_id for one in kept.values()} == {toko.pk}
    assert f'<img src="/files/{kept["shop.png"].pk}/" alt="shop.png"' in page
    assert f'<iframe src="/files/{kept["offer.pdf"].pk}/" title="offer.pdf"' in page
    assert f'<img src="/files/{kept["evil.png"].pk}/"' not in page
    paper = sari_at_work.get(f"/files/{kept['offer.pdf'].pk}/")
    assert paper["X-Frame-Options"] == "SAMEORIGIN"
    paper.close()


def test_a_message_without_anything_is_refused(sari_at_work, toko):
    answer = sari_at_work.post(at("say", toko), {"body": "  ", "to": "followers"})
    assert (answer.status_code, Message.objects.count(), Follower.objects.count()) == (422, 0, 0)


def test_with_script_only_the_conversation_comes_back(sari_at_work, toko):
    answer = sari_at_work.post(at("say", toko), {"body": "Hi"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "<p>Hi</p>" in page


def test_follow_add_and_take_off(sari, sari_at_work, toko, budi):
    Partner.objects.filter(pk=budi.partner_id).update(email="budi@niaga.example")
    sari_at_work.post(at("follow", toko), {"me": "1"})
    sari_at_work.post(at("follow", toko), {"partner-text": "budi@niaga.example"})
    rows = Follower.objects.about(toko).order_by("pk")
    assert [one.partner_id for one in rows] == [sari.partner_id, budi.partner_id]
    sari_at_work.post(at("unfollow", toko), {"follower": rows[1].pk})
    sari_at_work.post(at("unfollow", toko), {"me": "1"})
    assert Follower.objects.about(toko).count() == 0


def test_two_of_one_name_are_not_guessed(sari_at_work, toko):
    Partner.objects.create(name="Kios Ani")
    Partner.objects.create(name="Kios Ani")
    answer = sari_at_work.post(at("follow", toko), {"partner-text": "kios ani"}, follow=True)
    assert "Choose a name that is offered." in answer.content.decode()
    assert Follower.objects.count() == 0


def test_a_message_is_taken_back_by_its_author_only(sari_at_work, toko, budi):
    sari_at_work.post(at("say", toko), {"body": "Oops"})
    url = reverse("web:message_take_back", args=[Message.objects.get().pk])
    signed_in(budi).post(url)
    assert Message.objects.count() == 1
    sari_at_work.post(url)
    assert Message.objects.count() == 0


def test_an_activity_is_changed_done_with_a_word_and_dropped(sari, sari_at_work, toko, budi):
    for what in ("Call", "Visit"):
        activities.schedule(toko, summary=what, on=date(2026, 11, 2), by=Actor.of(sari))
    call, visit = Activity.objects.order_by("pk")
    values = {"plan-summary": "Call twice", "plan-due_date": "2026-12-24", "plan-user": budi.pk}
    sari_at_work.post(reverse("web:activity_edit", args=[call.pk]), values)
    call.refresh_from_db()
    assert (call.summary, call.due_date, call.user_id) == (
        "Call twice",
        date(2026, 12, 24),
        budi.pk,
    )
    sari_at_work.post(reverse("web:activity_done", args=[call.pk]), {"feedback": "Agreed <b>"})
    call.refresh_from_db()
    assert (call.is_active, call.feedback) == (False, "Agreed <b>")
    assert "Agreed &lt;b&gt;" in shown(sari_at_work, toko)
    sari_at_work.post(reverse("web:activity_cancel", args=[visit.pk]))
    assert list(Activity.objects.all()) == [call]
    late = sari_at_work.post(reverse("web:activity_edit", args=[call.pk]), values)
    assert (late.status_code, "has been done already" in late.content.decode()) == (422, True)


def test_a_plan_plans_each_of_its_steps_by_its_day(sari, sari_at_work, toko, budi):
    plan = ActivityPlan.objects.create(name="Win a customer")
    other = ActivityPlan.objects.create(name="Only for products", model="base.producttemplate")
    kind = ActivityType.objects.order_by("pk").first()
    plan.steps.create(type=kind, summary="Say hello", days=0)
    plan.steps.create(type=kind, summary="Offer", days=3, user=budi)
    page = sari_at_work.get(at("plan", toko)).content.decode()
    assert ("Win a customer" in page, "Only for products" in page) == (True, False)
    sari_at_work.post(at("activity_follow_plan", toko, plan.pk))
    first, second = Activity.objects.order_by("due_date")
    assert (first.summary, first.user_id) == ("Say hello", sari.pk)
    assert (second.summary, second.user_id) == ("Offer", budi.pk)
    assert (second.due_date - first.due_date).days == 3
    assert sari_at_work.post(at("activity_follow_plan", toko, other.pk)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_one_activity_as_done_do_it_once(sari, toko, budi):
    todo = activities.schedule(toko, summary="Call", on=date(2026, 11, 2), by=Actor.of(sari))
    together, codes = threading.Barrier(2), []

    def finish(user):
        client = signed_in(user)
        together.wait()
        answer = client.post(
            reverse("web:activity_done", args=[todo.pk]), {"feedback": user.username}
        )
        codes.append((answer.status_code, shown(client, toko).count("has been done already")))
        connections.close_all()

    threads = [threading.Thread(target=finish, args=[user]) for user in (sari, budi)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == [(302, 0), (302, 1)]
    assert Message.objects.about(toko).count() == 1


def test_history_is_read_page_by_page_and_tells_all_once(sari, sari_at_work, toko):
    for number in range(80):
        Partner.objects.filter(pk=toko.pk).update(city=f"Kota {number:02}")
        messages.post(toko, f"Word {number:02}", by=Actor.of(sari))
    seen, place = [], None
    for _page in range(12):
        found = history.page(toko, place)
        seen += [one.body or one.lines[0].new for one in found.happenings if one.body or one.lines]
        place = found.earlier
        if place is None:
            break
    wanted = {f"Kota {n:02}" for n in range(80)} | {f"<p>Word {n:02}</p>" for n in range(80)}
    assert (len(seen), set(seen)) == (160, wanted)
    page = sari_at_work.get(at("history", toko), {"before": str(history.page(toko).earlier)})
    assert "Word 64" in page.content.decode()
    assert sari_at_work.get(at("history", toko), {"before": "9-" + "9" * 40}).status_code == 200


def test_a_page_asks_as_much_with_a_long_history_as_with_a_short_one(sari, sari_at_work, toko):
    messages.post(toko, "One", by=Actor.of(sari))
    Partner.objects.filter(pk=toko.pk).update(city="Bandung")
    shown(sari_at_work, toko)
    with CaptureQueriesContext(connection) as few:
        shown(sari_at_work, toko)
    for number in range(60):
        messages.post(toko, str(number), by=Actor.of(sari))
        Partner.objects.filter(pk=toko.pk).update(city=f"Kota {number}")
    messages.follow(
        toko, list(Partner.objects.values_list("pk", flat=True)[:20]), by=Actor.of(sari)
    )
    with CaptureQueriesContext(connection) as many:
        shown(sari_at_work, toko)
    assert len(many) == len(few)


def test_a_change_without_a_verb_is_told_as_made_by_the_system(toko):
    Partner.objects.filter(pk=toko.pk).update(city="Bandung")
    [change, made] = history.page(toko).happenings
    assert (change.who, change.lines[0].new, made.title) == (
        "System",
        "Bandung",
        "Created",
    )
    assert Change.objects.filter(model="base_partner", row_id=toko.pk).count() == 2


def test_only_what_one_has_said_oneself_is_offered_to_be_taken_back(
    house, sari, sari_at_work, toko
):
    budi = person("budi", "Employee", company=house)
    mine = messages.post(toko, "Mine", by=Actor.of(sari))
    theirs = messages.post(toko, "Theirs", by=Actor.of(budi))
    page = sari_at_work.get(at("history", toko)).content.decode()
    assert reverse("web:message_take_back", args=[mine.pk]) in page
    assert reverse("web:message_take_back", args=[theirs.pk]) not in page


class Tags(HTMLParser):
    """Collects tags and attributes of markup."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), {}

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= dict(attrs)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.sampled_from("<>/\"'&;:@ a=\nscriptonhefjava(1)http:.x"), max_size=80))
def test_whatever_is_typed_is_kept_as_text(text):
    markup = cleaned(written(text)) if written(text) else ""
    found = Tags()
    found.feed(markup)
    assert found.tags <= {"p", "br", "a"}
    assert {name for name in found.attributes if name.startswith("on")} == set()
    assert found.attributes.get("href", "http:").split(":")[0] in {"http", "https", "mailto"}
