"""What an operator means for a field that leads to other rows."""

from typing import TYPE_CHECKING, Any

from rpc import registry
from rpc.domains.parse import ALL, Leaf, Node
from rpc.exposure import Exposure
from rpc.faults import database_error, type_error, value_error
from rpc.fields import Field
from rpc.sql.operators import INEQUALITIES, NEGATIVE, PATTERNS, Operand
from rpc.sql.seeking import sought
from rpc.sql.sources import ModelSource, column_name, quoted

if TYPE_CHECKING:
    from rpc.sql.where import Where


class Relation:
    """A field that leads to other rows, as an operand. `display_name` is a relation from a row to itself."""

    __slots__ = ("field", "where")

    def __init__(self, where: "Where", field: Field) -> None:
        self.where = where
        self.field = field

    def condition(self, operator: str, value: Any) -> str:
        """The SQL of one condition whose value is ids, a name, or nothing."""
        if operator in NEGATIVE:
            return f"({self.condition(NEGATIVE[operator], value)}) IS NOT TRUE"
        if operator == "=?":
            return "TRUE" if value is False or value is None else self.condition("=", value)
        if operator in INEQUALITIES:
            return self._compares(operator, value)
        if operator in PATTERNS:
            return self._named(operator, value)
        if operator in {"child_of", "parent_of"}:
            return self._in_tree(operator, value)
        return self._is_one_of(value)

    def any_of(self, operator: str, node: Node) -> str:
        """The SQL of "some row it leads to satisfies this domain"; rows out of the actor's sight do not count."""
        if operator == "not any":
            return f"({self.any_of('any', node)}) IS NOT TRUE"
        inner = self.where.open(self._target())
        active = self.field.is_set and self.where.call.active_test
        text = inner.conditions(node, active_test=active)
        return self._exists(inner, text)

    def _target(self) -> Exposure:
        if self.field.name in {"id", "display_name"}:
            return self.where.exposure
        found = registry.find(self.field.relation)
        if found is None:
            raise value_error(f"Cannot search {self.where.exposure.name}.{self.field.name}")
        return found

    def _exists(self, inner: "Where", text: str) -> str:
        """Tie a frame to the rows that this field leads to."""
        pk = inner.frame.column("pk")
        link = self.field.link
        if link is None:
            return self._exists_by_key(inner, pk, text)
        owner = self.where.frame.expand(link.owner)
        conditions = [text] if text else []
        if link.only:
            conditions.insert(0, inner.frame.expand(link.only))
        if not link.many:
            conditions.insert(0, f"{inner.frame.alias}.{link.near} = {owner}")
            return f"EXISTS (SELECT 1 FROM {inner.frame.tables()} WHERE {' AND '.join(conditions)})"
        between = f"{inner.frame.alias}_l"
        conditions.insert(0, f"{between}.{link.near} = {owner}")
        joined = f"{link.table} {between} JOIN {_first(inner, f'{pk} = {between}.{link.far}')}"
        return f"EXISTS (SELECT 1 FROM {joined} WHERE {' AND '.join(conditions)})"

    def _exists_by_key(self, inner: "Where", pk: str, text: str) -> str:
        key = self.where.frame.column("pk") if self.field.name == "display_name" else self._key()
        tie = f"{key} @> to_jsonb({pk})" if self.field.is_set else f"{pk} = {key}"
        more = f" AND {text}" if text else ""
        return f"EXISTS (SELECT 1 FROM {inner.frame.tables()} WHERE {tie}{more})"

    def _key(self) -> str:
        return self.where.expression(self.field)

    def _is_one_of(self, value: Any) -> str:
        values = list(value) if isinstance(value, list | tuple | set) else [value]
        if any(one is True for one in values):
            raise database_error(
                "errors.UndefinedFunction", "operator does not exist: integer = boolean"
            )
        names = [one for one in values if isinstance(one, str)]
        ids = [
            one
            for one in values
            if not isinstance(one, str) and one is not False and one is not None
        ]
        conditions = [self._leads_to(ids)] if ids else []
        conditions += [self._named("=", name) for name in names]
        if len(ids) + len(names) < len(values):
            conditions.append(self._is_unset())
        return f"({' OR '.join(conditions)})" if conditions else "FALSE"

    def _leads_to(self, ids: list[Any]) -> str:
        if self.field.type == "many2one":
            return Operand(
                self.field, self._key(), self.where.statement, self.where.call
            ).condition("in", ids)
        if self.field.name == "display_name":
            return self._named("in", [str(one) for one in ids])
        return self.any_of("any", Leaf("id", "in", ids))

    def _is_unset(self) -> str:
        if self.field.type == "many2one":
            return f"{self._key()} IS NULL"
        return "FALSE" if self.field.name == "display_name" else self.any_of("not any", ALL)

    def _named(self, operator: str, value: Any) -> str:
        if value is None or value is False or value == "":
            return "TRUE"
        target = self._target()
        if self.field.name == "display_name":
            return name_condition(self.where, target, operator, value)
        inner = self.where.open(target)
        conditions = inner.conditions(
            ALL, active_test=self.field.is_set and self.where.call.active_test
        )
        named = name_condition(inner, target, operator, value)
        return self._exists(inner, f"{named} AND {conditions}" if conditions else named)

    def _compares(self, operator: str, value: Any) -> str:
        if isinstance(value, str):
            raise type_error(
                f"Inequality not supported for relational field using a string ({self.field.name!r}, {operator!r}, {value!r})"
            )
        if self.field.type == "many2one":
            return Operand(
                self.field, self._key(), self.where.statement, self.where.call
            ).condition(operator, value)
        return self.any_of("any", Leaf("id", operator, value))

    def _in_tree(self, operator: str, value: Any) -> str:
        target = self._target()
        if target.parent is None or self.field.name == "display_name":
            return self._is_one_of(value)
        tree = tree_of(self.where, target, operator, value)
        if tree is None:
            return "FALSE"
        if self.field.name == "id" or self.field is self.where.exposure.parent:
            return f"{self.where.frame.column('pk')} IN ({tree})"
        if self.field.type == "many2one":
            return f"{self._key()} IN ({tree})"
        inner = self.where.open(target)
        scope = inner.conditions(ALL, active_test=self.where.call.active_test)
        text = f"{inner.frame.column('pk')} IN ({tree})"
        return self._exists(inner, f"{text} AND {scope}" if scope else text)


