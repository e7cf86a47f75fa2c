"""Keeping the house open: who is at work, and how it closes."""

import threading
from dataclasses import replace

import pytest

from base import upkeep
from base.lifecycle.closing import at_work_now, closed
from base.lifecycle.refusals import StillBusy
from base.presence import Door
from base.upkeep import Closed, Standing, at_work, connected, standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_work_is_refused_while_the_house_is_closed_and_welcome_afterwards():
    with connected("modules") as line:
        with closed(line), pytest.raises(Closed), at_work("job"):
            pass
        with at_work("job"):
            assert len(at_work_now(line)) == 1


def test_nobody_begins_once_somebody_waits_to_close():
    with connected("modules") as line, at_work("long"):
        line.execute("SELECT pg_advisory_lock(%s, %s)", [upkeep.LOCKS, upkeep.SHUTTING])
        with pytest.raises(Closed), at_work("late"):
            pass


def test_closing_gives_up_and_says_who_is_still_at_work(settings):
    settings.MODULES_PATIENCE = 0
    with connected("modules") as line, at_work("job accounting.fold"):
        with pytest.raises(StillBusy) as refusal, closed(line):
            pass
        assert refusal.value.params["who"].startswith("job accounting.fold ")
        assert upkeep.holds_open(line)


def test_a_closed_house_opens_when_whoever_closed_it_dies():
    line = connected("modules")
    line.execute("SELECT pg_advisory_lock(%s, %s)", [upkeep.LOCKS, upkeep.SHUTTING])
    line.execute("SELECT pg_advisory_lock(%s, %s)", [upkeep.LOCKS, upkeep.AT_WORK])
    with pytest.raises(Closed), at_work("job"):
        pass
    line.close()
    with at_work("job"):
        pass


def test_a_process_that_runs_other_modules_is_stale(settings):
    with connected("test") as line:
        now = standing(line)
    assert not now.is_stale
    assert Standing(now.generation, now.modules - {"crm"}).is_stale


def test_a_process_that_came_early_waits_for_its_modules_and_then_notices_the_next_change(settings):
    with connected("test") as line:
        now = standing(line)
        assert not upkeep.is_under_way(line)
    settings.MODULES = replace(settings.MODULES, generation=None, after=now.generation)
    assert (now.is_early, now.is_stale) == (True, True)
    came = Standing(now.generation + 1, now.modules)
    assert (came.is_early, came.is_stale) == (False, False)
    assert Standing(now.generation + 1, now.modules - {"crm"}).is_stale
    came.settle()
    assert not came.is_stale
    assert Standing(now.generation + 2, now.modules).is_stale


def test_work_is_refused_in_a_process_that_is_stale(settings):
    settings.MODULES = type(settings.MODULES)((), frozenset(), 1_000_000, frozenset())
    with pytest.raises(Closed), at_work("job"):
        pass


def test_the_door_counts_who_is_inside_and_lets_nobody_in_while_closed():
    door = Door()
    assert door.enter()
    door.close()
    assert (door.enter(), door.inside) == (False, 1)
    assert not door.wait_until_empty(0.01)
    door.leave()
    assert door.wait_until_empty(0.01)
    door.open()
    assert door.enter()


def test_whoever_steps_aside_is_not_waited_for():
    door = Door()
    waiting, go = threading.Event(), threading.Event()

    def request():
        door.enter()
        with door.aside():
            waiting.set()
            go.wait(5)
        door.leave()

    thread = threading.Thread(target=request)
    thread.start()
    waiting.wait(5)
    door.close()
    assert door.wait_until_empty(1)
    go.set()
    thread.join()
    assert door.inside == 0


def test_stepping_aside_means_nothing_outside_of_a_request():
    door = Door()
    with door.aside():
        assert door.inside == 0
    assert door.inside == 0
