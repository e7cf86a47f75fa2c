"""The web server: granian on a socket that it was handed. `python -m erpsite.serving 2 2 7`: processes, threads, descriptor.

The supervisor keeps the socket (`erpsite.launch.entrance`). So nobody is refused or cut off while one server follows
another, be it after a `kill -9`: whatever waited in a socket of granian's own would be lost when it closes.
"""

import os
import socket
import sys
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server.mp import MPServer

BACKLOG = 1024
_LONGEST_LEAVING = 15  # seconds that a worker may take to finish its requests


class HandedServer(MPServer):
    """granian, except that it listens where somebody else does already."""

    descriptor: int

    def _init_shared_socket(self) -> None:
        self._sso = socket.socket(fileno=os.dup(self.descriptor))
        self._sso.set_inheritable(True)
        self._sfd: Any = self._sso.fileno()
        self._shd: Any = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg]  # its stub is behind
        self._ssp = None


def main(processes: int, threads: int, descriptor: int) -> None:
    """Serve until told to stop."""
    server = HandedServer(
        "erpsite.wsgi:application",
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_LONGEST_LEAVING,
    )
    server.descriptor = descriptor
    server.serve()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
