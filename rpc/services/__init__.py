"""The services behind `/jsonrpc` and `/xmlrpc`: common, object and db."""

from collections.abc import Callable
from typing import Any

from rpc.faults import builtin
from rpc.services import common, databases, objects

Service = Callable[[str, list[Any]], Any]
SERVICES: dict[str, Service] = {
    "common": common.serve,
    "object": objects.serve,
    "db": databases.serve,
}


def serve(service: Any, method: Any, args: list[Any]) -> Any:
    """Answer a call of a service."""
    found = SERVICES.get(service) if isinstance(service, str) else None
    if found is None:
        raise builtin("KeyError", str(service))
    return found(str(method), args)
