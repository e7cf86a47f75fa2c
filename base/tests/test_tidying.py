"""What is swept away after records are gone."""

from datetime import date

import pytest

from base.actors import Actor
from base.models import Activity, Attachment, Message, Partner
from base.services import activities, attachments, messages, tidying
from base.tasks import sweep

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def test_sweep_deletes_what_is_about_records_that_are_no_more(admin, own_files):
    gone, kept = (Partner.objects.create(name=name) for name in ("Gone", "Kept"))
    for partner in (gone, kept):
        messages.post(partner, "Hello", by=admin)
        messages.follow(partner, [admin.partner_id], by=admin)
        activities.schedule(partner, on=MONDAY, by=admin)
        attachments.store("a.txt", b"a", row=partner, by=admin)
    gone.delete()
    assert tidying.sweep() == {
        "activity": 1,
        "attachment": 1,
        "follower": 1,
        "message": 1,
        "outgoingmail": 0,
        "files": 0,
    }
    assert [about.objects.get().row for about in (Activity, Attachment, Message)] == [kept] * 3
    assert attachments.read(Attachment.objects.get(), by=admin) == b"a"


def test_the_nightly_job_sweeps_too(admin, own_files):
    partner = Partner.objects.create(name="Gone")
    messages.post(partner, "Hello", by=admin)
    partner.delete()
    assert sweep(by=Actor.system())["message"] == 1
