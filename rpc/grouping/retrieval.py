"""Domains by which clients find a group's rows again."""

from typing import Any

from rpc.grouping import periods
from rpc.grouping.terms import Term

Domain = list[Any]


def of_value(term: Term, value: Any, start: Any) -> Domain:
    """The conditions that select the rows with one value of a term, as a list of conjuncts."""
    head, _dot, rest = term.path.partition(".")
    if rest:
        return [_through(head, rest, term, value)]
    return _plain(term.path, term, value, start)


def joined(conjuncts: Domain) -> Domain:
    """Conjuncts as one domain in prefix notation; a conjunct is a leaf, or a list that begins with a sign."""
    if not conjuncts:
        return [[1, "=", 1]]
    flat: Domain = ["&"] * (len(conjuncts) - 1)
    for one in conjuncts:
        if one and one[0] in {"|", "!", "&"}:
            flat.extend(one)
        else:
            flat.append(one)
    return flat


def conjuncts(domain: Any) -> Domain:
    """The parts of a client's domain that must all hold, each a leaf or a list that begins with a sign."""
    found: Domain = []
    rest = list(domain) if isinstance(domain, list | tuple) else []
    while rest:
        part, rest = _first(rest)
        if part and part[0] == "&":
            left, right = _first(part[1:])
            found += conjuncts(left if _is_signed(left) else [left])
            found += conjuncts(right)
        else:
            found.append(part)
    return found


def _first(items: Domain) -> tuple[Any, Domain]:
    """Cut the first complete expression off a list in prefix notation."""
    wanted, length = 1, 0
    while wanted:
        sign = items[length]
        wanted += {"&": 1, "|": 1, "!": 0}.get(sign, -1) if isinstance(sign, str) else -1
        length += 1
    return (list(items[0]) if length == 1 else list(items[:length])), list(items[length:])


def _is_signed(part: Any) -> bool:
    return bool(part) and part[0] in {"&", "|", "!"}


def _plain(name: str, term: Term, value: Any, start: Any) -> Domain:
    if term.field.is_set:
        return [[name, "not any", []]] if value is False else [[name, "=", value[0]]]
    if term.is_number:
        return [[f"{name}.{term.granularity}", "=", value]]
    if term.is_period and value is not False:
        after = periods.wire(periods.end(start, term.granularity), term.zone)
        return [[name, ">=", value[0]], [name, "<", after]]
    if term.field.is_relation and value is not False:
        return [[name, "=", value[0]]]
    return [[name, "=", value]]


def _through(head: str, rest: str, term: Term, value: Any) -> Domain:
    shown = value[0] if term.field.is_relation and value is not False else value
    inner: Domain = [[rest, "=", shown]]
    *steps, last = rest.split(".")
    if steps:
        inner = [[last, "=", shown]]
        for step in reversed(steps):
            inner = [[step, "any", inner]]
    found: Domain = [head, "any", inner]
    return ["|", [head, "not any", []], found] if value is False else found
