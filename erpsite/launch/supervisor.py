"""Keeping the house up: starts the children, starts again what dies, starts anew what runs the modules of before."""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from erpsite.launch.children import Child
from erpsite.launch.console import CannotStart, say, warn
from erpsite.launch.outlook import Expected, Outlook
from erpsite.launch.servers import Servers

EXACTLY, AFTER = "_NIAGA_MODULES", "_NIAGA_AFTER"  # see erpsite.installed
_TICK = 0.2
_REST = 60.0  # after a change of modules, before its leavings are cleared away
_GRACE = 8.0  # how long a child may take to finish what it is at
_GRACE_OF_CHANGE = 30.0  # and where nobody waits for it to end


@dataclass
class Supervisor:
    """Watches the children and the servers until it is told to stop.

    A child that finds out that modules have changed, or are about to, sends us SIGUSR1. `outlook` asks the database
    which there are and will be; `prepare` makes ready what processes with these modules need beside the database;
    `expect` shows whoever changes modules that early successors are on their way, until it is closed.
    """

    servers: Servers
    environment: Mapping[str, str]
    outlook: Callable[[], Outlook | None] = lambda: None
    prepare: Callable[[frozenset[str]], None] = lambda _modules: None
    expect: Callable[[], Expected | None] = lambda: None
    children: list[Child] = field(default_factory=list)
    _due: dict[str, float] = field(default_factory=dict)
    _stopping: int = 0
    _modules_changed: bool = False
    _expected: Expected | None = None
    _untidy: frozenset[str] | None = None
    _tidy_at: float = 0.0

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
            self._tell_arrival()
            self._tidy()
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
        view = self.outlook()
        if view is None:
            return
        for child in self.children:
            if child.foreseen:
                self._judge(child, view)
            if self._can_foresee(child, view):
                self._foresee(child, view)
        behind = [child for child in self.children if child.generation != view.generation]
        if behind:
            self._start_anew(behind, view)

    def _start_anew(self, behind: list[Child], view: Outlook) -> None:
        say(f"modules have changed; starting {', '.join(child.name for child in behind)} anew")
        if any(child.beside for child in behind):
            self._make_ready(view.installed)
        for child in behind:
            child.is_renewing = True
            child.generation = view.generation
            if child.beside:
                child.make_room()
                child.start(self.environment)

    def _can_foresee(self, child: Child, view: Outlook) -> bool:
        is_idle = child.lives() and not child.foreseen and not child.predecessors
        return bool(
            view.coming is not None
            and child.beside
            and is_idle
            and child.generation == view.generation
        )

    def _foresee(self, child: Child, view: Outlook) -> None:
        """Start the successor of a child that serves before the change of modules that it is for."""
        assert view.coming is not None
        say(f"modules are about to change; starting the next {child.name} beforehand")
        self._expected = self.expect()
        if not view.coming <= view.installed:
            self._make_ready(view.coming)
        child.make_room()
        child.foreseen = view
        early = {EXACTLY: ",".join(sorted(view.coming)), AFTER: str(view.generation)}
        child.start({**self.environment, **early})

    def _judge(self, child: Child, view: Outlook) -> None:
        """Look whether what a child was started for has come; if something else has, it was started in vain."""
        foreseen = child.foreseen
        assert foreseen is not None
        if view.generation == foreseen.generation:
            if view.coming != foreseen.coming:
                child.take_back()
        elif view.installed == foreseen.coming:
            child.foreseen, child.generation = None, view.generation
            child.is_renewing = not child.is_ready()
            self._untidy, self._tidy_at = view.installed, time.monotonic() + _REST
        else:
            child.give_up()

    def _tell_arrival(self) -> None:
        """Let the change of modules begin once those who come early are up, or will not come."""
        if self._expected and all(child.is_up() or not child.foreseen for child in self.children):
            self._expected.close()
            self._expected = None

    def _tidy(self) -> None:
        """Make ready for the modules of now once nobody needs what those of before had, and nothing else happens.

        Meanwhile we would not hear of the next change, and its closing would last as long as successors need to start.
        """
        if self._untidy is None or time.monotonic() < self._tidy_at:
            return
        if not any(child.is_renewing or child.predecessors for child in self.children):
            modules, self._untidy = self._untidy, None
            self._make_ready(modules)

    def _make_ready(self, modules: frozenset[str]) -> None:
        try:
            self.prepare(modules)
        except CannotStart as reason:
            warn(str(reason))

    def _keep(self, child: Child) -> None:
        if child.foreseen and not child.is_ready():
            self._keep_early(child)
            return
        if child.beside and child.predecessors and child.is_ready():
            child.is_renewing = False
            child.let_go()
        if child.is_renewing and not child.beside:
            self._follow(child)
        elif not child.lives():
            self._revive(child)

    def _keep_early(self, child: Child) -> None:
        if not (child.lives() and child.has_predecessor()):
            child.take_back()

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
        view = self.outlook()
        child.generation = view.generation if view else None
        child.start(self.environment)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping += 1

    def _on_change(self, _number: int, _frame: FrameType | None) -> None:
        self._modules_changed = True
