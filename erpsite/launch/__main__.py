"""The launcher's command line: `python -m erpsite.launch run|test|manage|exec|stop`, reached through `./niaga`."""

import argparse
import os
import sys

from erpsite.launch import others, run, test
from erpsite.launch.console import CannotStart, warn


def main(arguments: list[str]) -> int:
    """Do what was asked; answers the exit code."""
    try:
        return _dispatched(arguments)
    except CannotStart as reason:
        warn(f"\n{reason}")
        return 1
    except KeyboardInterrupt:
        warn("\nstopped before it was ready")
        return 130


def _dispatched(arguments: list[str]) -> int:
    command, rest = arguments[0], arguments[1:]
    if command == "test":
        return test.test(rest)
    if command == "manage":
        return others.manage(rest)
    if command == "exec":
        return others.execute(rest)
    if command == "stop":
        return others.stop()
    run.run(_parser().parse_args(arguments))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./niaga")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="set up, start, serve")
    run.add_argument(
        "--host", default=os.environ.get("NIAGA_HOST", "127.0.0.1"), help="address to listen on"
    )
    run.add_argument(
        "--port",
        type=int,
        default=int(os.environ.get("NIAGA_PORT", "8069")),
        help="port to listen on",
    )
    run.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        default=os.environ.get("NIAGA_DEMO", "1") not in {"0", "false", "no", "off"},
        help="a company of your own instead of the demo company",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
