"""The web server: granian on a socket that it was handed. `python -m erpsite.serving 2 2 7`: processes, threads, descriptor.

The supervisor keeps the socket (`erpsite.launch.entrance`). So nobody is refused or cut off while one server follows
another, be it after a `kill -9`: whatever waited in a socket of granian's own would be lost when it closes.

An answer that goes on for as long as its page is open (`text/event-stream`) is sent by a thread of its own, and keeps
none of the threads that serve pages.
"""

import os
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server import mp

BACKLOG = 1024
_LONGEST_LEAVING = 15  # seconds that a worker may take to finish its requests
_STREAM = "text/event-stream"


class HandedServer(mp.MPServer):
    """granian, except that it listens where somebody else does already."""

    descriptor: int
    parting: int  # a pipe that the workers read: closed, they let streams go. A signal could be lost beside another

    def _init_shared_socket(self) -> None:
        self._sso = socket.socket(fileno=os.dup(self.descriptor))
        self._sso.set_inheritable(True)
        self._sfd: Any = self._sso.fileno()
        self._shd: Any = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg]  # its stub is behind
        self._ssp = None

    def _stop_workers(self) -> None:
        """End the workers. Their streams are let go first: granian would wait for them as for any other answer."""
        os.close(self.parting)
        super()._stop_workers()  # type: ignore[no-untyped-call]


class Answering:
    """How granian is answered: at once, in pieces, or, where the pieces have no end, by a thread apart."""

    __slots__ = ("_granian", "response_bytes")

    def __init__(self, granian: Any) -> None:
        self._granian = granian
        self.response_bytes = granian.response_bytes

    def response_iter(self, status: int, headers: list[tuple[str, str]], body: Any) -> None:
        """Send the pieces of an answer."""
        if not any(name == "Content-Type" and value == _STREAM for name, value in headers):
            self._granian.response_iter(status, headers, body)
            return
        arguments = (status, headers, body)
        threading.Thread(target=self._granian.response_iter, args=arguments, daemon=True).start()


def with_streams(
    wrapped: Callable[..., Any], until: int, parting: int
) -> Callable[..., Callable[[Any, Any], Any]]:
    """What wraps the application for granian, with streams sent aside; it is called in each worker once that is set up."""

    def wrap(*arguments: Any) -> Callable[[Any, Any], Any]:
        from erpsite.listening import listen  # only where Django is there

        answered = wrapped(*arguments)
        os.close(parting)  # ours is a copy
        listen(until)
        return lambda granian, scope: answered(Answering(granian), scope)

    return wrap


def main(processes: int, threads: int, descriptor: int) -> None:
    """Serve until told to stop."""
    until, parting = os.pipe()
    mp._wsgi_call_wrap = with_streams(mp._wsgi_call_wrap, until, parting)
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
    server.descriptor, server.parting = descriptor, parting
    server.serve()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
