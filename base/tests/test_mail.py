"""The outbox: what is written there is sent once, by a real mail server, or says why not."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as box
from django.db import transaction

from base import jobs
from base.actors import Actor
from base.errors import AccessDenied
from base.models import JobRun, OutgoingMail, Partner
from base.policies import visible
from base.services import attachments, mail
from base.services.mail import NoAddress, NotFailed, NotWaiting

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that keeps what it takes, and answers what a test wants it to."""

    def __init__(self):
        self.taken = []
        self.says_to = {}
        self.says = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        answer = self.says_to.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.says.startswith("250"):
            self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return self.says


@pytest.fixture
def server(settings):
    """A mail server that runs, and the house told of it."""
    kept = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.DEFAULT_FROM_EMAIL = "Niaga <books@niaga.example>"
    yield kept
    controller.stop()


@pytest.fixture
def away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def written(by, **values):
    return mail.write(
        **{"to": "ani@toko.example", "subject": "Hello", "body": "Dear Ani", **values}, by=by
    )


def sent():
    """Run the job that sends, and answer its row."""
    run = JobRun.objects.unfinished().get(task=mail.JOB)
    jobs.run(run.pk)
    run.refresh_from_db()
    return run


def due_again():
    OutgoingMail.objects.update(send_after="2026-01-01T00:00Z")
    jobs.enqueue(mail.JOB, by=Actor.system(), key=mail.JOB)


def test_what_is_written_is_sent_with_its_files(admin, house, server, own_files):
    file = attachments.store("invoice.pdf", b"%PDF-1.7 x", by=admin)
    letter = written(admin, company=house, reply_to="sales@toko.example", attachment_ids=[file.pk])
    assert sent().result == {"sent": 1, "not_sent": 0}
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("sent", 1, "")
    [message] = server.taken
    [sender] = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (house.name, "books@niaga.example")
    assert (message["To"], message["Subject"]) == ("ani@toko.example", "Hello")
    assert (message["Reply-To"], message["Message-ID"]) == ("sales@toko.example", letter.message_id)
    assert message["Message-ID"].endswith("@niaga.example>")
    assert message.get_body().get_content().strip() == "Dear Ani"
    [paper] = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("invoice.pdf", b"%PDF-1.7 x")


def test_what_was_sent_is_not_sent_again(admin, server):
    written(admin)
    sent()
    due_again()
    assert sent().result == {"sent": 0, "not_sent": 0}
    assert len(server.taken) == 1


def test_a_mail_of_the_same_key_is_written_once(admin, server):
    assert written(admin, key="reminder.1") == written(admin, key="reminder.1")
    sent()
    assert len(server.taken) == 1


def test_mail_is_written_with_what_it_tells_of_or_not_at_all(admin, server):
    with transaction.atomic():
        written(admin)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not JobRun.objects.filter(task=mail.JOB).exists()


def test_one_address_that_is_refused_does_not_stop_the_others(admin, server):
    server.says_to = {"gone@toko.example": "550 No such user"}
    wrong, right = written(admin, to="gone@toko.example"), written(admin)
    assert sent().result == {"sent": 1, "not_sent": 1}
    for letter in (wrong, right):
        letter.refresh_from_db()
    assert (wrong.state, wrong.error) == ("failed", "gone@toko.example: 550 No such user")
    assert right.state == "sent"


def test_what_the_server_does_not_take_now_waits_and_is_tried_again(admin, server):
    server.says = "451 Try again later"
    letter = written(admin)
    sent()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("waiting", 1, "451 Try again later")
    server.says = "250 OK"
    due_again()
    sent()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("sent", 2, "")
    assert server.taken[0]["Message-ID"] == letter.message_id


def test_what_is_never_taken_is_given_up(admin, server):
    server.says = "451 Try again later"
    letter = written(admin)
    for _try in range(mail.TRIES):
        sent()
        due_again()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", mail.TRIES)


def test_a_server_that_is_away_leaves_the_mail_and_the_job_for_later(admin, away):
    letter = written(admin)
    run = sent()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 0)
    assert (run.state, run.failures) == ("queued", 1)
    assert run.error.startswith("The mail server 127.0.0.1 cannot be used: ")


def test_a_lost_file_fails_the_mail_and_says_which(admin, server, own_files):
    file = attachments.store("invoice.pdf", b"%PDF-1.7 x", by=admin)
    letter = written(admin, attachment_ids=[file.pk])
    file.path.unlink()
    sent()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert letter.error == "The content of “invoice.pdf” is not on disk. Restore it from a backup."


def test_a_subject_cannot_smuggle_headers(admin, server):
    written(admin, subject="Hello\r\nBcc: thief@example.com")
    sent()
    assert server.taken[0]["Subject"] == "Hello Bcc: thief@example.com"
    assert server.taken[0]["Bcc"] is None


@pytest.mark.parametrize("address", ["", "ani", "ani@x, nobody"])
def test_write_refuses_what_is_no_address(admin, address):
    with pytest.raises(NoAddress):
        written(admin, to=address)
    assert not OutgoingMail.objects.exists()


def test_failed_mail_is_sent_again_by_a_person(admin, server):
    server.says_to = {"ani@toko.example": "550 No such user"}
    letter = written(admin)
    sent()
    server.says_to = {}
    assert mail.send_again(OutgoingMail.objects.all(), by=admin) == 1
    sent()
    letter.refresh_from_db()
    assert letter.state == "sent"
    with pytest.raises(NotFailed):
        mail.send_again(OutgoingMail.objects.all(), by=admin)


def test_waiting_mail_is_called_off(admin, server):
    letter = written(admin)
    mail.call_off(OutgoingMail.objects.all(), by=admin)
    sent()
    letter.refresh_from_db()
    assert letter.state == "cancelled"
    assert server.taken == []


def test_sent_mail_is_not_called_off(admin, server):
    written(admin)
    sent()
    with pytest.raises(NotWaiting):
        mail.call_off(OutgoingMail.objects.all(), by=admin)


def test_only_those_with_the_right_send_again(nobody):
    with pytest.raises(AccessDenied):
        mail.send_again(OutgoingMail.objects.all(), by=nobody)


def test_mail_about_a_record_is_seen_by_those_who_see_the_record(admin, person, neighbour):
    theirs = Partner.objects.create(name="Theirs", company=neighbour)
    ours = Partner.objects.create(name="Ours", company_id=1)
    for row in (theirs, ours):
        mail.write(to="a@b.example", subject="x", body="x", row=row, by=Actor.system())
    sari = Actor.of(person("sari", "Employee"))
    assert [letter.row for letter in visible(OutgoingMail.objects.all(), sari)] == [ours]


def test_without_a_server_mail_goes_into_files(admin, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    written(admin)
    assert sent().result == {"sent": 1, "not_sent": 0}
    assert "Dear Ani" in next(iter(tmp_path.iterdir())).read_text()
    assert box.outbox == []
