"""A backup is worth what its restore is worth: it is taken back, compared, and the books are audited in it."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from base import jobs
from base.actors import Actor
from base.errors import AccessDenied, Missing
from base.models import JobRun, OutgoingMail, Parameter, Partner, ScheduledJob
from base.services import attachments, backups, mail, restoring
from base.services.backups import BackupFailed, DiskFull
from base.services.restoring import DatabaseInUse, DatabaseThere, FileDamaged, NotTheSame
from base.upkeep import direct_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # in Jakarta


@pytest.fixture
def system():
    return Actor.system(door="shell")


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    """An empty store and an empty place for backups."""
    settings.MEDIA_ROOT, settings.BACKUPS = tmp_path / "files", tmp_path / "backups"


@pytest.fixture
def name():
    """The name of a database that is dropped afterwards."""
    name = f"niaga_restored_{connections['default'].settings_dict['NAME']}"
    yield name
    connections.close_all()
    with psycopg.connect(direct_url(), dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def within(monkeypatch):
    """Turns this process to another database."""
    there = connections["default"].settings_dict

    def turn(name):
        connections.close_all()
        monkeypatch.setitem(there, "NAME", name)

    yield turn
    connections.close_all()


def databases(name):
    """The databases that a restore into this name has left."""
    with psycopg.connect(direct_url()) as line:
        rows = line.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
        )
        return [found for (found,) in rows]


def test_what_is_restored_is_what_was_backed_up(system, name, within, settings):
    partner = Partner.objects.create(name="Toko Maju")
    paper = attachments.store("a.txt", b"kept", row=partner, by=system)
    backup = backups.make(by=system, at=NOON)
    assert backup.name == "20260302-120000"
    Partner.objects.filter(pk=partner.pk).update(name="Changed later")
    paper.path.unlink()

    rows = restoring.restore(backup, name, by=system)

    assert rows == backup.rows
    assert rows["base_partner"] == Partner.objects.count()
    within(name)
    assert Partner.objects.get(pk=partner.pk).name == "Toko Maju"
    assert attachments.read(paper, by=system) == b"kept"


def test_the_books_in_a_restored_database_are_sound(system, name, within):
    accounting = pytest.importorskip("accounting.models")
    from accounting.services import books, entries, invoices
    from base.models import Company

    partner = Partner.objects.create(name="Toko Maju")
    today = NOON.date()
    line = {"label": "Service", "unit_price": Decimal(100000)}
    row = {"kind": "out_invoice", "partner_id": partner.pk, "invoice_date": today, "lines": [line]}
    by = Actor.system(company_ids=[1])
    invoices.draft([row], by=by, on=today)
    entries.post(accounting.JournalEntry.objects.drafts(), by=by, on=today)

    restoring.restore(backups.make(by=system, at=NOON), name, by=system)

    within(name)
    [audit] = books.audit(Company.objects.filter(pk=1), by=by, on=today)
    assert (audit.is_sound, audit.entry_count) == (True, 1)


def test_the_rows_are_counted_in_the_moment_of_the_dump(system, name, monkeypatch):
    dump = backups.run

    def meanwhile(program, *arguments, **options):
        dump(program, *arguments, **options)
        if program == "pg_dump":
            Parameter.objects.create(key="test.meanwhile")

    monkeypatch.setattr(backups, "run", meanwhile)
    backup = backups.make(by=system, at=NOON)
    assert backup.rows["base_parameter"] == Parameter.objects.count() - 1
    assert restoring.restore(backup, name, by=system) == backup.rows


def test_a_still_copy_sends_nothing_and_runs_nothing(system, name, within):
    mail.write(to="a@b.example", subject="x", body="x", by=system)
    restoring.restore(backups.make(by=system, at=NOON), name, by=system, still=True)
    within(name)
    assert [letter.state for letter in OutgoingMail.objects.all()] == ["cancelled"]
    assert not JobRun.objects.unfinished().exists()
    assert not ScheduledJob.objects.active().exists()


def test_restore_refuses_a_database_that_is_there_and_leaves_it(system, name, within):
    backup = backups.make(by=system, at=NOON)
    restoring.restore(backup, name, by=system)
    with pytest.raises(DatabaseThere):
        restoring.restore(backup, name, by=system)
    assert databases(name) == [name]


def test_restore_replaces_a_database_only_while_nobody_uses_it(system, name):
    backup = backups.make(by=system, at=NOON)
    restoring.restore(backup, name, by=system)
    with psycopg.connect(direct_url(), dbname=name) as user:
        user.execute("CREATE TABLE kept ()")
        user.commit()
        with pytest.raises(DatabaseInUse):
            restoring.restore(backup, name, by=system, replace=True)
        assert user.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    restoring.restore(backup, name, by=system, replace=True)
    with psycopg.connect(direct_url(), dbname=name) as user:
        assert user.execute("SELECT to_regclass('kept')").fetchone() == (None,)


def test_a_damaged_backup_changes_nothing(system, name):
    backup = backups.make(by=system, at=NOON)
    dump = backup.path / backups.DUMP
    whole = dump.read_bytes()
    dump.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupFailed):
        restoring.restore(backup, name, by=system)
    dump.write_bytes(whole)
    told = json.loads((backup.path / backups.ABOUT).read_text())
    told["rows"]["base_partner"] += 1
    (backup.path / backups.ABOUT).write_text(json.dumps(told))
    with pytest.raises(NotTheSame) as caught:
        restoring.restore(backups.named(backup.name), name, by=system)
    assert caught.value.params == {"tables": "base_partner"}
    assert databases(name) == []


def test_a_damaged_file_is_found_before_anything_is_changed(system, name):
    attachments.store("a.txt", b"kept", by=system)
    backup = backups.make(by=system, at=NOON)
    [kept] = (backup.path / backups.FILES).glob("??/*")
    kept.unlink()
    kept.write_bytes(b"lost")
    with pytest.raises(FileDamaged):
        restoring.restore(backup, name, by=system)
    assert databases(name) == []


def test_a_backup_that_fails_leaves_nothing_behind(system, settings):
    settings.POSTGRES_PROGRAMS = "/nowhere"
    with pytest.raises(BackupFailed) as caught:
        backups.make(by=system, at=NOON)
    assert str(caught.value) == "pg_dump has failed: it is not installed on this machine"
    assert list(Path(settings.BACKUPS).iterdir()) == []


def test_a_full_disk_is_refused_before_it_is_full(system, monkeypatch, settings):
    monkeypatch.setattr(backups, "SPARE", 2**60)
    with pytest.raises(DiskFull):
        backups.make(by=system, at=NOON)


def test_files_on_the_same_disk_cost_nothing_twice(system):
    paper = attachments.store("a.txt", b"kept", by=system)
    backup = backups.make(by=system, at=NOON)
    [kept] = (backup.path / backups.FILES).glob("??/*")
    assert kept.stat().st_ino == paper.path.stat().st_ino


def test_old_backups_go_but_the_first_of_each_month_and_the_newest_stay(system, settings):
    settings.BACKUP_DAYS, settings.BACKUP_MONTHS = 3, 2
    for days in range(0, 100, 1):
        moment = NOON - timedelta(days=days)
        place = Path(settings.BACKUPS) / moment.strftime("%Y%m%d-120000")
        place.mkdir(parents=True)
        told = {"made_at": moment.isoformat(), "database": "niaga", "rows": {}, "size": 1}
        (place / backups.ABOUT).write_text(json.dumps(told))
    gone = backups.forget_old(by=system, now=NOON)
    assert [backup.name for backup in backups.made()] == [
        "20260302-120000",
        "20260301-120000",
        "20260228-120000",
        "20260227-120000",
        "20260201-120000",
        "20260101-120000",
    ]
    assert len(gone) == 94
    assert backups.forget_old(by=system, now=NOON + timedelta(days=400)) != []
    assert [backup.name for backup in backups.made()] == ["20260302-120000"]


def test_the_job_backs_up_and_says_what_it_made(system, settings):
    run = jobs.start("base.backup", by=system)
    jobs.run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == ("done", "")
    assert [backup.name for backup in backups.made()] == [run.result["made"]]
    assert run.result["deleted"] == []


def test_the_commands_back_up_list_and_restore(name, capsys):
    call_command("backup")
    call_command("backup", "--list")
    [backup] = backups.made()
    call_command("restore", backup.name, "--into", name)
    told = capsys.readouterr().out.splitlines()
    assert (
        told[-1]
        == f"{name}: {sum(backup.rows.values())} rows in {len(backup.rows)} tables, as in the backup"
    )
    with pytest.raises(CommandError):
        call_command("restore", backup.name, "--into", name)


def test_nothing_is_restored_from_what_is_no_backup():
    with pytest.raises(Missing):
        backups.named("20260101-000000")


def test_others_make_no_backups(person):
    sari = Actor.of(person("sari", "Employee"))
    with pytest.raises(AccessDenied):
        backups.make(by=sari, at=NOON)
