"""Searching a screen: what typing offers, what is in force, and how a screen opens."""

import html
import json
import re
from dataclasses import replace

import pytest
from django.http import QueryDict

from base.models import Country, Partner
from web.screens import registry
from web.screens.asked import Asked
from web.screens.spans import SPANS

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
    found = choices(boss.get("/contacts/offers/", {"typed": "Solo"}))
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
            "Belongs to",
        )
    ]
    assert len(names(boss.get(found["Search City for: Solo"]))) == 4


def test_typing_offers_records_filters_and_groupings_of_that_name(boss, people):
    found = choices(boss.get("/contacts/offers/", {"typed": "indones"}))
    assert names(boss.get(found["Country is: Indonesia"]))[-1] == "Siti Aminah"
    assert found.keys() >= {"Search Country for: indones"}
    assert "Filter: Companies" in choices(boss.get("/contacts/offers/", {"typed": "compan"}))
    assert "Group by: Country" in choices(boss.get("/contacts/offers/", {"typed": "country"}))


def test_searches_in_one_field_are_alternatives_and_fields_narrow_each_other(boss, people):
    both = boss.get("/contacts/", {"s": ["city:solo", "city:bandung"]})
    assert len(names(both)) == 7
    assert names(boss.get("/contacts/", {"s": ["city:solo", "name:siti"]})) == ["Siti Aminah"]


def test_what_a_field_cannot_hold_is_told(boss):
    answer = boss.get("/contacts/", {"s": "country_id:x", "d": '[["no_such","=",1]]'})
    assert answer.status_code == 422
    answer = boss.get("/contacts/", {"s": "secret:x"})
    assert (answer.status_code, "“secret” cannot be searched" in answer.content.decode()) == (
        422,
        True,
    )


def test_a_condition_says_names_of_links_and_spans_of_time(boss, people):
    indonesia = Country.objects.get(code="ID")
    page = boss.get("/contacts/", {"d": f'[["country_id","=",{indonesia.pk}]]'}).content.decode()
    assert "Country is “Indonesia”" in html.unescape(page)
    domain = '[["create_date",">=","today =1d"],["create_date","<","today =1d +1m"]]'
    page = html.unescape(boss.get("/contacts/", {"d": domain, "q": "siti"}).content.decode())
    assert re.search(r"Created[^<]*: this month", page)


def test_dates_are_grouped_by_every_period(boss, people):
    page = boss.get("/contacts/").content.decode()
    periods = re.findall(r'href="/contacts/\?g=create_date%3A(\w+)"', page)
    assert periods == ["year", "quarter", "month", "week", "day"]
    for period in periods:
        assert boss.get("/contacts/", {"g": f"create_date:{period}"}).status_code == 200


def test_a_screen_opens_with_its_filters_and_an_emptied_search_stays_empty():
    screen = replace(registry.find("contacts"), default=("companies",))
    asked = Asked.opened(screen, QueryDict(""), "/contacts/", None)
    assert [one.key for one in asked.filters] == ["companies"]
    assert asked.without("f", "companies") == "/contacts/?all=1"
    emptied = Asked.opened(screen, QueryDict("all=1"), "/contacts/", None)
    assert (emptied.filters, emptied.domain) == ([], [])
    assert emptied.also("f", "companies") == "/contacts/?f=companies"


def built(client, **sent):
    """Where the form that puts a condition together leads."""
    answer = client.get("/contacts/build/", {"_apply": "1", "_n": "1", **sent})
    return html.unescape(answer.url) if answer.status_code == 302 else answer


def domains_in(address):
    return [json.loads(one) for one in QueryDict(address.partition("?")[2]).getlist("d")]


