"""Keeping the house up: starts the children, starts again what dies, and ends everything in good order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from erpsite.launch.console import CannotStart, say
from erpsite.launch.places import ROOT
from erpsite.launch.processes import end_with_parent
from erpsite.launch.servers import Servers

_TICK = 0.2
_GRACE = 8.0  # how long a child may take to finish what it is at
_STEADY = 10.0  # a child that lived this long starts again at once
_LONGEST_PAUSE = 30.0
_LONGEST_LOG = 10 * 1024 * 1024


@dataclass
class Child:
    """A process that is to run for as long as the house does."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread runs in this process by now
            )
        self.started = time.monotonic()

    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Let it finish what it is at; it tells its own workers."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End it and everything it has started, now."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

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


@dataclass
class Supervisor:
    """Watches the children and the servers until it is told to stop."""

    servers: Servers
    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    _due: dict[str, float] = field(default_factory=dict)
    _stopping: int = 0

    def listen(self) -> None:
        """Take Ctrl-C, a polite kill and the closing of the terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def add(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        child.start(self.environment)
        self.children.append(child)

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Watch until the house answers; `False` where it was told to stop before. Raises `CannotStart`."""
        end = time.monotonic() + seconds
        while not ready():
            if self._stopping:
                return False
            dead = next((child for child in self.children if not child.lives()), None)
            if dead or time.monotonic() > end:
                child = dead or self.children[0]
                raise CannotStart(
                    f"{child.name} does not come up. {child.log} ends with:\n{child.last_words()}"
                )
            time.sleep(0.05)
        return True

    def watch(self) -> None:
        """Start again whatever dies, until told to stop."""
        while not self._stopping:
            for name in self.servers.revive():
                say(f"{name} had died and was started again")
            for child in self.children:
                self._keep(child)
            time.sleep(_TICK)

    def stop(self) -> None:
        """End the children: politely, then, after a while or a second Ctrl-C, at once."""
        for child in self.children:
            child.ask_to_stop()
        end, asked = time.monotonic() + _GRACE, self._stopping
        while any(child.lives() for child in self.children):
            if time.monotonic() > end or self._stopping > max(asked, 1):
                break
            time.sleep(0.05)
        for child in self.children:
            child.kill()

    def _keep(self, child: Child) -> None:
        if child.lives():
            return
        now = time.monotonic()
        if child.name not in self._due:
            pause = child.pause()
            code = child.process.returncode if child.process else "?"
            when = f" in {pause:.0f} s" if pause else ""
            say(f"{child.name} ended ({code}); starting it again{when}. Its log: {child.log}")
            self._due[child.name] = now + pause
            child.kill()  # what it left behind
        if self._due[child.name] <= now:
            del self._due[child.name]
            child.start(self.environment)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping += 1
