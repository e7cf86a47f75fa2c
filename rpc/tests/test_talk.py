"""Talk about records: messages, followers, activities."""

import pytest

from base.models import Activity, Follower, Message, Partner
from rpc.tests.conftest import Refusal

TODO = "mail.mail_activity_data_todo"


@pytest.fixture
def foreign(house):
    """A contact of the second company, which Wati does not see."""
    return Partner.objects.create(name="Rahasia", company=house.second)


def test_message_post_escapes_text_and_is_found_through_the_record(rpc, family):
    [message] = rpc(
        "res.partner",
        "message_post",
        [family.alpha.pk],
        body="ZZT <b>hi</b>",
        message_type="comment",
        subtype_xmlid="mail.mt_note",
    )
    [row] = rpc(
        "mail.message",
        "search_read",
        [["model", "=", "res.partner"], ["res_id", "=", family.alpha.pk]],
        ["body", "message_type", "subtype_id", "model", "res_id", "preview", "is_internal"],
    )
    assert row["subtype_id"][1] == "Note"
    del row["subtype_id"]
    assert row == {
        "id": message,
        "body": "<p>ZZT &lt;b&gt;hi&lt;/b&gt;</p>",
        "message_type": "comment",
        "model": "res.partner",
        "res_id": family.alpha.pk,
        "preview": "ZZT <b>hi</b>",
        "is_internal": True,
    }
    assert rpc("res.partner", "read", [family.alpha.pk], ["message_ids"]) == [
        {"id": family.alpha.pk, "message_ids": [message]}
    ]


def test_message_post_keeps_markup_that_is_said_to_be_markup_and_cleans_it(rpc, family):
    body = "<p>Hi <b>you</b><script>alert(1)</script></p>"
    [message] = rpc("res.partner", "message_post", family.alpha.pk, body=body, body_is_html=True)
    assert Message.objects.get(pk=message).body == "<p>Hi <b>you</b></p>"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"body": ""}, "Write something first."),
        (
            {"body": "x", "message_type": "shout"},
            "Wrong value for mail.message.message_type: 'shout'",
        ),
        (
            {"body": "x", "subtype_xmlid": "mail.none"},
            "External ID not found in the system: mail.none",
        ),
    ],
)
def test_message_post_refuses_and_writes_nothing(rpc, family, arguments, says):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "message_post", [family.alpha.pk], **arguments)
    assert refused.value.message == says
    assert Message.objects.count() == 0


def test_message_post_refuses_two_records_and_one_of_another_company(rpc, wati, family, foreign):
    with pytest.raises(Refusal, match=r"Expected singleton: res\.partner"):
        rpc("res.partner", "message_post", [family.alpha.pk, family.beta.pk], body="x")
    with pytest.raises(Refusal) as refused:
        wati("res.partner", "message_post", [foreign.pk], body="x")
    assert refused.value.name == "odoo.exceptions.AccessError"
    assert Message.objects.count() == 0


def test_messages_are_seen_by_those_who_see_the_record(rpc, wati, foreign):
    rpc("res.partner", "message_post", [foreign.pk], body="Rahasia")
    assert wati("mail.message", "search_count", []) == 0
    assert rpc("mail.message", "search_count", []) == 1


def test_message_unlink_is_for_its_author(rpc, wati, house, family):
    [message] = rpc("res.partner", "message_post", [family.alpha.pk], body="Kata admin")
    with pytest.raises(Refusal) as refused:
        wati("mail.message", "unlink", [message])
    assert refused.value.name == "odoo.exceptions.AccessError"
    [own] = wati("res.partner", "message_post", [family.alpha.pk], body="Kata Wati")
    assert wati("mail.message", "unlink", [own]) is True
    assert list(Message.objects.values_list("pk", flat=True)) == [message]


def test_recipients_are_told_and_have_a_star_and_a_reading_of_their_own(rpc, wati, house, family):
    to = house.employee.partner_id
    [message] = rpc(
        "res.partner", "message_post", [family.alpha.pk], body="Wati?", partner_ids=[to]
    )
    fields = ["needaction", "starred", "notified_partner_ids"]
    assert wati("mail.message", "read", [message], fields) == [
        {"id": message, "needaction": True, "starred": False, "notified_partner_ids": [to]}
    ]
    wati("mail.message", "toggle_message_starred", [message])
    wati("mail.message", "set_message_done", [message])
    assert wati("mail.message", "read", [message], fields[:2]) == [
        {"id": message, "needaction": False, "starred": True}
    ]
    assert rpc("mail.message", "read", [message], fields[:2]) == [
        {"id": message, "needaction": False, "starred": False}
    ]


def test_subscribe_makes_followers_and_unsubscribe_takes_them_away(rpc, family):
    alpha, kid = family.alpha.pk, family.kid.pk
    assert rpc("res.partner", "message_subscribe", [alpha], [kid]) is True
    [row] = rpc("res.partner", "read", [alpha], ["message_follower_ids", "message_partner_ids"])
    assert row["message_partner_ids"] == [kid]
    assert rpc(
        "mail.followers", "read", row["message_follower_ids"], ["res_model", "res_id", "partner_id"]
    ) == [
        {
            "id": row["message_follower_ids"][0],
            "res_model": "res.partner",
            "res_id": alpha,
            "partner_id": [kid, "Alpha, Kid"],
        }
    ]
    assert rpc("res.partner", "search", [["message_partner_ids", "in", [kid]]]) == [alpha]
    assert rpc("res.partner", "message_unsubscribe", [alpha], [kid]) is True
    assert rpc("res.partner", "read", [alpha], ["message_follower_ids"]) == [
        {"id": alpha, "message_follower_ids": []}
    ]


