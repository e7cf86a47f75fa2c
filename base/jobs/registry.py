"""The jobs that the installed modules bring, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.errors import Refused

Function = TypeVar("Function", bound=Callable[..., Any])
LONGEST_PAUSE = timedelta(hours=6)


class NotNow(Refused):
    """Something outside is away, and will be back: the job is tried again as often as it says, then given up."""

    code = "not_now"


class UnknownJob(NotNow):
    """No installed module brings a job of this name; it may be about to come."""

    code = "unknown_job"
    message = _("There is no job “%(task)s”. Is its module installed?")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How a job is treated when it fails.

    `attempts`: how often it is tried before it is given up; `delay`: the pause after the first failure, doubled after
    each further one.
    """

    attempts: int = 3
    delay: timedelta = timedelta(seconds=30)

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after so many failures."""
        doubled: int = 2 ** min(max(failures - 1, 0), 20)
        return min(self.delay * doubled, LONGEST_PAUSE)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A function that runs by itself. `whole`: in one transaction with the mark that it is done; else in steps."""

    name: str
    function: Callable[..., Any]
    label: str | Promise
    patience: Patience
    whole: bool


USUAL = Patience()
_jobs: dict[str, Job] = {}


def job(
    name: str,
    *,
    label: str | Promise = "",
    attempts: int = USUAL.attempts,
    delay: timedelta = USUAL.delay,
    whole: bool = True,
) -> Callable[[Function], Function]:
    """Make a job of a function `(…, by: Actor)`, under the name that schedules and the queue know it by.

    What it answers (JSON) is kept as its result. See `Patience`, `Job` and `base.jobs`.
    """

    def register(function: Function) -> Function:
        _jobs[name] = Job(
            name=name,
            function=function,
            label=label or name,
            patience=Patience(attempts=attempts, delay=delay),
            whole=whole,
        )
        return function

    return register


def known() -> frozenset[str]:
    """The names of all jobs that the installed modules bring."""
    return frozenset(_jobs)


def declared(name: str) -> Job:
    """The job of a name. Refuses with `UnknownJob`."""
    if name not in _jobs:
        raise UnknownJob(task=name)
    return _jobs[name]


def patience_with(name: str) -> Patience:
    """How often a job is tried; the usual where nobody knows it."""
    return _jobs[name].patience if name in _jobs else USUAL


def label_of(name: str) -> str:
    """What people call a job."""
    return str(_jobs[name].label) if name in _jobs else name
