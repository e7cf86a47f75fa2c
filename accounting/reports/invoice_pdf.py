"""Papers as PDF, in the language of whoever gets them: typeset by typst, the same bytes for the same document."""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from accounting.models import JournalEntry, Payment
from accounting.reports import invoice_text, receipt_text, voucher_text
from accounting.reports.invoice_text import InvoiceText
from accounting.reports.letterhead import written
from accounting.reports.receipt_text import ReceiptText
from accounting.reports.voucher_text import VoucherText

TEMPLATE = Path(__file__).with_name("invoice.typ")
WEIGHTS = ("400Regular", "400Regular_Italic", "500Medium", "600SemiBold", "700Bold")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

_compilers = threading.local()


def invoice_pdf(entries: Sequence[JournalEntry] | JournalEntry, language: str = "") -> bytes:
    """One PDF of one or more documents or plain entries, each on pages of its own. A fixed number of queries.

    `language` is `id`, `en`, both of them (`BOTH`), or that of whoever gets it.
    """
    return _pdf(_papers(entries, language))


def invoice_sheets(
    entries: Sequence[JournalEntry] | JournalEntry, language: str = ""
) -> list[bytes]:
    """The same pages as drawings (SVG), to be looked at where a browser shows no PDF inside a page."""
    return _sheets(_papers(entries, language))


def receipt_pdf(payments: Sequence[Payment], language: str = "") -> bytes:
    """One PDF of the receipts of payments. A fixed number of queries."""
    return _pdf(_receipts(payments, language))


def receipt_sheets(payments: Sequence[Payment], language: str = "") -> list[bytes]:
    """The same pages as drawings."""
    return _sheets(_receipts(payments, language))


def _papers(entries: Sequence[JournalEntry] | JournalEntry, language: str) -> list[dict[str, Any]]:
    chosen = [entries] if isinstance(entries, JournalEntry) else list(entries)
    documents = {
        paper.entry.pk: partial(InvoiceText, paper)
        for paper in invoice_text.read([one for one in chosen if one.is_document])
    }
    plain = [one for one in chosen if not one.is_document]
    vouchers = {
        pk: partial(VoucherText, *found)
        for pk, found in (voucher_text.read(plain) if plain else {}).items()
    }
    return [written((documents | vouchers)[one.pk], language) for one in chosen]


def _receipts(payments: Sequence[Payment], language: str) -> list[dict[str, Any]]:
    found = receipt_text.read(payments)
    return [written(partial(ReceiptText, found[one.pk]), language) for one in payments]


def _pdf(papers: list[dict[str, Any]]) -> bytes:
    made = _compiled(papers, "pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst answered something that is no PDF")
    return made


def _sheets(papers: list[dict[str, Any]]) -> list[bytes]:
    made = _compiled(papers, "svg")
    return [made] if isinstance(made, bytes) else list(made or ())


def _compiled(papers: list[dict[str, Any]], kind: Literal["pdf", "svg"]) -> Any:
    return _compiler().compile(
        format=kind,
        sys_inputs={"data": json.dumps(papers, ensure_ascii=False)},
        timestamp=NEVER,
    )


def file_name(paper: JournalEntry | Payment) -> str:
    """What the file is called: the number without slashes."""
    return f"{paper.number.replace('/', '-') or f'draft-{paper.pk}'}.pdf"


def font_directories() -> list[str]:
    """Where the font of documents lies, as npm installed it; nothing where it did not."""
    fonts = Path(settings.BASE_DIR) / "node_modules" / "@expo-google-fonts" / "inter"
    return [str(fonts / weight) for weight in WEIGHTS if (fonts / weight).is_dir()]


def _compiler() -> typst.Compiler:
    """The thread's own compiler: making one costs as much as twenty pages."""
    compiler: typst.Compiler | None = getattr(_compilers, "compiler", None)
    if compiler is None:
        compiler = _compilers.compiler = typst.Compiler(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=font_directories(),
            ignore_system_fonts=True,
        )
    return compiler
