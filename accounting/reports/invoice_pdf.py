"""Documents as PDF, in the language of whoever gets them: typeset by typst, the same bytes for the same document."""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from accounting.models import JournalEntry
from accounting.reports.invoice_text import InvoiceText, read

TEMPLATE = Path(__file__).with_name("invoice.typ")
WEIGHTS = ("400Regular", "400Regular_Italic", "500Medium", "600SemiBold", "700Bold")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

_compilers = threading.local()


def invoice_pdf(entries: Sequence[JournalEntry] | JournalEntry) -> bytes:
    """One PDF of one or more documents, each beginning on a page of its own. A fixed number of queries."""
    made = _compiled(entries, "pdf")
    if not isinstance(made, bytes):
        raise TypeError("typst answered something that is no PDF")
    return made


def invoice_sheets(entries: Sequence[JournalEntry] | JournalEntry) -> list[bytes]:
    """The same pages as drawings (SVG), to be looked at where a browser shows no PDF inside a page."""
    made = _compiled(entries, "svg")
    return [made] if isinstance(made, bytes) else list(made or ())


def _compiled(entries: Sequence[JournalEntry] | JournalEntry, kind: Literal["pdf", "svg"]) -> Any:
    chosen = [entries] if isinstance(entries, JournalEntry) else list(entries)
    papers: list[dict[str, Any]] = [InvoiceText(paper).as_json() for paper in read(chosen)]
    return _compiler().compile(
        format=kind,
        sys_inputs={"data": json.dumps(papers, ensure_ascii=False)},
        timestamp=NEVER,
    )


def file_name(entry: JournalEntry) -> str:
    """What the file is called: the number without slashes."""
    return f"{entry.number.replace('/', '-') or f'draft-{entry.pk}'}.pdf"


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
