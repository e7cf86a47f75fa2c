"""`./niaga run`: set up, start, serve, until told to stop."""

import argparse
import http.client
import json
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from erpsite.launch import outlook, ports, prepare, safety, welcome
from erpsite.launch.children import Child
from erpsite.launch.console import CannotStart, say, tell
from erpsite.launch.entrance import Entrance
from erpsite.launch.locks import only_one
from erpsite.launch.places import data_directory, made
from erpsite.launch.processes import can_share_locks
from erpsite.launch.servers import Servers
from erpsite.launch.steps import DatabaseMarks
from erpsite.launch.supervisor import EXACTLY, Supervisor
from erpsite.launch.surroundings import address, for_django

_READY_WITHIN = 90.0


def run(arguments: argparse.Namespace) -> None:
    """Serve until Ctrl-C. Raises `CannotStart` with a sentence that says what to do."""
    data = made(data_directory())
    with only_one(data / "run.lock") as alone:
        if not alone:
            raise CannotStart(
                f"Niaga already runs from {data}{_where(data)}. Stop it first, or set NIAGA_DATA."
            )
        (data / "run.lock").write_text("")
        _check_port(arguments.host, arguments.port)
        say("starting PostgreSQL and Valkey …")
        with Servers(data) as servers:
            say(f"database and queue are up ({servers.describe()})")
            _serve(arguments, data, servers)
    say("stopped")


def _serve(arguments: argparse.Namespace, data: Path, servers: Servers) -> None:
    url = servers.environment["DATABASE_URL"]
    marks = DatabaseMarks(url)
    kind = prepare.kind_of(marks, wants_demo=arguments.demo)
    exposed = safety.is_exposed(arguments.host, demo=kind.is_demo)
    if exposed:
        safety.check(arguments.host, os.environ, new_database=kind.is_new)
    environment = for_django(servers.environment, data, demo=kind.is_demo, host=arguments.host)
    prepare.everything(marks, kind, data, environment)
    if exposed:
        prepare.check_passwords(marks, environment)
    logins = welcome.logins(marks, kind)
    _tell_lost(marks)
    marks.close()
    supervisor = Supervisor(
        servers,
        environment,
        partial(outlook.ask, url),
        partial(_prepare_anew, url, data, environment),
        partial(outlook.expecting, url),
    )
    supervisor.listen()
    try:
        _keep_up(supervisor, arguments, data, logins)
    finally:
        say("stopping …")
        supervisor.stop()


def _keep_up(
    supervisor: Supervisor, arguments: argparse.Namespace, data: Path, logins: list[str]
) -> None:
    place = address(arguments.host, arguments.port)
    logs = made(data / "log")
    say("starting the web server …")
    processes, threads = _number("NIAGA_WEB_PROCESSES", "2"), _number("NIAGA_WEB_THREADS", "2")
    web = [sys.executable, "-m", "erpsite.serving", processes, threads]
    beside = int(processes) if sys.platform == "linux" else 0
    entrance = Entrance(arguments.host, arguments.port)
    supervisor.add(Child("web", web, logs / "web.log", beside=beside, entrance=entrance))
    if not supervisor.wait_until(lambda: _answers(arguments), _READY_WITHIN):
        return
    (data / "run.lock").write_text(place)
    supervisor.add(Child("worker", _worker(), logs / "worker.log"))
    supervisor.add(Child("beat", _celery("beat", "--pidfile="), logs / "beat.log"))
    _welcome(place, logs, logins)
    supervisor.watch()


def _welcome(place: str, logs: Path, logins: list[str]) -> None:
    say("Niaga is ready.")
    tell(f"\n  Address    {place}")
    tell(f"  Database   {os.environ.get('NIAGA_DATABASE_NAME', 'niaga')}")
    for number, line in enumerate(logins):
        tell(f"  {'' if number else 'Logins':10} {line}")
    tell(f"  Logs       {logs}\n\nCtrl-C stops it.")


def _tell_lost(marks: DatabaseMarks) -> None:
    for module in marks.modules():
        if module.place is None:
            say(
                f"The module {module.label} is installed, but its code ({module.source}) is not here. Niaga runs without it: "
                f"install the package again, or take the module out:  ./niaga manage modules uninstall {module.label}"
            )


def _prepare_anew(
    url: str, data: Path, environment: Mapping[str, str], modules: frozenset[str]
) -> None:
    """What new processes need to run these modules. Raises `CannotStart`."""
    marks = DatabaseMarks(url)
    try:
        with_them = {**environment, EXACTLY: ",".join(sorted(modules))}
        prepare.for_browser(data, with_them, marks.modules(modules))
    finally:
        marks.close()


def _check_port(host: str, port: int) -> None:
    try:
        if ports.becomes_free(host, port):
            return
        free = ports.next_free(host, port)
    except OSError as error:
        raise CannotStart(f"Nothing can listen on {host}: {error.strerror}.") from None
    advice = f" The next free one is {free}:  ./niaga run --port {free}" if free else ""
    raise CannotStart(f"Port {port} is taken by another program.{advice}")


def _answers(arguments: argparse.Namespace) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(arguments.host, arguments.host)  # noqa: S104
    line = http.client.HTTPConnection(
        host, arguments.port, timeout=5
    )  # past any proxy of the environment
    try:
        line.request("GET", "/web/health", headers={"Host": "localhost"})
        return bool(json.load(line.getresponse()) == {"status": "pass"})
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _worker() -> list[str]:
    pool = "prefork" if can_share_locks() else "threads"
    return _celery("worker", "--pool", pool, "--concurrency", _number("NIAGA_JOB_PROCESSES", "1"))


def _celery(*arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "erpsite.celery",
        "--quiet",
        *arguments,
        "--loglevel",
        "WARNING",
    ]


def _number(name: str, default: str) -> str:
    value = os.environ.get(name) or default
    if not value.isdigit() or int(value) < 1:
        raise CannotStart(f"{name} must be a whole number above zero; it is {value!r}.")
    return value


def _where(data: Path) -> str:
    place = (data / "run.lock").read_text().strip()
    return f", at {place}" if place else ""
