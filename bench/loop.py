"""Closed loops: some processes do the same thing again and again for some seconds."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Op = Callable[[], Any]
CONTEXT = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Figure:
    """How long each took, in seconds, and how long all of them together; several windows can be added up."""

    times: tuple[float, ...] = ()
    wall: float = 0.0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.times + other.times, self.wall + other.wall)

    @property
    def per_second(self) -> float:
        """How many a second."""
        return len(self.times) / self.wall

    @property
    def p50(self) -> float:
        """Within how many milliseconds half of them were done."""
        return self._within(0.5)

    @property
    def p95(self) -> float:
        """Within how many milliseconds nearly all of them were done."""
        return self._within(0.95)

    def _within(self, share: float) -> float:
        return 1e3 * sorted(self.times)[int(len(self.times) * share)]


def measured(begin: Callable[[int], Op], *, processes: int, seconds: float) -> Figure:
    """Measure. `begin(number)` runs in each process and answers what to do again and again."""
    gate, answers = CONTEXT.Barrier(processes + 1), CONTEXT.Queue()
    workers = [
        CONTEXT.Process(target=_work, args=(begin, number, seconds, gate, answers))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    gate.wait()
    results = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    failed = [one for one in results if isinstance(one, str)]
    if failed:
        raise RuntimeError(failed[0])
    times = tuple(took for one in results for took in one[2])
    return Figure(times, max(one[1] for one in results) - min(one[0] for one in results))


def _work(begin: Callable[[int], Op], number: int, seconds: float, gate: Any, answers: Any) -> None:
    try:
        op = begin(number)
        for _ in range(3):
            op()
    except Exception as error:  # noqa: BLE001 - whatever it is, the bench tells it
        gate.wait()
        answers.put(f"{type(error).__name__}: {error}")
        return
    gate.wait()
    answers.put(_looped(op, seconds))


def _looped(op: Op, seconds: float) -> Any:
    times: list[float] = []
    start = now = time.perf_counter()
    try:
        while now - start < seconds:
            op()
            done = time.perf_counter()
            times.append(done - now)
            now = done
    except Exception as error:  # noqa: BLE001 - whatever it is, the bench tells it
        return f"{type(error).__name__}: {error}"
    return start, now, times
