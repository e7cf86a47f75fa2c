"""Finding and sorting text whatever its accents and case, by indexes that every door can use."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce, Concat, Lower

NEWLINE = Value("\n")


class Unaccented(Func):
    """Text without its accents, by the database's `niaga_unaccent`, which indexes may rely on."""

    function = "niaga_unaccent"
    output_field = models.TextField()
    arity = 1


def plain(*fields: str) -> Any:
    """The expression for several text columns as one searchable text: lower case, no accents, a line each."""
    parts: list[Any] = [
        Coalesce(F(name), Value(""), output_field=models.TextField()) for name in fields
    ]
    lines = [parts[0]]
    for part in parts[1:]:
        lines += [NEWLINE, part]
    text = Concat(*lines, output_field=models.TextField()) if len(lines) > 1 else lines[0]
    return Lower(Unaccented(text))


def search_text(*fields: str) -> models.GeneratedField:
    """A column with everything a record is found by. Search it with `search_text__contains=needle("…")`."""
    return models.GeneratedField(
        expression=plain(*fields), output_field=models.TextField(), db_persist=True, editable=False
    )


def is_covered(model: type[models.Model], name: str) -> bool:
    """Whether a column is one of those that the `search_text` of a model is made of."""
    known: Any = {one.name: one for one in model._meta.concrete_fields}
    expression = getattr(known.get("search_text"), "expression", None)
    parts = expression.flatten() if expression is not None else ()
    return any(isinstance(one, F) and getattr(one, "name", "") == name for one in parts)


def needle(text: str) -> Any:
    """What to look for in a `search_text` column: the words as people type them, made plain by the database."""
    return Lower(Unaccented(Value(text, output_field=models.TextField())))


def search_index(name: str, field: str = "search_text") -> GinIndex:
    """The trigram index that serves `LIKE '%…%'` on a `search_text` column."""
    return GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name)


def name_index(name: str, *fields: Any) -> GinIndex:
    """The trigram index that serves `niaga_unaccent(column) ILIKE niaga_unaccent('%…%')` on text columns, each by itself.

    It serves an expression where the door searches that: `NullIf("number", Value(""))` for a number that may be missing.
    """
    read = [F(one) if isinstance(one, str) else one for one in fields]
    columns = [OpClass(Unaccented(one), name="gin_trgm_ops") for one in read]
    return GinIndex(*columns, name=name)
