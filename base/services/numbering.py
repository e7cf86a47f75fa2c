"""Document numbers from the sequences that people configure."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from base.errors import Refused
from base.models import Sequence, SequenceRange

# Lock-free: the row's own counter would make everyone who writes a document wait for everyone else.
NEXT = "SELECT nextval(%s::regclass)"
NEXT_OF = """
SELECT CASE WHEN n.is_called THEN n.last_value + s.increment_by ELSE n.last_value END
  FROM {name} n, pg_sequences s WHERE s.sequencename = %s
"""
MAKE = "CREATE SEQUENCE IF NOT EXISTS {name} INCREMENT {step} START {start} MINVALUE 0"


class NoSequence(Refused):
    """No active sequence bears the code."""

    code = "no_sequence"
    message = _("There is no active sequence with the code %(code)s.")


def next_by_code(code: str, *, company_id: int | None, on: date) -> str:
    """The next number of the sequence with a code: the company's own, else the shared one. Refuses with `NoSequence`."""
    sequence = Sequence.objects.coded(code, company_id).first()
    if sequence is None:
        raise NoSequence(code=code)
    return next_of(sequence, on=on)


def next_of(sequence: Sequence, *, on: date) -> str:
    """The next number of a sequence on a day. Take numbers without gaps last: their counter stays locked till commit."""
    stretch = _range_of(sequence, on) if sequence.uses_ranges else None
    if sequence.implementation == Sequence.Implementation.NO_GAP:
        number = _without_gap(stretch or sequence, sequence.increment)
    else:
        number = _fast(stretch or sequence, sequence.increment)
    return sequence.written(number, on, stretch.start_date if stretch else None)


def upcoming(counter: Sequence | SequenceRange) -> int:
    """The number that would be taken next, without taking it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [_name_of(counter)])
        if cursor.fetchone()[0] is None:
            return counter.next_number
        cursor.execute(NEXT_OF.format(name=_name_of(counter)), [_name_of(counter)])
        (number,) = cursor.fetchone()
    return int(number)


def _range_of(sequence: Sequence, on: date) -> SequenceRange:
    """The date range around a day; a calendar year is begun where none was laid out."""
    around = sequence.ranges.filter(start_date__lte=on, end_date__gte=on)
    found = around.first()
    if found is None:
        Sequence.objects.select_for_update(of=("self",)).get(pk=sequence.pk)
        found = around.first() or sequence.ranges.create(**_year_around(sequence, on))
    return found


def _year_around(sequence: Sequence, on: date) -> dict[str, date]:
    """The calendar year of a day, cut short by the ranges before and after."""
    start, end = date(on.year, 1, 1), date(on.year, 12, 31)
    before = (
        sequence.ranges.filter(end_date__lt=on, end_date__gte=start).order_by("-end_date").first()
    )
    after = (
        sequence.ranges.filter(start_date__gt=on, start_date__lte=end)
        .order_by("start_date")
        .first()
    )
    if before:
        start = date.fromordinal(before.end_date.toordinal() + 1)
    if after:
        end = date.fromordinal(after.start_date.toordinal() - 1)
    return {"start_date": start, "end_date": end}


def _without_gap(counter: Sequence | SequenceRange, step: int) -> int:
    table = counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET next_number = next_number + %s WHERE id = %s RETURNING next_number - %s",  # noqa: S608
            [step, counter.pk, step],
        )
        (number,) = cursor.fetchone()
    return int(number)


def _fast(counter: Sequence | SequenceRange, step: int) -> int:
    name = _name_of(counter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0] is None:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
            cursor.execute(MAKE.format(name=name, step=step, start=counter.next_number))
        cursor.execute(NEXT, [name])
        (number,) = cursor.fetchone()
    return int(number)


def _name_of(counter: Sequence | SequenceRange) -> str:
    return f"{counter._meta.db_table}_{int(counter.pk)}_numbers"
