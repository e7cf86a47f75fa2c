"""An operation on modules is killed at every point: the house opens by itself, and nothing stays half done."""

import os
import signal
import time

import pytest

from base.lifecycle.processes import LONGEST_LOG
from erpsite.launch.processes import runs
from tests.aside import Aside
from tests.handmade import HOLD, module

pytestmark = [pytest.mark.slow, pytest.mark.lives]
PATIENCE = 120
CONDUCTOR = "SELECT pid, application_name FROM pg_stat_activity WHERE application_name LIKE 'niaga modules %' AND datname = current_database()"
OPERATION = "SELECT state, phase, current, finished_names FROM base_moduleoperation ORDER BY id DESC LIMIT 1"
INSTALLED = "SELECT name FROM base_module WHERE state = 'installed' AND package <> '' ORDER BY 1"
TABLES = "SELECT relname FROM pg_class WHERE relname LIKE '%_thing' ORDER BY 1"
# Whether nobody keeps the house closed, as whoever wants to work asks it.
OPEN = "SELECT pg_try_advisory_xact_lock_shared(727280, 4) AND pg_try_advisory_xact_lock_shared(727280, 1)"


@pytest.fixture
def aside(tmp_path, django_db_setup):
    """A database with the modules of the house, and a place for packages."""
    aside = Aside(tmp_path / "var")
    site = tmp_path / "site"
    site.mkdir()
    aside.environment["PYTHONPATH"] += os.pathsep + str(site)
    yield aside
    aside.close()


@pytest.fixture
def three(tmp_path):
    """Three modules that stand on each other; the seed of the second stops for as long as it is held."""
    site = tmp_path / "site"
    module(site, "one")
    two = module(site, "two", requires=["one"], then=HOLD)
    module(site, "three", requires=["two"])
    (two / "hold").touch()
    return two


def until(happens):
    end = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def kill_conductor(aside, process):
    """Kill the process that carries the operation out, as the machine would that has no memory left."""
    [(_backend, name)] = aside.ask(CONDUCTOR)
    number = int(name.rpartition(":")[2])
    assert number == process.pid
    os.kill(number, signal.SIGKILL)
    process.communicate()
    until(lambda: not aside.ask(CONDUCTOR))
    assert not runs(number)


def phase(aside):
    return aside.ask(OPERATION)[0][1]


def test_killed_while_it_waits_for_everybody_to_finish(aside, three):
    (three / "hold").unlink()
    with aside.connected() as at_work:
        at_work.execute("SELECT pg_advisory_lock_shared(727280, 1)")
        process = aside.begin("modules", "install", "three")
        until(lambda: aside.ask(OPERATION) and phase(aside) == "closing")
        kill_conductor(aside, process)
        assert aside.ask(OPEN) == [(True,)]
    assert aside.ask(INSTALLED) == []
    said = aside.manage("modules", "recover")
    assert "An operation had been interrupted: Install one, two, three" in said
    assert aside.ask(INSTALLED) == [("one",), ("three",), ("two",)]
    assert aside.ask(OPERATION) == [("done", "opening", "", ["one", "two", "three"])]


def test_killed_in_the_middle_of_the_second_of_three(aside, three):
    process = aside.begin("modules", "install", "three")
    until((three / "reached").exists)
    assert aside.ask(OPEN) == [(False,)]
    kill_conductor(aside, process)
    until(lambda: aside.ask(OPEN) == [(True,)])
    until(lambda: aside.ask(TABLES) == [("one_thing",)])
    assert aside.ask(INSTALLED) == [("one",)]
    assert aside.ask("SELECT count(*) FROM django_content_type WHERE app_label = 'two'") == [(0,)]
    (three / "hold").unlink()
    assert "Install: one, two, three. Done." in aside.manage("modules", "recover")
    assert aside.ask(INSTALLED) == [("one",), ("three",), ("two",)]
    assert aside.ask("SELECT name FROM two_thing") == [("first",)]


def test_killed_between_the_commit_and_the_opening(aside, three):
    process = aside.begin("modules", "install", "two")
    until((three / "reached").exists)
    before = aside.ask("SELECT value FROM base_counter WHERE key = 'base.modules'")
    with aside.connected() as line, line.transaction():
        line.execute("SELECT * FROM base_moduleoperation FOR UPDATE")
        (three / "hold").unlink()
        until(lambda: aside.ask(INSTALLED) == [("one",), ("two",)])
        kill_conductor(aside, process)
        assert aside.ask(OPEN) == [(True,)]
    assert aside.ask("SELECT value FROM base_counter WHERE key = 'base.modules'") > before
    assert aside.ask(OPERATION)[0][0] == "running"
    aside.manage("modules", "recover")
    assert aside.ask(OPERATION)[0][0] == "done"


def test_an_uninstallation_that_was_killed_has_taken_nothing(aside, three):
    (three / "hold").unlink()
    aside.manage("modules", "install", "two")
    before = aside.catalogue()
    with aside.connected() as line, line.transaction():
        line.execute("SELECT * FROM two_thing")  # whoever drops the table waits for us
        process = aside.begin("modules", "uninstall", "two", "--yes")
        until(lambda: phase(aside) == "changing")
        kill_conductor(aside, process)
    until(lambda: aside.ask(OPEN) == [(True,)])
    assert aside.catalogue() == before
    said = aside.begin("modules", "recover").communicate()
    assert "It was interrupted. Nothing was left half done." in said[1]
    assert aside.ask(OPERATION)[0][0] == "failed"
    aside.manage("modules", "uninstall", "two", "--yes")
    assert aside.ask(INSTALLED) == [("one",)]


