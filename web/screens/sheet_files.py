"""Files that are to be taken in, as lines of text: CSV in any encoding and with any delimiter, XLSX, XLS and ODS."""

import csv
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from base.errors import Refused
from web.screens import workbooks

Lines = Iterator[list[str]]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
}
DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}
MOST_UNPACKED, PATIENCE, SAMPLE = 400 * 1024 * 1024, 120, 64 * 1024
LONGEST_CELL = 100_000


class UnreadableFile(Refused):
    """A file that is not what it says, or nothing that holds a sheet."""

    code = "unreadable_file"
    message = _("This file cannot be read: %(what)s. Send a CSV, XLSX or ODS file.")


class FileTooWide(Refused):
    """A sheet with more columns than anybody can mean."""

    code = "file_too_wide"
    message = _("The sheet has more than %(most)s columns.")


class FileTooLong(Refused):
    """A sheet with more lines, or more content, than one import takes."""

    code = "file_too_long"
    message = _("The sheet is too long: at most %(most)s lines can be taken in at once.")


class SheetFile:
    """The lines of a file. What is not said about it is guessed. Refuses with the errors above."""

    def __init__(
        self, place: Path, encoding: str = "", delimiter: str = "", sheet: int = 0
    ) -> None:
        self.place, self.sheet = place, sheet
        with place.open("rb") as file:
            self.head = file.read(SAMPLE)
        if not self.head.strip():
            raise UnreadableFile(what=_("it is empty"))
        self.is_workbook = self.head.startswith((ZIP, OLE))
        self.encoding = self.delimiter = ""
        if not self.is_workbook:
            self.encoding = encoding if encoding in ENCODINGS else self._encoding()
            self.delimiter = delimiter if delimiter in DELIMITERS else self._delimiter()

    def lines(self) -> Lines:
        """All lines, one by one, the heads first."""
        file = self._unpacked() if self.is_workbook else self.place.open("rb")
        with file:
            encoding = "utf-8" if self.is_workbook else self.encoding
            text = io.TextIOWrapper(file, encoding=encoding, newline="")
            yield from self._checked(csv.reader(text, delimiter=self.delimiter or ","))

    def _checked(self, found: Any) -> Lines:
        csv.field_size_limit(LONGEST_CELL)
        try:
            for number, line in enumerate(found):
                if number > workbooks.MOST_LINES:
                    raise FileTooLong(most=workbooks.MOST_LINES)
                if len(line) > workbooks.MOST_COLUMNS:
                    raise FileTooWide(most=workbooks.MOST_COLUMNS)
                if any("\x00" in cell for cell in line):
                    raise UnreadableFile(what=_("it holds no text"))
                yield line
        except UnicodeDecodeError:
            raise UnreadableFile(what=_("its letters are not in the encoding chosen")) from None
        except csv.Error:
            raise UnreadableFile(what=_("its lines are damaged")) from None

    def _encoding(self) -> str:
        """By its mark; else UTF-8 where it is, else what Windows in our part of the world writes."""
        for mark, name in MARKS:
            if self.head.startswith(mark):
                return name
        if b"\x00" in self.head:
            raise UnreadableFile(what=_("it holds no text"))
        try:
            with self.place.open(encoding="utf-8") as text:
                while text.read(SAMPLE):
                    pass
        except UnicodeDecodeError:
            return "cp1252" if _fits(self.head, "cp1252") else "latin-1"
        return "utf-8-sig"

    def _delimiter(self) -> str:
        """The one that cuts most lines into the same number of columns."""
        text = self.head.decode(self.encoding, errors="ignore")
        best, most = ",", (0.0, 0)
        for one in DELIMITERS:
            try:
                widths = [len(line) for line in csv.reader(text.splitlines()[:60], delimiter=one)]
            except csv.Error:
                continue
            [(width, times)] = Counter(widths).most_common(1) or [(1, 0)]
            if width > 1 and (times / len(widths), width) > most:
                best, most = one, (times / len(widths), width)
        return best

    def _unpacked(self) -> IO[bytes]:
        """The sheet of a workbook as CSV, made by a process that is held to its limits."""
        if self.head.startswith(ZIP):
            self._check_size()
        file = TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
        command = [sys.executable, "-I", workbooks.__file__, str(self.place), str(self.sheet)]
        try:
            ended = subprocess.run(
                command, stdout=file, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            ended = workbooks.TOO_LONG
        if ended:
            file.close()
            raise _refusal(ended)
        file.seek(0)
        return file

    def _check_size(self) -> None:
        """Refuse what would unpack to more than a sheet has, whatever it claims: its parts are unpacked and counted."""
        total = 0
        try:
            with ZipFile(self.place) as packed:
                for one in packed.infolist():
                    with packed.open(one) as part:
                        while block := part.read(1024 * 1024):
                            total += len(block)
                            if total > MOST_UNPACKED:
                                raise FileTooLong(most=workbooks.MOST_LINES)
        except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
            raise UnreadableFile(what=_("it is damaged, or locked with a password")) from None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refusal(ended: int) -> Refused:
    if ended == workbooks.TOO_WIDE:
        return FileTooWide(most=workbooks.MOST_COLUMNS)
    if ended in (workbooks.UNREADABLE, workbooks.EMPTY):
        return UnreadableFile(what=_("it is no workbook, or it is damaged"))
    return FileTooLong(most=workbooks.MOST_LINES)
