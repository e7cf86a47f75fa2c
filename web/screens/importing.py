"""Taking a file in: its lines become records a batch at a time, each with its memory of what was there before."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base import bulk, jobs
from base.actors import Actor
from base.models import ImportBatch, ImportedRow
from base.services import attachments
from rpc import registry, transactions
from rpc.context import Call, locale_of
from rpc.domains.parse import Leaf
from rpc.exchange.drafts import Draft, Drafting
from rpc.exchange.importing import REFUSALS, written
from rpc.exchange.paths import NUMBER, Node, tree_of
from rpc.exchange.sheet import Record, records
from rpc.reading import rows as reading
from rpc.refusals import refusal_of
from web.screens.reading_cells import Reader, Unfit
from web.screens.sheet_files import SheetFile

AT_ONCE, MOST_PROBLEMS = 500, 500
Lines = list[list[str]]
Problem = dict[str, Any]


class Taking:
    """One import at work."""

    def __init__(self, batch: ImportBatch, by: Actor) -> None:
        self.batch, self.by = batch, by
        noun = registry.find(batch.noun)
        if noun is None or batch.file is None:
            raise LookupError(batch.noun)
        self.call = Call(noun, by, {"lang": locale_of(by.language)})
        self.places = [place for place, path in enumerate(batch.mapping) if path]
        self.paths = [batch.mapping[place] for place in self.places]
        self.keys = [self.places.index(place) for place in batch.keys if place in self.places]
        if self.keys and NUMBER not in self.paths:
            self.paths.append(NUMBER)
        self.node = tree_of(self.call, self.paths, writing=True)
        self.reader = Reader(self.call, self.node, batch.options)

    @cached_property
    def lines(self) -> list[tuple[int, list[str]]]:
        """The cells that are taken in, with the number of each line in the file; empty lines are left out."""
        found = SheetFile(attachments.existing(self.batch.file), **given(self.batch.options))  # type: ignore[arg-type]
        rows = enumerate(found.lines(), 1)
        next(rows, None)
        wanted = ((number, self._cells(line)) for number, line in rows)
        return [(number, cells) for number, cells in wanted if any(cells)]

    def _cells(self, line: list[str]) -> list[str]:
        cells = [line[place].strip() if place < len(line) else "" for place in self.places]
        return cells + [""] * (len(self.paths) - len(cells))

    def batches(self, start: int) -> Iterator[list[int]]:
        """Places among the lines, some hundred at a time; a record is never cut in two."""
        found = records(
            self.node, [cells for _number, cells in self.lines[start:]], len(self.paths)
        )
        some: list[int] = []
        for one in found:
            some += range(start + one.first, start + one.last + 1)
            if len(some) >= AT_ONCE:
                yield some
                some = []
        if some:
            yield some

    def take(self, places: Sequence[int]) -> None:
        """Take some lines in; what is wrong with a line is noted, the others are written."""
        good: list[tuple[int, list[str]]] = []
        for place in places:
            number, cells = self.lines[place]
            try:
                good.append((number, self.reader.of(cells)))
            except Unfit as error:
                self._note(number, str(error))
        self._write(self._keyed(good))
        self.batch.problems.sort(key=itemgetter("line"))

    def _keyed(self, lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
        """The lines with the number of the record that their keys lead to; those that lead to several are noted."""
        if not self.keys or not lines:
            return lines
        own, number_at = self.node.own, self.paths.index(NUMBER)
        fields = [own[place] for place in self.keys]
        first = [cells[self.keys[0]] for _number, cells in lines]
        found: dict[tuple[str, ...], list[int]] = {}
        leaf = Leaf(fields[0].name, "in", sorted({text for text in first if text}))
        names = [one.name for one in fields]
        for row in reading.search_read(self.call, leaf, names, None, order=False, active=False):
            found.setdefault(tuple(str(row[name]) for name in names), []).append(row["id"])
        kept = []
        for number, cells in lines:
            there = found.get(tuple(cells[place] for place in self.keys), [])
            if len(there) > 1:
                self._note(number, _("%(count)s records have this key.") % {"count": len(there)})
                continue
            if there and not cells[number_at]:
                cells[number_at] = str(there[0])
            kept.append((number, cells))
        return kept

    def _write(self, lines: list[tuple[int, list[str]]]) -> None:
        """Write lines, or else their halves, down to the one that is refused."""
        if not lines:
            return
        found = records(self.node, [cells for _number, cells in lines], len(self.paths))
        drafting = Drafting(self.node, found)
        drafts = drafting.drafts()
        wrong = {
            one["record"]: one["message"] for one in drafting.messages if one["type"] == "error"
        }
        if wrong:
            for index, said in wrong.items():
                self._note(lines[found[index].first][0], said)
            rest = [one for index, one in enumerate(found) if index not in wrong]
            self._write([line for one in rest for line in lines[one.first : one.last + 1]])
            return
        try:
            with transaction.atomic():
                self._remembering(drafts)
        except jobs.Interruption:
            raise
        except REFUSALS as error:
            self._halved(lines, found, error)

    def _halved(
        self, lines: list[tuple[int, list[str]]], found: list[Record], error: Exception
    ) -> None:
        if len(found) == 1:
            said = refusal_of(error).message.partition("\n\n")[0]
            self._note(lines[0][0], said)
            return
        middle = found[len(found) // 2].first
        self._write(lines[:middle])
        self._write(lines[middle:])

    def _remembering(self, drafts: list[Draft]) -> None:
        """Write drafts, and what the rows held before and hold now."""
        names = kept_names(self.node)
        known = [one.pk for one in drafts if one.pk is not None]
        before = values_of(self.call, known, names)
        ids = transactions.in_one(lambda: written(self.node, drafts))
        after = values_of(self.call, list(dict.fromkeys(ids)), names)
        fresh = [pk for pk in after if pk not in before]
        changed = [pk for pk in before if before[pk] != after.get(pk)]
        bulk.link(
            [ImportedRow(batch=self.batch, row_id=pk, is_new=True, after=after[pk]) for pk in fresh]
        )
        ImportedRow.objects.bulk_create(
            [
                ImportedRow(batch=self.batch, row_id=pk, before=before[pk], after=after.get(pk, {}))
                for pk in changed
            ],
            update_conflicts=True,
            unique_fields=["batch", "row_id"],
            update_fields=["after"],
        )
        self.batch.made += len(fresh)
        self.batch.changed += len(changed)
        self.batch.unchanged += len(before) - len(changed)

    def _note(self, line: int, said: str) -> None:
        if len(self.batch.problems) < MOST_PROBLEMS:
            self.batch.problems.append({"line": line, "message": " ".join(said.split())[:500]})


def kept_names(node: Node) -> list[str]:
    """The fields that an import writes into the rows of its noun, and that can be set back."""
    fields = node.call.exposure.fields
    names = {one.name for one in node.own.values()} | set(node.links)
    return sorted(one for one in names if fields[one].type not in {"one2many", "binary"})


def values_of(call: Call, ids: Sequence[int], names: Sequence[str]) -> dict[int, dict[str, Any]]:
    """Values of rows as the wire has them, archived ones too; those that are gone are left out."""
    if not ids:
        return {}
    leaf = Leaf("id", "in", list(ids))
    found = reading.search_read(call, leaf, list(names) or ["id"], None, order=False, active=False)
    return {row.pop("id"): row for row in found}


def given(options: dict[str, Any]) -> dict[str, Any]:
    """How a file is to be read, as far as that is known."""
    return {name: options[name] for name in ("encoding", "delimiter", "sheet") if name in options}


@jobs.job("web.take_in", label=gettext_lazy("Take a file in"), whole=False)
def take_in(*, batch_id: int, is_trial: bool, by: Actor) -> dict[str, int]:
    """Take the file of an import in, a batch of lines in each step; or try it, and take everything back."""
    batch = ImportBatch.objects.select_related("file").get(pk=batch_id)
    taking = Taking(batch, by)
    (_tried if is_trial else _taken)(taking)
    return {"made": batch.made, "changed": batch.changed, "problems": len(batch.problems)}


def _taken(taking: Taking) -> None:
    batch, total = taking.batch, len(taking.lines)
    for places in taking.batches(batch.lines_done):
        with jobs.step():
            taking.take(places)
            batch.lines_done = places[-1] + 1
            batch.save()
        jobs.progress(batch.lines_done, total)
    with jobs.step():
        batch.state = ImportBatch.State.DONE
        batch.save()


def _tried(taking: Taking) -> None:
    batch, total = taking.batch, len(taking.lines)
    batch.made = batch.changed = batch.unchanged = 0
    batch.problems = []
    with transaction.atomic():
        for places in taking.batches(0):
            taking.take(places)
            jobs.progress(places[-1] + 1, total)
        transaction.set_rollback(True)
    with jobs.step():
        batch.state = ImportBatch.State.TRIED
        batch.save()
