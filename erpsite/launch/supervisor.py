"""Keeping the house up: starts the children, starts again what dies, starts anew what runs the modules of before."""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from erpsite.launch.children import Child
from erpsite.launch.console import CannotStart, say, warn
from erpsite.launch.servers import Servers

_TICK = 0.2
_GRACE = 8.0  # how long a child may take to finish what it is at
_GRACE_OF_CHANGE = 30.0  # and where nobody waits for it to end


@dataclass
class Supervisor:
    """Watches the children and the servers until it is told to stop.

    A child that finds out that modules have changed sends us SIGUSR1. `generation` asks the database for the number of
    the last change; `prepare` makes ready what new processes need beside the database.
    """

    servers: Servers
    environment: Mapping[str, str]
    generation: Callable[[], int | None] = lambda: None
    prepare: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)
    _due: dict[str, float] = field(default_factory=dict)
    _stopping: int = 0
    _modules_changed: bool = False

    def listen(self) -> None:
        """Take Ctrl-C, a polite kill and the closing of the terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGUSR1, self._on_change)

    def add(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        self._start(child)
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
            if self._modules_changed:
                self._modules_changed = False
                self._renew()
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
            child.kill_all()

    def _renew(self) -> None:
        """Start anew every child that runs the modules of before. Those that serve people come first."""
        now = self.generation()
        behind = [child for child in self.children if child.generation != now]
        if now is None or not behind:
            return
        say(f"modules have changed; starting {', '.join(child.name for child in behind)} anew")
        try:
            self.prepare()
        except CannotStart as reason:
            warn(str(reason))
        for child in behind:
            child.is_renewing = True
            child.generation = now
            if child.beside:
                child.make_room()
                self._start(child)

    def _keep(self, child: Child) -> None:
        if child.beside and child.predecessors and child.is_ready():
            child.is_renewing = False
            child.let_go()
        if child.is_renewing and not child.beside:
            self._follow(child)
        elif not child.lives():
            self._revive(child)

    def _follow(self, child: Child) -> None:
        """End a child that cannot run beside its successor, then start that; not before people are served again."""
        if any(other.is_renewing for other in self.children if other.beside):
            return
        if child.lives():
            if child.name not in self._due:
                self._due[child.name] = time.monotonic() + _GRACE_OF_CHANGE
                child.ask_to_stop()
            elif time.monotonic() < self._due[child.name]:
                return
            else:
                child.kill()
            return
        self._due.pop(child.name, None)
        child.kill()  # what it left behind
        child.is_renewing = False
        self._start(child)

    def _revive(self, child: Child) -> None:
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
            self._start(child)

    def _start(self, child: Child) -> None:
        child.generation = self.generation()
        child.start(self.environment)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping += 1

    def _on_change(self, _number: int, _frame: FrameType | None) -> None:
        self._modules_changed = True
