"""Lists: found, sorted and paged, whatever rows come and go."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from base.models import Partner, ProductTemplate
from web.listing import Listing, Sort

SORTS = (
    Sort(key="name", field="sort_name"),
    Sort(key="zip", field="zip"),
    Sort(key="of", field="parent__sort_name", empty=""),
)


@pytest.fixture
def partners(db):
    """Twenty-three of them; postcodes repeat, so that places are decided by id too."""
    return Partner.objects.bulk_create(
        [
            Partner(name=f"List {number:02}", zip=str(number % 3), reference="LIST")
            for number in range(23)
        ]
    )


def listing(path="/list/", per_page=5, default="name"):
    request = RequestFactory().get(path)
    rows = Partner.objects.filter(reference="LIST")
    return Listing(request, rows, sorts=SORTS, default=default, per_page=per_page)


def walked(first, step):
    """All rows seen by following a link from page to page."""
    page, seen = first, []
    while True:
        seen.append([row.name for row in page.rows])
        url = getattr(page, step)
        if not url:
            return seen
        page = listing(url, default=first.default)


@pytest.mark.parametrize("sort", ["name", "-name", "zip", "-zip", "of", "-of"])
def test_walking_forward_sees_every_row_once_in_order(partners, sort):
    pages = walked(listing(f"/list/?sort={sort}"), "next_url")
    seen = [name for page in pages for name in page]
    keys = {
        row.name: (
            (row.zip, row.pk)
            if "zip" in sort
            else ("", row.pk)
            if "of" in sort
            else (row.name, row.pk)
        )
        for row in partners
    }
    assert seen == sorted(keys, key=keys.get, reverse=sort.startswith("-"))
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


def test_walking_back_sees_the_same_pages(partners):
    forward = walked(listing("/list/?sort=-zip"), "next_url")
    page = listing("/list/?sort=-zip")
    while page.next_url:
        page = listing(page.next_url)
    backward = walked(page, "previous_url")
    assert [name for page in reversed(backward) for name in page] == [
        name for page in forward for name in page
    ]


def test_a_row_that_comes_in_front_moves_nobody_twice(partners):
    following = listing().next_url
    Partner.objects.create(name="List 00 a", reference="LIST")
    assert [row.name for row in listing(following).rows] == [
        "List 05",
        "List 06",
        "List 07",
        "List 08",
        "List 09",
    ]


def test_the_place_of_a_page_is_said(partners):
    second = listing(listing().next_url)
    assert (second.first, second.last, second.count) == (6, 10, 23)


@pytest.mark.parametrize("after", ["nonsense", "WyJhIl0=", "bnVsbA==", "WyJhIiwgIngiXQ==", "é"])
def test_a_place_that_cannot_be_read_begins_at_the_front(partners, after):
    page = listing(f"/list/?after={after}&at=7")
    assert (page.first, page.rows[0].name) == (1, "List 00")


def test_an_unknown_sort_is_the_usual_one(partners):
    assert listing("/list/?sort=password").sorted_by == "name"


def test_search_finds_all_words_whatever_case_and_accents(partners):
    Partner.objects.create(name="Café Déjà Vu", reference="LIST")
    assert [row.name for row in listing("/list/?q=VU+cafe").rows] == ["Café Déjà Vu"]


@pytest.mark.parametrize("text", ["'; DROP TABLE base_partner; --", "%", "_", "\\", "%00", "100%"])
def test_search_takes_signs_as_signs(partners, text):
    assert listing(f"/list/?q={text.replace('%', '%25')}").rows == []


def test_names_in_two_languages_are_sorted_as_the_reader_sees_them(db):
    for english, indonesian in (("Apple", "Zaitun"), ("Pear", "Apel"), ("Only English", "")):
        ProductTemplate.objects.create(
            name_en=english, name_ind=indonesian or None, unit_id=1, list_price=987
        )
    found = {}
    for language in ("en", "id"):
        with translation.override(language):
            rows = ProductTemplate.objects.filter(list_price=987)
            request = RequestFactory().get("/list/")
            sorts = (Sort(key="name", field="name", empty=""),)
            page = Listing(request, rows, sorts=sorts, default="name", per_page=2)
            again = RequestFactory().get(page.next_url)
            rest = Listing(again, rows, sorts=sorts, default="name", per_page=2)
            found[language] = [row.name for row in (*page.rows, *rest.rows)]
    assert found == {
        "en": ["Apple", "Only English", "Pear"],
        "id": ["Apel", "Only English", "Zaitun"],
    }
