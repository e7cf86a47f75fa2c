"""Which account the embedded servers run under: ours, or a harmless one where we are root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erpsite.launch.console import CannotStart

_HARMLESS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of this machine. `switch` says that we have to change to it."""

    uid: int
    gid: int
    switch: bool

    def run_as(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or directory."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def may(self, test: str, path: Path) -> bool:
        """Ask the machine itself: `may("-x", directory)`, `may("-w", file)`."""
        if not self.switch:
            return True
        asked = subprocess.run(
            ["/bin/sh", "-c", f'test {test} "$0"', path], cwd="/", **self.run_as(), check=False
        )
        return asked.returncode == 0


def server_account() -> Account:
    """The account for servers. PostgreSQL refuses to run as root, so root steps down to `postgres` or `nobody`.

    Raises `CannotStart` where root finds neither.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    for name in _HARMLESS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody to run it. "
        "Start Niaga as an ordinary user."
    )