def name_condition(where: "Where", exposure: Exposure, operator: str, value: Any) -> str:
    """The SQL of "this row is called so", over every column that the noun is found by."""
    if operator == "ilike" and exposure.search_text and isinstance(value, str):
        needle = where.statement.bind(f"%{value}%")
        return f"{where.frame.column(exposure.search_text)} LIKE lower(niaga_unaccent({needle}))"
    wanted = [one for one in exposure.search if where.call.may(one)]
    is_text = operator == "ilike" and isinstance(value, str)
    if where.seeks and is_text and (by_indexes := sought(where, exposure, wanted, value)):
        return by_indexes
    found = [_looked_for(where, one, operator, value) for one in wanted]
    return f"({' OR '.join(found)})" if found else "FALSE"


def _looked_for(where: "Where", field: Field, operator: str, value: Any) -> str:
    link = field.link
    if link is None:
        return Operand(field, where.expression(field), where.statement, where.call).condition(
            operator, value
        )
    column = f"l.{quoted(field.python)}"
    condition = Operand(field, column, where.statement, where.call).condition(operator, value)
    return f"EXISTS (SELECT 1 FROM {link.table} l WHERE l.{link.near} = {where.frame.expand(link.owner)} AND {condition})"


def tree_of(where: "Where", exposure: Exposure, operator: str, value: Any) -> str | None:
    """The SQL of the ids in a hierarchy, from rows given by id or name; None when none are given."""
    if value is False or value is None or value == []:
        return None
    if not isinstance(exposure.source, ModelSource) or exposure.parent is None:
        raise value_error(f"{exposure.name} is not a hierarchy")
    start = _roots(where, exposure, value)
    table, model = exposure.source.table, exposure.source.model
    up = column_name(model._meta.get_field(exposure.parent.python))
    pk = column_name(model._meta.pk)
    tie = f"n.{up} = tree.id" if operator == "child_of" else f"n.{pk} = tree.up"
    step = f"SELECT n.{pk}, n.{up} FROM {table} n JOIN tree ON {tie}"
    return (
        f"WITH RECURSIVE tree(id, up) AS (SELECT s.{pk}, s.{up} FROM {table} s WHERE s.{pk} IN ({start}) "
        f"UNION {step}) SELECT id FROM tree"
    )


def _roots(where: "Where", exposure: Exposure, value: Any) -> str:
    values = list(value) if isinstance(value, list | tuple) else [value]
    ids = [one for one in values if not isinstance(one, str)]
    names = [one for one in values if isinstance(one, str)]
    nodes: list[Node] = [Leaf("id", "in", ids)] if ids else []
    inner = where.open(exposure)
    conditions = [inner.sql(node) for node in nodes]
    conditions += [name_condition(inner, exposure, "ilike", name) for name in names]
    scope = inner.conditions(ALL, active_test=False)
    text = f"({' OR '.join(conditions)})" + (f" AND {scope}" if scope else "")
    return f"SELECT {inner.frame.column('pk')} FROM {inner.frame.tables()} WHERE {text}"


def _first(inner: "Where", tie: str) -> str:
    """The tables of a frame, the first of them tied by a condition before the others are joined."""
    start = inner.frame.source.start(inner.statement, inner.frame.alias)
    joins = [text for _alias, text in inner.frame.joins.values()]
    return " ".join((f"{start} ON {tie}", *joins))
