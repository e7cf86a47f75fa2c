"""`python -m bench`: prints each workload over HTTP and raw, with four clients each, and the ratio; then what pages cost."""

import argparse
import os
import sys
from typing import Any

import django

from bench import scale
from bench.filling import Size
from bench.house import PROCESSES, open_house
from bench.loop import Figure, measured

ROUNDS = 4


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="bench")
    asked.add_argument("--seconds", type=float, default=4)
    asked.add_argument("--clients", type=int, default=4)
    asked.add_argument("--only", default="")
    asked.add_argument("--scale", action="store_true", help="pages of a house with very many rows")
    asked.add_argument("--partners", type=int, default=1_000_000)
    asked.add_argument("--entries", type=int, default=300_000)
    asked.add_argument(
        "--keep", action="store_true", help="write what was measured into the baselines"
    )
    options = asked.parse_args()
    if options.scale:
        many = Size(partners=options.partners, entries=options.entries)
        sys.exit(scale.run(many, options.only, keep=options.keep))
    with open_house() as house:
        os.environ["DJANGO_SETTINGS_MODULE"] = "erpsite.settings"
        django.setup()
        from bench.pages import costs
        from bench.rpc import Programs

        works = [work for work in Programs(house).workloads() if options.only in work.name]
        _measure(works, options.clients, options.seconds)
        print(f"\n{'':44}{'p50 ms':>9}{'queries':>9}{'allowed':>9}")
        for cost in costs(options.only):
            mark = "" if cost.queries <= cost.allowed else "  too many"
            print(
                f"{cost.name:44}{cost.milliseconds:9.1f}{cost.queries:9}{cost.allowed:9}{mark}",
                flush=True,
            )


def _measure(works: list[Any], n: int, seconds: float) -> None:
    """Print what each workload does over HTTP and raw. They take turns, so that a machine that is slower for a while is
    so for all of them."""
    print(
        f"{n} clients over HTTP against {PROCESSES} web processes; {n} raw psycopg loops; {seconds:g} s each, "
        f"in {ROUNDS} rounds\n"
    )
    http = {work.name: Figure() for work in works}
    raw = dict(http)
    for _round in range(ROUNDS):
        for work in works:
            raw[work.name] += measured(work.raw, processes=n, seconds=seconds / ROUNDS)
            http[work.name] += measured(work.http, processes=n, seconds=seconds / ROUNDS)
    print(f"{'':44}{'HTTP /s':>9}{'p50 ms':>8}{'p95 ms':>8}{'raw /s':>9}{'p50 ms':>8}{'ratio':>7}")
    for name, ours in http.items():
        theirs = raw[name]
        print(
            f"{name:44}{ours.per_second:9,.0f}{ours.p50:8.1f}{ours.p95:8.1f}"
            f"{theirs.per_second:9,.0f}{theirs.p50:8.1f}{theirs.per_second / ours.per_second:6.1f}×",
            flush=True,
        )


if __name__ == "__main__":
    main()
