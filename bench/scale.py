"""`python -m bench --scale`: what pages cost in a house with few rows, and in the same house with a million partners.

The two houses are scratch databases of the bench's own, on the server that the bench uses. They are made by the first
run and kept, as filling takes minutes; a database of that name which the bench has not filled is left alone.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.filling import Size, fill
from bench.pages import Cost
from erpsite.launch import assets
from erpsite.launch.places import ROOT, data_directory
from erpsite.launch.servers import Servers

BASELINES = Path(__file__).with_name("scale.json")
FEW = Size(partners=2_000, entries=600)
FEW_ROWS, MANY_ROWS = "niaga_bench_few", "niaga_bench_many"
BEGUN = "bench: begun"
GROWN, GROWN_MILLISECONDS = 2.0, 25.0
"""A page grows where it takes twice as long, and longer by so many milliseconds more: less is chance."""


def run(many: Size, only: str, *, keep: bool) -> int:
    """Measure both houses and print them side by side; answers how many pages need more queries than they may."""
    known = json.loads(BASELINES.read_text()) if BASELINES.exists() else {}
    wrong = 0
    assets.build()
    with _servers() as address:
        for name, size in ((FEW_ROWS, FEW), (MANY_ROWS, many)):
            _make(address, name, size)
        print(_heads(many))
        for few, cost in _both(address, only):
            allowed = known.get(cost.name, {}).get("queries", cost.allowed)
            print(_told(few, cost, allowed), flush=True)
            wrong += max(few.queries, cost.queries) > allowed
            known[cost.name] = _kept(few, cost)
    if keep:
        BASELINES.write_text(json.dumps(known, indent=2) + "\n")
    return wrong


def _both(address: str, only: str) -> Iterator[tuple[Cost, Cost]]:
    """What each page costs in the one house and in the other, one right after the other."""
    with _asking(address, FEW_ROWS, only) as few, _asking(address, MANY_ROWS, only) as many:
        names = json.loads(few.stdout.readline())
        json.loads(many.stdout.readline())
        for name in names:
            yield _cost(few, name), _cost(many, name)


@contextmanager
def _asking(address: str, name: str, only: str) -> Iterator[Any]:
    """A process that knows one house alone."""
    command = [sys.executable, "-m", "bench.scale_pages", only]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(address, name),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield process
        process.communicate()


def _cost(process: Any, name: str) -> Cost:
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    return Cost(**json.loads(process.stdout.readline()))


def _kept(few: Cost, many: Cost) -> dict[str, Any]:
    """What the baselines say of a page."""
    return {
        "queries": max(few.queries, many.queries),
        "few_ms": round(few.milliseconds, 1),
        "many_ms": round(many.milliseconds, 1),
    }


def _heads(many: Size) -> str:
    sizes = (
        f"{FEW.partners:,} ↔ {many.partners:,} partners, {FEW.entries:,} ↔ {many.entries:,} entries"
    )
    return f"\n{sizes}\n{'':46}{'p50 ms':>8}{'p50 ms':>8}{'ratio':>7}{'queries':>9}{'allowed':>9}"


def _told(few: Cost, many: Cost, allowed: int) -> str:
    ratio = many.best / few.best  # other work on the machine disturbs the best least
    grows = ratio > GROWN and many.best - few.best > GROWN_MILLISECONDS
    queries = f"{few.queries} ↔ {many.queries}" if few.queries != many.queries else many.queries
    marks = ("  too many" if max(few.queries, many.queries) > allowed else "") + (
        "  grows" if grows else ""
    )
    return (
        f"{many.name:46}{few.milliseconds:8.1f}{many.milliseconds:8.1f}{ratio:6.1f}×"
        f"{queries:>9}{allowed:9}{marks}"
    )


@contextmanager
def _servers() -> Iterator[str]:
    """The address of a database server to make scratch databases on."""
    servers = Servers(data_directory() / "bench")
    servers.start()
    os.environ.update(servers.environment, NIAGA_DEMO="1", NIAGA_LOG_LEVEL="ERROR")
    os.environ.setdefault("NIAGA_SECRET_KEY", "bench")
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        servers.stop()


def _make(address: str, name: str, size: Size) -> None:
    """A house of a size, unless it is there already; its tables are brought up to the code either way. Refuses a
    database that holds anything else."""
    filled = f"bench: {asdict(size)}"
    there = _comment_of(address, name)
    if there not in (None, BEGUN, filled) and not there.startswith("bench: {"):
        raise SystemExit(
            f"The database {name} was not filled by the bench. Drop it, or measure elsewhere."
        )
    if there != filled:
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(f"DROP DATABASE IF EXISTS {name}")
            line.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            line.execute(f"COMMENT ON DATABASE {name} IS '{BEGUN}'")
    steps = ["messages", "static", "migrate"] + ([] if there == filled else ["seed", "demo"])
    command = [sys.executable, "-m", "erpsite.launch.inside", *steps]
    subprocess.run(command, cwd=ROOT, env=_environment(address, name), check=True)
    if there != filled:
        print(f"filling {name}: {size.partners:,} partners, {size.entries:,} entries", flush=True)
        with psycopg.connect(_at(address, name)) as line:
            fill(line, size)
            note = sql.SQL("COMMENT ON DATABASE {} IS {}")
            line.execute(note.format(sql.Identifier(name), filled))


def _comment_of(address: str, name: str) -> str | None:
    """What is noted at a database; nothing where nothing is noted, None where there is no such database."""
    with psycopg.connect(address, autocommit=True) as line:
        found = line.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    return str(found[0]) if found else None


def _environment(address: str, name: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": _at(address, name)}


def _at(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
