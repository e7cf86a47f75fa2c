"""Dashboards: cards over screens, what they come to, where they lead, and who sees them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from base.actors import Actor
from base.models import Partner, User
from web.screens.dashboards import Dashboard, Number, Picture, Rows, Told, painted, trend
from web.screens.registry import of_exposure

pytestmark = pytest.mark.django_db
SCREEN = of_exposure("res.partner").key
COMPANIES = [["is_company", "=", True]]


@pytest.fixture
def people():
    Partner.objects.all().update(is_active=False)
    return [
        Partner.objects.create(name=f"P{place}", is_company=place < 3, city="Solo")
        for place in range(5)
    ]


@pytest.fixture
def keeper():
    return Actor.of(User.objects.get(pk=2))


def card(kind, **how):
    return kind(label="Card", screen=SCREEN, **how)


def only(card, actor):
    [found] = painted(Dashboard(label="Home", cards=(card,)), actor)
    return found.said


def test_a_number_opens_as_many_rows_as_it_says(boss, keeper, people):
    said = only(card(Number, domain=COMPANIES), keeper)
    assert said["lines"] == ["3"]
    assert boss.get(said["url"]).context["listing"].count == 3
    said = only(card(Number, filters=("individuals",)), keeper)
    assert said["lines"] == ["2"]
    assert boss.get(said["url"]).context["listing"].count == 2


def test_a_number_of_this_month_is_compared_with_the_last(boss, keeper, people):
    first = timezone.localdate().replace(day=1)
    moment = timezone.now().replace(day=1) - timedelta(days=5)
    Partner.objects.filter(pk__in=[people[0].pk, people[1].pk]).update(created_at=moment)
    said = only(card(Number, month="create_date"), keeper)
    assert (said["lines"], said["trend"]) == (["3"], "50% more than in the month before")
    assert boss.get(said["url"]).context["listing"].count == 3
    assert first.isoformat() in said["url"]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (3, 2, "50% more than in the month before"),
        (1, 4, "75% less than in the month before"),
        (4, 4, "as in the month before"),
        (4, 0, ""),
    ],
)
def test_a_trend_is_told_in_words(now, before, expected):
    assert trend({None: Decimal(now)}, {None: Decimal(before)}) == expected


def test_a_trend_is_not_told_across_currencies():
    assert trend({1: Decimal(1)}, {2: Decimal(1)}) == ""
    assert trend({1: Decimal(1), 2: Decimal(1)}, {1: Decimal(1), 2: Decimal(1)}) == ""


def test_a_picture_and_a_list_show_what_their_screens_do(boss, keeper, people):
    said = only(card(Picture, by="city", series="is_company"), keeper)
    [chart] = said["charts"]
    assert {one.label: [int(dot.value) for dot in one.dots] for one in chart.series} == {
        "No": [2],
        "Yes": [3],
    }
    assert boss.get(said["url"]).context["pictures"].charts[0].points == ["Solo"]
    said = only(card(Rows, columns=("city",), order="id desc", most=2), keeper)
    assert [row.name for row in said["rows"]] == ["P4", "P3"]
    assert boss.get(said["url"]).context["listing"].count == 5


def test_cards_are_left_out_where_somebody_may_not_look(tono, people):
    told = Told(label="Told", tell=lambda _sight: {}, template="x.html", permission="base.no")
    silent = Told(label="Silent", tell=lambda _sight: None, template="x.html")
    elsewhere = Number(label="Elsewhere", screen="no-such-screen")
    cards = (card(Number), card(Rows), told, silent, elsewhere)
    assert painted(Dashboard(label="Home", cards=cards), Actor.of(tono)) == []


def test_what_two_cards_tell_is_asked_once(keeper):
    asked = []

    def tell(sight):
        asked.append(sight.actor)
        return {"sum": 1}

    cards = [Told(label=name, tell=tell, template="x.html") for name in ("One", "Two")]
    found = painted(Dashboard(label="Home", cards=tuple(cards)), keeper)
    assert ([one.said for one in found], len(asked)) == ([{"sum": 1}] * 2, 1)


def test_each_card_over_a_screen_asks_a_fixed_number_of_times(keeper, people):
    cards = (card(Number), card(Picture, by="city"), card(Rows, columns=("city",)))
    board = Dashboard(label="Home", cards=cards)
    painted(board, keeper)
    with CaptureQueriesContext(connection) as seen:
        painted(board, keeper)
    assert len(seen) <= len(cards)
