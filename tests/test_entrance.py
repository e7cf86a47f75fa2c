"""Where people come in while one web server follows another: nobody comes to the wrong one, nobody is refused."""

import os
import socket
import sys

import pytest

from erpsite.launch.entrance import Entrance
from tests.living_house import free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux leads people")
SOME = 20


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def entrance(port):
    """With one queue."""
    entrance = Entrance("127.0.0.1", port)
    yield entrance
    entrance.close()


@pytest.fixture
def come(port):
    """Have some people come."""
    lines = []

    def come():
        lines.extend(socket.create_connection(("127.0.0.1", port)) for _number in range(SOME))

    yield come
    for line in lines:
        line.close()


def waiting(descriptor):
    """How many wait in a queue; they are let in by that."""
    count = 0
    with socket.socket(fileno=os.dup(descriptor)) as queue:
        while True:
            try:
                queue.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1


def test_nobody_comes_to_a_queue_before_people_are_led_there(entrance, come):
    older = entrance.newest
    entrance.add()
    come()
    assert (waiting(older), waiting(entrance.newest)) == (SOME, 0)
    entrance.lead_to_newest()
    come()
    assert (waiting(older), waiting(entrance.newest)) == (0, SOME)


def test_the_queue_that_stays_is_the_way_in_for_all_that_follow(entrance, come):
    for _time in range(3):
        entrance.add()
        entrance.lead_to_newest()
        entrance.drop_older()
        come()
        assert waiting(entrance.newest) == SOME


def test_a_queue_that_is_taken_back_leaves_people_where_they_were(entrance, come):
    older = entrance.newest
    entrance.add()
    entrance.lead_to_newest()
    entrance.drop_newest()
    come()
    assert (entrance.newest, waiting(older)) == (older, SOME)
