"""The port that people connect to: whether it is free, and which one is."""

import errno
import ipaddress
import socket
import time
from contextlib import suppress

_PATIENCE = 4.0  # a server that was just killed takes a moment to let go


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def is_wildcard(host: str) -> bool:
    """Whether the address means every address of this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_unspecified
    return False


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now. Raises `OSError` where the address is not ours at all."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def becomes_free(host: str, port: int) -> bool:
    """Whether a server can listen there, at once or after a short wait."""
    end = time.monotonic() + _PATIENCE
    while not is_free(host, port):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def next_free(host: str, port: int) -> int | None:
    """The first free port after that one."""
    return next(
        (number for number in range(port + 1, min(port + 1000, 65536)) if is_free(host, number)),
        None,
    )
