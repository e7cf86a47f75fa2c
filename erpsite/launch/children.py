"""The processes that the supervisor keeps: started, watched, followed by a successor, ended."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from erpsite.launch.entrance import Entrance
from erpsite.launch.outlook import Outlook
from erpsite.launch.places import ROOT
from erpsite.launch.processes import end_with_parent

_STEADY = 10.0  # a child that lived this long starts again at once
_LONGEST_PAUSE = 30.0
_LONGEST_LOG = 10 * 1024 * 1024
_LONGEST_LEAVING = 20.0
_LAST_COMERS = 0.5  # seconds for those who came just before people were led elsewhere

Process = subprocess.Popen[bytes]


@dataclass
class Child:
    """A process that is to run for as long as the house does.

    `beside` is the number of its workers, where a new one can serve on the same port beside the old one and each
    worker says by lines in the ready file that it is up, and that it serves. `generation` numbers the change of modules
    that the process was started after; `is_renewing` says that it is to be started anew. Where it was started before
    the change that it is for, `foreseen` tells of that. `entrance` is where people come to it: the descriptor is the
    last word of its command.
    """

    name: str
    command: Sequence[str]
    log: Path
    beside: int = 0
    entrance: Entrance | None = None
    process: Process | None = None
    started: float = 0.0
    failures: int = 0
    starts: int = 0
    generation: int | None = None
    is_renewing: bool = False
    foreseen: Outlook | None = None
    predecessors: dict[int, Process] = field(default_factory=dict)
    _told_at: dict[int, float] = field(default_factory=dict)
    _led_at: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._ready_file.unlink(missing_ok=True)
        self.starts += 1
        self._ready_file.unlink(missing_ok=True)
        ours = {"_NIAGA_SUPERVISOR": str(os.getpid()), "_NIAGA_READY": str(self._ready_file)}
        queue = (self.entrance.newest,) if self.entrance else ()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*self.command, *map(str, queue)],
                cwd=ROOT,
                env={**environment, **ours},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
                pass_fds=queue,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread runs in this process by now
            )
        self.started = time.monotonic()

    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        """Whether every worker of the process started last serves."""
        return self._have_said("ready")

    def is_up(self) -> bool:
        """Whether every worker of the process started last could serve."""
        return self._have_said("up")

    def make_room(self) -> None:
        """Keep the process that runs now until its successor serves."""
        if self.process is not None and self.lives():
            self.predecessors[self.process.pid] = self.process
            if self.entrance:
                self.entrance.add()

    def has_predecessor(self) -> bool:
        """Whether somebody else still serves."""
        return any(process.poll() is None for process in self.predecessors.values())

    def give_up(self) -> None:
        """End a successor that turned out to be in vain, if there still is one; those before it stay."""
        self.kill()
        self.process, self.foreseen = None, None
        if self.entrance and self.has_predecessor():
            self.entrance.drop_newest()

    def take_back(self) -> None:
        """Give the successor up and let its predecessor be the one that serves."""
        self.give_up()
        while self.predecessors and self.process is None:
            _pid, process = self.predecessors.popitem()
            self.process = process if process.poll() is None else None

    def let_go(self) -> None:
        """Keep people away from predecessors, ask them to finish and end; end those that take too long."""
        now = time.monotonic()
        if not self._led_at:
            self._led_at = now
            if self.entrance:
                self.entrance.lead_to_newest()
        if now - self._led_at < _LAST_COMERS:
            return
        for pid, process in list(self.predecessors.items()):
            self._part_with(pid, process, now)
        if not self.predecessors:
            self._led_at = 0.0
            if self.entrance:
                self.entrance.drop_older()

    def _part_with(self, pid: int, process: Process, now: float) -> None:
        if process.poll() is not None:
            del self.predecessors[pid]
            self._told_at.pop(pid, None)
        elif pid not in self._told_at:
            self._told_at[pid] = now
            process.terminate()
        elif now - self._told_at[pid] > _LONGEST_LEAVING:
            _kill(process)

    def ask_to_stop(self) -> None:
        """Let it finish what it is at; it tells its own workers."""
        for process in (*self.predecessors.values(), self.process):
            if process is not None:
                process.terminate()

    def kill(self) -> None:
        """End it and everything it has started, now."""
        if self.process is not None:
            _kill(self.process)

    def kill_all(self) -> None:
        """End its predecessors too."""
        for process in self.predecessors.values():
            _kill(process)
        self.kill()
        self._ready_file.unlink(missing_ok=True)

    def pause(self) -> float:
        """Seconds to wait before starting it again: none after a steady life, longer after each short one."""
        if time.monotonic() - self.started > _STEADY:
            self.failures = 0
            return 0.0
        self.failures += 1
        return float(min(0.5 * 2**self.failures, _LONGEST_PAUSE))

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def _have_said(self, word: str) -> bool:
        if not self._ready_file.exists():
            return False
        lines = self._ready_file.read_text().splitlines()
        return sum(line.startswith(word) for line in lines) >= self.beside

    @property
    def _ready_file(self) -> Path:
        return self.log.with_suffix(f".{self.starts}.ready")


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
