"""Grouping methods: formatted_read_group, web_read_group, formatted_read_grouping_sets and the older read_group."""

from typing import Any

from rpc.context import Call
from rpc.domains.parse import parse
from rpc.faults import value_error
from rpc.fields import NUMBERS
from rpc.grouping import periods, retrieval
from rpc.grouping.figures import SPEC, Figure, figure, figures
from rpc.grouping.groups import Group, Grouping
from rpc.methods.table import generic, listed

Row = dict[str, Any]


@generic(takes_ids=False, writes=False)
def formatted_read_group(
    call: Call,
    domain: Any,
    groupby: Any = (),
    aggregates: Any = (),
    having: Any = (),
    offset: Any = 0,
    limit: Any = None,
    order: Any = None,
) -> list[Row]:
    """Groups with figures, and the domain that finds each one's rows."""
    grouping = Grouping(call, parse(domain))
    grouping.terms = [grouping.tables.term(spec) for spec in _specs(groupby)]
    grouping.figures = figures(grouping.where, aggregates or ())
    found = grouping.groups(having=having, order=order, limit=limit, offset=offset)
    return [_formatted(grouping, group) for group in found]


@generic(takes_ids=False, writes=False)
def web_read_group(
    call: Call,
    domain: Any,
    groupby: Any,
    aggregates: Any = (),
    limit: Any = None,
    offset: Any = 0,
    order: Any = None,
    *,
    auto_unfold: Any = False,
    opening_info: Any = None,
    unfold_read_specification: Any = None,
    unfold_read_default_limit: Any = 80,
    groupby_read_specification: Any = None,
) -> Row:
    """The groups of the first level, and how many there are; none of them is opened, whatever else is asked for."""
    del auto_unfold, opening_info, groupby_read_specification
    del unfold_read_specification, unfold_read_default_limit
    first = _specs(groupby)[:1]
    found = formatted_read_group(call, domain, first, aggregates, (), offset, limit, order)
    length = len(found)
    if limit and (offset or length >= int(limit)):
        length = len(formatted_read_group(call, domain, first, ["__count"]))
    return {"groups": found, "length": length}


@generic(takes_ids=False, writes=False)
def formatted_read_grouping_sets(
    call: Call, domain: Any, grouping_sets: Any, aggregates: Any = (), order: Any = None
) -> list[list[Row]]:
    """The same rows grouped in several ways."""
    return [
        formatted_read_group(call, domain, one, aggregates, order=order)
        for one in listed(grouping_sets)
    ]


@generic(takes_ids=False, writes=False)
def read_group(
    call: Call,
    domain: Any,
    fields: Any,
    groupby: Any,
    offset: Any = 0,
    limit: Any = None,
    orderby: Any = False,
    lazy: Any = True,
) -> list[Row]:
    """Groups as older clients ask for them: only by the first term unless told otherwise, and labels without dates."""
    specs = _specs(groupby)
    wanted, rest = (specs[:1], specs[1:]) if lazy else (specs, [])
    grouping = Grouping(call, parse(domain))
    grouping.terms = [grouping.tables.term(spec, "month") for spec in wanted]
    names = {term.path for term in grouping.terms}
    specs_of_figures = [_text(spec) for spec in listed(fields)]
    asked = [
        _asked(grouping, spec)
        for spec in specs_of_figures
        if spec != "__count" and spec not in names
    ]
    grouping.figures = [Figure("__count", "count(*)", "count"), *(one for one in asked if one)]
    found = grouping.groups(order=orderby, limit=limit, offset=offset)
    return [_older(grouping, group, domain, rest, lazy=bool(lazy)) for group in found]


def _specs(groupby: Any) -> list[Any]:
    return listed(groupby)


def _formatted(grouping: Grouping, group: Group) -> Row:
    row: Row = {term.spec: value for term, value in zip(grouping.terms, group.values, strict=True)}
    row["__extra_domain"] = retrieval.joined(_conjuncts(grouping, group))
    row.update({one.key: value for one, value in zip(grouping.figures, group.figures, strict=True)})
    return row


def _conjuncts(grouping: Grouping, group: Group) -> list[Any]:
    return [
        part
        for term, value, start in zip(grouping.terms, group.values, group.starts, strict=True)
        for part in retrieval.of_value(term, value, start)
    ]


def _text(spec: Any) -> str:
    if not isinstance(spec, str):
        raise value_error(f"Invalid field specification {spec!r}.")
    return spec


def _asked(grouping: Grouping, spec: str) -> Figure | None:
    """A figure as older clients name it: `name`, `name:function` or `alias:function(name)`."""
    if match := SPEC.match(spec):
        return figure(grouping.where, match[1] or match[3], match[3], match[2])
    name, _colon, function = spec.partition(":")
    field = grouping.where.exposure.fields.get(name)
    if field is None:
        raise value_error(f"Invalid field {name!r} on model {grouping.where.exposure.name!r}")
    function = function or (field.aggregator if field.type in NUMBERS else "")
    if not function:
        return None
    found = figure(grouping.where, spec, name, function)
    return Figure(name, found.sql, found.function)


def _older(grouping: Grouping, group: Group, domain: Any, rest: list[Any], *, lazy: bool) -> Row:
    row: Row = {}
    ranges: Row = {}
    for term, value, start in zip(grouping.terms, group.values, group.starts, strict=True):
        row[term.spec] = value[1] if term.is_period and value is not False else value
        if term.is_period:
            ranges[term.spec] = _range(term, value, start)
    only = grouping.terms[0] if lazy and len(grouping.terms) == 1 else None
    count = f"{only.path.partition('.')[0]}_count" if only else "__count"
    for one, value in zip(grouping.figures, group.figures, strict=True):
        row[count if one.key == "__count" else one.key] = value
    parts = retrieval.conjuncts(domain) + _conjuncts(grouping, group)
    row["__domain"] = retrieval.joined(parts) if parts else []
    if ranges:
        row["__range"] = ranges
    if lazy and rest:
        row["__context"] = {"group_by": rest}
    return row


def _range(term: Any, value: Any, start: Any) -> Any:
    if value is False:
        return False
    return {"from": value[0], "to": periods.wire(periods.end(start, term.granularity), term.zone)}
