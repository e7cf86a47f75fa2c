"""Pivots: figures against the database's own, what an address asks, what it may not, and the sheet."""

import json
import random
from collections import defaultdict
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from base.actors import Actor
from base.models import Country, Partner, PartnerTag
from rpc.context import Call
from rpc.registry import find
from web.screens.cubes import Axis, Cube
from web.screens.measures import COUNT, measure
from web.screens.registry import of_exposure
from web.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
AT = f"/{of_exposure('res.partner').key}/"


@pytest.fixture
def people():
    """Sixty contacts in three countries and none, some with tags, of many sizes."""
    Partner.objects.all().update(is_active=False)
    chance = random.Random(7)
    countries = [*Country.objects.filter(code__in=("ID", "SG", "NL")), None]
    tags = [PartnerTag.objects.create(name=name) for name in ("Grosir", "Eceran")]
    made = []
    for number in range(60):
        one = Partner.objects.create(
            name=f"Contact {number}",
            country=chance.choice(countries),
            city=chance.choice(("Bandung", "Solo", "")),
            is_company=chance.random() < 0.4,
            customer_rank=chance.randrange(9),
        )
        one.tags.set(chance.sample(tags, chance.randrange(3)))
        made.append(one)
    return made


def call():
    return Call(find("res.partner"), Actor.system(company_ids=[1]), {"lang": "en_US"})


def cube(rows, columns=(), specs=("customer_rank:sum", COUNT), turned=(), nexts=(), domain=()):
    made = call()
    axis = Axis(tuple(rows), tuple(nexts), frozenset(turned))
    return Cube(made, list(domain), axis, Axis(tuple(columns)), [measure(made, s) for s in specs])


def shown(found):
    """The figures without currencies: by the ways to row and column."""
    return {
        at: {spec: int(sums[None]) for spec, sums in cell.items()}
        for at, cell in found.figures.items()
    }


def test_figures_of_every_level_are_those_of_plain_sql(people):
    expected = defaultdict(lambda: {"customer_rank:sum": 0, COUNT: 0})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT country_id, coalesce(nullif(city, ''), NULL), is_company, customer_rank"
            " FROM base_partner WHERE is_active"
        )
        rows = cursor.fetchall()
    for country, city, is_company, rank in rows:
        keys = (country or False, city or False)
        for depth in range(3):
            for column in ((), ("company" if is_company else "person",)):
                cell = expected[keys[:depth], column]
                cell["customer_rank:sum"] += rank
                cell[COUNT] += 1
    found = shown(cube(("country_id", "city"), ("company_type",)))
    assert found == dict(expected)


def test_averages_and_extremes_are_those_of_plain_sql(people):
    specs = ("customer_rank:avg", "customer_rank:min", "customer_rank:max")
    found = cube(("is_company",), (), specs)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_company, avg(customer_rank)::float8, min(customer_rank), max(customer_rank)"
            " FROM base_partner WHERE is_active GROUP BY 1"
        )
        expected = {row[0]: row[1:] for row in cursor.fetchall()}
    for key, (mean, least, most) in expected.items():
        cell = found.figures[(key,), ()]
        assert float(cell["customer_rank:avg"][None]) == pytest.approx(mean)
        assert cell["customer_rank:min"][None] == least
        assert cell["customer_rank:max"][None] == most


def test_a_contact_with_two_tags_counts_twice_beside_them_and_once_in_the_total(people):
    found = shown(cube(("category_id",)))
    by_tag = defaultdict(int)
    for one in people:
        for key in [tag.pk for tag in one.tags.all()] or [False]:
            by_tag[key] += 1
    assert {at[0][0]: cell[COUNT] for at, cell in found.items() if at[0]} == dict(by_tag)
    assert found[(), ()][COUNT] == 60
    assert sum(by_tag.values()) > 60


