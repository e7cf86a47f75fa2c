"""Work that runs by itself: a row in the database is the truth, the queue only wakes somebody up to look at it.

A job is a function that takes `by`, the actor, and what it was asked with, all by keyword:

    @jobs.job("crm.score_leads", label=_("Score leads"))
    def score_leads(*, team_id: int, by: Actor) -> dict[str, int]: ...

    jobs.enqueue("crm.score_leads", team_id=4, by=actor)

**Exactly once.** A job's body runs in one transaction with the mark that it is done: both are there or neither is,
whatever is killed in between. The mark carries the number of the attempt, so that a worker which slept through its
lease finds its attempt taken over and is rolled back. What reaches beyond the database (mail, files) is not rolled
back with it; such a job says `whole=False`, does its work in `with jobs.step():` blocks, each a transaction with the
same fence, and is harmless to run again.

**Asking.** `enqueue` writes the row in the caller's transaction and wakes a worker once that is committed; a broker
that is away does not stop it, the row is found within seconds. `key` makes sure that one run alone is unfinished.

**Running.** `progress(done, total, note)` tells how far the job is and is where it lets itself be cancelled. What a
rule refuses is not tried again; a defect is, and what is not possible now (`NotNow`), as often as the job says and with
growing pauses; what the database interrupts (a deadlock, a restart) always is.
"""

from base.jobs.leases import Interruption, JobCancelled, LeaseLost, progress, step
from base.jobs.queue import due, enqueue, start, take_back, wake, wake_after_commit
from base.jobs.registry import Job, NotNow, declared, job, known, label_of
from base.jobs.running import run, work

__all__ = [
    "Interruption",
    "Job",
    "JobCancelled",
    "LeaseLost",
    "NotNow",
    "declared",
    "due",
    "enqueue",
    "job",
    "known",
    "label_of",
    "progress",
    "run",
    "start",
    "step",
    "take_back",
    "wake",
    "wake_after_commit",
    "work",
]
