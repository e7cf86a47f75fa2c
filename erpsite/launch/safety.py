"""What the launcher refuses: to be open to others with a password or a secret that everybody knows."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from erpsite.launch.console import CannotStart
from erpsite.launch.ports import is_loopback, is_wildcard

SHORTEST_SECRET = 32
SHORTEST_PASSWORD = 10
DEFAULTS = frozenset({"admin", "demo", "niaga", "password", "secret", "changeme"})

_HOW_TO = {
    "NIAGA_SECRET_KEY": f"at least {SHORTEST_SECRET} random characters that sign sessions; make them with\n"
    "      python3 -c 'import secrets; print(secrets.token_urlsafe(48))'",
    "NIAGA_ADMIN_PASSWORD": f"the password of the account admin, {SHORTEST_PASSWORD} characters or more",
    "NIAGA_ALLOWED_HOSTS": "the names that people reach this machine by, with commas between",
}


def is_exposed(host: str, *, demo: bool) -> bool:
    """Whether this start is more than a try-out on one's own machine."""
    return not demo or not is_loopback(host)


def check(host: str, environment: Mapping[str, str], *, new_database: bool) -> None:
    """Refuse to be open to others without secrets of one's own. Raises `CannotStart` that names every variable."""
    missing = []
    secret = environment.get("NIAGA_SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET or secret.lower() in DEFAULTS or len(set(secret)) < 8:
        missing.append("NIAGA_SECRET_KEY")
    password = environment.get("NIAGA_ADMIN_PASSWORD", "")
    if (new_database or password) and (
        len(password) < SHORTEST_PASSWORD or password.lower() in DEFAULTS
    ):
        missing.append("NIAGA_ADMIN_PASSWORD")
    if is_wildcard(host) and not environment.get("NIAGA_ALLOWED_HOSTS"):
        missing.append("NIAGA_ALLOWED_HOSTS")
    if missing:
        lines = "".join(f"\n  {name}: {_HOW_TO[name]}" for name in missing)
        raise CannotStart(
            "Outside demo mode, or on an address that others can reach, Niaga does not start with a default "
            f"password or secret. Set these environment variables:\n{lines}"
        )


def own_secret(directory: Path) -> str:
    """The secret of a try-out on one's own machine: random, made once, readable by its owner alone."""
    place = directory / "secret_key"
    if not place.exists():
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return place.read_text().strip()