def test_conditions_are_put_together_with_and_and_or(boss, people):
    rows = {"_n": "3", "_f0": "city", "_o0": "is", "_v0": "Solo", "_k0": "0"}
    rows |= {"_f1": "city", "_o1": "contains", "_v1": "bandu", "_k1": "0"}
    rows |= {"_f2": "is_company", "_o2": "no", "_k2": "1"}
    address = built(boss, list="q=s", **rows)
    assert domains_in(address) == [
        ["&", "|", ["city", "=", "Solo"], ["city", "ilike", "bandu"], ["is_company", "=", False]]
    ]
    assert names(boss.get(address)) == ["Siti Aminah"]
    either = domains_in(built(boss, _top="any", **rows))
    assert either == [
        ["|", "&", ["city", "=", "Solo"], ["city", "ilike", "bandu"], ["is_company", "=", False]]
    ]


def test_dates_are_compared_with_spans_that_follow_the_calendar(boss, people):
    address = built(boss, _f0="create_date", _o0="within", _v0="last_30")
    assert domains_in(address) == [
        ["&", ["create_date", ">=", "today -29d"], ["create_date", "<", "today +1d"]]
    ]
    page = html.unescape(boss.get(address).content.decode())
    assert "the last 30 days" in page
    assert names(boss.get(f"{address}&q=siti")) == ["Siti Aminah"]


@pytest.mark.parametrize("span", sorted(SPANS))
def test_every_span_is_one_that_the_engine_reads_and_the_chip_says(boss, span):
    address = built(boss, _f0="create_date", _o0="within", _v0=span)
    answer = boss.get(address)
    assert answer.status_code == 200
    assert str(SPANS[span].label) in html.unescape(answer.content.decode())


def test_a_condition_is_changed_where_it_was_made(boss, people):
    rows = {"_n": "2", "_f0": "city", "_o0": "is", "_v0": "Solo", "_k0": "0"}
    rows |= {"_f1": "create_date", "_o1": "within", "_v1": "this_year", "_k1": "1"}
    made = built(boss, list="f=companies", **rows)
    page = boss.get(made).content.decode()
    change = html.unescape(re.search(r'class="facet-change" href="([^"]*)"', page)[1])
    form = boss.get(change).content.decode()
    sent = re.findall(r'name="_v\d" value="([^"]*)"|value="(this_year)" selected', form)
    assert sent == [("Solo", ""), ("", "this_year")]
    query = QueryDict(change.partition("?")[2])
    again = built(boss, list=query["list"], edit=query["edit"], _f0="city", _o0="is", _v0="Bandung")
    assert domains_in(again) == [[["city", "=", "Bandung"]]]
    assert "f=companies" in again


def test_the_form_grows_and_shrinks_without_a_script(boss):
    sent = {"_n": "1", "_f0": "city", "_o0": "is", "_v0": "Solo", "_k0": "0"}
    grown = boss.get("/contacts/build/", sent | {"_more": "0"}).content.decode()
    assert re.findall(r'name="_k(\d)" value="(\d)"', grown) == [("0", "0"), ("1", "0")]
    grown = boss.get("/contacts/build/", sent | {"_block": "1"}).content.decode()
    assert re.findall(r'name="_k(\d)" value="(\d)"', grown) == [("0", "0"), ("1", "1")]
    shrunk = boss.get("/contacts/build/", sent | {"_n": "2", "_drop": "1"}).content.decode()
    assert shrunk.count('class="builder-row"') == 1


@pytest.mark.parametrize(
    ("field", "operator", "value", "sentence"),
    [
        ("city", "is", " ", "Say with what City is compared."),
        ("create_date", "within", "some_day", "Choose a span of time."),
        ("create_date", "on", "yesterday", "Enter a valid date."),
        ("company_type", "is", "cat", "Choose one of the values of"),
        ("customer_rank", "above", "many", "Enter a number."),
    ],
)
def test_a_value_that_does_not_fit_is_told_beside_its_box(boss, field, operator, value, sentence):
    answer = built(boss, _f0=field, _o0=operator, _v0=value)
    assert (answer.status_code, sentence in html.unescape(answer.content.decode())) == (422, True)


def test_a_search_in_names_is_called_so_where_it_is_in_force(boss, people):
    page = boss.get("/contacts/?s=display_name:siti").content.decode()
    assert re.findall(r'<span class="facet-name">(.*?)</span>', page) == ["Name"]
