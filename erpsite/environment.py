"""Reading settings from environment variables. Every variable is listed in docs/operations.md."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """A variable as text."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A variable as yes or no: 1, true, yes and on mean yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A variable as a whole number. Raises `ImproperlyConfigured` with a sentence."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/socket/dir&sslmode=…`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://; no other database will do."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": number("NIAGA_DATABASE_SECONDS", 600),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def valkey(url: str, *, database: int) -> tuple[str, str]:
    """The same server as redis-py and as Celery name it: `(cache url, broker url)`.

    Accepts `redis://host:port`, `rediss://…` and `unix:///path/to/socket`.
    """
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return (
            f"unix://{parts.path}?db={database}",
            f"redis+socket://{parts.path}?virtual_host={database - 1}",
        )
    base = url.split("?", 1)[0].rstrip("/")
    base = base if urlsplit(base).path in {"", "/"} else base.rsplit("/", 1)[0]
    return f"{base}/{database}", f"{base}/{database - 1}"


def directory(name: str, default: Path) -> Path:
    """A variable as an absolute path."""
    return Path(os.environ.get(name) or default).expanduser().resolve()
