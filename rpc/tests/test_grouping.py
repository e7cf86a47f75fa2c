"""Groups: rows, labels, domains that find the rows again, and figures."""

from datetime import UTC, datetime

import pytest

from base.models import CurrencyRate, Partner
from rpc.tests.conftest import Refusal

MINE = [["ref", "=like", "F_"]]


def groups(rpc, *args, **kwargs):
    return rpc("res.partner", "formatted_read_group", MINE, *args, **kwargs)


def test_groups_by_a_link_are_ordered_and_named_like_its_rows(rpc, family):
    us, be = family.alpha.country_id, family.beta.country_id
    assert groups(rpc, ["country_id"], ["__count", "color:sum"]) == [
        {
            "country_id": [be, "Belgium"],
            "__extra_domain": [["country_id", "=", be]],
            "__count": 1,
            "color:sum": 0,
        },
        {
            "country_id": [us, "United States"],
            "__extra_domain": [["country_id", "=", us]],
            "__count": 1,
            "color:sum": 5,
        },
        {
            "country_id": False,
            "__extra_domain": [["country_id", "=", False]],
            "__count": 3,
            "color:sum": 3,
        },
    ]


def test_every_group_finds_its_rows_again(rpc, family):
    Partner.objects.filter(pk=family.alpha.pk).update(
        created_at=datetime(2025, 1, 31, 23, 30, tzinfo=UTC)
    )
    for spec in (
        "country_id",
        "category_id",
        "is_company",
        "type",
        "city",
        "parent_id.country_id",
        "country_id.currency_id",
        "parent_id.city",
        "create_date:hour",
        "create_date:day",
        "create_date:week",
        "create_date:month",
        "create_date:quarter",
        "create_date:year",
        "create_date:month_number",
        "create_date:iso_week_number",
    ):
        for tz in ("UTC", "Asia/Jakarta", "America/New_York"):
            context = {"tz": tz}
            for group in groups(rpc, [spec], ["__count"], context=context):
                domain = MINE + group["__extra_domain"]
                found = rpc("res.partner", "search_count", domain, context=context)
                assert (spec, tz, found) == (spec, tz, group["__count"])
            for group in rpc("res.partner", "read_group", MINE, [], [spec], context=context):
                count = group[f"{spec.partition(':')[0].partition('.')[0]}_count"]
                assert (
                    rpc("res.partner", "search_count", group["__domain"], context=context) == count
                )


def test_dates_are_cut_in_the_zone_of_the_context(rpc, family):
    Partner.objects.filter(pk=family.alpha.pk).update(
        created_at=datetime(2025, 3, 30, 22, 30, tzinfo=UTC)
    )
    only = [["id", "=", family.alpha.pk]]

    def label(spec, **context):
        return rpc(
            "res.partner", "formatted_read_group", only, [f"create_date:{spec}"], context=context
        )[0]

    assert label("day")["create_date:day"] == ["2025-03-30 00:00:00", "30 Mar 2025"]
    assert label("day", tz="Europe/Brussels") == {
        "create_date:day": ["2025-03-30 22:00:00", "31 Mar 2025"],
        "__extra_domain": [
            "&",
            ["create_date", ">=", "2025-03-30 22:00:00"],
            ["create_date", "<", "2025-03-31 22:00:00"],
        ],
    }
    assert label("week")["create_date:week"] == ["2025-03-30 00:00:00", "W14 2025"]
    assert label("month", lang="id_ID")["create_date:month"] == [
        "2025-03-01 00:00:00",
        "Maret 2025",
    ]
    assert label("quarter")["create_date:quarter"] == ["2025-01-01 00:00:00", "Q1 2025"]
    assert label("hour")["create_date:hour"] == ["2025-03-30 22:00:00", "10:00 30 Mar"]
    assert label("hour_number", tz="Europe/Brussels") == {
        "create_date:hour_number": 0.0,
        "__extra_domain": [["create_date.hour_number", "=", 0.0]],
    }


