"""“Search more …”: all records that a box may lead to, a page at a time, with what tells them apart."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from rpc import access
from rpc import registry as exposures
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading import rows as reading
from rpc.reading.plans import EXACT
from web.pages import PageRequest
from web.screens import domains, registry
from web.screens.cells import Cells
from web.screens.refusing import readable
from web.screens.writing import with_currencies

PER_PAGE, LAST_PAGE, COLUMNS = 20, 500, 3
LONG = frozenset(("one2many", "many2many", "binary", "html", "text", "json", "reference"))


def choosing_page(
    request: PageRequest, call: Call, relation: str, text: str, domain: list[Any]
) -> HttpResponse:
    """A page of the records of a noun that a text finds, as the dialog of a box shows it."""
    asked = request.GET.get("page", "")
    page = min(int(asked), LAST_PAGE) if asked.isdecimal() and len(asked) < 6 else 1
    page = max(page, 1)
    target = exposures.find(relation)
    rows: list[dict[str, Any]] = []
    names: list[str] = []
    cells = None
    if target is not None:
        on = call.on(target)
        names = columns(on)
        wanted: Any = [["display_name", "ilike", text]] if text else []
        with readable():
            node = parse(domains.every([domain, wanted]))
            rows = reading.search_read(
                on,
                node,
                sorted({"display_name", *with_currencies(on, names)}),
                EXACT,
                limit=PER_PAGE + 1,
                offset=(page - 1) * PER_PAGE,
            )
        cells = Cells(on, names, rows[:PER_PAGE])
    context = {
        "heads": [on.exposure.fields[name].title for name in names] if cells else [],
        "rows": [(row, cells.of(row)) for row in rows[:PER_PAGE]] if cells else [],
        "first": (page - 1) * PER_PAGE + 1,
        "last": (page - 1) * PER_PAGE + min(len(rows), PER_PAGE),
        "before": page - 1,
        "after": page + 1 if len(rows) > PER_PAGE and page < LAST_PAGE else 0,
    }
    return render(request, "screens/parts/choose.html", context)


def columns(call: Call) -> list[str]:
    """What stands beside the names: the first columns of the noun's list that the actor may see and that say more."""
    screen = registry.opened_by(call.actor, call.exposure.name)
    if screen is None or not access.may(call, "read"):
        return []
    fields = call.exposure.fields
    named = {"display_name", "name", "complete_name", "full_name"}
    return [
        one.name
        for one in screen.columns
        if one.is_shown
        and one.name in fields
        and one.name not in named
        and fields[one.name].type not in LONG
        and call.may(fields[one.name])
    ][:COLUMNS]
