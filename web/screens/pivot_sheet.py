"""A pivot as a sheet: heads merged, numbers as numbers, a column for each currency."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from web.screens.pivot_table import Column, Figure, Head, Line, Table

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME, WIDEST = 31, 40
Currency = int | None


def sheet(table: Table, name: str) -> bytes:
    """The table as the bytes of an XLSX file. Texts are never read as formulas."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Sheet(table, book, name).write()
    return held.getvalue()


class _Sheet:
    def __init__(self, table: Table, book: Any, name: str) -> None:
        self.table = table
        self.page = book.add_worksheet(_clean(name))
        self.book = book
        self.head = book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
        )
        self.formats: dict[tuple[int, bool], Any] = {}
        self.currencies = [_currencies(table, place) for place in range(len(table.columns))]

    def write(self) -> None:
        """Everything, from the top."""
        top = self.table.height
        self._tops()
        self._measures(top)
        self.page.freeze_panes(top + 1, 1)
        widest = 8
        for at, line in enumerate([*self.table.lines, self.table.total], top + 1):
            self._line(at, line)
            widest = max(widest, len(line.head.label) + 2 * line.head.depth)
        self.page.set_column(0, 0, min(widest + 2, WIDEST))
        self.page.set_column(1, max(1, sum(map(len, self.currencies))), 16)

    def _tops(self) -> None:
        """The heads above; each begins where the first place is free."""
        starts = self._starts()
        taken: set[tuple[int, int]] = set()
        for line, heads in enumerate(self.table.tops):
            place = 0
            for one in heads:
                while (line, place) in taken:
                    place += 1
                cells = [
                    (line + down, place + across)
                    for down in range(one.down)
                    for across in range(one.across)
                ]
                taken.update(cells)
                self._merged(
                    line, starts[place], line + one.down - 1, starts[place + one.across] - 1, one
                )
                place += one.across

    def _starts(self) -> list[int]:
        """In which column of the sheet each column of the table begins, and where the last one ends."""
        found = [1]
        for some in self.currencies:
            found.append(found[-1] + len(some))
        return found

    def _merged(self, top: int, left: int, bottom: int, right: int, head: Head) -> None:
        if (top, left) == (bottom, right):
            self.page.write_string(top, left, head.label, self.head)
        else:
            self.page.merge_range(top, left, bottom, right, "", self.head)
            self.page.write_string(top, left, head.label, self.head)

    def _measures(self, row: int) -> None:
        self.page.write_blank(row, 0, None, self.head)
        for place, (column, currency) in enumerate(self._places(), 1):
            known = self.table.currencies.get(currency) if currency else None
            label = f"{column.measure.label} ({known.code})" if known else column.measure.label
            self.page.write_string(row, place, label, self.head)

    def _places(self) -> Iterator[tuple[Column, Currency]]:
        for column, some in zip(self.table.columns, self.currencies, strict=True):
            for currency in some:
                yield column, currency

    def _line(self, row: int, line: Line) -> None:
        bold = not line.head.path
        self.page.write_string(
            row, 0, line.head.label, self.book.add_format({"indent": line.head.depth, "bold": bold})
        )
        place = 1
        for figure, some in zip(line.figures, self.currencies, strict=True):
            for currency in some:
                self._figure(row, place, figure, currency, bold=bold)
                place += 1

    def _figure(
        self, row: int, place: int, figure: Figure, currency: Currency, *, bold: bool
    ) -> None:
        value = figure.sums.get(currency)
        if value is not None:
            self.page.write_number(row, place, value, self._format(value, currency, bold=bold))

    def _format(self, value: Decimal, currency: Currency, *, bold: bool) -> Any:
        known = self.table.currencies.get(currency) if currency else None
        whole = value == value.to_integral_value()
        places = known.places_shown(value) if known else 0 if whole else 2
        if (places, bold) not in self.formats:
            shown = "#,##0" + (f".{'0' * places}" if places else "")
            self.formats[places, bold] = self.book.add_format({"num_format": shown, "bold": bold})
        return self.formats[places, bold]


def _currencies(table: Table, place: int) -> list[Currency]:
    """The currencies that occur in a column, so that each gets one of its own."""
    total = {key: None for line in [table.total, *table.lines] for key in line.figures[place].sums}
    return sorted(total, key=lambda key: (key is None, key or 0)) or [None]


def _clean(name: str) -> str:
    """A name that a sheet may have."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)[:LONGEST_NAME]
