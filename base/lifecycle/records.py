"""The rows that say what is installed, and the number that goes up with every change of it."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from base import jobs, sequences
from base.lifecycle import belongings
from base.lifecycle.catalogue import Known, described, name_all
from base.models import Module
from base.modules import ModuleConfig, Offer, discovered, installed
from base.upkeep import GENERATION


def write_installed(config: ModuleConfig) -> None:
    """Write down that a module is installed, in which version, and what it has brought into the database."""
    known = Known(_offer(config), type(config))
    labels = {other.name: other.label for other in installed()}
    said = described(known, [labels.get(name, name) for name in config.manifest.requires])
    row = Module.objects.filter(name=config.label).first() or Module(name=config.label)
    before = _shape(row)
    for name, value in said.items():
        setattr(row, name, value)
    row.state, row.version = Module.State.INSTALLED, known.version
    row.tables, row.jobs = tables_of(config), jobs_of(config)
    row.names = belongings.names_of(config.label)
    row.installed_at = row.installed_at or timezone.now()
    if row.pk is None or _shape(row) != before:
        row.changed_at = timezone.now()
        row.save()
    name_all()


def adopt(config: ModuleConfig) -> None:
    """Write down a module that was there before modules were written down; its version is not known."""
    if not Module.objects.filter(name=config.label).exists():
        write_installed(config)
        Module.objects.filter(name=config.label).update(version="")


def write_uninstalled(row: Module) -> None:
    """Write down that a module is not installed; forget it where its code is not here either."""
    if not row.is_available:
        row.delete()
        name_all()
        return
    row.state, row.version, row.installed_at = Module.State.UNINSTALLED, "", None
    row.tables, row.jobs, row.names, row.changed_at = [], [], {}, timezone.now()
    row.save()


def raise_generation() -> int:
    """Make every process that runs the modules of before stale, once this transaction is committed."""
    return sequences.take({GENERATION: 1})[GENERATION].stop - 1


def tables_of(config: ModuleConfig) -> list[str]:
    """The tables of a module's nouns and of the links between them."""
    models = config.get_models(include_auto_created=True)
    return sorted(
        {
            model._meta.db_table
            for model in models
            if model._meta.managed and not model._meta.proxy and not model._meta.swapped
        }
    )


def jobs_of(config: ModuleConfig) -> list[str]:
    """The names of a module's jobs."""
    home = f"{config.name}."
    return sorted(
        name for name in jobs.known() if jobs.declared(name).function.__module__.startswith(home)
    )


def _offer(config: ModuleConfig) -> Offer:
    path = f"{type(config).__module__}.{type(config).__qualname__}"
    if config.label in settings.KERNEL or config.label in settings.IN_HOUSE:
        return Offer(config.label, path)
    return discovered().get(config.label, Offer(config.label, path))


def _shape(row: Module) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
