"""A workbook becomes lines of text in a process of its own, which may use so much memory and time and no more.

It is run as a script, apart from the house: whatever a hostile file makes of it, nothing else suffers.
"""

import csv
import resource
import sys
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

MEMORY, SECONDS = 1_500 * 1024 * 1024, 60
MOST_COLUMNS, MOST_LINES = 500, 200_000
TOO_WIDE, TOO_LONG, UNREADABLE, EMPTY = 3, 4, 5, 6


def main(place: str, number: int) -> int:
    """Write the lines of one sheet as CSV; answers how it ended."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        book = CalamineWorkbook.from_path(place)
        names = book.sheet_names
        if not names:
            return EMPTY
        sheet = book.get_sheet_by_index(min(number, len(names) - 1))
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, the answer is the same
        return UNREADABLE
    if sheet.width > MOST_COLUMNS:
        return TOO_WIDE
    if sheet.height > MOST_LINES:
        return TOO_LONG
    out = csv.writer(sys.stdout)
    for line in sheet.iter_rows():
        out.writerow([_text(value) for value in line])
    return 0


def _text(value: Any) -> str:
    """A cell as the text that a person would type for it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).removeprefix("0:") if isinstance(value, timedelta) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
