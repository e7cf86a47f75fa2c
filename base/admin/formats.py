"""File formats of import and export: CSV as spreadsheets of either habit write it, and XLSX without macros or formulas."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import tablib
import xlsxwriter
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format
from python_calamine import CalamineWorkbook

MOST_ROWS = 50_000
RISKY = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?\d[\d.,]*$")


def shielded(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it."""
    if isinstance(value, str) and RISKY.match(value) and not NUMBER.match(value):
        return f"'{value}"
    return value


def bared(value: Any) -> Any:
    """What `shielded` was given."""
    return (
        value[1:]
        if isinstance(value, str) and RISKY.match(value[1:]) and value[0] == "'"
        else value
    )


def dataset_of(rows: list[list[Any]]) -> tablib.Dataset:
    """A table whose first row names the columns. Short rows are filled, empty ones and nameless columns left out."""
    if not rows:
        return tablib.Dataset()
    if len(rows) > MOST_ROWS:
        raise ValueError(_("The file has more than %(most)d rows.") % {"most": MOST_ROWS})
    places = [place for place, name in enumerate(rows[0]) if str(name or "").strip()]
    table = tablib.Dataset(headers=[str(rows[0][place]).strip() for place in places])
    for row in rows[1:]:
        cells = [bared(row[place]) if place < len(row) else "" for place in places]
        if any(cell not in (None, "") for cell in cells):
            table.append(cells)
    return table


class Csv(Format):
    """Comma- or semicolon-separated text in UTF-8, with or without a byte order mark."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding or "utf-8-sig"

    def get_title(self) -> str:
        """What the format is called."""
        return "csv"

    def create_dataset(self, in_stream: str | bytes) -> tablib.Dataset:
        """Read a file."""
        text = in_stream.decode(self.encoding) if isinstance(in_stream, bytes) else in_stream
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        return dataset_of(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """Write a file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(dataset.headers or [])
        writer.writerows([shielded(cell) for cell in row] for row in dataset)
        return "\ufeff" + out.getvalue()

    def is_binary(self) -> bool:
        """Kept as bytes until it is read, so that its encoding is read once."""
        return True

    def get_extension(self) -> str:
        """How the file's name ends."""
        return "csv"

    def get_content_type(self) -> str:
        """What browsers call it."""
        return "text/csv; charset=utf-8"

    def can_import(self) -> bool:
        """Whether it can be read."""
        return True

    def can_export(self) -> bool:
        """Whether it can be written."""
        return True


class Xlsx(Csv):
    """An Excel workbook; its first sheet is read."""

    def get_title(self) -> str:
        """What the format is called."""
        return "xlsx"

    def create_dataset(self, in_stream: str | bytes) -> tablib.Dataset:
        """Read a file."""
        content = in_stream.encode() if isinstance(in_stream, str) else in_stream
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return dataset_of([[_as_text(cell) for cell in row] for row in sheet.to_python()])

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Write a file. Text stays text, whatever it begins with."""
        out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            for place, header in enumerate(dataset.headers or []):
                sheet.write_string(0, place, str(header), bold)
            for line, row in enumerate(dataset, 1):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, "" if cell is None else str(cell))
            sheet.freeze_panes(1, 0)
            sheet.autofit()
        return out.getvalue()

    def get_extension(self) -> str:
        """How the file's name ends."""
        return "xlsx"

    def get_content_type(self) -> str:
        """What browsers call it."""
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _as_text(cell: Any) -> str:
    """A cell as a CSV file would hold it: whole numbers without a fraction, days as ISO dates."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime) and cell.time().isoformat() == "00:00:00":
        return cell.date().isoformat()
    if isinstance(cell, date | datetime):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return "" if cell is None else str(cell)
