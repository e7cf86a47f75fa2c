"""The short way to a new database leads to the same place as Django's own."""

import os
import subprocess
import sys

import psycopg
import pytest

from erpsite.launch.accounts import server_account
from erpsite.launch.binaries import postgres_programs
from erpsite.launch.places import ROOT
from erpsite.testing.database import at

PLAIN = ["manage.py", "migrate", "--verbosity=0"]
LEAN = ["-m", "erpsite.launch.inside", "migrate"]


@pytest.mark.slow
def test_lean_migrations_make_the_same_tables_to_the_letter():
    assert dump_after(LEAN) == dump_after(PLAIN)


def dump_after(command):
    """Everything that defines the database after a command has made its tables."""
    url, name = os.environ["DATABASE_URL"], f"niaga_lean_{os.getpid()}"
    dump = [postgres_programs(server_account()) / "pg_dump", "--schema-only", "--restrict-key=x"]
    with psycopg.connect(at(url, "postgres"), autocommit=True) as admin:
        admin.execute(f"create database {name}")
        environment = os.environ | {
            "DATABASE_URL": at(url, name),
            "DJANGO_SETTINGS_MODULE": "erpsite.settings",
        }
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
        told = subprocess.run([*dump, at(url, name)], capture_output=True, text=True, check=True)
        admin.execute(f"drop database {name} with (force)")
    return told.stdout
