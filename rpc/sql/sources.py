"""Where rows come from: a Django model's table, or rows that Python gives."""

from functools import cache
from typing import Any

import orjson
from django.db.models import Field, Model, OneToOneRel
from modeltranslation.translator import NotRegistered, translator

from rpc.sql.statement import Frame, Statement


class ModelSource:
    """The table of a Django model. Paths go over foreign keys and one-to-one links."""

    __slots__ = ("model", "table")

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.table = quoted(model._meta.db_table)

    def start(self, _statement: Statement, alias: str) -> str:
        """The table, aliased."""
        return f"{self.table} {alias}"

    def column(self, frame: Frame, path: str) -> str:
        """The column at the end of a path, in the language of the statement."""
        model, alias = self.model, frame.alias
        steps = path.split(".")
        for depth, step in enumerate(steps[:-1], 1):
            model, alias = self._step(frame, model, alias, step, ".".join(steps[:depth]))
        return _column(model, alias, steps[-1], frame.statement.language)

    def _step(
        self, frame: Frame, model: type[Model], alias: str, step: str, path: str
    ) -> tuple[type[Model], str]:
        link: Any = model._meta.get_field(step)
        target = link.related_model
        if isinstance(link, OneToOneRel):
            near, far = column_name(model._meta.pk), column_name(link.field)
        else:
            near, far = column_name(link), column_name(target._meta.pk)
        table = quoted(target._meta.db_table)

        def written(joined: str) -> str:
            return f"LEFT JOIN {table} {joined} ON {joined}.{far} = {alias}.{near}"

        return target, frame.join(path, written)


class RowsSource:
    """Rows that Python knows, brought to the database as one JSON value, so that it can search and sort them."""

    __slots__ = ("columns", "rows")

    def __init__(self, columns: dict[str, str], rows: Any) -> None:
        self.columns = columns
        self.rows = rows

    def start(self, statement: Statement, alias: str) -> str:
        """The rows, typed and aliased."""
        types = ", ".join(f"{quoted(name)} {kind}" for name, kind in self.columns.items())
        place = statement.bind(orjson.dumps(self.rows(), default=str).decode(), "::jsonb")
        return f"jsonb_to_recordset({place}) AS {alias}({types})"

    def column(self, frame: Frame, path: str) -> str:
        """A column of the rows."""
        return f"{frame.alias}.{quoted('id' if path == 'pk' else path)}"


def quoted(name: str) -> str:
    """A name as an SQL identifier. Names come from models and declarations only, never from a client."""
    if '"' in name:
        raise ValueError(f"{name} is no name")
    return f'"{name}"'


def column_name(field: Any) -> str:
    """The quoted column of a Django field."""
    return quoted(field.column)


@cache
def languages_of(model: type[Model]) -> dict[str, dict[str, str]]:
    """The translated fields of a model with their quoted columns: `{"name": {"en": …, "id": …}}`, English first."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return {}
    return {
        name: {
            one.language: column_name(one)
            for one in sorted(fields, key=lambda one: str(one.language))
        }
        for name, fields in options.all_fields.items()
    }


def _column(model: type[Model], alias: str, name: str, language: str) -> str:
    if name == "pk":
        return f"{alias}.{column_name(model._meta.pk)}"
    found: Any = model._meta.get_field(name)
    if not isinstance(found, Field):
        raise TypeError(f"{model.__name__}.{name} is not a column")
    columns = languages_of(model).get(name)
    if columns is None:
        return f"{alias}.{column_name(found)}"
    first, *others = (
        f"{alias}.{columns[code]}" for code in sorted(columns, key=lambda code: code != language)
    )
    return f"COALESCE(NULLIF({first}, ''), {', '.join(others)})" if others else first
