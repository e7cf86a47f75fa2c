"""How a module introduces itself: the manifest, its AppConfig, and discovery."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.module_loading import import_string, module_has_submodule

GROUP = "erp.modules"


@dataclass(frozen=True, kw_only=True)
class Role:
    """A set of rights that people are given, such as "Accountant".

    `permissions` are Django permissions (`"accounting.post_entry"`) or a whole model in short:
    `"accounting.*"`, `"accounting.journalentry:*"`, `"accounting.journalentry:view"`. `implies` names other roles (`"module.key"`).
    """

    key: str
    name: str | Promise
    summary: str | Promise = ""
    permissions: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Menu:
    """One line of a module's menu. `url` is a URL name; shown to those who hold `permission`."""

    label: str | Promise
    url: str
    permission: str = ""
    icon: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A job that runs by the clock. `cron` is minute hour day-of-month month day-of-week, in company time."""

    key: str
    name: str | Promise
    task: str
    cron: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a module is, what it stands on, and what it brings. Data only.

    `seeds` and `demo` are dotted paths of callables without arguments, run in order; both may run again
    without harm. `requires` are names of AppConfigs (`"accounting"`).
    """

    version: str
    summary: str | Promise
    icon: str = "box"
    requires: tuple[str, ...] = ("base",)
    roles: tuple[Role, ...] = ()
    seeds: tuple[str, ...] = ()
    demo: tuple[str, ...] = ()
    menu: tuple[Menu, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    home: str = ""
    """URL name that the module's tile on the home page opens; without it the module has no tile."""


class ModuleConfig(AppConfig):
    """The AppConfig of a module: a Django app that carries a manifest."""

    default_auto_field = "django.db.models.BigAutoField"
    manifest: Manifest

    def ready(self) -> None:
        """Wire the module in: its policies, its checks, its jobs and what it listens to."""
        for name in ("policies", "scopes", "checks", "tasks", "receivers"):
            if module_has_submodule(self.module, name):
                import_module(f"{self.name}.{name}")


def installed() -> Iterator[ModuleConfig]:
    """Walk over the installed modules, each after those it requires."""
    yield from (config for config in apps.get_app_configs() if isinstance(config, ModuleConfig))


def in_dependency_order(paths: Iterable[str]) -> list[str]:
    """Sort AppConfig paths so that each module follows everything it requires.

    Raises `ImproperlyConfigured` for a missing requirement or a circle, before anything runs.
    """
    configs = {import_string(path).name: path for path in paths}
    graph = {name: set(import_string(path).manifest.requires) for name, path in configs.items()}
    for name, requires in graph.items():
        if missing := requires - configs.keys():
            raise ImproperlyConfigured(
                f"Module {name} requires {', '.join(sorted(missing))}, which is not installed."
            )
    try:
        return [configs[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise ImproperlyConfigured(
            f"Modules require each other in a circle: {' → '.join(error.args[1])}."
        ) from error


def discovered() -> list[str]:
    """The AppConfig paths of third-party modules installed next to us."""
    return sorted(entry_point.value.replace(":", ".") for entry_point in entry_points(group=GROUP))
