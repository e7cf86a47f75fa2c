"""Bringing what everything stands on up to the code: Django's tables, the libraries', and those of the kernel itself.

Not an operation with a row of its own: the table of those rows is among what changes.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from base import upkeep
from base.lifecycle import arrival, records
from base.lifecycle.closing import closed
from base.lifecycle.conductor import is_mine
from base.lifecycle.refusals import OperationUnderWay
from base.modules import ModuleConfig, installed


def upgrade() -> list[str]:
    """Bring libraries and kernel up to the code, where they are behind; answers the labels of what was.

    The house is closed meanwhile. Each kernel module in one transaction. Refuses with `OperationUnderWay`, `StillBusy`,
    `NotInOneTransaction`, `ContradictoryMigrations`.
    """
    behind = _behind()
    if not behind:
        return []
    with upkeep.connected("modules") as line:
        if not is_mine(line):
            raise OperationUnderWay(operation=", ".join(behind))
        with closed(line):
            arrival.migrate_libraries()
            for config in installed():
                if config.label in behind and config.label in settings.KERNEL:
                    _bring_up(config)
    return behind


@transaction.atomic
def _bring_up(config: ModuleConfig) -> None:
    arrival.arrive(config)
    if settings.MODULES.generation is None:  # a database from before modules were written down
        for other in installed():
            records.adopt(other)
    records.raise_generation()


def _behind() -> list[str]:
    """The labels of apps below the modules that have migrations to run, and of kernel modules of another version."""
    executor = MigrationExecutor(connection)
    modules = {config.label for config in installed()} - settings.KERNEL.keys()
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = {migration.app_label for migration, _backwards in plan} - modules
    versions = _versions()
    found |= {
        label
        for label in settings.KERNEL
        if versions.get(label) != apps.get_app_config(label).manifest.version  # type: ignore[attr-defined]
    }
    return sorted(found)


def _versions() -> dict[str, str]:
    """Installed versions by label; read without the model, whose columns may be newer than the table's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('base_module') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return {}
        cursor.execute("SELECT name, version FROM base_module WHERE state = 'installed'")
        return dict(cursor.fetchall())
