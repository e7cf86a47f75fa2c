"""Random domains, found by SQL and by a plain Python reading of the contract over the same rows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.models import Country, Partner
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading.rows import search
from rpc.registry import find

pytestmark = pytest.mark.once
NAMES = ["Ani", "Budi", "ani", "50%", "Ç_x", "Zaki Ani"]
CITIES = ["", "Bogor", "Solo"]
COLORS = [0, 1, 7]
LIKES = ["ani", "A", "%", "_", "o", "0%", "zz"]


def text_leaf(field, values):
    single = st.tuples(
        st.just(field), st.sampled_from(["=", "!="]), st.sampled_from([*values, False, ""])
    )
    several = st.tuples(
        st.just(field),
        st.sampled_from(["in", "not in"]),
        st.lists(st.sampled_from([*values, False]), max_size=3),
    )
    like = st.tuples(
        st.just(field),
        st.sampled_from(["like", "not like", "ilike", "not ilike", "=like", "=ilike"]),
        st.sampled_from(LIKES),
    )
    return single | several | like


numbers = st.tuples(
    st.just("color"),
    st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
    st.sampled_from([*COLORS, 3, False, "7"]),
) | st.tuples(
    st.just("color"),
    st.sampled_from(["in", "not in"]),
    st.lists(st.sampled_from([*COLORS, False]), max_size=3),
)
flags = st.tuples(st.just("is_company"), st.sampled_from(["=", "!="]), st.booleans())
links = st.tuples(
    st.just("country_id"), st.sampled_from(["=", "!="]), st.sampled_from(["ID", "MY", False])
) | st.tuples(
    st.just("country_id"),
    st.sampled_from(["in", "not in"]),
    st.lists(st.sampled_from(["ID", "MY", False]), max_size=2),
)
paths = st.tuples(
    st.just("country_id.code"), st.sampled_from(["=", "!="]), st.sampled_from(["ID", "SG", False])
)
leaves = text_leaf("name", NAMES) | text_leaf("city", CITIES) | numbers | flags | links | paths
trees = st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from("&|"), inner, inner) | st.tuples(st.just("!"), inner),
    max_leaves=8,
)


def prefix(tree):
    if tree[0] in {"&", "|"}:
        return [tree[0], *prefix(tree[1]), *prefix(tree[2])]
    return ["!", *prefix(tree[1])] if tree[0] == "!" else [tree]


def holds(tree, row):
    if tree[0] == "&":
        return holds(tree[1], row) and holds(tree[2], row)
    if tree[0] == "|":
        return holds(tree[1], row) or holds(tree[2], row)
    return not holds(tree[1], row) if tree[0] == "!" else condition(*tree, row)


def condition(field, operator, value, row):
    if field == "country_id.code":
        return row["country_id"] is not None and condition(
            "code", operator, value, {"code": row["country_id"]}
        )
    if operator in {"!=", "not in", "not like", "not ilike"}:
        positive = {"!=": "=", "not in": "in", "not like": "like", "not ilike": "ilike"}[operator]
        return not condition(field, positive, value, row)
    held = row[field]
    if operator in {"=", "in"}:
        wanted = value if isinstance(value, list) else [value]
        return any(same(field, held, one) for one in wanted)
    if "like" in operator:
        return like(operator, held or "", value)
    number = int(value)
    return {"<": held < number, "<=": held <= number, ">": held > number, ">=": held >= number}[
        operator
    ]


def same(field, held, wanted):
    if field == "color":
        return held == int(wanted)
    if field == "is_company":
        return held is wanted
    return (held or "") == (wanted or "")


def like(operator, held, value):
    pattern = value if operator.startswith("=") else f"%{value}%"
    if operator.endswith("ilike"):
        held, pattern = plain(held), plain(pattern)
    return matches(held, pattern)


def plain(text):
    return text.replace("Ç", "C").lower()


def matches(text, pattern):
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(matches(text[i:], pattern[1:]) for i in range(len(text) + 1))
    return bool(text) and pattern[0] in {"_", text[0]} and matches(text[1:], pattern[1:])


@pytest.fixture
def table(house):
    codes = {code: Country.objects.get(code=code).pk for code in ("ID", "MY", "SG")}
    rows = {}
    for i, name in enumerate(NAMES * 3):
        code = [None, "ID", "MY"][i % 3]
        row = {
            "name": name,
            "city": CITIES[i % 2 + i // 12],
            "color": COLORS[i % 3],
            "is_company": i % 5 == 0,
        }
        made = Partner.objects.create(reference="H", country_id=codes.get(code), **row)
        rows[made.pk] = {**row, "country_id": code}
    return codes, rows


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tree=trees)
def test_sql_finds_what_python_finds(table, actor, tree):
    codes, rows = table

    def wired(node):
        if node[0] in {"&", "|", "!"}:
            return (node[0], *(wired(one) for one in node[1:]))
        if node[0] != "country_id":
            return node
        value = (
            [codes.get(v, v) for v in node[2]]
            if isinstance(node[2], list)
            else codes.get(node[2], node[2])
        )
        return (node[0], node[1], value)

    domain = ["&", ["ref", "=", "H"], *prefix(wired(tree))]
    found = search(Call(find("res.partner"), actor), parse(domain), order="id")
    assert found == [pk for pk, row in rows.items() if holds(tree, row)]
