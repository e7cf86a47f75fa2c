"""What would go if modules were uninstalled, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from base.errors import ERPError
from base.lifecycle import belongings, plans
from base.lifecycle.anatomy import Pointer, existing, pointers_into, row_counts
from base.lifecycle.kinds import kinds_of, naming
from base.lifecycle.refusals import RowsReferToIt
from base.models import Change, ExternalId, JobRun, Module, Role, ScheduledJob, User
from base.signals import module_uninstalling


@dataclass(frozen=True)
class Preview:
    """What an uninstallation takes along, counted now.

    `modules` in the order in which they go, bridges included; `rows` by table; `about` by noun: what is said about
    the records (messages, files, activities, followers …), what names them (rights, stable names), and what people
    keep about their screens (favourites, imports …); `shared` by
    noun: rows the modules' seeds brought into other modules' tables, which go unless something uses them;
    `people` hold a role of the modules; `pointers` lead in from tables that stay; `refusals` are sentences.
    """

    modules: list[str]
    rows: dict[str, int] = field(default_factory=dict)
    about: dict[str, int] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    roles: int = 0
    people: int = 0
    schedules: int = 0
    job_runs: int = 0
    changes: int = 0
    pointers: list[Pointer] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def tables(self) -> int:
        """How many tables go."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """How many rows of the modules' own tables go."""
        return sum(self.rows.values())

    @property
    def is_allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals


def preview(names: Iterable[str]) -> Preview:
    """Count what would go with some modules. Changes nothing; a refusal is told in the answer, not raised."""
    asked = list(names)
    try:
        going = plans.to_uninstall(asked)
    except ERPError as refusal:
        return Preview(asked, refusals=[str(refusal)])
    pointers = pointers_into(tables_of(going))
    return _counted(going, pointers, refusals(going, pointers))


def examined(names: Iterable[str]) -> Preview:
    """The same, but raises the first refusal."""
    going = plans.to_uninstall(names)
    pointers = pointers_into(tables_of(going))
    for refusal in refusals(going, pointers):
        raise refusal
    return _counted(going, pointers, [])


def _counted(going: list[str], pointers: list[Pointer], against: list[ERPError]) -> Preview:
    tables = tables_of(going)
    runs = JobRun.objects.filter(task__in=jobs_of(going))
    kinds = [kind for name in going for kind in kinds_of(name)]
    return Preview(
        modules=going,
        rows=row_counts(tables),
        about={**_about(kinds), **_kept(names_of(going))},
        shared=_shared(going, kinds),
        roles=Role.objects.filter(module__in=going).count(),
        people=User.objects.filter(roles__module__in=going).distinct().count(),
        schedules=sum(schedules_of(name).count() for name in going),
        job_runs=runs.count(),
        changes=Change.objects.filter(model__in=tables).count(),
        pointers=[pointer for pointer in pointers if pointer.rows],
        refusals=[str(refusal) for refusal in against],
    )


def refusals(going: Sequence[str], pointers: Iterable[Pointer]) -> list[ERPError]:
    """Everything that speaks against uninstalling: rows that point in, and what the modules themselves say."""
    found: list[ERPError] = []
    if tables := sorted({pointer.table for pointer in pointers}):
        found.append(RowsReferToIt(names=", ".join(going), tables=", ".join(tables)))
    for name in going:
        config = apps.app_configs.get(name)
        if config is None:
            continue  # its code is gone, and its say with it
        for receiver, answer in module_uninstalling.send_robust(sender=type(config), name=name):
            if isinstance(answer, ERPError):
                found.append(answer)
            elif isinstance(answer, Exception):
                raise answer
            del receiver
    return found


def tables_of(names: Iterable[str]) -> list[str]:
    """The tables of some modules that are there."""
    listed = Module.objects.filter(name__in=list(names)).values_list("tables", flat=True)
    return existing(sorted({table for tables in listed for table in tables}))


def jobs_of(names: Iterable[str]) -> list[str]:
    """The names of some modules' jobs."""
    listed = Module.objects.filter(name__in=list(names)).values_list("jobs", flat=True)
    return sorted({job for jobs in listed for job in jobs})


def names_of(names: Iterable[str]) -> belongings.Names:
    """The nouns and screens of some modules: as written down, and as declared where their code is here."""
    asked = list(names)
    listed = Module.objects.filter(name__in=asked).values_list("names", flat=True)
    return belongings.together(*listed, *(belongings.names_of(name) for name in asked))


def schedules_of(name: str) -> Any:
    """The schedules of a module."""
    return ScheduledJob.objects.filter(key__startswith=f"{name}.")


def _about(kinds: list[ContentType]) -> dict[str, int]:
    counted = ((model._meta.label_lower, rows.count()) for model, rows in naming(kinds))
    return {label: count for label, count in counted if count}


def _kept(names: belongings.Names) -> dict[str, int]:
    """What people keep about screens that go, such as favourites and imports, by noun."""
    counted = ((model._meta.label_lower, rows.count()) for model, rows in belongings.saying(names))
    return {label: count for label, count in counted if count}


def _shared(going: Iterable[str], kinds: list[ContentType]) -> dict[str, int]:
    names = ExternalId.objects.filter(brought_by__in=list(going)).exclude(content_type__in=kinds)
    found: dict[str, int] = {}
    for name in names.select_related("content_type"):
        if name.content_type.model_class() not in {Role, ScheduledJob}:
            label = f"{name.content_type.app_label}.{name.content_type.model}"
            found[label] = found.get(label, 0) + 1
    return found