def test_whoever_comes_next_finishes_what_was_left(aside, three):
    process = aside.begin("modules", "install", "two")
    until((three / "reached").exists)
    kill_conductor(aside, process)
    (three / "hold").unlink()
    until(lambda: aside.ask(OPEN) == [(True,)])
    said = aside.manage("modules", "install", "three")
    assert "An operation had been interrupted: Install one, two" in said
    assert aside.ask(INSTALLED) == [("one",), ("three",), ("two",)]


def test_the_second_of_two_at_once_is_told_so(aside, three):
    process = aside.begin("modules", "install", "two")
    until((three / "reached").exists)
    said = aside.manage("modules", "install", "three", code=3)
    assert "Another operation is under way: Install one, two" in said
    (three / "hold").unlink()
    assert process.communicate()[0].endswith("Install: one, two. Done.\n")


def test_a_module_that_fails_leaves_nothing_and_those_before_it_stay(aside, tmp_path):
    module(tmp_path / "site", "sound")
    module(
        tmp_path / "site",
        "broken",
        requires=["sound"],
        then="raise ValueError('the seed is no good')",
    )
    before = left = aside.catalogue()
    said = aside.manage("modules", "install", "broken", code=1)
    assert "broken could not be applied, and nothing of it was left behind" in said
    assert "ValueError: the seed is no good" in said
    assert "Done before: sound." in said
    assert aside.ask(INSTALLED) == [("sound",)]
    left = aside.catalogue() - before
    known = ["external id base.module_broken ", "module broken uninstalled "]
    assert sorted(line for line in left if "broken" in line) == known
    assert aside.ask(OPEN) == [(True,)]


def test_a_module_with_which_the_house_does_not_start_shuts_nobody_out(aside, tmp_path):
    folder = module(tmp_path / "site", "wrong")
    (folder / "models.py").write_text("raise RuntimeError('not on my watch')\n")
    said = aside.manage("modules", "install", "wrong", code=1)
    assert "Niaga does not start with wrong in it: RuntimeError: not on my watch" in said
    assert aside.ask(OPERATION)[0][:2] == ("failed", "preparing")


def test_a_migration_that_wants_no_transaction_is_refused(aside, tmp_path):
    module(tmp_path / "site", "piecemeal", atomic="atomic = False")
    said = aside.manage("modules", "install", "piecemeal", code=1)
    assert "wants to run outside of a transaction" in said
    assert aside.ask(TABLES) == []


def test_demo_data_comes_where_it_is_asked_for_and_welcome(aside, tmp_path):
    module(tmp_path / "site", "one")
    module(tmp_path / "site", "two", requires=["one"])
    said = aside.manage("modules", "install", "two", "--demo", code=1)
    assert "This is no demo database." in said
    assert aside.ask(INSTALLED) == []
    aside.manage("modules", "install", "two", "--demo", NIAGA_DEMO="1")
    assert aside.ask("SELECT name FROM one_thing UNION ALL SELECT name FROM two_thing") == [
        ("first",),
        ("tried out",),
        ("first",),
        ("tried out",),
    ]


def test_the_log_of_operations_is_begun_anew_when_it_is_long(aside, tmp_path):
    log = aside.data / "log" / "modules.log"
    log.parent.mkdir(parents=True)
    with log.open("wb") as file:
        file.truncate(LONGEST_LOG + 1)
    module(tmp_path / "site", "one")
    aside.manage("modules", "install", "one")
    assert log.with_suffix(".log.1").stat().st_size == LONGEST_LOG + 1
    assert log.stat().st_size < LONGEST_LOG


def test_a_bridge_comes_with_its_second_side_and_goes_with_either(aside, tmp_path):
    site = tmp_path / "site"
    module(site, "left")
    module(site, "right")
    module(site, "left_right", requires=["left", "right"], bridge=True)
    aside.manage("modules", "install", "left")
    assert aside.ask(INSTALLED) == [("left",)]
    aside.manage("modules", "install", "right")
    assert aside.ask(INSTALLED) == [("left",), ("left_right",), ("right",)]
    aside.manage("modules", "uninstall", "left", "--yes")
    assert aside.ask(INSTALLED) == [("right",)]
    assert aside.ask(TABLES) == [("right_thing",)]


def test_a_module_whose_package_is_gone_is_told_of_and_can_still_go(aside, tmp_path):
    folder = module(tmp_path / "site", "fleeting")
    aside.manage("modules", "install", "fleeting")
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / "site" / "fleeting-1.0.dist-info" / "entry_points.txt").unlink()
    process = aside.begin("modules", "list")
    out, err = process.communicate()
    assert process.returncode == 0
    assert "fleeting" in out
    assert "The code of fleeting is not here, or cannot be loaded." in err
    aside.manage("modules", "upgrade")
    aside.manage("modules", "uninstall", "fleeting", "--yes")
    assert (aside.ask(INSTALLED), aside.ask(TABLES)) == ([], [])
    assert aside.ask("SELECT * FROM django_migrations WHERE app = 'fleeting'") == []
