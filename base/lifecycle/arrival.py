"""How a module gets into the database: its tables, rights, seeds and schedules, in one transaction."""

import logging
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import import_string

from base import catalogues
from base.groundwork import never_ignore_triggers
from base.lifecycle import records
from base.lifecycle.kinds import forget_kinds
from base.lifecycle.refusals import ContradictoryMigrations, NotInOneTransaction
from base.modules import ModuleConfig, installed
from base.schedules import load_schedules
from base.seeds import bringing, load_roles

log = logging.getLogger("niaga.modules")

Plan = list[tuple[Any, bool]]


@transaction.atomic
def arrive(config: ModuleConfig) -> list[dict[str, Any]]:
    """Install a module, or bring it up to its code; answers the differences that people's edits make.

    All in one transaction: migrations, kinds of records, rights, roles, seeds, schedules, and the row that says that
    it is installed. Runs in a process that has the module loaded. Refuses like `check`.
    """
    executor = MigrationExecutor(connection, _settle)
    plan = _plan(executor, config)
    _announce(pre_migrate, config, plan)
    if plan:
        executor.migrate(_targets(executor, config), plan=plan)
        _settle()
    _announce(post_migrate, config, plan)
    never_ignore_triggers(using=DEFAULT_DB_ALIAS)
    _forget_what_it_dropped(config)
    return seed(config)


@transaction.atomic
def seed(config: ModuleConfig) -> list[dict[str, Any]]:
    """Load the roles, seeds and schedules of a module and write it down as installed; answers the differences."""
    with bringing(config.label) as brought:
        load_roles(config)
        for path in config.manifest.seeds:
            import_string(path)()
        load_schedules(config)
    records.write_installed(config)
    return brought.differences


def check(config: ModuleConfig) -> None:
    """Refuse before anybody is shut out what could not arrive in one transaction.

    Refuses with `NotInOneTransaction` and `ContradictoryMigrations`.
    """
    _plan(MigrationExecutor(connection), config)


def compile_texts(config: ModuleConfig) -> None:
    """Compile the catalogues that a third-party module brings as text alone."""
    for path in sorted(Path(config.path).glob("locale/*/LC_MESSAGES/*.po")):
        try:
            catalogues.compiled(path, path.parent.parent.name)
        except OSError as error:
            log.warning("The texts of %s are not compiled: %s", config.label, error)


def migrate_libraries() -> None:
    """Bring the tables of Django and of the libraries up to date. Not in one transaction: they are not modules."""
    modules = {config.label for config in installed()}
    executor = MigrationExecutor(connection)
    targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] not in modules]
    plan = [step for step in executor.migration_plan(targets) if step[0].app_label not in modules]
    if plan:
        emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS, plan=plan)
        executor.migrate(targets, plan=plan)
        emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS, plan=plan)


def _targets(executor: MigrationExecutor, config: ModuleConfig) -> list[tuple[str, str]]:
    return [(app, name) for app, name in executor.loader.graph.leaf_nodes(config.label)]


def _plan(executor: MigrationExecutor, config: ModuleConfig) -> Plan:
    if contradictory := executor.loader.detect_conflicts().get(config.label):
        raise ContradictoryMigrations(
            module=config.label, migrations=", ".join(sorted(contradictory))
        )
    plan = executor.migration_plan(_targets(executor, config))
    for migration, _backwards in plan:
        if not migration.atomic:
            raise NotInOneTransaction(module=migration.app_label, migration=migration.name)
    return plan


def _settle(action: str = "apply_start", *_migration: Any) -> None:
    """Let the deferred rules judge now what a commit between two migrations would have had them judge.

    PostgreSQL changes no table while a deferred trigger on it is still to fire.
    """
    if action == "apply_start":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _announce(signal: Any, config: ModuleConfig, plan: Plan) -> None:
    """Tell what listens to migrations, for this module alone: kinds of records and rights are made by listeners."""
    signal.send(
        sender=config,
        app_config=config,
        verbosity=0,
        interactive=False,
        using=DEFAULT_DB_ALIAS,
        apps=apps,
        plan=plan,
    )


def _forget_what_it_dropped(config: ModuleConfig) -> None:
    """A noun that the module's code no longer has leaves nothing that names it."""
    ContentType.objects.clear_cache()
    kinds = ContentType.objects.filter(app_label=config.label)
    forget_kinds([kind for kind in kinds if kind.model_class() is None])
