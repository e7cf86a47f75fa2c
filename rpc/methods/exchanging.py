"""Rows in and out as sheets of text: load and export_data."""

from typing import Any

from django.utils.translation import gettext as _

from rpc.chunks import Chunked
from rpc.context import Call
from rpc.exchange import export
from rpc.exchange.importing import loaded
from rpc.faults import user_error
from rpc.methods.table import generic, row_ids

EXPORTING = "base.export_records"


@generic(takes_ids=False, writes=True)
def load(call: Call, fields: Any, data: Any) -> dict[str, Any]:
    """Make or change rows from a sheet of text; all of them, or none and messages about the rows that are wrong."""
    return loaded(call, fields, data)


@generic(takes_ids=True, writes=False)
def export_data(call: Call, ids: Any, fields_to_export: Any) -> dict[str, Any]:
    """Rows as lines of a sheet; paths such as `country_id/id` lead to other nouns."""
    if not call.actor.has_perm(EXPORTING):
        raise user_error(
            _("You don't have the rights to export data. Please contact an Administrator.")
        )
    wanted = row_ids(ids)
    rows = Chunked(export.lines(call, wanted, fields_to_export))
    return {"datas": rows if len(wanted) > export.AT_ONCE else rows.whole()}
