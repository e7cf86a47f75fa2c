"""The page of jobs: who sees it, what it shows, and what may be done there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from base.models import JobRun, ScheduledJob
from web.tests.conftest import person, signed_in
from web.views.jobs import Row, span

JOBS, SCHEDULES = "/jobs/", "/jobs/schedules/"


@pytest.fixture
def rini(house):
    """The administrator."""
    return person("rini", "Administrator", company=house)


@pytest.fixture
def rini_at_work(rini):
    return signed_in(rini)


def run(state="queued", **fields):
    now = timezone.now()
    times = {
        "running": {"started_at": now, "lease_until": now + timedelta(seconds=20), "attempts": 1},
        "queued": {},
    }
    ended = {"started_at": now, "finished_at": now, "attempts": 1}
    return JobRun.objects.create(
        task="base.sweep", state=state, **{**times.get(state, ended), **fields}
    )


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_page_is_for_those_who_steer_jobs(rini_at_work, sari_at_work):
    assert rini_at_work.get(JOBS).status_code == 200
    assert sari_at_work.get(JOBS).status_code == 403
    assert 'href="/jobs/"' in text(rini_at_work.get("/contacts/"))
    assert 'href="/jobs/"' not in text(sari_at_work.get("/contacts/"))


def test_a_run_shows_how_far_it_is(rini, rini_at_work):
    run("running", steps_done=40, steps_total=200, note="Toko Maju", asked_by=rini)
    page = text(rini_at_work.get(JOBS))
    assert '<progress max="200" value="40"' in page
    assert "Toko Maju" in page
    assert "Sweep away what has expired" in page
    assert "data-under-way" in page


def test_the_page_says_what_is_stuck_and_what_to_look_at(rini_at_work):
    run("running", lease_until=timezone.now() - timedelta(seconds=1))
    run("queued", run_after=timezone.now() - timedelta(minutes=6))
    run("queued")
    run("dead", error="It broke.")
    page = text(rini_at_work.get(JOBS))
    for count, word in ((1, "running"), (2, "waiting"), (2, "stuck"), (1, "to look at")):
        assert f'<strong class="num">{count}</strong> {word}' in page
    assert "It broke." in page


def test_the_list_is_narrowed_and_searched(rini_at_work):
    run("dead", error="It broke.")
    run("done", error="")
    narrowed = text(rini_at_work.get(f"{JOBS}?show=to_look_at"))
    assert narrowed.count('scope="row"') == 1
    assert text(rini_at_work.get(f"{JOBS}?q=broke")).count('scope="row"') == 1
    assert text(rini_at_work.get(f"{JOBS}?q=sweep")).count('scope="row"') == 2


def test_what_is_stuck_is_found_and_the_longest_run(rini_at_work):
    now = timezone.now()
    lost = run("running", lease_until=now - timedelta(seconds=1))
    waits = run(run_after=now - timedelta(hours=1))
    later = run(run_after=now + timedelta(hours=1))
    long = run("done", started_at=now - timedelta(hours=2))

    def shown(query):
        return [row.run for row in rini_at_work.get(JOBS + query).context["rows"]]

    assert shown("?show=stuck") == [waits, lost]
    assert shown("?sort=-lasted")[0] == long
    assert {*shown("?sort=lasted")[:2]} == {waits, later}
    assert shown("?sort=started")[0] == long


def test_pages_of_jobs_follow_each_other_however_they_are_sorted(rini_at_work):
    now = timezone.now()
    for number in range(45):
        run("done", started_at=now - timedelta(seconds=number), finished_at=now)
    run()
    for sort in ("-asked", "-started", "started", "-lasted", "lasted"):
        first = rini_at_work.get(f"{JOBS}?sort={sort}").context["listing"]
        rest = rini_at_work.get(first.next_url).context["listing"]
        ids = [one.pk for one in (*first.rows, *rest.rows)]
        assert (len(ids), len(set(ids))) == (46, 46), sort


def test_a_waiting_run_is_cancelled_and_tried_again(rini_at_work):
    row = run()
    rini_at_work.post(reverse("web:job_cancel", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "cancelled"
    rini_at_work.post(reverse("web:job_repeat", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.finished_at) == ("queued", None)


def test_a_running_run_is_asked_to_stop(rini_at_work):
    row = run("running")
    rini_at_work.post(reverse("web:job_cancel", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.is_cancelling) == ("running", True)


def test_what_has_ended_is_not_cancelled_and_says_so(rini_at_work):
    row = run("done")
    answer = rini_at_work.post(reverse("web:job_cancel", args=[row.pk]), follow=True)
    assert "has ended already; there is nothing to cancel." in text(answer)
    row.refresh_from_db()
    assert row.state == "done"


def test_what_was_done_is_not_done_again(rini_at_work):
    row = run("done")
    answer = rini_at_work.post(reverse("web:job_repeat", args=[row.pk]), follow=True)
    assert "has not failed; there is nothing to repeat." in text(answer)


def test_a_run_is_not_tried_again_while_another_of_its_key_waits(rini_at_work):
    dead = run("dead", key="base.sweep")
    run("queued", key="base.sweep")
    answer = rini_at_work.post(reverse("web:job_repeat", args=[dead.pk]), follow=True)
    assert "This job is waiting or running already." in text(answer)


def test_others_may_not_steer(sari_at_work):
    row = run()
    assert sari_at_work.post(reverse("web:job_cancel", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.state == "queued"


def test_somebody_is_led_back_to_where_they_were_and_nowhere_else(rini_at_work):
    for came_from, led_to in (
        ("/jobs/?show=done", "/jobs/?show=done"),
        ("https://x.example", JOBS),
    ):
        answer = rini_at_work.post(reverse("web:job_cancel", args=[run().pk]), {"next": came_from})
        assert answer["Location"] == led_to


def test_the_page_of_a_run_shows_result_and_arguments_as_text(rini_at_work):
    row = run("done", result={"name": "<b>5</b>"}, arguments={"team_id": 4})
    page = text(rini_at_work.get(reverse("web:job", args=[row.pk])))
    assert "&lt;b&gt;5&lt;/b&gt;" in page
    assert "Team id" in page


def test_schedules_are_shown_in_company_time(house, rini_at_work):
    type(house).objects.filter(pk=1).update(timezone="Asia/Jayapura")
    job = ScheduledJob.objects.get(key="base.sweep")
    ScheduledJob.objects.filter(pk=job.pk).update(
        next_run_at=timezone.now().replace(2030, 3, 1, 17, 15, 0, 0)
    )
    page = text(rini_at_work.get(SCHEDULES))
    assert "Asia/Jayapura" in page
    assert "2 Mar 2030 02:15" in page
    assert "every day at 02:15" in page


def test_schedules_are_called_in_the_readers_language(house):
    ayu = signed_in(person("ayu", "Administrator", company=house, language="id"))
    ScheduledJob.objects.filter(key="base.send_mail").update(name="Kirim semua")
    page = text(ayu.get(SCHEDULES))
    assert ("Buat cadangan" in page, "Back up" in page, "Kirim semua" in page) == (
        True,
        False,
        True,
    )
    assert ">Riwayat</a>" in page


def test_a_schedule_is_run_now(rini, rini_at_work):
    job = ScheduledJob.objects.get(key="base.sweep")
    rini_at_work.post(reverse("web:schedule_run", args=[job.pk]))
    [row] = JobRun.objects.filter(job=job)
    assert (row.state, row.asked_by, row.user) == ("queued", rini, None)


def test_a_schedule_is_paused_and_resumed(rini_at_work):
    job = ScheduledJob.objects.get(key="base.sweep")
    for active in (False, True):
        rini_at_work.post(reverse("web:schedule_pause", args=[job.pk]))
        job.refresh_from_db()
        assert (job.is_active, job.next_run_at is not None) == (active, active)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.44, "0.4 s"), (12.9, "12 s"), (185, "3 min 5 s"), (7800, "2 h 10 min"), (-1, "0.0 s")],
)
def test_span_says_what_matters(seconds, said):
    with override("en"):
        assert span(seconds) == said


@pytest.mark.django_db
def test_the_list_asks_a_fixed_number_of_queries(rini_at_work, django_assert_max_num_queries):
    for _number in range(20):
        run("done")
    rini_at_work.get(JOBS)
    with django_assert_max_num_queries(16):
        rini_at_work.get(JOBS)


@pytest.mark.django_db
def test_a_run_that_waits_for_its_next_try_says_when():
    later = timezone.now() + timedelta(minutes=3)
    assert Row(run(run_after=later), timezone.now()).waits_until == later
