"""Printing on the wire: several documents, entries or receipts in one PDF, whose address is answered."""

from typing import Any

from django.urls import reverse

from rpc import extend, record_method
from rpc.context import Call
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows


def print_together(name: str, call: Call, ids: Any) -> dict[str, Any]:
    """Where the papers of some rows are found in one PDF, in the order of the rows."""
    wanted = row_ids(ids)
    found_rows(call, wanted, "read")
    address = f"{reverse(name)}?ids={','.join(map(str, wanted))}"
    return {"type": "ir.actions.act_url", "url": address, "target": "new"}


def print_documents(call: Call, ids: Any) -> dict[str, Any]:
    """The papers of documents and entries."""
    return print_together("accounting:documents_pdf", call, ids)


def print_receipts(call: Call, ids: Any) -> dict[str, Any]:
    """The receipts of payments."""
    return print_together("accounting:payments_pdf", call, ids)


extend("account.move", methods={"action_print_pdf": record_method(print_documents, writes=False)})
extend("account.payment", methods={"action_print_pdf": record_method(print_receipts, writes=False)})
