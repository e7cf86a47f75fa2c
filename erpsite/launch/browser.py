"""A real browser for the tests: the machine's Chromium, or Playwright's own."""

import os
import shutil
import subprocess
from pathlib import Path

from erpsite.launch.console import CannotStart, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """The path of a Chromium: `NIAGA_CHROMIUM`, one on the PATH, or the one that Playwright has fetched."""
    candidates = [os.environ.get("NIAGA_CHROMIUM"), *map(shutil.which, _NAMES)]
    cache = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    )
    candidates += [
        str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    ]
    return next((path for path in candidates if path and Path(path).exists()), None)


def required() -> str:
    """The path of a Chromium; root on Debian installs one. Raises `CannotStart` that says how to get it."""
    path = found() or (_installed() if os.geteuid() == 0 and shutil.which("apt-get") else None)
    if path is None:
        raise CannotStart(
            "The tests drive a real browser, and there is none here. Get one by either of\n\n"
            "    sudo apt-get install chromium\n"
            "    .venv/bin/playwright install --with-deps chromium\n\n"
            "or name one in NIAGA_CHROMIUM. To leave those tests out:  ./niaga test -m 'not browser'"
        )
    return path


def _installed() -> str | None:
    say("installing chromium …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return found()
