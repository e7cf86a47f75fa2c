"""External ids in bulk: which rows they stand for, what rows are called, and names for rows that have none."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType

from base import bulk
from base.models import ExternalId
from base.modules import on_the_wire
from base.prepared import rows
from rpc.exposure import Exposure
from rpc.tables.names import called, named

IMPORTED, EXPORTED = "__import__", "__export__"

BEHIND = """
SELECT x.module || '.' || x.name, x.row_id
FROM unnest($1::text[], $2::text[]) AS w(module, name) JOIN base_externalid x USING (module, name)
WHERE x.content_type_id = $3
"""


TAKEN = """
SELECT x.module || '.' || x.name
FROM unnest($1::text[], $2::text[]) AS w(module, name) JOIN base_externalid x USING (module, name)
"""


def complete(name: str) -> str:
    """`module.name`, the module as programs call it; what an import calls by a bare name belongs to the import."""
    return on_the_wire(name) if "." in name else f"{IMPORTED}.{name}"


def ids_behind(exposure: Exposure, names: Iterable[str]) -> dict[str, int]:
    """The ids of the rows of a noun that complete names stand for. One query."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    if exposure.model is None:
        found = {name: named(name) for name in wanted}
        return {name: pk for name, (noun, pk) in found.items() if noun == exposure.name}
    split = [name.partition(".") for name in wanted]
    kind = ContentType.objects.get_for_model(exposure.model).pk
    return dict(rows(BEHIND, [[one[0] for one in split], [one[2] for one in split], kind]))


def taken(names: Iterable[str]) -> set[str]:
    """Which complete names stand for something already, whatever it is. One query."""
    split = [name.partition(".") for name in names]
    if not split:
        return set()
    return {row[0] for row in rows(TAKEN, [[one[0] for one in split], [one[2] for one in split]])}


def names_of(exposure: Exposure, ids: Iterable[int]) -> dict[int, str]:
    """What rows of a noun are called; the first name of each. One query."""
    if exposure.model is None:
        return called(exposure.name, set(ids))
    kind = ContentType.objects.get_for_model(exposure.model)
    found: dict[int, str] = {}
    known = ExternalId.objects.filter(content_type=kind, row_id__in=list(ids)).order_by("-id")
    for module, name, row_id in known.values_list("module", "name", "row_id"):
        found[row_id] = f"{module}.{name}" if module else name
    return found


def give(exposure: Exposure, names: Mapping[int, str]) -> None:
    """Let rows be known by complete names from now on. One query."""
    model: Any = exposure.model
    if model is None or not names:
        return
    kind = ContentType.objects.get_for_model(model)
    split = {pk: name.partition(".") for pk, name in names.items()}
    bulk.link(
        [
            ExternalId(module=module, name=name, content_type=kind, row_id=pk)
            for pk, (module, _dot, name) in split.items()
        ]
    )


def names_for_all(exposure: Exposure, ids: Iterable[int]) -> dict[int, str]:
    """What rows are called; those without a name get one that an export can refer to."""
    wanted = set(ids)
    found = names_of(exposure, wanted)
    table = exposure.name.replace(".", "_")
    fresh = {
        pk: f"{EXPORTED}.{table}_{pk}_{secrets.token_hex(4)}"
        for pk in sorted(wanted - found.keys())
    }
    give(exposure, fresh)
    return {**found, **(fresh if exposure.model is not None else {})}
