"""Messages, followers, activities: said about a record, heard by those concerned."""

from datetime import date, timedelta

import pytest
from django.utils.safestring import mark_safe

from base.errors import AccessDenied, Missing
from base.models import Activity, ActivityType, Follower, Message, Notification, Partner, User
from base.policies import visible
from base.services import activities, messages
from base.services.activities import AlreadyDone
from base.services.messages import NothingToSay

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


@pytest.fixture
def kopi(db):
    return Partner.objects.create(name="PT Kopi", is_company=True)


@pytest.fixture
def sari(house):
    """A colleague."""
    user = User.objects.create_user("sari", "x", name="Sari", company=house)
    user.companies.add(house)
    return user


@pytest.fixture
def outsider(db):
    return Partner.objects.create(name="Customer", email="c@example.com")


def told(message):
    return set(message.notifications.values_list("partner__name", flat=True))


def test_post_escapes_text_and_cleans_markup(admin, kopi):
    plain = messages.post(kopi, "1 < 2 <script>x</script>", by=admin)
    rich = messages.post(kopi, mark_safe("<b>x</b><script>y</script>"), by=admin)
    assert plain.body == "<p>1 &lt; 2 &lt;script&gt;x&lt;/script&gt;</p>"
    assert rich.body == "<b>x</b>"
    assert (plain.author_id, plain.record_name, plain.kind) == (
        admin.partner_id,
        "PT Kopi",
        "notification",
    )


def test_post_tells_recipients_and_followers_but_not_the_author(admin, kopi, sari, outsider):
    messages.follow(kopi, [sari.partner_id, admin.partner_id], by=admin)
    message = messages.post(
        kopi, "Hello", subtype="mail.mt_comment", recipient_ids=[outsider.pk], by=admin
    )
    assert told(message) == {"Sari", "Customer"}


def test_a_note_never_reaches_somebody_outside(admin, kopi, sari, outsider):
    message = messages.post(
        kopi, "They pay late", recipient_ids=[outsider.pk, sari.partner_id], by=admin
    )
    assert message.is_internal
    assert told(message) == {"Sari"}


def test_post_refuses_nothing_and_what_the_actor_may_not_see(admin, nobody, kopi, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    with pytest.raises(NothingToSay):
        messages.post(kopi, by=admin)
    with pytest.raises(Missing):
        messages.post(theirs, "Hi", by=admin)
    with pytest.raises(Missing):
        messages.post(kopi, "Hi", recipient_ids=[theirs.pk], by=admin)
    with pytest.raises(AccessDenied):
        messages.post(kopi, "Hi", by=nobody)
    assert not Message.objects.exists()


def test_messages_are_seen_by_those_who_see_the_record(admin, kopi, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    ours = messages.post(kopi, "Hi", by=admin)
    Message.objects.create(row=theirs, body="secret")
    assert list(visible(Message.objects.all(), admin)) == [ours]


def test_following_twice_is_following_once(admin, kopi, sari):
    for _ in range(2):
        messages.follow(kopi, [sari.partner_id], by=admin)
    follower = Follower.objects.about(kopi).get()
    assert [subtype.name for subtype in follower.subtypes.all()] == ["Discussions"]
    assert messages.unfollow(kopi, [sari.partner_id], by=admin) == 1
    assert not Follower.objects.exists()


def test_counters_fall_when_messages_are_read(admin, kopi, sari):
    message = messages.post(kopi, "Look", recipient_ids=[sari.partner_id], by=admin)
    theirs = admin.__class__.of(sari)
    theirs = type(theirs)(
        **{**{f: getattr(theirs, f) for f in theirs.__slots__}, "is_superuser": True}
    )
    assert messages.counters(theirs) == {"unread": 1, "starred": 0}
    messages.star(message, by=theirs)
    assert messages.mark_read(Message.objects.all(), by=theirs) == 1
    assert messages.counters(theirs) == {"unread": 0, "starred": 1}
    assert Notification.objects.get().read_at is not None


def test_schedule_takes_day_and_person_from_the_type(admin, kopi, sari):
    ActivityType.objects.filter(name_en="To-do").update(default_user=sari)
    activity = activities.schedule(kopi, "mail.mail_activity_data_todo", on=MONDAY, by=admin)
    assert (activity.due_date, activity.user_id) == (MONDAY + timedelta(days=5), sari.pk)
    call = activities.schedule(kopi, due_date=MONDAY, summary="Call", on=MONDAY, by=admin)
    assert (call.user_id, call.type) == (admin.user_id, None)


@pytest.mark.parametrize(
    ("due", "state"),
    [(date(2026, 3, 1), "overdue"), (MONDAY, "today"), (date(2026, 3, 3), "planned")],
)
def test_state_is_seen_from_a_day(due, state):
    assert Activity(due_date=due).state_on(MONDAY) == state


def test_done_keeps_the_activity_and_says_so(admin, kopi):
    activity = activities.schedule(
        kopi, "mail.mail_activity_data_call", summary="Ask about <tea>", on=MONDAY, by=admin
    )
    (message,) = activities.done(
        Activity.objects.filter(pk=activity.pk), feedback="They & we agree", on=MONDAY, by=admin
    )
    activity.refresh_from_db()
    assert (activity.is_active, activity.done_date, activity.feedback) == (
        False,
        MONDAY,
        "They & we agree",
    )
    assert message.body == "<p>Call done: Ask about &lt;tea&gt;</p><p>They &amp; we agree</p>"
    assert activity.state_on(MONDAY) == "done"


def test_done_refuses_what_is_done_and_leaves_the_rest_open(admin, kopi):
    first, second = (activities.schedule(kopi, summary=s, on=MONDAY, by=admin) for s in "ab")
    activities.done(Activity.objects.filter(pk=first.pk), on=MONDAY, by=admin)
    with pytest.raises(AlreadyDone):
        activities.done(Activity.objects.about(kopi), on=MONDAY, by=admin)
    second.refresh_from_db()
    assert second.is_active


def test_done_plans_what_comes_next(admin, kopi):
    call = ActivityType.objects.get(name_en="Call")
    meeting = ActivityType.objects.create(name="Visit", delay_count=1, delay_unit="months")
    ActivityType.objects.filter(pk=call.pk).update(chaining="trigger", triggered_next=meeting)
    activity = activities.schedule(
        kopi, "mail.mail_activity_data_call", due_date=date(2026, 1, 31), on=MONDAY, by=admin
    )
    activities.done(Activity.objects.filter(pk=activity.pk), on=MONDAY, by=admin)
    following = Activity.objects.open().get()
    assert (following.type, following.due_date) == (meeting, date(2026, 2, 28))


def test_cancel_drops_open_activities_only(admin, kopi):
    first, _second = (activities.schedule(kopi, summary=s, on=MONDAY, by=admin) for s in "ab")
    activities.done(Activity.objects.filter(pk=first.pk), on=MONDAY, by=admin)
    assert activities.cancel(Activity.objects.about(kopi), by=admin) == 1
    assert list(Activity.objects.all()) == [first]


def test_activity_counters(admin, kopi):
    for days in (-1, 0, 0, 3):
        activities.schedule(kopi, due_date=MONDAY + timedelta(days=days), on=MONDAY, by=admin)
    assert activities.counters(admin, on=MONDAY) == {"overdue": 1, "today": 2, "planned": 1}
