"""Modules come and go while people and programs are at work: they wait a moment and never meet an error."""

import os
import signal
import threading
import time

import pytest

from tests.hammering import Hammer
from tests.handmade import HOLD, module
from tests.living_house import LivingHouse

pytestmark = [pytest.mark.slow, pytest.mark.lives]
LONGEST_CLOSED = 20.0  # seconds without an answer that people could bear, on a machine that is busy
CONDUCTOR = (
    "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'niaga modules %%'"
)
# The start of a house upgrades by an operation of its own, where code or packages are not those of the last.
OPERATION = (
    "SELECT state, finished_names FROM base_moduleoperation WHERE kind = 'install'"
    " ORDER BY id DESC LIMIT 1"
)
SLEPT = (
    "SELECT state, attempts, count(*) FROM base_jobrun WHERE task = 'drowsy.sleep' GROUP BY 1, 2"
)
RUNNING = "SELECT 1 FROM base_jobrun WHERE task = 'drowsy.sleep' AND state = 'running'"
ENQUEUE = """
from base import jobs
from base.actors import Actor
for _number in range(4):
    jobs.enqueue("drowsy.sleep", seconds=2, by=Actor.system())
"""


@pytest.fixture(scope="module")
def site(home):
    """Where packages are installed."""
    folder = home / "packages"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def house(home, site):
    """A demo house with two web processes, and a module whose jobs take their time."""
    module(site, "drowsy")
    house = LivingHouse(home, site, NIAGA_WEB_PROCESSES="2", NIAGA_MODULES="hr,crm,drowsy")
    house.start()
    yield house
    house.stop()


def test_nobody_meets_an_error_while_modules_go_and_come_back(house, record_property):
    with Hammer(house) as hammer:
        time.sleep(1)
        house.manage("shell", "-c", ENQUEUE)
        house.wait_until(lambda: house.ask(RUNNING))
        for words in (("uninstall", "hr", "--yes"), ("install", "hr")):
            begun = time.monotonic()
            house.manage("modules", *words)
            house.wait_until(lambda: is_served_by_all(house))
            closed = hammer.longest_closed(begun, time.monotonic())
            record_property(f"closed for {words[0]}", closed)
            print(f"closed for {words[0]}: {closed:.1f} s")  # noqa: T201 - shown by pytest -s
            assert closed < LONGEST_CLOSED, house.told()
        time.sleep(1)
    # Who has signed in is sent on from the page to sign in at.
    assert set(hammer.kinds()) == {200, 302, 503}, f"{hammer.kinds()}\n{house.told()}"
    house.wait_until(lambda: house.ask(SLEPT) == [("done", 1, 4)])


def test_whoever_came_early_for_what_then_failed_makes_way(house, site):
    module(site, "broken", then="raise ValueError('the seed is no good')")
    assert "the seed is no good" in house.manage("modules", "install", "broken", refused=True)
    house.wait_until(lambda: is_served_by_all(house))
    module(site, "sound")
    module(site, "broken", requires=["sound"], then="raise ValueError('the seed is no good')")
    assert "Done before: sound." in house.manage("modules", "install", "broken", refused=True)
    house.wait_until(lambda: is_served_by_all(house))
    assert house.ask(
        "SELECT name FROM base_module WHERE state = 'installed' AND package <> '' ORDER BY 1"
    ) == [
        ("drowsy",),
        ("sound",),
    ]


def test_what_a_killed_operation_left_is_finished_by_the_house_itself(house, site):
    folder = killed_within(house, site, "slow", kill_conductor)
    house.wait_until(house.is_open)
    assert house.ask(OPERATION) == [("running", [])]
    (folder / "hold").unlink()
    house.wait_until(lambda: house.ask(OPERATION) == [("done", ["slow"])])
    house.wait_until(house.is_open)
    assert house.modules()["slow"]["is_installed"]


def test_the_next_start_finishes_what_went_down_with_the_house(house, site):
    folder = killed_within(house, site, "unlucky", kill_house)
    (folder / "hold").unlink()
    house.start()
    assert house.ask(OPERATION) == [("done", ["unlucky"])]
    assert house.modules()["unlucky"]["is_installed"]


def killed_within(house, site, name, kill):
    """Begin to install a module, and kill when its seed is half loaded; answers the module's folder."""
    folder = module(site, name, then=HOLD)
    (folder / "hold").touch()
    words = ("modules", "install", name)
    thread = threading.Thread(target=house.manage, args=words, kwargs={"refused": True})
    thread.start()
    house.wait_until((folder / "reached").exists)
    kill(house)
    thread.join()
    return folder


def kill_conductor(house):
    [(name,)] = house.ask(CONDUCTOR)
    os.kill(int(name.rpartition(":")[2]), signal.SIGKILL)


def kill_house(house):
    os.kill(house.process.pid, signal.SIGKILL)
    kill_conductor(house)
    house.process.wait()


def is_served_by_all(house):
    """Whether every connection meets a process that runs the modules of now."""
    return all(house.is_open() for _time in range(8))
