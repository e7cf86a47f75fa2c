"""Answers that would be large in memory: rows worked out a few at a time, while they are written to a file."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.util import FileWrapper

IN_MEMORY = 256 * 1024
BLOCK = 65_536
PLACE = f"rows-{secrets.token_hex(16)}"


class Chunked:
    """A list whose items come a few at a time. As a text it is the place where they belong."""

    __slots__ = ("chunks",)

    def __init__(self, chunks: Iterator[list[Any]]) -> None:
        self.chunks = chunks

    def __str__(self) -> str:
        return PLACE

    def whole(self) -> list[Any]:
        """All of it at once: for a list that is short."""
        return [item for chunk in self.chunks for item in chunk]


@dataclass(frozen=True, slots=True)
class Notation:
    """How a list is written: the place it takes, what opens and closes it, and its items."""

    place: bytes
    opens: bytes
    closes: bytes
    between: bytes
    items: Callable[[list[Any]], bytes]


def chunked_in(value: Any) -> Chunked | None:
    """The list of this kind in an answer: the answer itself, or a member of it."""
    if type(value) is dict:
        return next((one for one in value.values() if type(one) is Chunked), None)
    return value if type(value) is Chunked else None


def spooled(envelope: bytes, rows: Chunked, notation: Notation) -> tuple[FileWrapper, int]:
    """The answer as a file that is gone once it is closed, and its length."""
    head, _, tail = envelope.partition(notation.place)
    file: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    try:
        file.write(head)
        _write(file, rows, notation)
        file.write(tail)
    except BaseException:
        file.close()
        raise
    length = file.tell()
    file.seek(0)
    return FileWrapper(file, BLOCK), length


def _write(file: Any, rows: Chunked, notation: Notation) -> None:
    file.write(notation.opens)
    parted = b""
    for chunk in rows.chunks:
        if chunk:
            file.write(parted + notation.items(chunk))
            parted = notation.between
    file.write(notation.closes)
