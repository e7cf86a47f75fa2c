"""Which modules there are, and which there will be once the operation under way has ended."""

from dataclasses import dataclass

import psycopg

Expected = psycopg.Connection[tuple[object, ...]]

_COMING = "niaga coming"  # the life cycle waits for whoever has a connection of this name
_ASK = """
select coalesce((select value from base_counter where key = 'base.modules'), 0),
       (select coalesce(array_agg(name), '{}') from base_module where state = 'installed'),
       o.kind, o.names
  from (select 1) as once left join base_moduleoperation o on o.is_unfinished
"""


@dataclass(frozen=True)
class Outlook:
    """The installed modules, the number of their last change, and those after the operation under way, if one is."""

    generation: int
    installed: frozenset[str]
    coming: frozenset[str] | None


def ask(url: str) -> Outlook | None:
    """Ask the database; nothing where it does not answer."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as line:
            found = line.execute(_ASK).fetchone()
    except psycopg.Error:
        return None
    generation, installed, kind, names = found or (0, [], None, [])
    there = frozenset(installed)
    coming = {
        "install": there | set(names or ()),
        "uninstall": there - set(names or ()),
        "upgrade": there,
    }
    return Outlook(generation, there, coming.get(kind))


def expecting(url: str) -> Expected | None:
    """Show, until it is closed, that processes for the modules to come are on their way."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10, application_name=_COMING)
    except psycopg.Error:
        return None
