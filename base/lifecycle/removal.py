"""How a module gets out of the database without a trace, in one transaction."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.module_loading import import_string
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from base.lifecycle import belongings, records
from base.lifecycle.anatomy import drop, empty, existing, pointers_into
from base.lifecycle.kinds import delete_in_pieces, forget_kinds, kinds_of
from base.lifecycle.previews import jobs_of, names_of, refusals, schedules_of
from base.models import Change, Counter, ExternalId, JobRun, Module, Parameter, Role
from base.modules import ModuleConfig

Note = dict[str, Any]


@transaction.atomic
def remove(names: Sequence[str]) -> list[Note]:
    """Take modules out, all of them or none; answers what stayed and why.

    `names` are in the order in which they go. Refuses with `RowsReferToIt` and with whatever a module itself says.
    """
    rows = {row.name: row for row in Module.objects.select_for_update().filter(name__in=names)}
    tables = existing(sorted({table for row in rows.values() for table in row.tables}))
    for refusal in refusals(names, pointers_into(tables)):
        raise refusal
    notes = []
    for name in names:
        _say_farewell(name)
        notes += _remove(rows[name])
    records.raise_generation()
    return notes


def _say_farewell(name: str) -> None:
    config = apps.app_configs.get(name)
    if isinstance(config, ModuleConfig):
        for path in config.manifest.farewell:
            import_string(path)()


def _remove(row: Module) -> list[Note]:
    tables = existing(row.tables)
    empty(tables)
    _forget_jobs(row)
    delete_in_pieces(Role.objects.filter(module=row.name))
    kept = _forget_shared_rows(row.name)
    belongings.forget(names_of([row.name]))
    forget_kinds(kinds_of(row.name))
    ExternalId.objects.filter(module__in=(row.name, row.wire_name)).delete()
    Parameter.objects.filter(key__startswith=f"{row.name}.").delete()
    Counter.objects.filter(key__startswith=f"{row.name}.").delete()
    Change.objects.filter(model__in=tables).delete()
    others = Module.objects.exclude(name=row.name).values_list("name", flat=True)
    drop(tables, row.name, others)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s", [row.name])
    records.write_uninstalled(row)
    return kept


def _forget_jobs(row: Module) -> None:
    schedules = schedules_of(row.name)
    PeriodicTask.objects.filter(name__in=list(schedules.values_list("key", flat=True))).delete()
    CrontabSchedule.objects.filter(periodictask=None).delete()
    JobRun.objects.filter(task__in=jobs_of([row.name])).delete()
    delete_in_pieces(schedules)


def _forget_shared_rows(label: str) -> list[Note]:
    """Delete what the module's seeds brought into tables that stay; a row that something uses stays, nameless."""
    kept: list[Note] = []
    names = ExternalId.objects.filter(brought_by=label).exclude(content_type__app_label=label)
    for name in names.select_related("content_type").order_by("-pk"):
        model: Any = name.content_type.model_class()
        instance = model._base_manager.filter(pk=name.row_id).first() if model else None
        if instance is not None and not _deleted(instance):
            kept.append(
                {
                    "kept": name.complete_name,
                    "model": model._meta.label_lower,
                    "record": str(instance),
                }
            )
    names.delete()
    return kept


def _deleted(instance: Any) -> bool:
    """Delete a row unless something uses it, and answer whether that was so."""
    try:
        with transaction.atomic():
            instance.delete()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (ProtectedError, RestrictedError, IntegrityError):
        return False
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return True
