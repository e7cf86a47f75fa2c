"""What several people do at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from base.models import ProductCategory, Sequence
from base.services import numbering

pytestmark = pytest.mark.django_db(transaction=True)

MARCH = date(2026, 3, 2)


def together(*deeds):
    """Let every deed begin at the same moment, each in a transaction of its own; answers what each answered."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            with transaction.atomic():
                start.wait(timeout=10)
                return deed()
        except IntegrityError as refusal:
            return refusal.__cause__.diag.constraint_name
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("attempt", range(3))
def test_two_people_cannot_close_a_circle_together(attempt):
    one, two = (ProductCategory.objects.create(name=name) for name in ("One", "Two"))

    def hang(child, parent):
        return lambda: ProductCategory.objects.filter(pk=child.pk).update(parent=parent)

    answers = together(hang(one, two), hang(two, one))
    assert sorted(map(str, answers)) == ["1", "base_productcategory_no_circle"]


@pytest.mark.parametrize("implementation", ["standard", "no_gap"])
def test_numbers_taken_at_once_are_all_different(implementation):
    sequence = Sequence.objects.create(
        name="Orders", implementation=implementation, uses_ranges=True
    )
    taken = together(*[lambda: numbering.next_of(sequence, on=MARCH)] * 8)
    assert sorted(taken) == ["1", "2", "3", "4", "5", "6", "7", "8"]
