"""The port that people come to, and which of two web servers that follow each other gets who comes next.

Each server has a queue of its own on the port, kept here, so that nobody is turned away while one is down. Where
people come in is switched in the kernel (Linux), from one queue to the other at once: so a server that leaves can
finish with whoever came to it, and nobody comes any more. Elsewhere both take from the same queue.
"""

import ctypes
import socket
import struct
from contextlib import suppress

_BACKLOG = 1024
_ATTACH = 51  # SO_ATTACH_REUSEPORT_CBPF, which Python's socket module does not name
_RETURN = 0x06  # BPF_RET | BPF_K: the answer of the program is a number


class Entrance:
    """Listens for as long as this process lives. There is one queue, or two while one server follows another."""

    def __init__(self, host: str, port: int) -> None:
        [self._where, *_more] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        self._queues = [self._listening()]

    @property
    def newest(self) -> int:
        """The descriptor of the queue for the server that is started next."""
        return self._queues[-1].fileno()

    def add(self) -> None:
        """Add a queue that nobody comes to yet. Does nothing where the kernel could not keep people out of it."""
        if len(self._queues) == 1 and self._leads_to(0):
            with suppress(OSError):
                self._queues.append(self._listening())

    def lead_to_newest(self) -> None:
        """Have everybody come to the newest queue from now on."""
        self._leads_to(len(self._queues) - 1)

    def drop_newest(self) -> None:
        """Take back what was added last."""
        if len(self._queues) > 1:
            self._leads_to(0)
            self._queues.pop().close()

    def drop_older(self) -> None:
        """Close the queues that nobody takes from any more."""
        for queue in self._queues[:-1]:
            queue.close()
        del self._queues[:-1]
        self._leads_to(0)

    def close(self) -> None:
        """Let nobody in any more."""
        for queue in self._queues:
            queue.close()

    def _listening(self) -> socket.socket:
        family, kind, protocol, _name, address = self._where
        queue = socket.socket(family, kind, protocol)
        queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit it. Without it an answer in two pieces waits 40 ms for the client's leave to send the second.
        queue.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        queue.bind(address)
        queue.listen(_BACKLOG)
        queue.setblocking(False)
        return queue

    def _leads_to(self, number: int) -> bool:
        """Lead everybody to a queue, counted in the order in which they began to listen; answers whether that works."""
        filters = ctypes.create_string_buffer(struct.pack("HBBI", _RETURN, 0, 0, number))
        program = struct.pack("HP", 1, ctypes.addressof(filters))
        try:
            self._queues[0].setsockopt(socket.SOL_SOCKET, _ATTACH, program)
        except OSError:
            return False
        return True
