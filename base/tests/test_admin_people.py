"""Users, roles, keys and deeds in the back office."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from base.actors import Actor
from base.models import ApiKey, JobRun, Partner, Role, ScheduledJob, User, VerbRun
from base.services import api_keys
from base.tests.office import address, errors_of, filled, said

pytestmark = pytest.mark.django_db
GOOD = "kopi-tubruk-pagi"


def do(client, model, deed, *rows, **told):
    """Do a deed to rows, having been asked."""
    ids = ",".join(str(row.pk) for row in rows)
    place = f"/admin/base/{model._meta.model_name}/do/{deed}/?ids={ids}"
    assert client.get(place).status_code == 200
    return client.post(place, {"ids": ids, "sure": "yes", **told}, follow=True)


def test_someone_new_is_invited_by_the_verb(boss):
    page = boss.get(address(User, "add"))
    role = Role.objects.get(name_en="Product manager")
    data = filled(
        page,
        username="wati",
        name="Wati",
        email="w@example.com",
        secret=GOOD,
        companies=[1],
        roles=[role.pk],
    )

    answer = boss.post(address(User, "add"), data)

    wati = User.objects.get(username="wati")
    assert answer.status_code == 302
    assert (wati.partner.name, wati.partner.email, wati.company_id) == ("Wati", "w@example.com", 1)
    assert list(wati.roles.all()) == [role]
    assert wati.check_password(GOOD)
    assert VerbRun.objects.latest("id").door == "admin"


def test_a_weak_password_is_refused_and_nobody_is_made(boss):
    page = boss.get(address(User, "add"))
    before = (User.objects.count(), Partner.objects.count())
    data = filled(page, username="wati", name="Wati", secret="123", companies=[1])

    answer = boss.post(address(User, "add"), data)

    assert errors_of(answer) != []
    assert (User.objects.count(), Partner.objects.count()) == before


def test_no_page_of_a_user_shows_the_password(boss, person):
    sari = person()
    sari.refresh_from_db()
    text = boss.get(address(User, "change", sari.pk)).content.decode()
    assert sari.password not in text
    assert sari.password.rsplit("$", 1)[-1] not in text


def test_only_who_may_do_everything_gives_that_right_away(client, person):
    budi = person("budi", "Administrator")
    client.force_login(budi)
    page = client.get(address(User, "change", budi.pk))
    client.post(address(User, "change", budi.pk), filled(page, is_superuser="on"))
    budi.refresh_from_db()
    assert not budi.is_superuser


def test_the_house_itself_is_final(boss):
    answer = boss.get(address(User, "change", 1))
    assert answer.context["office_reason"] == "This is the system itself."
    assert boss.post(address(User, "change", 1), {"username": "x"}).status_code == 403


def test_a_password_is_reset_and_ends_sessions(boss, person, client):
    sari = person()
    do(boss, User, "password", sari, new=GOOD)
    version = sari.access_version
    sari.refresh_from_db()
    assert sari.check_password(GOOD)
    assert sari.access_version > version


def test_a_refused_deed_says_why_and_changes_nothing(boss, person):
    sari = person()
    answer = do(boss, User, "password", sari, new="123")
    assert "too short" in str(answer.context["form"].non_field_errors())
    sari.refresh_from_db()
    assert sari.check_password("rahasia-panjang")


def test_people_are_deactivated_but_not_oneself(boss, person):
    sari = person()
    do(boss, User, "archive", sari)
    answer = do(boss, User, "archive", User.objects.get(pk=2))
    sari.refresh_from_db()
    assert not sari.is_active
    assert "deactivate yourself" in str(answer.context["form"].non_field_errors())
    assert User.objects.get(pk=2).is_active


def test_deeds_are_refused_without_the_right(client, person):
    sari = person("sari", "Employee")
    client.force_login(sari)
    place = f"/admin/base/user/do/archive/?ids={sari.pk}"
    assert client.get(place).status_code == 403
    assert client.post(place, {"ids": str(sari.pk), "sure": "yes"}).status_code == 403
    assert User.objects.get(pk=sari.pk).is_active


def test_a_deed_is_never_done_by_looking(boss, person):
    sari = person()
    boss.get(f"/admin/base/user/do/archive/?ids={sari.pk}&sure=yes")
    sari.refresh_from_db()
    assert sari.is_active


@pytest.mark.parametrize("ids", ["", "x", "987654321", "1;drop", "99999999999999999999999"])
def test_a_deed_to_nothing_leads_back(boss, ids):
    assert boss.get("/admin/base/user/do/archive/", {"ids": ids}).status_code == 302


def test_keys_are_revoked_from_the_list_after_asking(boss, person):
    sari = person("sari", "Employee")
    key, secret = api_keys.issue(name="shop", by=Actor.of(sari))
    asked = boss.post(
        address(ApiKey, "changelist"), {"action": "revoke", "_selected_action": [key.pk]}
    )
    assert asked.status_code == 200
    assert ApiKey.objects.filter(pk=key.pk).exists()
    assert secret not in asked.content.decode()

    do(boss, ApiKey, "revoke", key)
    assert not ApiKey.objects.filter(pk=key.pk).exists()


def test_one_sees_only_ones_own_keys(client, person):
    sari, budi = person("sari", "Employee"), person("budi", "Employee")
    api_keys.issue(name="shop of sari", by=Actor.of(sari))
    client.force_login(budi)
    assert "shop of sari" not in client.get(address(ApiKey, "changelist")).content.decode()


def test_rights_of_a_role_are_kept_when_the_table_is_saved(boss):
    role = Role.objects.get(name_en="Administrator")
    held = set(role.permissions.values_list("pk", flat=True))
    page = boss.get(address(Role, "change", role.pk))
    answer = boss.post(address(Role, "change", role.pk), filled(page, summary_en="Sets up"))
    assert answer.status_code == 302, errors_of(answer)
    assert set(role.permissions.values_list("pk", flat=True)) == held


def test_archiving_is_a_verb_and_can_be_undone(boss):
    toko = Partner.objects.create(name="Toko")
    do(boss, Partner, "archive", toko)
    assert not Partner.objects.get(pk=toko.pk).is_active
    assert "Toko" not in boss.get(address(Partner, "changelist")).content.decode()
    do(boss, Partner, "unarchive", toko)
    assert Partner.objects.get(pk=toko.pk).is_active


def test_a_job_is_started_by_hand(boss):
    job = ScheduledJob.objects.get(key="base.sweep")
    answer = do(boss, ScheduledJob, "run", job)
    assert said(answer) == ["The job is waiting for its turn."]
    assert JobRun.objects.filter(job=job).count() == 1


def test_a_clock_that_cannot_be_read_is_refused(boss):
    job = ScheduledJob.objects.get(key="base.sweep")
    page = boss.get(address(ScheduledJob, "change", job.pk))
    answer = boss.post(address(ScheduledJob, "change", job.pk), filled(page, cron="often"))
    assert list(answer.context["adminform"].form.errors) == ["cron"]


def test_a_new_time_is_told_to_the_clock(boss):
    from django_celery_beat.models import PeriodicTask

    job = ScheduledJob.objects.get(key="base.sweep")
    page = boss.get(address(ScheduledJob, "change", job.pk))
    boss.post(address(ScheduledJob, "change", job.pk), filled(page, cron="5 4 * * 1"))
    crontab = PeriodicTask.objects.get(name="base.sweep").crontab
    assert (crontab.minute, crontab.hour, crontab.day_of_week) == ("5", "4", "1")


def test_language_and_time_zone_are_chosen_and_what_is_there_may_stay(boss):
    partner = Partner.objects.create(name="Toko", language="id", timezone="Asia/Jakarta")
    page = boss.get(address(Partner, "change", partner.pk)).content.decode()
    assert '<option value="id" selected>Bahasa Indonesia</option>' in page
    assert '<option value="Asia/Jakarta" selected>Asia/Jakarta</option>' in page
    Partner.objects.filter(pk=partner.pk).update(language="de")
    page = boss.get(address(Partner, "change", partner.pk)).content.decode()
    assert '<option value="de" selected>de</option>' in page


def test_days_and_moments_are_written_as_on_the_pages():
    moment = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    written = {}
    for language in ("en", "id"):
        with translation.override(language):
            written[language] = (
                date_format(moment, "DATE_FORMAT"),
                date_format(moment, "DATETIME_FORMAT"),
            )
    assert written == {
        "en": ("5 Mar 2026", "5 Mar 2026 14:07"),
        "id": ("5 Mar 2026", "5 Mar 2026 14:07"),
    }