def test_a_head_opened_alone_reads_only_what_is_below_it(people):
    country = Country.objects.get(code="SG").pk
    found = cube(("country_id",), nexts=("city",), turned=[(country,)])
    deep = {row for row, _column in found.figures if len(row) == 2}
    assert {row[0] for row in deep} == {country}
    cities = {one.city or False for one in people if one.country_id == country}
    assert {row[1] for row in deep} == cities


def test_statements_do_not_grow_with_levels_or_rows(people):
    country = Country.objects.get(code="SG").pk
    with CaptureQueriesContext(connection) as flat:
        cube(("country_id",)).read()
    with CaptureQueriesContext(connection) as deep:
        cube(("country_id", "city"), ("company_type", "create_date:month")).read()
    with CaptureQueriesContext(connection) as opened:
        cube(("country_id",), ("company_type",), nexts=("city",), turned=[(country,)]).read()
    assert (len(flat), len(deep), len(opened)) == (1, 1, 2)


def address(**query):
    return f"{AT}?{urlencode({'v': 'pivot', **query}, doseq=True)}"


def test_the_page_shows_heads_figures_and_where_their_rows_are(boss, people):
    page = boss.get(address(row=["country_id"], column=[""], m=[COUNT])).content.decode()
    singapore = Country.objects.get(code="SG")
    number = sum(one.country_id == singapore.pk for one in people)
    domain = json.dumps([["country_id", "=", singapore.pk]], separators=(",", ":"))
    link = f"{AT}?{urlencode({'v': 'list', 'd': domain})}"
    assert (
        f'<a href="{link.replace("&", "&amp;")}"><span class="figure">{number}</span></a>' in page
    )
    listed = boss.get(link)
    assert listed.context["listing"].count == number


@pytest.mark.once
def test_the_rows_behind_every_figure_are_as_many_as_it_says(boss, people):
    page = boss.get(address(row=["country_id", "create_date:month"], column=["city"], m=[COUNT]))
    table = page.context["table"]
    figures = [one for line in [*table.lines, table.total] for one in line.figures if one.url]
    assert len(figures) > 10
    for one in figures:
        assert boss.get(one.url).context["listing"].count == int(one.sums[None])


def test_a_page_asks_no_more_for_a_large_table(boss, people):
    boss.get(address())
    with CaptureQueriesContext(connection) as small:
        boss.get(address(row=["company_type"], column=[""], m=[COUNT]))
    levels = ["country_id", "city", "create_date:month"]
    with CaptureQueriesContext(connection) as large:
        boss.get(address(row=levels, column=["company_type"], m=[COUNT, "customer_rank:sum"]))
    assert len(large) <= len(small)


def test_a_head_asks_by_what_it_shall_be_opened_and_then_is(boss, people):
    country = Country.objects.get(code="SG").pk
    page = boss.get(address(row=["country_id"], column=[""], menu="row", menu_at=f"[{country}]"))
    assert "Open Singapore by" in page.content.decode()
    menu = page.context["asking"]["menu"]
    url = next(one.url for one in [*menu.first, *menu.more] if "row_next=city" in one.url)
    table = boss.get(url).context["table"]
    cities = {one.city for one in people if one.country_id == country}
    below = [line.head.path for line in table.lines if len(line.head.path) == 2]
    assert (len(below), {path[0] for path in below}) == (len(cities), {country})
    head = next(line.head for line in table.lines if line.head.path == (country,))
    assert head.is_open
    closed = boss.get(head.url).context["table"]
    assert [line.head.path for line in closed.lines if len(line.head.path) == 2] == []


def test_sides_are_exchanged_and_rows_sorted_by_a_column(boss, people):
    page = boss.get(address(row=["country_id"], column=["company_type"], m=[COUNT]))
    flipped = boss.get(page.context["flip_url"]).context["pivot"]
    assert (flipped.row.levels, flipped.column.levels) == (("company_type",), ("country_id",))
    total = page.context["table"].columns[-1]
    down = boss.get(total.url).context["table"]
    numbers = [int(line.figures[-1].sums[None]) for line in down.lines]
    assert numbers == sorted(numbers, reverse=True)
    up = boss.get(down.columns[-1].url).context["table"]
    assert [int(line.figures[-1].sums[None]) for line in up.lines] == sorted(numbers)


