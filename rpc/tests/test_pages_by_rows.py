"""Pages by the last row seen: in any order, either way, they show every row once; and an index finds where they begin."""

import random

import pytest
from django.db import connection

from base.models import Country, Partner
from rpc import registry
from rpc.context import Call
from rpc.domains.parse import ALL, parse
from rpc.reading import rows as reading

pytestmark = pytest.mark.django_db
ORDERS = (
    "",
    "complete_name, id",
    "complete_name desc, id desc",
    "city, id desc",
    "city desc nulls last, zip",
    "city nulls first, zip desc nulls first, complete_name",
    "zip, city, country_id desc",
    "country_id, city desc, id desc",
    "country_id desc nulls last",
    "is_company desc, customer_rank, complete_name",
    "customer_rank desc, supplier_rank desc, id desc",
    "parent_id, id",
)


@pytest.fixture
def town(actor):
    """Sixty partners who have much in common, and blanks."""
    any_ = random.Random(7)
    lands = list(Country.objects.filter(code__in=("ID", "SG")))
    shops = Partner.objects.bulk_create(
        Partner(
            name=f"Toko {any_.randrange(6)}",
            city=any_.choice(("", "", "Bandung", "Solo")),
            zip=any_.choice(("", "40111", "57111")),
            country=any_.choice((None, *lands)),
            is_company=any_.random() < 0.3,
            customer_rank=any_.randrange(2),
            supplier_rank=any_.randrange(2),
        )
        for _place in range(60)
    )
    for one in shops[:20]:
        one.parent = shops[40]
    Partner.objects.bulk_update(shops[:20], ["parent"])
    return Call(registry.find("res.partner"), actor)


@pytest.mark.parametrize("order", ORDERS)
def test_pages_in_any_order_and_either_way_hold_every_row_once(town, order):
    whole = reading.search(town, ALL, order=order)
    assert len(whole) > 60

    def walked(*, backwards):
        found, last = [], None
        while True:
            page = {"order": order, "beside": last, "backwards": backwards, "limit": 7}
            some = reading.search(town, ALL, **page)
            read = reading.search_read(town, ALL, ["name"], None, **page)
            assert [row["id"] for row in read] == some
            if not some:
                return found
            found += some
            last = some[-1]

    assert walked(backwards=False) == whole
    assert walked(backwards=True) == whole[::-1]


@pytest.mark.parametrize("near", [1, 30, 10_000])
@pytest.mark.parametrize("domain", [[["city", "=", "Solo"]], [["name", "ilike", "toko 5"]]])
def test_rows_that_are_few_and_far_are_found_near_or_far(town, monkeypatch, near, domain):
    monkeypatch.setattr(reading, "NEAR", near)
    whole = reading.search(town, parse(domain))
    for backwards in (False, True):
        found, last = [], None
        while some := reading.search(
            town, parse(domain), limit=4, beside=last, backwards=backwards, sparse=True
        ):
            found += some
            last = some[-1]
        assert found == (whole[::-1] if backwards else whole)


@pytest.mark.parametrize("backwards", [False, True])
def test_an_index_finds_where_a_page_begins_however_deep_it_lies(town, backwards):
    page = reading.Page(
        town, ALL, limit=80, beside=Partner.objects.latest("pk").pk, backwards=backwards
    )
    sql = page.select_keys()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = "\n".join(line for (line,) in reading.rows(f"EXPLAIN {sql}", page.statement.values))
    assert "base_partner_by_name" in plan
    assert "Index Cond: (sort_name" in plan
    assert "Sort" not in plan
