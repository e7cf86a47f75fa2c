"""Search domains, every operator on every type of field: what SQL finds is what a plain reading of the contract finds."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.models import Country, Partner, PartnerTag
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading.rows import search
from rpc.registry import find
from rpc.tests.plain_domains import PARTS, Table
from rpc.tests.standins import standing_in

TEXTS = ["Ani", "ani", "50%", "a_b", "Budi Ani", "x"]
NUMBERS = [-3, 0, 7]
AMOUNTS = ["0.00", "12.50", "-4.25"]
DAYS = ["2024-02-29", "2025-03-30", "2025-12-31"]
MOMENTS = ["2025-03-30 22:30:00", "2025-03-31 10:00:00", "2024-12-31 23:59:59"]
ZONES = ["UTC", "Asia/Jakarta", "America/New_York"]
TYPES = {
    "id": "integer",
    "name": "char",
    "note": "text",
    "type": "selection",
    "priority": "integer",
    "probability": "float",
    "expected_revenue": "monetary",
    "is_hot": "boolean",
    "date_deadline": "date",
    "date_closed": "datetime",
    "partner_id": "many2one",
    "parent_id": "many2one",
    "child_ids": "one2many",
    "tag_ids": "many2many",
    "active": "boolean",
}
KEYS = ("partners", "tags", "leads")


@pytest.fixture
def tables(house):
    """Some rows with everything and with nothing in them, and the same rows as plain dictionaries."""
    belgium = Country.objects.get(code="BE")
    partners = [
        Partner.objects.create(name=name, city=city, country=country)
        for name, city, country in (
            ("Ani", "Solo", belgium),
            ("Budi", "", None),
            ("50%", "x", None),
        )
    ]
    tags = [PartnerTag.objects.create(name=name) for name in ("Red", "Blue", "Dark")]
    tags[2].parent = tags[0]
    tags[2].save()
    with standing_in() as (lead, _event):
        rows = []
        for i in range(14):
            parent = rows[(i - 1) // 3] if 0 < i < 9 else None
            filled = i % 7 != 6
            row = lead.objects.create(
                name=TEXTS[i % 6],
                kind=["lead", "opportunity"][i % 2],
                note=[None, "", "Ani x", "a_b"][i % 4],
                priority=NUMBERS[i % 3] if filled else None,
                probability=Decimal(AMOUNTS[i % 3]),
                expected_revenue=Decimal(AMOUNTS[(i + 1) % 3]),
                is_hot=[True, False, None][i % 3],
                date_deadline=date.fromisoformat(DAYS[i % 3]) if filled else None,
                date_closed=datetime.fromisoformat(MOMENTS[i % 3]).replace(tzinfo=UTC)
                if i % 4
                else None,
                partner=[*partners, None][i % 4],
                parent=parent,
            )
            row.tagged = [tag.pk for j, tag in enumerate(tags) if i & (1 << j)]
            tie = lead.tags.through
            tie.objects.bulk_create([tie(opportunity=row, partnertag_id=pk) for pk in row.tagged])
            rows.append(row)
        yield _plain(rows, partners, tags)


def _plain(rows, partners, tags):
    far = Table(
        {"id": "integer", "name": "char", "city": "char", "country_id": "many2one"},
        {
            p.pk: {"id": p.pk, "name": p.name, "city": p.city, "country_id": p.country_id}
            for p in partners
        },
    )
    codes = {
        c.pk: {"id": c.pk, "name": c.name, "code": c.code, "called": [c.name, c.code]}
        for c in Country.objects.all()
    }
    far.links = {"country_id": Table({"id": "integer", "name": "char", "code": "char"}, codes)}
    labels = Table(
        {"id": "integer", "name": "char", "parent_id": "many2one"},
        {
            t.pk: {
                "id": t.pk,
                "name": t.name,
                "parent_id": t.parent_id,
                "called": [t.complete_name],
            }
            for t in PartnerTag.objects.filter(pk__in=[t.pk for t in tags])
        },
    )
    labels.links = {"parent_id": labels}
    own = Table(
        TYPES,
        {
            r.pk: {
                "id": r.pk,
                "name": r.name,
                "note": r.note,
                "type": r.kind,
                "priority": r.priority,
                "probability": r.probability,
                "expected_revenue": r.expected_revenue,
                "is_hot": r.is_hot,
                "date_deadline": r.date_deadline,
                "date_closed": r.date_closed,
                "partner_id": r.partner_id,
                "parent_id": r.parent_id,
                "child_ids": [c.pk for c in rows if c.parent_id == r.pk],
                "tag_ids": r.tagged,
                "active": True,
            }
            for r in rows
        },
    )
    own.links = {"partner_id": far, "tag_ids": labels, "parent_id": own, "child_ids": own}
    ids = {"partners": [*far.rows], "tags": [*labels.rows], "leads": [*own.rows]}
    return own, ids


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
        lambda part: scalar(f"{field}.{part}", [1, 3, 4, 10, 13, 31, 59, 89, 2025], orders=True)
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
