"""Document numbers from configured sequences."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from base.errors import Invalid
from base.models import Sequence
from base.services import numbering, parameters, records
from base.services.numbering import NoSequence

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 2)


def test_numbers_are_written_as_configured():
    sequence = Sequence.objects.create(
        name="Orders", code="order", prefix="SO/%(year)s/%(month)s/", suffix="-%(y)s", padding=5
    )
    taken = [numbering.next_of(sequence, on=MARCH) for _ in range(2)]
    assert taken == ["SO/2026/03/00001-26", "SO/2026/03/00002-26"]


@pytest.mark.parametrize("implementation", ["standard", "no_gap"])
def test_date_ranges_begin_anew(implementation):
    sequence = Sequence.objects.create(
        name="X",
        prefix="%(range_year)s/",
        padding=3,
        uses_ranges=True,
        implementation=implementation,
    )
    days = [MARCH, date(2026, 12, 31), date(2027, 1, 1)]
    assert [numbering.next_of(sequence, on=day) for day in days] == [
        "2026/001",
        "2026/002",
        "2027/001",
    ]


def test_a_range_is_cut_short_by_its_neighbours():
    sequence = Sequence.objects.create(name="X", uses_ranges=True)
    sequence.ranges.create(start_date=date(2025, 7, 1), end_date=date(2026, 2, 28))
    numbering.next_of(sequence, on=MARCH)
    drawn = sequence.ranges.get(start_date=date(2026, 3, 1))
    assert drawn.end_date == date(2026, 12, 31)
    with pytest.raises(IntegrityError):
        sequence.ranges.create(start_date=MARCH, end_date=MARCH)


def test_a_number_without_gap_comes_back_when_the_document_fails():
    sequence = Sequence.objects.create(name="X", implementation="no_gap")
    with transaction.atomic():
        assert numbering.next_of(sequence, on=MARCH) == "1"
        transaction.set_rollback(True)
    assert numbering.next_of(sequence, on=MARCH) == "1"


def test_a_new_next_number_and_step_are_obeyed():
    sequence = Sequence.objects.create(name="X")
    numbering.next_of(sequence, on=MARCH)
    sequence.next_number, sequence.increment = 100, 10
    sequence.save()
    assert [numbering.next_of(sequence, on=MARCH) for _ in range(2)] == ["100", "110"]


def test_the_companys_own_sequence_goes_before_the_shared_one(house):
    Sequence.objects.create(name="Shared", code="order", prefix="S")
    Sequence.objects.create(name="Own", code="order", prefix="O", company=house)
    assert numbering.next_by_code("order", company_id=house.pk, on=MARCH) == "O1"
    assert numbering.next_by_code("order", company_id=None, on=MARCH) == "S1"


def test_next_by_code_refuses_an_unknown_code():
    with pytest.raises(NoSequence) as caught:
        numbering.next_by_code("nothing", company_id=None, on=MARCH)
    assert str(caught.value) == "There is no active sequence with the code nothing."


@pytest.mark.parametrize("prefix", ["%(yeer)s/", "100%", "%s"])
def test_a_prefix_that_cannot_be_written_is_refused(admin, prefix):
    with pytest.raises(Invalid) as caught:
        records.create(Sequence, [{"name": "X", "prefix": prefix}], by=admin)
    assert list(caught.value.fields) == ["prefix"]


def test_parameters_answer_what_was_there_before(admin):
    assert parameters.value("a.key", "default") == "default"
    assert parameters.put("a.key", "7", by=admin) is None
    assert parameters.put("a.key", "8", by=admin) == "7"
    assert parameters.number("a.key", 1) == 8
    assert parameters.put("a.key", None, by=admin) == "8"
    assert parameters.number("a.key", 1) == 1
