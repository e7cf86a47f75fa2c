"""The house's own queue, and a job that leaves a row behind each time it is done.

`celery --app tests.killing.queue worker` works it; `python -m tests.killing.queue 200` asks for so many.
"""

import os
import sys
import time

import django
from django.db import connection, transaction

from erpsite.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erpsite.settings")
django.setup()

from base import jobs  # noqa: E402 - Django is set up first
from base.actors import Actor  # noqa: E402

__all__ = ["app"]

SECONDS = 0.2


@jobs.job("killing.mark", attempts=1)
def mark(*, number, by):
    """Write a row at the beginning and one at the end, with time between them to be killed in."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO killing_begun VALUES (%s)", [number])
        jobs.progress(1, 2, "half way")
        time.sleep(SECONDS)
        cursor.execute("INSERT INTO killing_ended VALUES (%s)", [number])


def ask(first, count):
    """Ask for so many, all or none."""
    with transaction.atomic():
        for number in range(first, first + count):
            jobs.enqueue("killing.mark", number=number, by=Actor.system())


if __name__ == "__main__":
    begun = time.monotonic()
    ask(int(sys.argv[1]), int(sys.argv[2]))
    print(time.monotonic() - begun)  # noqa: T201 - the seconds it took, for who runs this
