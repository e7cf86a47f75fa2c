"""Ids of the recordings and ours: which row of ours stands for which of theirs."""

from typing import Any

from rpc import registry


class AnyId:
    """Stands for an id of theirs that has no counterpart: equal to every id."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and not isinstance(other, bool)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "<any id>"


class Ids:
    """Translates ids wherever the fields of our exposures say that ids are."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, int], int] = {}

    def learn(self, model: str, theirs: Any, ours: Any) -> None:
        """Pair ids that two calls of the same meaning answered."""
        if isinstance(theirs, int) and isinstance(ours, int):
            self.known[model, theirs] = ours
        elif isinstance(theirs, list) and isinstance(ours, list):
            for one, other in zip(theirs, ours, strict=False):
                self.learn(model, one, other)

    def one(self, model: str, value: Any) -> Any:
        """An id of theirs as ours; what is no known id stays."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        found = self.known.get((model, int(value)), value)
        return float(found) if isinstance(value, float) else found

    def some(self, model: str, value: Any) -> Any:
        """One id or a list of them."""
        if isinstance(value, list):
            return [self.one(model, one) for one in value]
        if isinstance(value, str) and value.isdigit():
            return str(self.one(model, int(value)))
        return self.one(model, value)

    def values(self, model: str, values: Any) -> Any:
        """The values of a row, or of several."""
        if isinstance(values, list):
            return [self.values(model, one) for one in values]
        if not isinstance(values, dict):
            return values
        return {name: self.value(model, name, value, values) for name, value in values.items()}

    def value(self, model: str, name: str, value: Any, row: Any = None) -> Any:
        """One value of a row: an id, a pair, ids, commands."""
        if name == "id":
            return self.one(model, value)
        if name == "res_id" and isinstance(row, dict):
            return self.one(row.get("res_model") or row.get("model") or "", value)
        relation = relation_of(model, name)
        return self.linked(relation, value) if relation else value

    def linked(self, relation: str, value: Any) -> Any:
        """What a link or a set holds."""
        if isinstance(value, dict):
            return self.values(relation, value)
        if is_pair(value):
            return [self.one(relation, value[0]), value[1]]
        if isinstance(value, list):
            return [self.member(relation, one) for one in value]
        return self.one(relation, value)

    def member(self, relation: str, one: Any) -> Any:
        """A member of a set, or a command about it."""
        if not isinstance(one, list) or is_pair(one):
            return self.linked(relation, one)
        op, *rest = one
        if op not in {0, 1}:
            return [op, *(self.some(relation, part) for part in rest)]
        pk = self.one(relation, rest[0]) if op else rest[0]
        return [op, pk, self.values(relation, rest[1])]

    def domain(self, model: str, domain: Any) -> Any:
        """A domain, its leaves' values translated by the field at the end of their path."""
        if not isinstance(domain, list):
            return domain
        about = [one[2] for one in domain if isinstance(one, list) and one[:2] == ["model", "="]]
        return [self._leaf(model, one, *about) for one in domain]

    def _leaf(self, model: str, leaf: Any, about: str = "") -> Any:
        if not (isinstance(leaf, list) and len(leaf) == 3 and isinstance(leaf[0], str)):
            return leaf
        path, operator, value = leaf
        if path in {"id", "res_id"}:
            return [path, operator, self.some(about if path == "res_id" else model, value)]
        relation = relation_of(model, path)
        if operator in {"any", "not any"} and relation:
            return [path, operator, self.domain(relation, value)]
        return [path, operator, self.some(relation, value) if relation else value]

    def context(self, context: Any) -> Any:
        """The companies that a call works in, and the rows that a wizard is opened on."""
        if not isinstance(context, dict):
            return context
        if "allowed_company_ids" in context:
            companies = self.some("res.company", context["allowed_company_ids"])
            context = {**context, "allowed_company_ids": companies}
        if "active_model" not in context:
            return context
        more = {
            name: self.some(context["active_model"], context[name])
            for name in ("active_id", "active_ids")
            if name in context
        }
        return {**context, **more}


def is_pair(value: Any) -> bool:
    """Whether a value is `[id, name]`."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[1], str)


def relation_of(model: str, path: str) -> str:
    """The noun that a field leads to; empty for a field that leads nowhere."""
    for step in path.split("."):
        exposure = registry.find(model)
        field = exposure.fields.get(step) if exposure else None
        if field is None:
            return ""
        model = field.relation
    return model
