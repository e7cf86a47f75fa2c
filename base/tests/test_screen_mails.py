"""The page of outgoing mail: what could not be delivered is seen, and sent again."""

import pytest

from base.models import OutgoingMail, Partner


@pytest.fixture
def failed(db):
    return OutgoingMail.objects.create(
        row=Partner.objects.create(name="Toko Maju", company_id=1),
        sender="a@b.example",
        recipients="toko@maju.example",
        subject="Faktur Anda",
        company_id=1,
        message_id="<1@b.example>",
        state="failed",
        attempts=1,
        error="550 no such mailbox",
    )


def test_failed_mail_is_seen_with_its_reason_and_sent_again(boss, failed):
    page = boss.get("/mails/").content.decode()
    assert "Faktur Anda" in page
    assert "550 no such mailbox" in page
    shown = boss.get(f"/mails/{failed.pk}/")
    assert shown.status_code == 200
    assert 'value="action_retry"' in shown.content.decode()
    assert boss.post(f"/mails/{failed.pk}/", {"_do": "action_retry"}).status_code == 302
    failed.refresh_from_db()
    assert (failed.state, failed.error) == ("waiting", "")


def test_nobody_makes_one_by_hand(boss, failed):
    assert "/mails/new/" not in boss.get("/mails/").content.decode()
    assert 'value="copy"' not in boss.get(f"/mails/{failed.pk}/").content.decode()
    for address in ("/mails/new/", "/mails/import/"):
        assert boss.get(address).status_code == 404
    assert "/mails/" in boss.get("/palette/?q=outgoing").content.decode()


def test_ticked_mails_are_called_off_together(boss, failed):
    boss.post("/mails/many/", {"row": [failed.pk], "do": "cancel"})
    failed.refresh_from_db()
    assert failed.state == "cancelled"


def test_outgoing_mail_is_for_those_who_may_send_it(client, person):
    client.force_login(person("sari", "Employee"))
    assert client.get("/mails/").status_code == 403
