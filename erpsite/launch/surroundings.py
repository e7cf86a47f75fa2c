"""The environment variables that the house runs with: those given, and what the launcher adds to them."""

import os
from collections.abc import Mapping
from pathlib import Path

from erpsite.launch.places import made
from erpsite.launch.safety import own_secret

# By these names the launcher asks whether the house can serve, and so may anybody on the machine.
_OURSELVES = ("localhost", "127.0.0.1", "[::1]")


def for_django(
    servers: Mapping[str, str], data: Path, *, demo: bool, host: str = ""
) -> dict[str, str]:
    """Everything Django needs to find its servers, its files and its secret."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "erpsite.settings",
        "NIAGA_DATA": str(data),
        "NIAGA_DEMO": "1" if demo else "0",
        "PYTHONUNBUFFERED": "1",
        **servers,
    }
    if not os.environ.get("NIAGA_SECRET_KEY"):
        ours["NIAGA_SECRET_KEY"] = own_secret(made(data))
    if host:
        asked = [os.environ.get("NIAGA_ALLOWED_HOSTS", ""), _in_url(host), *_OURSELVES]
        ours["NIAGA_ALLOWED_HOSTS"] = ",".join(filter(None, dict.fromkeys(asked)))
    return {**os.environ, **ours}


def address(host: str, port: int) -> str:
    """Where a browser finds the house."""
    return f"http://{_in_url(host)}:{port}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