def test_nobody_follows_what_they_do_not_see(wati, house, foreign):
    values = {
        "res_model": "res.partner",
        "res_id": foreign.pk,
        "partner_id": house.employee.partner_id,
    }
    with pytest.raises(Refusal) as refused:
        wati("mail.followers", "create", values)
    assert refused.value.name == "odoo.exceptions.MissingError"
    assert Follower.objects.count() == 0


def test_followers_are_not_moved_to_another_record(wati, house, family, foreign):
    [me] = [house.employee.partner_id]
    wati("res.partner", "message_subscribe", [family.alpha.pk], [me])
    follower = Follower.objects.get()
    with pytest.raises(Refusal, match="Followers are not moved"):
        wati("mail.followers", "write", [follower.pk], {"res_id": foreign.pk})
    follower.refresh_from_db()
    assert follower.row_id == family.alpha.pk


def test_activity_schedule_shows_as_the_next_activity_of_the_record(rpc, house, family):
    alpha = family.alpha.pk
    [late] = rpc(
        "res.partner",
        "activity_schedule",
        [alpha],
        act_type_xmlid=TODO,
        summary="ZZT todo",
        date_deadline="2030-01-02",
    )
    [soon] = rpc("res.partner", "activity_schedule", [alpha], TODO, "2030-01-01", "Sooner")
    fields = ["activity_ids", "activity_state", "activity_date_deadline", "activity_summary"]
    assert rpc("res.partner", "read", [alpha], [*fields, "activity_user_id"]) == [
        {
            "id": alpha,
            "activity_ids": [soon, late],
            "activity_state": "planned",
            "activity_date_deadline": "2030-01-01",
            "activity_summary": "Sooner",
            "activity_user_id": [
                house.admin.pk,
                rpc("res.users", "read", [2], ["name"])[0]["name"],
            ],
        }
    ]
    assert rpc("res.partner", "search", [["activity_state", "=", "planned"]]) == [alpha]
    assert rpc("res.partner", "search", [["activity_ids.summary", "=", "Sooner"]]) == [alpha]


def test_activity_feedback_says_so_on_the_record_and_keeps_the_activity(rpc, family):
    [todo] = rpc("res.partner", "activity_schedule", [family.alpha.pk], act_type_xmlid=TODO)
    assert (
        rpc("res.partner", "activity_feedback", [family.alpha.pk], [TODO], feedback="Beres") is True
    )
    assert rpc("mail.activity", "search", [["id", "=", todo]]) == []
    assert rpc("mail.activity", "read", [todo], ["state", "feedback", "active"]) == [
        {"id": todo, "state": "done", "feedback": "Beres", "active": False}
    ]
    [row] = rpc("res.partner", "read", [family.alpha.pk], ["activity_ids", "message_ids"])
    assert row["activity_ids"] == []
    assert len(row["message_ids"]) == 1


def test_activity_unlink_drops_what_programs_planned(rpc, family):
    alpha = family.alpha.pk
    rpc("res.partner", "activity_schedule", [alpha], act_type_xmlid=TODO)
    model = rpc("ir.model", "search", [["model", "=", "res.partner"]])[0]
    kind = rpc("ir.model.data", "check_object_reference", "mail", "mail_activity_data_todo")[1]
    by_hand = rpc(
        "mail.activity",
        "create",
        {"res_model_id": model, "res_id": alpha, "activity_type_id": kind, "summary": "Telepon"},
    )
    assert rpc("res.partner", "activity_unlink", [alpha], [TODO]) is True
    assert rpc("res.partner", "read", [alpha], ["activity_ids"]) == [
        {"id": alpha, "activity_ids": [by_hand]}
    ]


def test_an_activity_is_created_done_and_dropped(rpc, house, family):
    made = rpc(
        "mail.activity",
        "create",
        [
            {"res_model": "res.partner", "res_id": family.alpha.pk, "summary": summary}
            for summary in ("Satu", "Dua")
        ],
    )
    fields = ["res_name", "res_model", "res_model_id", "user_id", "state", "automated"]
    row = rpc("mail.activity", "read", made[:1], fields)[0]
    assert row["res_model_id"][1] == "Contact"
    assert (row["res_name"], row["res_model"]) == ("Alpha", "res.partner")
    assert (row["user_id"][0], row["state"], row["automated"]) == (house.admin.pk, "today", False)
    message = rpc("mail.activity", "action_feedback", made[:1], feedback="Beres")
    assert rpc("mail.message", "search", [["res_id", "=", family.alpha.pk]]) == [message]
    assert rpc("mail.activity", "action_cancel", made[1:]) is None
    assert list(Activity.objects.values_list("pk", flat=True)) == made[:1]
    with pytest.raises(Refusal, match="has been done already"):
        rpc("mail.activity", "action_done", made[:1])


def test_an_activity_needs_a_record_that_the_actor_sees(wati, foreign):
    with pytest.raises(Refusal) as refused:
        wati("mail.activity", "create", {"res_model": "res.partner", "res_id": foreign.pk})
    assert refused.value.name == "odoo.exceptions.MissingError"
    with pytest.raises(Refusal, match="Say which record the activity is about"):
        wati("mail.activity", "create", {"summary": "Tanpa apa-apa"})
    assert Activity.objects.count() == 0


def test_an_activity_is_not_moved_to_a_record_that_the_actor_does_not_see(wati, family, foreign):
    made = wati("mail.activity", "create", {"res_model": "res.partner", "res_id": family.alpha.pk})
    with pytest.raises(Refusal) as refused:
        wati("mail.activity", "write", [made], {"res_id": foreign.pk})
    assert refused.value.name == "odoo.exceptions.MissingError"
    assert Activity.objects.get().row_id == family.alpha.pk
