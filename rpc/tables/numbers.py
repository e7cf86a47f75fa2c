"""Ids for what has no row: the same in every process, whatever else is installed."""

from zlib import crc32

from django.contrib.contenttypes.models import ContentType

from rpc import registry
from rpc.exposure import Exposure

# Kinds of records are counted from one; what is numbered by its name lies far beyond them.
BEYOND = 1 << 30


def number(name: str) -> int:
    """A number for a name, the same in every process and in every release."""
    return BEYOND | (crc32(name.encode()) & (BEYOND - 1))


def model_id(exposure: Exposure) -> int:
    """The id of a noun: that of its kind of record, which other rows refer to; else a number for its name."""
    model = exposure.model
    if model is None or registry.name_of(model) != exposure.name:
        return number(exposure.name)
    return ContentType.objects.get_for_model(model).pk


def by_id(ids: list[int]) -> dict[int, Exposure]:
    """The nouns with some ids."""
    wanted = set(ids)
    return {pk: one for one in registry.everything() if (pk := model_id(one)) in wanted}
