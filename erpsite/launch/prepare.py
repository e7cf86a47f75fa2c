"""Bringing a clone and its database to the state of the code, doing only what is due."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from erpsite.launch import assets
from erpsite.launch.console import CannotStart, say
from erpsite.launch.digests import catalogues, digest, files, of_code, of_migrations
from erpsite.launch.places import ROOT, made
from erpsite.launch.steps import DatabaseMarks, FileMarks, InstalledModule

DEMO, LIVE = "demo", "live"


@dataclass(frozen=True)
class Kind:
    """What a database is for, and whether it still has to be furnished."""

    is_demo: bool
    is_new: bool


def kind_of(marks: DatabaseMarks, *, wants_demo: bool) -> Kind:
    """Demo or live. A live database stays live whatever is asked, so that nobody gets demo data into their books."""
    known = marks.known()
    mode = known.get("mode") or (DEMO if wants_demo and marks.is_empty() else LIVE)
    return Kind(is_demo=wants_demo and mode == DEMO, is_new="seed" not in known)


def everything(
    marks: DatabaseMarks, kind: Kind, data: Path, environment: Mapping[str, str]
) -> None:
    """Build for the browser and bring the database up to date, side by side. Raises `CannotStart`."""
    with ThreadPoolExecutor(max_workers=1) as background:
        browser = background.submit(for_browser, data, environment, marks.modules())
        try:
            database(marks, kind, data, environment)
        finally:
            browser.result()


def for_browser(
    data: Path, environment: Mapping[str, str], modules: Iterable[InstalledModule]
) -> None:
    """Fetch, compile and collect what the browser loads. Raises `CannotStart`."""
    assets.build()
    sources = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    places = [module.place / "static" for module in modules if module.place]
    theirs = sorted(path for place in places for path in place.rglob("*") if path.is_file())
    wanted = digest([ROOT / "requirements.txt", *sources, *files("static/**/*"), *theirs])
    marks = FileMarks(made(data) / "steps")
    if not marks.fresh("static", wanted, [data / "static"]):
        _inside(["static"], environment)
        marks.done("static", wanted)


def database(marks: DatabaseMarks, kind: Kind, data: Path, environment: Mapping[str, str]) -> None:
    """Translations, tables, well-known records and the demo company. Raises `CannotStart`."""
    # Seeds give the administrator a password once the operator has chosen one.
    chosen = "+" if environment.get("NIAGA_ADMIN_PASSWORD") else "-"
    wanted = {"migrate": of_migrations(), "seed": of_code() + chosen}
    if kind.is_demo:
        wanted["demo"] = "once"  # what people have changed in it since is theirs
    known = marks.known()
    behind = [step for step, fingerprint in wanted.items() if known.get(step) != fingerprint]
    due = list(behind) if kind.is_new else _for_what_is_there(behind)
    if marks.was_interrupted() and "upgrade" not in due:
        due.insert(0, "recover")
    texts, texts_wanted = FileMarks(made(data) / "steps"), digest(catalogues())
    compiled = [path.with_suffix(".mo") for path in catalogues()]
    if not texts.fresh("messages", texts_wanted, compiled):
        due.insert(0, "messages")
    if not due:
        return
    say(f"{'making' if kind.is_new else 'updating'} the database: {', '.join(due)} …")
    if "mode" not in known:
        marks.done(mode=DEMO if kind.is_demo else LIVE)
    _inside(due, environment)
    texts.done("messages", texts_wanted)
    marks.done(**{step: wanted[step] for step in behind})


def _for_what_is_there(behind: list[str]) -> list[str]:
    """A database with modules in it is brought up to the code module after module."""
    steps = ["upgrade" if step in {"migrate", "seed"} else step for step in behind]
    return list(dict.fromkeys(steps))


def for_tests(environment: Mapping[str, str]) -> None:
    """What the tests need beside their databases: compiled components and texts. Raises `CannotStart`."""
    assets.build(for_tests=True)
    _inside(["messages"], environment)


def check_passwords(marks: DatabaseMarks, environment: Mapping[str, str]) -> None:
    """Refuse to open a database to others in which an account has a password that everybody knows.

    Raises `CannotStart` with the logins. Looks again only after some password has changed.
    """
    now = marks.passwords()
    if marks.known().get("passwords") == now:
        return
    asked = subprocess.run(
        [sys.executable, "-m", "erpsite.launch.guard"],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if asked.returncode:
        raise CannotStart("The passwords in the database could not be checked; see above.")
    if logins := asked.stdout.split():
        raise CannotStart(
            f"These accounts have their login as password, which everybody knows: {', '.join(logins)}.\n"
            f"Give each another one before others can reach it:  ./niaga manage changepassword {logins[0]}"
        )
    marks.done(passwords=now)


def _inside(steps: list[str], environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "erpsite.launch.inside", *steps]
    if subprocess.run(command, cwd=ROOT, env=dict(environment), check=False).returncode:
        raise CannotStart(f"It failed at: {', '.join(steps)}. What went wrong stands above.")
