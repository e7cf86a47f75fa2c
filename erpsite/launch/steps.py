"""Steps that are skipped while nothing they work from has changed, and what remembers that."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from erpsite.launch.console import CannotStart

_TABLE = "launcher_step"
_MODULES = """
select name, package, path from base_module
 where case when %(names)s::text[] is null then state = 'installed' else name = any(%(names)s) end order by name
"""
_UNFINISHED = "select 1 from base_moduleoperation where is_unfinished"


@dataclass(frozen=True)
class InstalledModule:
    """A module that the database says is installed; `place` is where its code lies, if it does."""

    label: str
    package: str
    path: str

    @property
    def source(self) -> str:
        """What its code comes from."""
        return self.package or self.path

    @property
    def place(self) -> Path | None:
        """The folder of its app."""
        with suppress(ImportError, ValueError):
            spec = find_spec(self.path.rpartition(".apps.")[0] or self.path.partition(".")[0])
            if spec and spec.origin:
                return Path(spec.origin).parent
        return None


class FileMarks:
    """Marks of steps that leave files behind, kept beside those files."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def fresh(self, step: str, digest: str, outputs: Iterable[Path] = ()) -> bool:
        """Whether the step was done with this fingerprint and its outputs are still there."""
        mark = self._directory / step
        return (
            mark.exists() and mark.read_text() == digest and all(path.exists() for path in outputs)
        )

    def done(self, step: str, digest: str) -> None:
        """Remember it."""
        self._directory.mkdir(parents=True, exist_ok=True)
        (self._directory / step).write_text(digest)


class DatabaseMarks:
    """Marks of steps that change the database, kept in that database: a restored backup brings its own along.

    Raises `CannotStart` where the database does not answer.
    """

    def __init__(self, url: str) -> None:
        try:
            self._connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise CannotStart(f"The database does not let us in: {error}") from None

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()

    def known(self) -> dict[str, str]:
        """The steps done here, each with its fingerprint."""
        try:
            return dict(self._connection.execute(f"select step, digest from {_TABLE}").fetchall())  # noqa: S608
        except psycopg.errors.UndefinedTable:
            return {}

    def done(self, **steps: str) -> None:
        """Remember steps and their fingerprints."""
        self._connection.execute(
            f"create table if not exists {_TABLE}"
            " (step text primary key, digest text not null, done_at timestamptz not null default now())"
        )
        for step, digest in steps.items():
            self._connection.execute(
                f"insert into {_TABLE} (step, digest) values (%s, %s)"  # noqa: S608
                " on conflict (step) do update set digest = excluded.digest, done_at = now()",
                [step, digest],
            )

    def modules(self, names: Iterable[str] | None = None) -> list[InstalledModule]:
        """The modules that are installed, or those of some names; none where that is not written down yet."""
        asked = {"names": None if names is None else list(names)}
        try:
            return [InstalledModule(*row) for row in self._connection.execute(_MODULES, asked)]
        except psycopg.errors.UndefinedTable:
            return []

    def was_interrupted(self) -> bool:
        """Whether an operation on modules was asked for and has not ended."""
        try:
            return self._connection.execute(_UNFINISHED).fetchone() is not None
        except psycopg.errors.UndefinedTable:
            return False

    def is_empty(self) -> bool:
        """Whether nobody has made a table in this database yet."""
        row = self._connection.execute("select to_regclass('django_migrations') is null").fetchone()
        return bool(row and row[0])

    def passwords(self) -> str:
        """A fingerprint of the passwords of everybody who may sign in."""
        row = self._connection.execute(
            "select md5(string_agg(password, ' ' order by id)) from base_user where is_active"
        ).fetchone()
        return str(row and row[0])

    def logins(self) -> list[str]:
        """Those who may sign in, the administrator first."""
        rows = self._connection.execute(
            "select username from base_user where is_active order by id"
        )
        return [login for (login,) in rows.fetchall()]
