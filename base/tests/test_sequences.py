"""Numbers without gaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from base import sequences
from base.models import Counter

pytestmark = pytest.mark.django_db


def test_take_begins_at_one_and_goes_on():
    assert sequences.take({"a": 2}) == {"a": range(1, 3)}
    assert sequences.take({"a": 1, "b": 3}) == {"a": range(3, 4), "b": range(1, 4)}


def test_take_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sequences.take({}) == {}


def test_take_asks_once_for_any_number_of_keys(django_assert_num_queries):
    with django_assert_num_queries(1):
        sequences.take({f"key {n}": n + 1 for n in range(50)})


def test_a_rolled_back_transaction_gives_its_numbers_back():
    sequences.take({"a": 1})
    with transaction.atomic():
        sequences.take({"a": 1})
        transaction.set_rollback(True)

    assert sequences.take({"a": 1}) == {"a": range(2, 3)}


@pytest.mark.django_db(transaction=True)
def test_twenty_four_takers_leave_no_gap():
    def take(number):
        try:
            with transaction.atomic():
                taken = sequences.take({"x": 1, "y": 1} if number % 2 else {"y": 1, "x": 1})
                gives_up = number % 6 == 0
                transaction.set_rollback(gives_up)
                return None if gives_up else taken["x"][0]
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        numbers = [number for number in pool.map(take, range(24)) if number]

    assert sorted(numbers) == list(range(1, 21))
    assert Counter.objects.get(key="y").value == 20