def test_days_are_grouped_as_days(rpc, house):
    usd = rpc("res.currency", "search", [["name", "=", "USD"]])[0]
    CurrencyRate.objects.filter(currency=usd).delete()
    for day in ("2025-01-31", "2025-02-01", "2025-02-28"):
        CurrencyRate.objects.create(currency_id=usd, date=day, rate=2)
    mine = [["currency_id", "=", usd]]
    assert rpc(
        "res.currency.rate", "formatted_read_group", mine, ["name:month"], ["__count", "rate:avg"]
    ) == [
        {
            "name:month": ["2025-01-01", "January 2025"],
            "__extra_domain": ["&", ["name", ">=", "2025-01-01"], ["name", "<", "2025-02-01"]],
            "__count": 1,
            "rate:avg": 2.0,
        },
        {
            "name:month": ["2025-02-01", "February 2025"],
            "__extra_domain": ["&", ["name", ">=", "2025-02-01"], ["name", "<", "2025-03-01"]],
            "__count": 2,
            "rate:avg": 2.0,
        },
    ]
    assert rpc("res.currency.rate", "read_group", mine, ["rate"], ["name"], lazy=False)[0] == {
        "name": "January 2025",
        "__count": 1,
        "rate": 2.0,
        "__domain": [
            "&",
            "&",
            ["currency_id", "=", usd],
            ["name", ">=", "2025-01-01"],
            ["name", "<", "2025-02-01"],
        ],
        "__range": {"name": {"from": "2025-01-01", "to": "2025-02-01"}},
    }


def test_older_clients_group_by_the_first_term_only(rpc, family):
    us = family.alpha.country_id
    rows = rpc("res.partner", "read_group", MINE, ["color", "n:count(id)"], ["country_id", "type"])
    assert rows[1] == {
        "country_id": [us, "United States"],
        "country_id_count": 1,
        "color": 5,
        "n": 1,
        "__domain": ["&", ["ref", "=like", "F_"], ["country_id", "=", us]],
        "__context": {"group_by": ["type"]},
    }
    assert rpc("res.partner", "read_group", MINE, ["color:sum"], []) == [
        {"__count": 5, "color": 8, "__domain": [["ref", "=like", "F_"]]}
    ]


def test_figures(rpc, family):
    asked = [
        "__count",
        "color:sum",
        "color:avg",
        "color:min",
        "color:max",
        "id:count",
        "country_id:count_distinct",
    ]
    asked += [
        "is_company:bool_or",
        "is_company:bool_and",
        "type:array_agg_distinct",
        "id:recordset",
    ]
    (row,) = groups(rpc, [], asked)
    ids = [family.alpha.pk, family.beta.pk, family.gamma.pk, family.kid.pk, family.kid2.pk]
    assert row == {
        "__extra_domain": [[1, "=", 1]],
        "__count": 5,
        "color:sum": 8,
        "color:avg": 1.6,
        "color:min": 0,
        "color:max": 5,
        "id:count": 5,
        "country_id:count_distinct": 2,
        "is_company:bool_or": True,
        "is_company:bool_and": False,
        "type:array_agg_distinct": ["contact", "invoice"],
        "id:recordset": ids,
    }
    (none,) = rpc(
        "res.partner",
        "formatted_read_group",
        [[0, "=", 1]],
        [],
        ["color:sum", "__count", "id:array_agg"],
    )
    assert none == {
        "__extra_domain": [[1, "=", 1]],
        "color:sum": False,
        "__count": 0,
        "id:array_agg": [],
    }


def test_groups_are_ordered_limited_and_chosen_by_figures(rpc, family):
    found = groups(rpc, ["type"], ["__count"], order="__count desc")
    assert [row["type"] for row in found] == ["contact", "invoice"]
    assert [
        row["type"] for row in groups(rpc, ["type"], ["__count"], having=[["__count", "<", 2]])
    ] == ["invoice"]
    assert [row["type"] for row in groups(rpc, ["type"], ["__count"], offset=1, limit=1)] == [
        "invoice"
    ]
    answer = rpc("res.partner", "web_read_group", MINE, ["type"], ["__count"], limit=1)
    assert (len(answer["groups"]), answer["length"]) == (1, 2)


REFUSED = [
    ((["create_date"], ["__count"]), "Granularity not set on a date(time) field: 'create_date'"),
    ((["nosuch"], ["__count"]), "Invalid field 'nosuch' on model 'res.partner'"),
    ((["type"], ["color:zzt"]), "Invalid aggregate method 'zzt' for 'color:zzt'."),
    ((["type"], ["name:sum"]), "Invalid aggregate method 'sum' for 'name:sum'."),
    ((["type"], ["nosuch:sum"]), "Invalid field 'nosuch' on model 'res.partner'"),
    (
        (["child_ids"], ["__count"]),
        "Cannot convert res.partner.child_ids to SQL because it is not stored",
    ),
    (
        (["type"], ["__count"], [["color:sum", ">", 1]]),
        "Invalid having clause 'color:sum': it names no aggregate",
    ),
]


@pytest.mark.parametrize(("args", "message"), REFUSED, ids=lambda value: str(value)[:50])
def test_groups_that_cannot_be_are_refused(rpc, args, message):
    with pytest.raises(Refusal) as refused:
        groups(rpc, *args)
    assert (refused.value.name, refused.value.message) == ("builtins.ValueError", message)
