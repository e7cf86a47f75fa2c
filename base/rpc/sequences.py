"""Sequences on the wire: numbers of documents, and how they are written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import Sequence, SequenceRange
from base.services import numbering
from base.services.numbering import NoSequence
from rpc import access, computed, expose, model_method, record_method
from rpc.context import Call
from rpc.faults import value_error
from rpc.fields import Field
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows
from rpc.writing.values import python_value

DAY = Field(name="sequence_date", type="date", label=_("Date"))


def next_by_code(call: Call, sequence_code: Any, sequence_date: Any = None) -> Any:
    """The next number of the sequence with a code: the current company's, else the shared one; false without one."""
    access.require(call, "read")
    on = python_value(call, DAY, sequence_date) or call.today()
    try:
        return numbering.next_by_code(str(sequence_code), company_id=call.company_id, on=on)
    except NoSequence:
        return False


def next_by_id(call: Call, ids: Any, sequence_date: Any = None) -> str:
    """The next number of a sequence."""
    access.require(call, "read")
    rows = list(found_rows(call, row_ids(ids), "read"))
    if len(rows) != 1:
        raise value_error(f"Expected singleton: ir.sequence{tuple(row_ids(ids))}")
    return numbering.next_of(rows[0], on=python_value(call, DAY, sequence_date) or call.today())


def upcoming(call: Call, ids: list[int]) -> dict[int, int]:
    """The numbers that would be taken next."""
    model: Any = call.exposure.model
    return {row.pk: numbering.upcoming(row) for row in model._default_manager.filter(pk__in=ids)}


NEXT = computed(
    "number_next_actual",
    "integer",
    label=_("Actual Next Number"),
    function=upcoming,
    write=lambda number: {"next_number": number},
)

expose(
    "ir.sequence",
    model=Sequence,
    label=_("Sequence"),
    order="name, id",
    writes="""
        name code implementation is_active prefix suffix number_next=next_number number_increment=increment padding
        company use_date_range=uses_ranges date_range_ids=ranges
    """,
    required="number_next number_increment padding",
    computed=(NEXT,),
    methods={
        "next_by_code": model_method(next_by_code),
        "next_by_id": record_method(next_by_id),
    },
)

expose(
    "ir.sequence.date_range",
    model=SequenceRange,
    label=_("Sequence Date Range"),
    order="date_from, id",
    writes="sequence date_from=start_date date_to=end_date number_next=next_number",
    computed=(NEXT,),
)
