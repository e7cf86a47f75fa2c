"""One call, one transaction; tried again when it met another one."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

R = TypeVar("R")
TRIES = 5
MET_ANOTHER = frozenset(("40001", "40P01"))


def in_one(work: Callable[[], R]) -> R:
    """Do the work in one transaction, up to five times if the database says deadlock or serialization failure."""
    if connection.in_atomic_block:
        with transaction.atomic():
            found = work()
            connection.check_constraints()  # the commit that would do it is not ours
            return found
    for tried in range(TRIES):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if tried == TRIES - 1 or getattr(error.__cause__, "sqlstate", "") not in MET_ANOTHER:
                raise
            time.sleep(random.uniform(0, 0.02 * 2**tried))  # noqa: S311 - spreads retries, keeps no secret
    raise AssertionError("unreachable")
