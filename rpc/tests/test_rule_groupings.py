"""Groupings: every row is in its group and found again by the group's domain; figures are those of its rows."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpc.context import Call
from rpc.domains.parse import both, parse
from rpc.methods.grouping import formatted_read_group, read_group
from rpc.reading.rows import count
from rpc.registry import find
from rpc.tests.conftest import Refusal
from rpc.tests.plain_rows import ZONES, tables

__all__ = ["tables"]
PERIODS = ["hour", "day", "week", "month", "quarter", "year"]
CUT = ["year_number", "quarter_number", "month_number", "iso_week_number", "day_of_week"]
VALUES = ["name", "note", "type", "priority", "probability", "expected_revenue", "is_hot"]
LINKS = ["partner_id", "parent_id", "tag_ids", "partner_id.country_id", "partner_id.city"]
DATED = [f"{f}:{p}" for f in ("date_deadline", "date_closed") for p in (*PERIODS[1:], *CUT)]
SPECS = [*VALUES, *LINKS, *DATED, "date_closed:hour", "date_closed:hour_number", "partner_name"]
DOMAINS = [[], [["priority", ">=", 0]], ["|", ["partner_id", "=", False], ["is_hot", "=", True]]]


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    specs=st.lists(st.sampled_from(SPECS), min_size=1, max_size=3, unique=True),
    domain=st.sampled_from(DOMAINS),
    zone=st.sampled_from(ZONES),
)
def test_every_group_finds_its_rows_and_no_others(tables, actor, specs, domain, zone):
    call = Call(find("crm.lead"), actor, {"tz": zone})
    with transaction.atomic():
        groups = formatted_read_group(call, domain, specs, ["__count"])
        for group in groups:
            assert list(group) == [*specs, "__extra_domain", "__count"]
            found = both(parse(domain), parse(group["__extra_domain"]))
            assert count(call, found) == group["__count"], (specs, group)
        if "tag_ids" not in specs:
            assert sum(group["__count"] for group in groups) == count(call, parse(domain))
        older = read_group(call, domain, ["__count"], specs, lazy=False)
        assert [row["__count"] for row in older] == [group["__count"] for group in groups]
        for row in older:
            assert count(call, parse(row["__domain"])) == row["__count"], (specs, row)


FIGURES = {
    "sum": lambda held: sum(held) if held else False,
    "avg": lambda held: sum(held) / len(held) if held else False,
    "min": lambda held: min(held) if held else False,
    "max": lambda held: max(held) if held else False,
    "count": len,
    "count_distinct": lambda held: len(set(held)),
}


@pytest.mark.parametrize("field", ["priority", "probability", "expected_revenue"])
def test_figures_are_those_of_the_rows(rpc, tables, field):
    table, _ids = tables
    specs = [f"{field}:{figure}" for figure in FIGURES]
    groups = rpc("crm.lead", "formatted_read_group", [], ["type"], specs)
    assert [group["type"] for group in groups] == ["lead", "opportunity"]
    for group in groups:
        rows = [row for row in table.rows.values() if row["type"] == group["type"]]
        held = [float(row[field]) for row in rows if row[field] is not None]
        for figure, work_out in FIGURES.items():
            assert group[f"{field}:{figure}"] == pytest.approx(work_out(held))


def test_figures_of_truths_and_lists(rpc, tables):
    table, _ids = tables
    specs = [
        "is_hot:bool_and",
        "is_hot:bool_or",
        "id:array_agg",
        "id:recordset",
        "priority:array_agg",
    ]
    [group] = rpc("crm.lead", "formatted_read_group", [], [], specs)
    ids = sorted(table.rows)
    assert group == {
        "__extra_domain": [[1, "=", 1]],
        "is_hot:bool_and": False,
        "is_hot:bool_or": True,
        "id:array_agg": ids,
        "id:recordset": ids,
        "priority:array_agg": [
            False if table.rows[pk]["priority"] is None else table.rows[pk]["priority"]
            for pk in ids
        ],
    }


def test_figures_of_nothing(rpc, tables):
    specs = ["__count", "priority:sum", "priority:count", "priority:max", "id:array_agg"]
    assert rpc("crm.lead", "formatted_read_group", [["id", "=", 0]], [], specs) == [
        {
            "__extra_domain": [[1, "=", 1]],
            "__count": 0,
            "priority:sum": False,
            "priority:count": 0,
            "priority:max": False,
            "id:array_agg": [],
        }
    ]
    assert rpc("crm.lead", "formatted_read_group", [["id", "=", 0]], ["type"], specs) == []


LABELS = [
    ("day", ["2025-03-30", "30 Mar 2025"]),
    ("week", ["2025-03-30", "W14 2025"]),
    ("month", ["2025-03-01", "March 2025"]),
    ("quarter", ["2025-01-01", "Q1 2025"]),
    ("year", ["2025-01-01", "2025"]),
    ("month_number", 3.0),
    ("quarter_number", 1.0),
    ("day_of_week", 0.0),
    ("day_of_year", 89.0),
]


@pytest.mark.parametrize(("granularity", "shown"), LABELS, ids=str)
def test_periods_have_names(rpc, tables, granularity, shown):
    spec = f"date_deadline:{granularity}"
    domain = [["date_deadline", "=", "2025-03-30"]]
    [group] = rpc("crm.lead", "formatted_read_group", domain, [spec])
    assert group[spec] == shown


def test_names_of_periods_come_in_the_language_of_the_context(rpc, tables):
    spec, domain = "date_deadline:month", [["date_deadline", "=", "2025-03-30"]]
    context = {"lang": "id_ID"}
    [group] = rpc("crm.lead", "formatted_read_group", domain, [spec], context=context)
    assert group[spec] == ["2025-03-01", "Maret 2025"]


HOURS = [
    ("2025-03-30 22:30:00", "2025-03-30 22:00:00", "10:00 30 Mar"),
    ("2025-03-30 00:30:00", "2025-03-30 00:00:00", "12:00 30 Mar"),
]


@pytest.mark.parametrize(("moment", "start", "label"), HOURS)
def test_hours_have_names(rpc, tables, moment, start, label):
    made = rpc("crm.lead", "create", {"name": "x", "type": "lead", "date_closed": moment})
    [group] = rpc("crm.lead", "formatted_read_group", [["id", "=", made]], ["date_closed:hour"])
    assert group["date_closed:hour"] == [start, label]


REFUSED = [
    ([["nosuch"], []], "Invalid field 'nosuch' on model 'crm.lead'"),
    ([["date_deadline"], []], "Granularity not set on a date(time) field: 'date_deadline'"),
    ([["type"], ["priority:zzt"]], "Invalid aggregate method 'zzt' for 'priority:zzt'."),
    ([["type"], ["nosuch:sum"]], "Invalid field 'nosuch' on model 'crm.lead'"),
]


@pytest.mark.parametrize(("args", "message"), REFUSED, ids=str)
def test_groupings_that_make_no_sense_are_refused(rpc, tables, args, message):
    with pytest.raises(Refusal) as refused:
        rpc("crm.lead", "formatted_read_group", [], *args)
    assert (refused.value.name, refused.value.message) == ("builtins.ValueError", message)
