"""Graphs: their figures, the stretches of time without rows, their links, and what an address may not ask."""

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from base.models import Country, Partner
from web.screens.registry import of_exposure

pytestmark = pytest.mark.django_db
AT = f"/{of_exposure('res.partner').key}/"
MONTHS = {1: 3, 2: 0, 3: 2, 4: 0, 5: 1}


@pytest.fixture
def people():
    """Contacts of five months, of which two have none."""
    Partner.objects.all().update(is_active=False)
    made = []
    for month, number in MONTHS.items():
        for place in range(number):
            one = Partner.objects.create(name=f"{month}-{place}", customer_rank=month + place)
            moment = datetime(2026, month, 10, tzinfo=UTC)
            Partner.objects.filter(pk=one.pk).update(created_at=moment, is_company=bool(place))
            made.append(one)
    return made


def chart(client, **query):
    page = client.get(f"{AT}?{urlencode({'v': 'graph', **query}, doseq=True)}")
    assert page.status_code == 200
    [found] = page.context["pictures"].charts
    return found


def test_months_without_rows_are_zero(boss, people):
    found = chart(boss, by="create_date:month", series="", m="__count")
    assert found.points == ["January 2026", "February 2026", "March 2026", "April 2026", "May 2026"]
    assert [int(dot.value) for dot in found.series[0].dots] == list(MONTHS.values())


def test_an_average_of_no_rows_is_nothing_rather_than_zero(boss, people):
    found = chart(boss, by="create_date:month", series="", m="customer_rank:avg")
    assert [dot.value for dot in found.series[0].dots] == [2, None, 3.5, None, 5]


def test_a_line_adds_up_when_asked_to(boss, people):
    asked = {"by": "create_date:month", "series": "", "m": "__count", "kind": "line"}
    assert [int(dot.value) for dot in chart(boss, **asked, sum_up="1").series[0].dots] == [
        3,
        3,
        5,
        5,
        6,
    ]
    bars = chart(boss, **{**asked, "kind": "bar"}, sum_up="1")
    assert [int(dot.value) for dot in bars.series[0].dots] == [3, 0, 2, 0, 1]


def test_each_series_has_its_figures_and_each_figure_its_rows(boss, people):
    found = chart(boss, by="create_date:month", series="is_company", m="__count")
    assert {one.label: [int(dot.value) for dot in one.dots] for one in found.series} == {
        "No": [1, 0, 1, 0, 1],
        "Yes": [2, 0, 1, 0, 0],
    }
    for one in found.series:
        for dot in one.dots:
            assert boss.get(dot.url).context["listing"].count == int(dot.value)


def test_points_stand_by_size_when_asked_to(boss, people):
    found = chart(boss, by="create_date:month", series="", m="__count", rank="down")
    values = [int(dot.value) for dot in found.series[0].dots]
    assert values == sorted(values, reverse=True)


def test_of_many_points_the_largest_are_shown_and_the_rest_is_told(boss, monkeypatch):
    monkeypatch.setattr("web.screens.graphs.MOST_POINTS", 2)
    Partner.objects.all().update(is_active=False)
    for place, code in enumerate(("ID", "SG", "NL"), 1):
        for number in range(place):
            Partner.objects.create(name=f"{code}{number}", country=Country.objects.get(code=code))
    page = boss.get(f"{AT}?v=graph&by=country_id&series=&m=__count")
    [found] = page.context["pictures"].charts
    assert Counter(found.points) == Counter(["Netherlands", "Singapore"])
    assert "The largest are shown; 1 more is left out." in page.content.decode()


def test_the_table_and_the_data_of_the_picture_say_the_same(boss, people):
    found = chart(boss, by="create_date:month", series="is_company", m="customer_rank:sum")
    drawn = [[dot.text for dot in one.dots] for one in found.series]
    assert [one["texts"] for one in found.data["series"]] == drawn
    assert [[dot.text for dot in dots] for _point, dots, _total in found.lines] == [
        list(row) for row in zip(*drawn, strict=True)
    ]


def test_a_pie_and_every_kind_answer_with_few_queries(boss, people):
    boss.get(f"{AT}?v=graph")
    numbers = set()
    for kind in ("bar", "line", "pie"):
        with CaptureQueriesContext(connection) as seen:
            boss.get(f"{AT}?v=graph&kind={kind}&by=create_date:day&series=country_id")
        own = [one["sql"] for one in seen.captured_queries if "GROUPING SETS" in one["sql"]]
        numbers.add(len(own))
    assert numbers == {1}


@pytest.mark.parametrize(
    "query",
    [
        {"by": "no_such"},
        {"by": "create_date:never"},
        {"by": "country_id", "series": "no_such"},
        {"m": "name:sum"},
        {"kind": "cake"},
        {"rank": "sideways"},
    ],
)
def test_a_damaged_address_gets_a_sentence(boss, people, query):
    answer = boss.get(f"{AT}?{urlencode({'v': 'graph', **query})}")
    assert answer.status_code == 422
    assert "This link cannot be read" in answer.content.decode()


def test_no_rows_are_told(boss, people):
    page = boss.get(f"{AT}?v=graph&q=nobody-is-called-so")
    assert page.context["pictures"].charts == []
    assert "Nothing fits what you search for." in page.content.decode()
