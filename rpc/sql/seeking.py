"""Rows that are called so, where names lie in several tables: each table is searched along its own indexes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey

from base.search import is_covered
from rpc.exposure import Exposure
from rpc.fields import Field
from rpc.sql.operators import Operand
from rpc.sql.sources import ModelSource, column_name
from rpc.sql.statement import PLACE, Frame

if TYPE_CHECKING:
    from rpc.sql.where import Where


def sought(where: "Where", exposure: Exposure, fields: Sequence[Field], text: str) -> str:
    """The condition that a row is among those with a text in one of some columns, its own or those of rows that it
    links to; nothing where all columns are its own, or some lie further away than that."""
    source = exposure.source
    if not isinstance(source, ModelSource):
        return ""
    far: defaultdict[str, list[Field]] = defaultdict(list)
    for field in fields:
        heads = {path.rpartition(".")[0] for path in PLACE.findall(field.sql or "")}
        head = heads.pop() if len(heads) == 1 else None
        if head is None or heads or field.link is not None or not _is_link(source.model, head):
            return ""
        far[head].append(field)
    if not far.keys() - {""}:
        return ""
    found = [_among(where, source, head, some, text) for head, some in far.items()]
    return f"{where.frame.column('pk')} IN ({' UNION ALL '.join(found)})"


def _is_link(model: Any, name: str) -> bool:
    """Whether rows lead to others by that name; by none they lead to themselves."""
    known = {one.name: one for one in model._meta.concrete_fields}
    return not name or isinstance(known.get(name), ForeignKey)


def _among(
    where: "Where", source: ModelSource, head: str, fields: Sequence[Field], text: str
) -> str:
    """The ids of the rows with the text in some columns of one table, which a link leads to or is their own."""
    frame = where.statement.frame(source)
    key = frame.column("pk")
    if not head:
        named = _any(where, frame, source.model, [(one, str(one.sql)) for one in fields], text)
        return f"SELECT {key} FROM {frame.tables()} WHERE {named}"
    link: Any = source.model._meta.get_field(head)
    there = where.statement.frame(ModelSource(link.related_model))
    near = [(one, str(one.sql).replace(f"{{{head}.", "{")) for one in fields]
    named = _any(where, there, link.related_model, near, text)
    ids = f"SELECT {there.column('pk')} FROM {there.tables()} WHERE {named}"
    return f"SELECT {key} FROM {frame.tables()} WHERE {frame.alias}.{column_name(link)} IN ({ids})"


def _any(
    where: "Where", frame: Frame, model: Any, fields: Sequence[tuple[Field, str]], text: str
) -> str:
    """The condition that one of the columns has the text. What is searched in all its columns at once is searched so
    first: that has an index."""
    found = [
        Operand(field, frame.expand(sql), where.statement, where.call).condition("ilike", text)
        for field, sql in fields
    ]
    either = f"({' OR '.join(found)})"
    if not all(is_covered(model, name) for _field, sql in fields for name in PLACE.findall(sql)):
        return either
    needle = where.statement.bind(f"%{text}%")
    return f"{frame.column('search_text')} LIKE lower(niaga_unaccent({needle})) AND {either}"
