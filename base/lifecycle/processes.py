"""Processes of our own: interpreters that run other modules than this one does, and those that outlive a request."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

EXACTLY = "_NIAGA_MODULES"
DETACHED = ("modules", "carry-out")
RECOVERY = ("modules", "recover", "--quiet")
MOST_WORDS = 2_000
LONGEST_LOG = 10 * 1024 * 1024  # bytes of log/modules.log, after which a new one is begun


def surroundings(labels: Iterable[str] | None = None) -> dict[str, str]:
    """The environment for a process of the same house; with `labels`, one that runs exactly these modules."""
    ours = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE),
        "DATABASE_URL": database_url(),
        "NIAGA_DATA": str(settings.DATA_DIR),
        "NIAGA_SECRET_KEY": str(settings.SECRET_KEY),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONUNBUFFERED": "1",
    }
    for name in (EXACTLY, "_NIAGA_AFTER", "_NIAGA_READY"):
        ours.pop(name, None)
    if labels is not None:
        ours[EXACTLY] = ",".join(sorted(set(labels) - settings.KERNEL.keys()))
    return ours


def database_url() -> str:
    """The database that this process works in, as `DATABASE_URL` says it."""
    at = connections[DEFAULT_DB_ALIAS].settings_dict
    user = quote(at["USER"], safe="")
    password = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    host, port, rest = at["HOST"], at["PORT"], dict(at["OPTIONS"])
    if host.startswith("/"):
        rest, host = {"host": host, **({"port": port} if port else {}), **rest}, ""
    place = f"{host}:{port}" if host and port else host
    options = urlencode({name: value for name, value in rest.items() if isinstance(value, str)})
    return f"postgresql://{user}{password}@{place}/{quote(at['NAME'])}{'?' if options else ''}{options}"


def begin_detached(*arguments: str) -> "subprocess.Popen[bytes]":
    """Begin one of our commands so that it outlives this process; what it says goes to `log/modules.log`."""
    with _log() as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "django", *arguments],
            cwd=settings.BASE_DIR,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def interpreter(module: str, *arguments: str, labels: Iterable[str]) -> subprocess.Popen[str]:
    """A fresh interpreter that runs exactly some modules, spoken to over its standard input and output."""
    with _log() as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            cwd=settings.BASE_DIR,
            env=surroundings(labels),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )


def run(*arguments: str) -> int:
    """Run one of our commands with the modules that are installed now, and wait for it; answers its exit code."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "django", *arguments],
        cwd=settings.BASE_DIR,
        env=surroundings(),
        check=False,
    ).returncode


def last_words() -> str:
    """The last line that was written to `log/modules.log`; nothing where there is none."""
    place = _log_place()
    if not place.exists():
        return ""
    with place.open("rb") as log:
        log.seek(max(0, place.stat().st_size - MOST_WORDS))
        lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _log_place() -> Path:
    return Path(settings.DATA_DIR) / "log" / "modules.log"


def _log() -> IO[bytes]:
    place = _log_place()
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and place.stat().st_size > LONGEST_LOG:
        place.replace(place.with_suffix(".log.1"))  # who still writes to it goes on doing so
    return place.open("ab")
