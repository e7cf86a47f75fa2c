"""The environment variables that the house runs with: those given, and what the launcher adds to them."""

import os
from collections.abc import Mapping
from pathlib import Path

from erpsite.launch.places import made
from erpsite.launch.safety import own_secret


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
    if host and not os.environ.get("NIAGA_ALLOWED_HOSTS"):
        ours["NIAGA_ALLOWED_HOSTS"] = ",".join(
            {"localhost": 0, "127.0.0.1": 0, "[::1]": 0, _in_url(host): 0}
        )
    return {**os.environ, **ours}


def address(host: str, port: int) -> str:
    """Where a browser finds the house."""
    return f"http://{_in_url(host)}:{port}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
