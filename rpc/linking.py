"""From declarations to an exposure: every field worked out, every word checked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from rpc.derive import derived, link_of, made
from rpc.exposure import Declaration, Exposure, standing_permissions
from rpc.fields import Declared, Field
from rpc.sql.sources import ModelSource
from rpc.sql.statement import Source

NameOf = Callable[[type[models.Model]], str | None]


def linked(declarations: list[Declaration], name_of: NameOf) -> Exposure:
    """Work out an exposure from what was declared and what others added to it."""
    first = declarations[0]
    model = first.model
    fields = {one.name: one for one in _fields(declarations, model, name_of)}
    display = _display(first, model, {"id": _id(), **fields})
    fields = {"id": _id(), "display_name": _display_name(display), **fields}
    verbs = {"create": first.create, "write": first.write, "unlink": first.unlink}
    return Exposure(
        name=first.name,
        kind=first.kind,
        label=first.label or first.name,
        model=model,
        source=_source(first),
        fields=_with_currencies(fields, declarations),
        order=first.order,
        display=display,
        search=_search(first, model, fields, display),
        search_text=_search_text(first, model),
        parent=_parent(first.name, fields),
        verbs={name: verb for one in declarations for name, verb in one.verbs.items()},
        methods={name: method for one in declarations for name, method in one.methods.items()},
        defaults=tuple(one.defaults for one in declarations if one.defaults),
        permissions=standing_permissions(model, first.permissions, verbs),
        rows=first.rows,
        copy=first.copy,
        **verbs,
    )


def _source(first: Declaration) -> Source | None:
    """Where the rows are: a noun in its table, a wizard in the table of wizards, others in Python."""
    model = apps.get_model("rpc", "Wizard") if first.kind == "wizard" else first.model
    return ModelSource(model) if model else None


def _fields(declarations: list[Declaration], model: Any, name_of: NameOf) -> list[Field]:
    found: list[Field | None] = []
    for one in declarations:
        for listed, readonly in ((one.writes, False), (one.reads, True)):
            found += [
                derived(model, word, one.adjust, name_of, readonly=readonly, via=one.via)
                for word in listed
            ]
        found += [_declared(field, one, model, name_of) for field in one.declared]
    if model is not None:
        said = {field.name for field in found if field}
        found += [field for field in made(model, name_of) if field.name not in said]
    limits = {name: right for one in declarations for name, right in one.adjust.restricted.items()}
    return [
        replace(field, permission=limits.get(field.name, field.permission))
        for field in found
        if field is not None
    ]


def _declared(said: Declared, where: Declaration, model: Any, name_of: NameOf) -> Field | None:
    if said.many:
        return _subset(said, model, name_of)
    plain = where.kind == "model" or said.function is not None
    sql = _expression(said) if plain else _kept(said, where.kind)
    return Field(
        name=said.name,
        type=said.type,
        label=said.label,
        help=said.help,
        sql=sql,
        link=said.link,
        relation=said.relation,
        nullable=not said.is_filled,
        required=said.required,
        readonly=where.kind == "model" and said.write is None and said.put is None,
        default=said.default,
        stored=sql is not None or said.link is not None,
        copied=False,
        permission=said.permission or where.adjust.restricted.get(said.name, ""),
        digits=said.digits,
        currency=said.currency,
        choices=said.choices if callable(said.choices) else tuple(said.choices),
        to_wire=said.to_wire,
        to_python=said.to_python,
        function=said.function,
        write=said.write,
        put=said.put,
        inverse=said.inverse,
        aggregator="sum"
        if sql is not None and said.type in {"integer", "float", "monetary"}
        else "",
    )


def _subset(said: Declared, model: Any, name_of: NameOf) -> Field | None:
    found = model._meta.get_field(said.many)
    relation = said.relation or name_of(found.related_model)
    if relation is None:
        return None
    return Field(
        name=said.name,
        type="many2many" if found.many_to_many else "one2many",
        label=said.label,
        help=said.help,
        link=link_of(found, said.many, said.only),
        relation=relation,
        python=said.many,
        readonly=False,
        permission=said.permission,
        inverse="" if found.many_to_many else f"{found.field.name}_id",
        model_field=found,
    )


def _expression(said: Declared) -> str | None:
    """The declared SQL. A constant gets its type, or the database would not sort by it."""
    if said.sql is None or "{" in said.sql or said.type == "binary":
        return said.sql
    return f"CAST({said.sql} AS {TYPED.get(said.type, 'text')})"


KEPT = {
    "integer": "({value})::int8",
    "many2one": "({value})::int8",
    "many2one_reference": "({value})::int8",
    "float": "({value})::numeric",
    "monetary": "({value})::numeric",
    "boolean": "({value})::boolean",
    "date": "({value})::date",
    "datetime": "({value})::timestamptz",
}
TYPED = {
    "integer": "int8",
    "many2one": "int8",
    "many2one_reference": "int8",
    "boolean": "boolean",
    "date": "date",
}
TYPED |= {"datetime": "timestamptz", "float": "numeric", "monetary": "numeric", "json": "jsonb"}


def _kept(said: Declared, kind: str) -> str:
    """The SQL of a wizard's value, kept as JSON, or of a column of given rows."""
    if kind == "table":
        return f"{{{said.name}}}"
    if said.type in {"one2many", "many2many", "json"}:
        return f"({{values}} -> '{said.name}')"
    return KEPT.get(said.type, "({value})").replace("{value}", f"{{values}} ->> '{said.name}'")


