"""The smaller commands: Django's own, any program with the servers up, and stopping what was left behind."""

import os
import signal
import subprocess
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

from erpsite.launch.accounts import server_account
from erpsite.launch.binaries import postgres_programs
from erpsite.launch.console import CannotStart, say
from erpsite.launch.places import ROOT, data_directory, made
from erpsite.launch.prepare import kind_of
from erpsite.launch.servers import Servers
from erpsite.launch.steps import DatabaseMarks
from erpsite.launch.surroundings import for_django


def manage(arguments: list[str]) -> int:
    """Run one of Django's commands with the servers up."""
    return execute([sys.executable, str(ROOT / "manage.py"), *arguments])


def execute(command: list[str]) -> int:
    """Run a program with the servers up, their addresses in its environment and PostgreSQL's programs at hand."""
    if not command:
        raise CannotStart(
            "Say what to run, for example:  ./niaga exec pg_dump --format=custom --file=niaga.dump"
        )
    data = made(data_directory())
    with Servers(data) as servers:
        url = servers.environment["DATABASE_URL"]
        marks = DatabaseMarks(url)
        demo = kind_of(marks, wants_demo=True).is_demo
        marks.close()
        environment = for_django(servers.environment, data, demo=demo) | _for_postgres_programs(url)
        if not os.environ.get("DATABASE_URL"):
            environment["PATH"] = (
                f"{postgres_programs(server_account())}{os.pathsep}{os.environ.get('PATH', '')}"
            )
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # it is the program's to decide what Ctrl-C means
        try:
            return subprocess.run(
                command,
                env=environment,
                check=False,
                preexec_fn=_default_interrupt,
            ).returncode
        except FileNotFoundError:
            raise CannotStart(f"There is no program {command[0]}.") from None


def stop() -> int:
    """Stop the embedded servers that a killed run has left behind; those in use stay up."""
    for directory in (data_directory(), data_directory() / "test"):
        if directory.exists():
            Servers(directory).stop_unused()
    say("servers that nobody uses are stopped")
    return 0


def _for_postgres_programs(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    found = {
        "PGHOST": options.get("host") or parts.hostname,
        "PGPORT": parts.port,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.path.lstrip("/"),
        "PGSSLMODE": options.get("sslmode"),
    }
    return {name: unquote(str(value)) for name, value in found.items() if value}


def _default_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
