"""Where things lie: the clone, its data, and what is kept elsewhere because the clone cannot hold it."""

import hashlib
import os
import re
import stat
from pathlib import Path

from erpsite.launch.accounts import Account
from erpsite.launch.console import CannotStart

ROOT = Path(__file__).resolve().parents[2]

_LONGEST_SOCKET_DIRECTORY = 80  # a socket's whole path ends at 104 (macOS) or 108 (Linux) bytes
_PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # what needs no quoting in any URL or configuration file


def data_directory() -> Path:
    """Where this clone keeps its data: `NIAGA_DATA`, or `var/` in the clone."""
    return Path(os.environ.get("NIAGA_DATA") or ROOT / "var").expanduser().resolve()


def made(directory: Path) -> Path:
    """The directory, made where it is missing; nobody else may look into what we make."""
    if not directory.is_dir():
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return directory


def server_home(directory: Path, account: Account) -> Path:
    """Where the embedded servers keep their files.

    Normally the given directory. Root's clone below a private directory (such as `/root`) is out of reach for the
    account that the servers run under; their files then lie under `/var/lib/niaga`, one folder for each clone.
    """
    made(directory)
    if account.may("-x", directory):
        return directory
    return made(made(Path("/var/lib/niaga")) / _tag(directory))


def socket_directory(preferred: Path, account: Account) -> Path:
    """A directory for a socket that only the given account (and root) can enter.

    The preferred one, unless its path is too long or too odd for a socket; then one in `/tmp`.
    Raises `CannotStart` where somebody else has taken that place.
    """
    place = preferred
    if len(os.fsencode(preferred)) > _LONGEST_SOCKET_DIRECTORY or not _PLAIN.fullmatch(
        str(preferred)
    ):
        place = Path("/tmp") / f"niaga-{os.getuid()}-{_tag(preferred)}"  # noqa: S108 - ownership is checked below
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    account.give(place)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise CannotStart(
            f"{place} belongs to somebody else; remove it, or set NIAGA_DATA to another directory."
        )
    place.chmod(0o700)
    return place


def _tag(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
