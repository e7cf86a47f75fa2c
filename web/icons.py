"""Icons: single drawings taken out of the Bootstrap Icons sprite, so that a page carries only those it shows."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

SPRITE = "vendor/bootstrap-icons/bootstrap-icons.svg"
SYMBOL = re.compile(
    r'<symbol class="[^"]*" viewBox="(?P<box>[^"]*)" id="(?P<name>[^"]*)">(?P<body>.*?)</symbol>',
    re.DOTALL,
)
FALLBACK = ("0 0 16 16", '<rect x="2" y="2" width="12" height="12" rx="2"/>')


@cache
def drawings() -> dict[str, tuple[str, str]]:
    """Every icon's view box and drawing, by name. Read once a process; empty where the sprite is not installed."""
    path = finders.find(SPRITE)
    if not path:
        return {}
    found = SYMBOL.finditer(Path(path).read_text())
    return {match["name"]: (match["box"], match["body"]) for match in found}


def drawing(name: str) -> tuple[str, str]:
    """One icon's view box and drawing; a plain square for an unknown name."""
    return drawings().get(name, FALLBACK)