def column_type(field: Field) -> str:
    """The PostgreSQL type of a column of given rows."""
    return "jsonb" if field.is_set else TYPED.get(field.type, "text")


def _id() -> Field:
    return Field(
        name="id",
        type="integer",
        label=_("ID"),
        sql="{pk}",
        python="pk",
        nullable=False,
        copied=False,
    )


def _display_name(display: str) -> Field:
    return Field(
        name="display_name",
        type="char",
        label=_("Display Name"),
        sql=display,
        stored=False,
        copied=False,
    )


def _display(first: Declaration, model: Any, fields: dict[str, Field]) -> str:
    """The SQL of `display_name`: as declared, else what the model says it shows."""
    if "{" in first.display:
        return f"CAST({first.display} AS text)"
    if first.display in fields:
        return as_text(fields[first.display])
    if first.kind == "wizard":
        return f"'{first.name},' || {{pk}}"
    if first.display or model is None:
        return f"{{{first.display or 'name'}}}"
    if not hasattr(model, "display_field") and "name" in fields and fields["name"].sql:
        return fields["name"].sql
    return _shown_by(model)


def as_text(field: Field) -> str:
    """The SQL of a field as something to be shown."""
    return str(field.sql) if field.is_text else f"CAST({field.sql} AS text)"


def _shown_by(model: type[models.Model], path: str = "") -> str:
    """The expression of a model's `display_field`, followed over links until it is a text."""
    name = getattr(model, "display_field", "")
    if not name:
        return f"'{model._meta.verbose_name} ' || {{{path}pk}}"
    found: Any = model._meta.get_field(name)
    if found.is_relation:
        return _shown_by(found.related_model, f"{path}{name}.")
    text = isinstance(found, models.CharField | models.TextField)
    return f"{{{path}{name}}}" if text else f"{{{path}{name}}}::text"


def _search(
    first: Declaration, model: Any, fields: dict[str, Field], display: str
) -> tuple[Field, ...]:
    """The fields a name is looked for in: as declared, else what the model says it is found by, else what it shows.

    A name put together of several columns is found as it is shown, too: `7205 Early payment`. Not where an index serves
    the columns: such nouns have more rows than can be looked at one by one.
    """
    if first.search:
        is_together = "{" in first.display and not _has_text_index(model)
        together = (_looked_in_display(display),) if is_together else ()
        return (*(fields[name] for name in first.search), *together)
    names = getattr(model, "search_fields", ())
    found = tuple(_looked_in(model, name.replace("__", ".")) for name in names)
    return tuple(one for one in found if one) or (_looked_in_display(display),)


def _has_text_index(model: Any) -> bool:
    return model is not None and any(isinstance(one, GinIndex) for one in model._meta.indexes)


def _search_text(first: Declaration, model: Any) -> str:
    """The column that holds everything a row is found by, in lower case and without accents, if the model has one."""
    has = model is not None and any(one.name == "search_text" for one in model._meta.get_fields())
    return "search_text" if has and not first.search else ""


def _looked_in(model: type[models.Model], path: str) -> Field | None:
    """A column to look for names in; a path over a set is searched as such."""
    owner: Any = model
    *steps, last = path.split(".")
    for depth, step in enumerate(steps):
        link: Any = owner._meta.get_field(step)
        owner = link.related_model
        if link.one_to_many or link.many_to_many:
            far = _looked_in(owner, ".".join([*steps[depth + 1 :], last]))
            return replace(far, link=link_of(link, ".".join(steps[: depth + 1]))) if far else None
    return Field(
        name=path, type="char", label="", sql=f"{{{path}}}", nullable=bool(steps), python=path
    )


def _looked_in_display(display: str) -> Field:
    return Field(name="display_name", type="char", label="", sql=display)


def _parent(name: str, fields: dict[str, Field]) -> Field | None:
    loops = [
        one
        for one in fields.values()
        if one.type == "many2one" and one.relation == name and not one.is_path
    ]
    named = [one for one in loops if one.name == "parent_id"]
    return next(
        iter(named or [one for one in loops if one.name not in {"create_uid", "write_uid"}]), None
    )


def _with_currencies(fields: dict[str, Field], declarations: list[Declaration]) -> dict[str, Field]:
    given = declarations[0].adjust.currency
    default = given or next((n for n in ("currency_id", "company_currency_id") if n in fields), "")
    return {
        name: replace(one, currency=default) if one.type == "monetary" and not one.currency else one
        for name, one in fields.items()
    }
