"""Who uses a server, counted by the kernel: locks of a killed process are gone with it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class UseCount:
    """The processes that use one server.

    Each holds a shared lock on `<name>.users`. The last to leave, whose try for an exclusive lock succeeds, is told
    so and stops the server. Coming and going is done one at a time, inside `gate()`.
    """

    def __init__(self, directory: Path, name: str) -> None:
        self._users = directory / f"{name}.users"
        self._gate = directory / f"{name}.gate"
        self._held: IO[str] | None = None

    @contextmanager
    def gate(self) -> Iterator[None]:
        """Keep everybody else from starting or stopping the server meanwhile."""
        with self._gate.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def join(self) -> None:
        """Count us in."""
        if self._held is None:
            self._held = self._users.open("a")
            fcntl.flock(self._held, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Count us out, and answer whether nobody is left."""
        if self._held is None:
            return False
        with self._held as held:
            self._held = None
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Wait until no other process is inside. The path is a file that is there."""
    with path.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Hold a lock that one process at a time may hold; answers whether we got it."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def first_free(directory: Path, name: str, numbers: range) -> tuple[int, IO[str]]:
    """Take the first number that no living process holds. Keep the answered file open for as long as it is used."""
    directory.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        lock = (directory / f"{name}-{number}.taken").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return number, lock
    raise OSError(f"All of {name} {numbers} are taken (process {os.getpid()}).")
