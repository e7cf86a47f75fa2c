"""Journal items looked for by a text: along indexes the same ones are found as by a look at each."""

import pytest
from django.db import connection

from rpc import registry
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading import rows as reading
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


@pytest.fixture
def entries_of_all_sorts(draft, post):
    """Five invoices whose numbers, references and labels share parts; two of them are not posted."""
    made = [
        draft({"label": f"Çay {n}", "unit_price": 1000}, reference=f"Réf {n % 2}") for n in range(5)
    ]
    return [*made[:2], *(post(entry) for entry in made[2:])]


@pytest.mark.parametrize("text", ["cay 1", "REF 0", "INV", "cay", "%", "nothing", "\\"])
@pytest.mark.parametrize("noun", ["account.move.line", "account.move"])
def test_a_text_finds_the_same_rows_along_indexes(accountant, entries_of_all_sorts, noun, text):
    call = Call(registry.find(noun), accountant)
    for operator in ("ilike", "not ilike"):
        found = reading.search(call, parse([["display_name", operator, text]]), limit=1000)
        assert sorted(found) == sorted(each(call, [["display_name", operator, text]]))


def each(call, domain):
    """The ids of the rows for which a domain holds, each looked at by itself."""
    statement = Statement(call.language)
    frame = frame_of(call, call.exposure, statement)
    where = Where(call, call.exposure, frame).conditions(parse(domain), active_test=True)
    sql = f"SELECT t0.id FROM {frame.tables()} WHERE {where}"
    return [pk for (pk,) in reading.rows(sql, statement.values)]


def test_a_text_is_found_by_an_index(accountant, entries_of_all_sorts):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    call = Call(registry.find("account.move.line"), accountant)
    page = reading.Page(call, parse([["display_name", "ilike", "inv/2026"]]), order=False)
    sql = f"EXPLAIN {page.select('1')}"
    plan = "\n".join(line for (line,) in reading.rows(sql, page.statement.values))
    assert "accounting_item_search" in plan
