"""How a module introduces itself: the manifest, its AppConfig, and discovery."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.module_loading import import_string, module_has_submodule

GROUP = "erp.modules"
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Role:
    """A set of rights that people are given, such as "Accountant".

    `permissions` are Django permissions (`"accounting.post_entry"`) or a whole model in short:
    `"accounting.*"`, `"accounting.journalentry:*"`, `"accounting.journalentry:view"`. `implies` names other roles (`"module.key"`).
    `also` are further external ids under which programs ask for the role.
    """

    key: str
    name: str | Promise
    summary: str | Promise = ""
    permissions: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


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
    without harm. `requires` are names of AppConfigs (`"accounting"`). A bridge joins the modules it requires: it is
    installed by itself as soon as all of them are, and goes with the first that goes. `farewell` are dotted paths of
    callables without arguments, run before the module's tables are dropped, for what only the module itself knows of.
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
    is_bridge: bool = False
    farewell: tuple[str, ...] = ()
    wire_name: str = ""
    """What programs call the module, where they know it under another name than its label."""


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


def wire_name(label: str) -> str:
    """What programs call a module; a name that is no installed module's label stays as it is."""
    config = apps.app_configs.get(label)
    known = config.manifest.wire_name if isinstance(config, ModuleConfig) else ""
    return known or label


def on_the_wire(complete_name: str) -> str:
    """An external id whose module programs know under another name, by that name."""
    module, dot, name = complete_name.partition(".")
    return f"{wire_name(module)}.{name}" if dot else complete_name


def loading(name: str) -> Iterator[AppConfig]:
    """Import `<app>.<name>` of every app that has one, and answer the app each time, when it has just been imported."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, name):
            import_module(f"{config.name}.{name}")
            yield config


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


def loadable(paths: Iterable[str]) -> list[str]:
    """Those AppConfig paths whose code is there, and that of all they require; in dependency order.

    For a start with what the database says is installed: the house comes up without a module whose package is gone.
    """
    configs = {path: config for path in paths if (config := imported(path)) is not None}
    while True:
        names = {config.name for config in configs.values()}
        kept = {
            path: config
            for path, config in configs.items()
            if names.issuperset(config.manifest.requires)
        }
        if len(kept) == len(configs):
            return in_dependency_order(kept)
        configs = kept


def imported(path: str) -> type[ModuleConfig] | None:
    """The AppConfig at a path, or nothing where it cannot be loaded, which is then said in the log."""
    try:
        config: type[ModuleConfig] = import_string(path)
    except Exception:  # somebody else's code may break in any way; the house starts without it
        log.warning("Module %s cannot be loaded", path, exc_info=True)
        return None
    return config


@dataclass(frozen=True)
class Offer:
    """A module whose code is here, installed or not. `package` and `version` are those of a third-party one."""

    label: str
    path: str
    package: str = ""
    version: str = ""

    @classmethod
    def of(cls, entry: EntryPoint) -> "Offer":
        """What a third-party package offers. The entry point bears the module's label."""
        package = entry.dist
        return cls(
            label=entry.name,
            path=entry.value.replace(":", "."),
            package=package.name if package else "",
            version=package.version if package else "",
        )


def discovered() -> dict[str, Offer]:
    """The third-party modules whose packages are installed next to us, by label."""
    return {entry.name: Offer.of(entry) for entry in sorted(entry_points(group=GROUP))}


def bridges_between(labels: Iterable[str], offered: Mapping[str, str]) -> set[str]:
    """The labels of bridges, among AppConfig paths by label, whose every side is among some labels or joins them too."""
    configs = {label: config for label, path in offered.items() if (config := imported(path))}
    there = {configs[label].name for label in labels if label in configs}
    found: set[str] = set()
    while new := {
        label
        for label, config in configs.items()
        if config.manifest.is_bridge
        and label not in found
        and there.issuperset(config.manifest.requires)
    }:
        found |= new
        there |= {configs[label].name for label in new}
    return found - set(labels)
