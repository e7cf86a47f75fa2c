"""Searching a screen: what typing offers, what is in force, and how a screen opens."""

import html
import re
from dataclasses import replace

import pytest
from django.http import QueryDict

from base.models import Country, Partner
from web.screens import registry
from web.screens.asked import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    indonesia = Country.objects.get(code="ID")
    rows = [
        Partner(name=f"Warung {number:02d}", city=("Solo", "Bandung")[number % 2], is_company=True)
        for number in range(6)
    ]
    rows += [Partner(name="Siti Aminah", city="Solo", country=indonesia)]
    return Partner.objects.bulk_create(rows)


def names(answer):
    """The first cells of a list's rows."""
    page = answer.content.decode()
    found = re.findall(r'<th scope="row" class="main"[^>]*>(.*?)</th>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def choices(answer):
    """What the search box offers, as words and addresses."""
    found = re.findall(r'data-url="([^"]*)">(.*?)</li>', answer.content.decode(), re.DOTALL)
    return {
        " ".join(re.sub(r"<[^>]+>", "", html.unescape(said)).split()): html.unescape(url)
        for url, said in found
    }


def test_typing_offers_a_search_in_every_field_that_is_searched(boss, people):
    found = choices(boss.get("/people/offers/", {"typed": "Solo"}))
    country = found.pop("Country is: Solomon Islands")
    assert names(boss.get(country)) == []
    assert list(found) == [
        f"Search {one} for: Solo"
        for one in (
            "Name",
            "E-mail",
            "Phone",
            "City",
            "Tax number (NPWP, VAT)",
            "Our reference",
            "Country",
            "Tags",
        )
    ]
    assert len(names(boss.get(found["Search City for: Solo"]))) == 4


def test_typing_offers_records_filters_and_groupings_of_that_name(boss, people):
    found = choices(boss.get("/people/offers/", {"typed": "indones"}))
    assert names(boss.get(found["Country is: Indonesia"]))[-1] == "Siti Aminah"
    assert found.keys() >= {"Search Country for: indones"}
    assert "Filter: Companies" in choices(boss.get("/people/offers/", {"typed": "compan"}))
    assert "Group by: Country" in choices(boss.get("/people/offers/", {"typed": "country"}))


def test_searches_in_one_field_are_alternatives_and_fields_narrow_each_other(boss, people):
    both = boss.get("/people/", {"s": ["city:solo", "city:bandung"]})
    assert len(names(both)) == 7
    assert names(boss.get("/people/", {"s": ["city:solo", "name:siti"]})) == ["Siti Aminah"]


def test_what_a_field_cannot_hold_is_told(boss):
    answer = boss.get("/people/", {"s": "country_id:x", "d": '[["no_such","=",1]]'})
    assert answer.status_code == 422
    answer = boss.get("/people/", {"s": "secret:x"})
    assert (answer.status_code, "“secret” cannot be searched" in answer.content.decode()) == (
        422,
        True,
    )


def test_a_condition_says_names_of_links_and_spans_of_time(boss, people):
    indonesia = Country.objects.get(code="ID")
    page = boss.get("/people/", {"d": f'[["country_id","=",{indonesia.pk}]]'}).content.decode()
    assert "Country is “Indonesia”" in html.unescape(page)
    domain = '[["create_date",">=","today =1d"],["create_date","<","today =1d +1m"]]'
    page = html.unescape(boss.get("/people/", {"d": domain, "q": "siti"}).content.decode())
    assert re.search(r"Created[^<]*: this month", page)


def test_dates_are_grouped_by_every_period(boss, people):
    page = boss.get("/people/").content.decode()
    periods = re.findall(r'href="/people/\?g=create_date%3A(\w+)"', page)
    assert periods == ["year", "quarter", "month", "week", "day"]
    for period in periods:
        assert boss.get("/people/", {"g": f"create_date:{period}"}).status_code == 200


def test_a_screen_opens_with_its_filters_and_an_emptied_search_stays_empty():
    screen = replace(registry.find("people"), default=("companies",))
    asked = Asked.opened(screen, QueryDict(""), "/people/", None)
    assert [one.key for one in asked.filters] == ["companies"]
    assert asked.without("f", "companies") == "/people/?all=1"
    emptied = Asked.opened(screen, QueryDict("all=1"), "/people/", None)
    assert (emptied.filters, emptied.domain) == ([], [])
    assert emptied.also("f", "companies") == "/people/?f=companies"
