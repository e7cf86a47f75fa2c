"""The embedded Valkey, which queues jobs and caches answers: started, watched and stopped."""

import contextlib
import socket
import subprocess
import time
from pathlib import Path

from erpsite.launch.accounts import Account
from erpsite.launch.binaries import valkey_program
from erpsite.launch.console import CannotStart
from erpsite.launch.locks import UseCount
from erpsite.launch.places import socket_directory

DATABASES = 64
_PATIENCE = 20.0


class Valkey:
    """One server below `home`, reached through a socket that only its account and root can open.

    A daemon of its own, shared like PostgreSQL. With `keeps`, every command is written to disk, so that queued jobs
    survive a restart.
    """

    def __init__(self, home: Path, account: Account, *, keeps: bool = True) -> None:
        self.data = _given(home / "valkey", account)
        self._account = account
        self._keeps = keeps
        self._program = valkey_program(account)
        self._socket = socket_directory(self.data, account) / "valkey.sock"
        self._log = self.data / "valkey.log"
        self._users = UseCount(home, "valkey")

    @property
    def url(self) -> str:
        """Its address, in the form of `REDIS_URL`."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Count us in, and bring the server up where nobody did before. Raises `CannotStart`."""
        with self._users.gate():
            self._bring_up()
            self._users.join()

    def adopt(self) -> None:
        """Count us in without starting anything."""
        with self._users.gate():
            self._users.join()

    def revive(self) -> bool:
        """Start the server again if it died; answers whether it had to."""
        if self._listens():
            return False
        with self._users.gate():
            self._bring_up()
        return True

    def stop(self) -> None:
        """Count us out, and stop the server if we were the last."""
        with self._users.gate():
            if self._users.leave():
                with contextlib.suppress(OSError):
                    self._command("SHUTDOWN")

    def _bring_up(self) -> None:
        if not self._listens():
            self._spawn()
        end = time.monotonic() + _PATIENCE
        while (
            not self._answers()
        ):  # a server that still reads its file listens, but does not answer yet
            if time.monotonic() > end:
                raise CannotStart(f"Valkey does not come up; its last words are in {self._log}.")
            time.sleep(0.01)

    def _spawn(self) -> None:
        with (self.data / "commands.log").open("ab") as complaints:
            subprocess.run(
                [
                    *(
                        self._program,
                        "--port",
                        "0",
                        "--unixsocket",
                        self._socket,
                        "--unixsocketperm",
                        "700",
                    ),
                    *(
                        "--dir",
                        self.data,
                        "--logfile",
                        self._log,
                        "--daemonize",
                        "yes",
                        "--databases",
                        str(DATABASES),
                    ),
                    *("--save", "", "--appendonly", "yes" if self._keeps else "no"),
                    *(
                        "--maxmemory",
                        "256mb",
                        "--maxmemory-policy",
                        "volatile-lru",
                    ),  # jobs have no expiry, so they stay
                ],
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
                cwd="/",
                **self._account.run_as(),
                check=False,
            )

    def _listens(self) -> bool:
        try:
            self._command("PING")
        except OSError:
            return False
        return True

    def _answers(self) -> bool:
        try:
            return self._command("PING").startswith(b"+PONG")
        except OSError:
            return False

    def _command(self, *words: str) -> bytes:
        """Say one command in Valkey's own protocol: the wheel brings no client."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(self._socket))
            spoken = b"".join(
                b"$%d\r\n%s\r\n" % (len(word), word) for word in map(str.encode, words)
            )
            line.sendall(b"*%d\r\n" % len(words) + spoken)
            return line.recv(65536)


def _given(directory: Path, account: Account) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    account.give(directory)
    return directory
