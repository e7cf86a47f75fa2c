"""The lease: a worker's right to run one attempt of a job, renewed while it runs and proven before it writes."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from base.errors import Conflict

log = logging.getLogger(__name__)

LENGTH = timedelta(seconds=20)
HEARTBEAT = 5.0
TELLING = 1.0  # progress is written once a second at most
LOCKS = 727281  # the class of advisory locks that the transactions of jobs hold, each by its run's number

RENEW = """
UPDATE base_jobrun
   SET lease_until = clock_timestamp() + %s, steps_done = %s, steps_total = %s, note = %s
 WHERE id = %s AND attempts = %s AND state = 'running' RETURNING is_cancelling
"""
WHOSE = "SELECT attempts, state, is_cancelling FROM base_jobrun WHERE id = %s"
HOLD = "SELECT pg_advisory_xact_lock(%s, %s)"


class Interruption(Conflict):
    """The job is not to go on. Whoever catches refusals lets this one pass."""


class JobCancelled(Interruption):
    """Somebody has called the job off; what it has done since its last step is undone."""

    code = "job_cancelled"
    message = _("The job was cancelled.")


class LeaseLost(Interruption):
    """Another worker has taken the job over, because this one was not heard of for too long."""

    code = "lease_lost"
    message = _("Another worker has taken this job over.")


_current: ContextVar["Lease | None"] = ContextVar("current_lease", default=None)


class Lease:
    """The right to run one attempt of one run. As a context manager it renews itself from a thread of its own.

    The thread has its own connection, opened only for jobs that last: what it writes is seen at once, while the
    job's own transaction is still open.
    """

    def __init__(self, run_id: int, attempt: int) -> None:
        self.run_id = run_id
        self.attempt = attempt
        self._told: tuple[int, int | None, str] = (0, None, "")
        self._cancelled = self._lost = False
        self._wake, self._ended = threading.Event(), threading.Event()
        self._renewed = time.monotonic()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{run_id}", daemon=True)

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._wake.set()
        self._thread.join()
        _current.reset(self._token)

    def hold(self) -> None:
        """Mark the open transaction as this run's, so that whoever takes the run over can end it."""
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [LOCKS, lock_number(self.run_id)])

    def prove(self) -> None:
        """Renew the lease inside the open transaction, with the progress so far. Refuses with `LeaseLost`.

        The row stays locked until the transaction ends: nobody can take the run over before this is written.
        """
        with connection.cursor() as cursor:
            cursor.execute(RENEW, self._renewal())
            if cursor.fetchone() is None:
                raise LeaseLost

    def tell(self, done: int, total: int | None, note: str) -> None:
        """Note the progress; the thread writes it. Refuses with `JobCancelled` or `LeaseLost`."""
        self._told = (done, total, note[:200])
        if time.monotonic() - self._renewed >= TELLING:
            self._wake.set()
        if self._lost:
            raise LeaseLost
        if self._cancelled:
            raise JobCancelled

    def _renewal(self) -> list[Any]:
        return [LENGTH, *self._told, self.run_id, self.attempt]

    @property
    def told(self) -> tuple[int, int | None, str]:
        """The progress: steps done, steps in all, and what is at hand."""
        return self._told

    def _keep(self) -> None:
        try:
            while True:
                self._wake.wait(HEARTBEAT)
                if self._ended.is_set():
                    return
                self._wake.clear()
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        self._renewed = time.monotonic()
        try:
            with connection.cursor() as cursor:
                cursor.execute(RENEW, self._renewal())
                row = cursor.fetchone()
                if row is None:
                    cursor.execute(WHOSE, [self.run_id])
                    # A row that is not there belongs to a transaction that is still open: nobody else can have it.
                    self._lost = cursor.fetchone() not in (None, (self.attempt, "running", False))
                else:
                    self._cancelled = row[0]
        except DatabaseError:
            log.warning("The lease of job %s could not be renewed", self.run_id, exc_info=True)
            connection.close()


def lock_number(run_id: int) -> int:
    """The number of a run's advisory lock: an advisory lock's second number has 31 bits."""
    return run_id % 2**31


def progress(done: int, total: int | None = None, note: str = "") -> None:
    """Tell how far the job at hand is, and let it be cancelled here. Outside a job it does nothing.

    Refuses with `JobCancelled` once somebody has called the job off, and with `LeaseLost`.
    """
    lease = _current.get()
    if lease is not None:
        lease.tell(done, total, str(note))


@contextmanager
def step() -> Iterator[None]:
    """One transaction of a job that works in steps. It is written only while the job is still this worker's.

    Refuses with `LeaseLost`. Outside a job it is a transaction like any other.
    """
    lease = _current.get()
    with transaction.atomic():
        if lease is not None:
            lease.hold()
        yield
        if lease is not None:
            lease.prove()
