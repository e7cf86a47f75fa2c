"""Search domains, every operator on every type of field: what SQL finds is what a plain reading of the contract finds."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading.rows import search
from rpc.registry import find
from rpc.tests.plain_domains import PARTS
from rpc.tests.plain_rows import DAYS, MOMENTS, NUMBERS, TEXTS, ZONES, tables

KEYS = ("partners", "tags", "leads")
__all__ = ["tables"]


def leaf(field, operators, values):
    return st.tuples(st.just(field), st.sampled_from(operators), values)


def scalar(field, values, *, orders=False, like=(), blank=(False,)):
    """Conditions on a field that holds a value."""
    one = st.sampled_from([*values, *blank])
    several = st.lists(st.sampled_from([*values, *blank]), max_size=3)
    found = leaf(field, ["=", "!=", "=?"], one) | leaf(field, ["in", "not in"], several)
    if orders:
        found |= leaf(field, ["<", "<=", ">", ">="], st.sampled_from(list(values)))
    if like:
        loose = ["like", "not like", "ilike", "not ilike"]
        found |= leaf(field, loose, st.sampled_from([*like, "", False]))
        found |= leaf(field, ["=like", "=ilike", "not =like", "not =ilike"], st.sampled_from(like))
    return found


def ids(key):
    """An id of a row that the test made: a place in a list, put in when the list is known."""
    return st.builds(lambda i: (key, i), st.integers(0, 13))


def linked(field, key, names):
    """Conditions on a link."""
    one = ids(key) | st.sampled_from([*names, False])
    found = leaf(field, ["=", "!=", "=?"], one)
    found |= leaf(field, ["in", "not in"], st.lists(one, max_size=3))
    return found | leaf(
        field, ["ilike", "not ilike", "like", "not like"], st.sampled_from([*names, "n", ""])
    )


def within(field, inner):
    """Conditions on the rows that a link leads to."""
    return leaf(field, ["any", "not any"], st.lists(inner, max_size=2))


LIKES = ["ani", "A", "%", "_", "o", "0%", "zz", "%x"]
texts = scalar("name", TEXTS, like=LIKES) | scalar(
    "note", ["Ani x", "a_b"], like=LIKES, blank=(False, "")
)
choices = scalar("type", ["lead", "opportunity"], like=["lead", "%pp%"])
numbers = (
    scalar("priority", [*NUMBERS, 5, "7", 7.0], orders=True)
    | scalar("probability", [0, 12.5, -4.25, 3], orders=True)
    | scalar("expected_revenue", [0, 12.5, -4.25, 3], orders=True)
    | leaf("priority", ["ilike", "not ilike", "like"], st.sampled_from(["7", "-", "0"]))
)
flags = leaf("is_hot", ["=", "!="], st.booleans()) | leaf(
    "is_hot", ["in", "not in"], st.lists(st.booleans(), max_size=2)
)
days = scalar("date_deadline", [*DAYS, "2025-03-30 12:00:00", "2025-03-30T00:00:00"], orders=True)
days |= leaf("date_deadline", ["like", "not like"], st.sampled_from(["2025", "-03-", "31"]))
moments = scalar(
    "date_closed", [*MOMENTS, *DAYS, "2025-03-31T10:00:00", "2025-03-31 10:00"], orders=True
)
moments |= leaf("date_closed", ["like", "not ilike"], st.sampled_from(["2025", "22:30", "59"]))
parts = st.sampled_from(["date_deadline", "date_closed"]).flatmap(
    lambda field: st.sampled_from(
        [
            p
            for p in PARTS
            if field == "date_closed"
            or not p.endswith(("hour_number", "minute_number", "second_number"))
        ]
    ).flatmap(
        lambda part: scalar(f"{field}.{part}", [0, 1, 3, 4, 10, 13, 31, 59, 89, 2025], orders=True)
    )
)
plain = texts | choices | numbers | flags | days | moments | parts
people = scalar("city", ["Solo", "x"], like=["o"], blank=(False, "")) | linked(
    "country_id", "none", ["Belgium"]
)
links = (
    linked("partner_id", "partners", ["Ani", "Budi"])
    | linked("tag_ids", "tags", ["Red", "Dark"])
    | linked("parent_id", "leads", ["Ani"])
    | linked("child_ids", "leads", ["Ani"])
    | within("partner_id", people)
    | within("tag_ids", scalar("name", ["Red", "Blue"], like=["d"]))
    | within("child_ids", plain)
    | scalar("partner_id.city", ["Solo", "x"], like=["o"], blank=(False, ""))
    | scalar("partner_id.country_id.code", ["BE", "US"])
    | scalar("tag_ids.name", ["Red", "Blue"], like=["d"])
    | scalar("parent_id.priority", NUMBERS, orders=True)
    | scalar("child_ids.date_deadline", DAYS, orders=True)
)
trees = (
    leaf("parent_id", ["child_of", "parent_of"], ids("leads") | st.just(False))
    | leaf(
        "tag_ids", ["child_of", "parent_of"], ids("tags") | st.sampled_from(["Red", "dark", False])
    )
    | leaf("tag_ids", ["child_of"], st.lists(ids("tags"), max_size=2))
)
leaves = plain | links | trees | st.sampled_from([(1, "=", 1), (0, "=", 1)])
domains = st.recursive(
    leaves.map(lambda one: [one]),
    lambda inner: (
        st.tuples(st.sampled_from("&|"), inner, inner).map(lambda t: [t[0], *t[1], *t[2]])
        | inner.map(lambda one: ["!", *one])
    ),
    max_leaves=5,
)


def settled(value, known):
    """A domain with ids put in for places in lists."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] in (*KEYS, "none"):
        rows = known.get(value[0]) or [10**6]
        return rows[value[1] % len(rows)]
    if isinstance(value, tuple | list):
        return [settled(one, known) for one in value]
    return value


@settings(
    max_examples=700, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(domain=domains, zone=st.sampled_from(ZONES))
def test_sql_finds_what_a_plain_reading_finds(tables, actor, domain, zone):
    table, known = tables
    domain = settled(domain, known)
    call = Call(find("crm.lead"), actor, {"tz": zone})
    with transaction.atomic():
        assert search(call, parse(domain), order="id") == table.found(domain, zone)
