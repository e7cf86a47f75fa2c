"""Sheets as files: lines of cells written to CSV or XLSX a few at a time, so that memory does not grow with the rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Refused

Cells = Sequence[Any]
Chunks = Iterable[list[Cells]]

XLSX, CSV, SEMICOLONS = "xlsx", "csv", "csv2"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
    SEMICOLONS: "text/csv; charset=utf-8",
}
MOST_LINES, LONGEST_TEXT, EXACT_DIGITS = 1_048_576, 32_767, 15
LONGEST_NAME, WIDEST = 31, 40
# What a spreadsheet would take for a formula when it opens a CSV file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"


class TooManyLines(Refused):
    """More rows than a workbook has lines."""

    code = "too_many_lines"
    message = gettext_lazy(
        "A workbook has %(most)s lines at most. Narrow the search, or take the rows out as CSV."
    )


def written(kind: str, name: str, heads: Sequence[str], chunks: Chunks) -> IO[bytes]:
    """A file with a sheet, to be read from its beginning; it is gone once it is closed. Refuses with `TooManyLines`."""
    file = TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    try:
        if kind == XLSX:
            _write_workbook(file, name, heads, chunks)
        else:
            _write_csv(file, ";" if kind == SEMICOLONS else ",", heads, chunks)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def ending_of(kind: str) -> str:
    """How the names of such files end."""
    return "xlsx" if kind == XLSX else "csv"


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{GUARD}{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """A text as it was before it was guarded."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(FORMULA) else text


def _write_csv(file: IO[bytes], delimiter: str, heads: Sequence[str], chunks: Chunks) -> None:
    """UTF-8 with its mark, without which spreadsheets read letters with accents wrongly."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    out = csv.writer(text, delimiter=delimiter)
    out.writerow([guarded(head) for head in heads])
    for lines in chunks:
        out.writerows([[_plain(value) for value in cells] for cells in lines])
    text.detach()


def _plain(value: Any) -> str:
    """A value in a text file: numbers with a point, days and moments as ISO writes them."""
    if isinstance(value, str) or value is None:
        return guarded(value or "")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int | float | date):
        return str(value)
    return guarded(str(value))


def _write_workbook(file: IO[bytes], name: str, heads: Sequence[str], chunks: Chunks) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(_sheet_name(name))
        bold = book.add_format({"bold": True})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for place, head in enumerate(heads):
            page.set_column(place, place, min(max(len(head) + 2, 12), WIDEST))
            page.write_string(0, place, head, bold)
        page.freeze_panes(1, 0)
        for row, cells in enumerate(_one_by_one(chunks), 1):
            for place, value in enumerate(cells):
                _put(page, row, place, value, formats)


def _one_by_one(chunks: Chunks) -> Iterator[Cells]:
    count = 1
    for lines in chunks:
        count += len(lines)
        if count > MOST_LINES:
            raise TooManyLines(most=MOST_LINES)
        yield from lines


def _put(page: Any, row: int, place: int, value: Any, formats: dict[Any, Any]) -> None:
    """A cell of the kind that its value is. What is too exact for a spreadsheet's numbers stays text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal) and _is_exact(value):
        page.write_number(row, place, value)
    elif isinstance(value, date) and value.year >= 1900:
        page.write_datetime(row, place, value, formats[type(value)])
    else:
        page.write_string(row, place, str(value)[:LONGEST_TEXT])


def _is_exact(value: Any) -> bool:
    if isinstance(value, float):
        return True
    digits = len(Decimal(value).normalize().as_tuple().digits)
    return digits <= EXACT_DIGITS


def _sheet_name(name: str) -> str:
    """A name that a sheet may have."""
    clean = "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)
    return clean.strip()[:LONGEST_NAME] or "1"
