"""Groups of very many rows: found along an index and counted up to a limit, they are those that all rows fall into."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from base.models import Country, Partner, User
from rpc import registry
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.grouping import bounded

pytestmark = pytest.mark.django_db
SPECS = (
    "country_id",
    "user_id",
    "parent_id",
    "company_type",
    "create_date:year",
    "create_date:quarter",
    "create_date:month",
    "create_date:week",
    "create_date:day",
)


@pytest.fixture
def many(actor, monkeypatch):
    """Partners of all sorts, and a limit that makes ninety of them very many."""
    any_ = random.Random(3)
    lands = list(Country.objects.all()[:12])
    people = Partner.objects.bulk_create(
        Partner(
            name=f"Orang {place}",
            country=any_.choice((None, *lands)),
            is_company=any_.random() < 0.2,
            salesperson=any_.choice((None, *User.objects.all())),
        )
        for place in range(90)
    )
    for one in people[:30]:
        one.parent = any_.choice(people[60:])
    begun = datetime(2024, 11, 3, 23, 30, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE base_partner DISABLE TRIGGER USER")
        for place, one in enumerate(people):
            one.created_at = begun + timedelta(hours=31 * place)
        Partner.objects.bulk_update(people, ["parent", "created_at"])
        cursor.execute("ALTER TABLE base_partner ENABLE TRIGGER USER")
        cursor.execute("ANALYZE base_partner")
    monkeypatch.setattr(bounded, "READ_ALL", 0)
    monkeypatch.setattr(bounded, "DENSE", 0.0)
    return Call(registry.find("res.partner"), actor, {"tz": "Asia/Jayapura"})


def paged(call, spec, summed=(), **how):
    """All groups, seven at a time."""
    found = []
    while some := bounded.groups(
        call, parse(how.get("domain", [])), spec, summed, limit=7, offset=len(found), counted=4
    ):
        found += some
    return found


def whole(call, spec, summed=(), domain=()):
    return bounded.groups(call, parse(list(domain)), spec, summed, limit=200, offset=0)


def cut(group):
    """A group as it is counted up to four."""
    if group.count <= 4:
        return group
    return replace(group, count=4, is_more=True, sums={})


@pytest.mark.parametrize("domain", [[], [["name", "ilike", "orang 1"]]])
@pytest.mark.parametrize("spec", SPECS)
def test_values_found_along_an_index_are_those_that_rows_fall_into(many, spec, domain):
    expected = [cut(group) for group in whole(many, spec, domain=domain)]
    assert expected
    assert paged(many, spec, domain=domain) == expected
    assert bounded._Groups(many, parse(domain), spec, ()).walk is not None


def test_rows_that_very_many_lead_to_are_passed_along_their_own_order(many, monkeypatch):
    monkeypatch.setattr(bounded, "VALUES_AT_MOST", 3)
    expected = [cut(group) for group in whole(many, "parent_id")]
    assert len(expected) > 8
    assert paged(many, "parent_id") == expected


def test_sums_are_told_for_groups_that_were_counted_to_their_end(many):
    Partner.objects.filter(name__startswith="Orang").update(customer_rank=3)
    for group in paged(many, "country_id", ["customer_rank"]):
        assert group.is_more == (group.sums == {})
        if group.sums:
            assert group.sums["customer_rank"][None] <= 3 * group.count


@pytest.mark.parametrize("spec", ["city", "category_id", "type", "create_date:month_number"])
def test_what_no_index_leads_along_is_counted_whole(many, spec):
    assert bounded._Groups(many, parse([]), spec, ()).walk is None
    assert paged(many, spec)[0].is_more is False
