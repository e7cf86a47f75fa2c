"""The modules there are: those whose code is here, those the database knows, and what each stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation

from base.lifecycle.refusals import CodeMissing, UnknownModule
from base.models import ExternalId, Module
from base.modules import Manifest, ModuleConfig, Offer, discovered, imported


@dataclass(frozen=True)
class Known:
    """An offer with its code loaded: what the module says of itself."""

    offer: Offer
    config: type[ModuleConfig]

    @property
    def manifest(self) -> Manifest:
        """What it brings."""
        return self.config.manifest

    @property
    def version(self) -> str:
        """The version of the code: the package's for a third-party module, else the manifest's."""
        return self.offer.version or self.manifest.version


class Catalogue:
    """Every module whose code is here, by label. Reads packages when made: make one for each question."""

    def __init__(self) -> None:
        ours = {label: Offer(label, path) for label, path in in_house().items()}
        offers = discovered() | ours
        found = {label: imported(offer.path) for label, offer in offers.items()}
        self.known = {
            label: Known(offers[label], config) for label, config in found.items() if config
        }
        self.broken = frozenset(label for label, config in found.items() if config is None)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Labels by AppConfig name, for reading `requires`."""
        return {known.config.name: label for label, known in self.known.items()}

    def requires(self, label: str) -> list[str]:
        """The labels of what a module stands on directly; a name that nothing here bears stays as it is."""
        return [self.labels.get(name, name) for name in self.known[label].manifest.requires]

    def bridges(self, present: Iterable[str]) -> set[str]:
        """The bridges that belong wherever all of these modules are installed."""
        there, found = set(present), set[str]()
        while new := {
            label
            for label, known in self.known.items()
            if known.manifest.is_bridge
            and label not in there
            and there.issuperset(self.requires(label))
        }:
            found |= new
            there |= new
        return found

    def check(self, labels: Iterable[str]) -> None:
        """Refuse with `UnknownModule` or `CodeMissing` unless the code of all of these is here."""
        absent = set(labels) - self.known.keys()
        if not absent:
            return
        there = self.broken | set(Module.objects.values_list("name", flat=True))
        if strange := absent - there:
            raise UnknownModule(names=", ".join(sorted(strange)))
        raise CodeMissing(names=", ".join(sorted(absent)))


def in_house() -> dict[str, str]:
    """AppConfig paths of our own modules, by label."""
    return {**settings.IN_HOUSE, **settings.KERNEL}


def is_kernel(label: str) -> bool:
    """Whether everything else stands on the module."""
    return label in settings.KERNEL


@transaction.atomic
def refresh(catalogue: Catalogue | None = None) -> Catalogue:
    """Write down what modules there are, so that those not installed can be seen; changes only what differs."""
    catalogue = catalogue or Catalogue()
    rows = {row.name: row for row in Module.objects.all()}
    fresh = []
    for label, known in catalogue.known.items():
        said = described(known, catalogue.requires(label))
        row = rows.get(label)
        if row is None:
            fresh.append(Module(name=label, **said))
        elif {name: getattr(row, name) for name in said} != said:
            Module.objects.filter(pk=row.pk).update(**said, changed_at=timezone.now())
    Module.objects.bulk_create(fresh, ignore_conflicts=True)
    gone = [row for name, row in rows.items() if name not in catalogue.known]
    Module.objects.filter(pk__in=[row.pk for row in gone if row.is_installed]).exclude(
        code_version=""
    ).update(code_version="", changed_at=timezone.now())
    Module.objects.filter(pk__in=[row.pk for row in gone if not row.is_installed]).delete()
    name_all()
    return catalogue


def name_all() -> None:
    """Let programs find each module by its external id, `base.module_account`; names of modules that are gone go."""
    kind = ContentType.objects.get_for_model(Module)
    wanted = {f"module_{name}": pk for pk, name in Module.objects.values_list("pk", "wire_name")}
    names = ExternalId.objects.filter(content_type=kind, module="base")
    known = {one.name: one for one in names}
    stale = [one.pk for name, one in known.items() if wanted.get(name) != one.row_id]
    fresh = [
        ExternalId(module="base", name=name, content_type=kind, row_id=pk)
        for name, pk in wanted.items()
        if name not in known or known[name].row_id != pk
    ]
    if stale:
        names.filter(pk__in=stale).delete()
    ExternalId.objects.bulk_create(fresh, ignore_conflicts=True)


def described(known: Known, requires: list[str]) -> dict[str, Any]:
    """What the row of a module says of its code."""
    with translation.override("en"):
        return {
            "wire_name": known.manifest.wire_name or known.offer.label,
            "title": str(known.config.verbose_name or known.offer.label),
            "summary": str(known.manifest.summary),
            "icon": known.manifest.icon,
            "path": known.offer.path,
            "package": known.offer.package,
            "requires": requires,
            "is_bridge": known.manifest.is_bridge,
            "is_application": bool(known.manifest.home),
            "code_version": known.version,
        }
