"""What a module brings that others know by name alone, such as screens, and the rows that say these names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, Q

from base.models import Attachment, ColumnChoice, DefaultValue, Favourite, ImportBatch, JobRun

Names = dict[str, list[str]]
NOUNS, SCREENS = "nouns", "screens"
PART = "#"  # `contacts#export` is a part of the screen `contacts`

_told: dict[str, Callable[[str], Iterable[str]]] = {}
_sayings: list[tuple[type[Model], str, str]] = [
    (Favourite, "screen", SCREENS),
    (Favourite, "model", NOUNS),
    (ColumnChoice, "screen", SCREENS),
    (DefaultValue, "model", NOUNS),
    (ImportBatch, "screen", SCREENS),
    (ImportBatch, "noun", NOUNS),
]


def tell(what: str, names: Callable[[str], Iterable[str]]) -> None:
    """Have a door tell what a module has declared in it: `names` answers by the module's label."""
    _told[what] = names


def said(model: type[Model], field: str, what: str) -> None:
    """Make known that the rows of a noun say such names in a field, and go with what bears them."""
    _sayings.append((model, field, what))


def names_of(label: str) -> Names:
    """What a module has declared, door by door."""
    return {what: sorted(names(label)) for what, names in _told.items()}


def together(*several: Mapping[str, Iterable[str]]) -> Names:
    """Names of several modules, or of one as told by several."""
    found: dict[str, set[str]] = {}
    for names in several:
        for what, some in names.items():
            found.setdefault(what, set()).update(some)
    return {what: sorted(some) for what, some in found.items()}


def saying(names: Names) -> Iterator[tuple[Any, Any]]:
    """For every noun whose rows say such names: the model, and those rows."""
    wanted: dict[type[Model], Q] = {}
    for model, field, what in _sayings:
        for name in names.get(what, ()):
            here = Q(**{field: name}) | Q(**{f"{field}__startswith": f"{name}{PART}"})
            wanted[model] = wanted.get(model, Q()) | here
    for model, condition in wanted.items():
        yield model, model._base_manager.filter(condition)


def forget(names: Names) -> None:
    """Delete what says such names; imports with their files and their runs."""
    for model, rows in saying(names):
        if model is ImportBatch:
            about = list(rows.values_list("file_id", "run_id"))
            rows.delete()
            Attachment.objects.filter(pk__in=[file for file, _run in about]).delete()
            JobRun.objects.filter(pk__in=[run for _file, run in about]).delete()
        else:
            rows.delete()