def test_search_and_filters_narrow_the_figures(boss, people):
    page = boss.get(address(f="companies", row=["city"], column=[""], m=[COUNT]))
    total = page.context["table"].total.figures[0]
    assert int(total.sums[None]) == sum(one.is_company for one in people)


@pytest.mark.parametrize(
    "query",
    [
        {"row": "no_such_field"},
        {"row": "create_date:century"},
        {"row": "create_date"},
        {"row": "country_id:month"},
        {"row": ["country_id", "city", "state_id", "lang", "type"]},
        {"m": "name:sum"},
        {"m": "customer_rank:array_agg"},
        {"m": "no_such:sum"},
        {"row_at": "[1"},
        {"row_at": '[{"a":1}]'},
        {"row_at": "[" * 5000},
        {"row": "create_date:month", "row_next": "city", "row_at": '["never"]'},
        {"menu": "row", "menu_at": "null"},
    ],
)
@pytest.mark.parametrize("page", [AT, f"{AT}pivot/"])
def test_a_damaged_address_gets_a_sentence(boss, query, page):
    answer = boss.get(f"{page}?{urlencode({'v': 'pivot', **query}, doseq=True)}")
    if page.endswith("pivot/") and "menu" in query:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("key", ["[10000000000000000000000]", '["1;drop table"]', "[0]"])
def test_a_head_that_is_not_there_opens_nothing(boss, people, key):
    page = boss.get(address(row="country_id", row_next="city", row_at=key, column="", m=COUNT))
    assert page.status_code == 200
    assert {len(line.head.path) for line in page.context["table"].lines} == {1}


def test_whoever_may_not_read_the_noun_gets_neither_page_nor_sheet(people, tono_at_work):
    assert tono_at_work.get(address()).status_code == 403
    assert tono_at_work.get(f"{AT}pivot/").status_code == 403


def test_too_many_figures_are_told_and_not_drawn(boss, people, monkeypatch):
    monkeypatch.setattr("web.screens.cubes.MOST_CELLS", 20)
    page = boss.get(address(row=["name"], column=[""], m=[COUNT]))
    assert page.status_code == 200
    assert "There are more than 20 figures here." in page.content.decode()
    assert boss.get(f"{AT}pivot/?row=name").status_code == 422


def test_the_sheet_holds_numbers_and_merged_heads(boss, people):
    query = {
        "row": ["country_id", "city"],
        "column": ["company_type"],
        "m": [COUNT, "customer_rank:sum"],
    }
    Partner.objects.filter(pk=people[0].pk).update(city="=cmd|'/c calc'!A1")
    answer = boss.get(f"{AT}pivot/?{urlencode(query, doseq=True)}")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    page = boss.get(address(**query)).context["table"]
    assert len(rows) == len(page.lines) + 3
    assert rows[-1][0] == "Total"
    assert rows[-1][1:] == [float(one.sums[None]) for one in page.total.figures]
    assert rows[1][1:3] == ["Count", measure(call(), "customer_rank:sum").label]
    assert len(sheet.merged_cell_ranges) == len(page.tops[0])
    assert "=cmd|'/c calc'!A1" in [row[0] for row in rows]


def test_only_the_fields_that_somebody_sees_are_offered_or_taken(boss, people, person, guarded):
    sari = signed_in(person("budi", "Employee"))
    page = sari.get(address(row=["country_id"]))
    offered = [
        one.url for side in page.context["sides"] for one in (*side.menu.first, *side.menu.more)
    ]
    offered += [one.url for group in page.context["measured"] for one in group.choices]
    assert [url for url in offered if f"={guarded}" in url] == []
    assert sari.get(address(row=[guarded])).status_code == 422
    assert sari.get(address(m=[f"{guarded}:sum"])).status_code == 422
    assert boss.get(address(m=[f"{guarded}:sum"])).status_code == 200
