"""Undoing an import: what it made is deleted, what it changed is set back, unless somebody has changed it since."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base import jobs
from base.actors import Actor
from base.models import ImportBatch, ImportedRow
from rpc import registry, transactions
from rpc.context import Call, locale_of
from rpc.exchange.importing import REFUSALS
from rpc.refusals import refusal_of
from rpc.writing import records
from web.screens.importing import values_of

AT_ONCE, MOST_TOLD = 250, 200
REFUSED = (*REFUSALS, ProtectedError, RestrictedError)


class NotAll(Exception):
    """Something cannot be undone, and all or nothing was asked for."""


class Undoing:
    """One undoing at work: `kept_back` are the records that cannot be undone, and why."""

    def __init__(self, batch: ImportBatch, by: Actor) -> None:
        noun = registry.find(batch.noun)
        if noun is None:
            raise LookupError(batch.noun)
        self.batch = batch
        self.call = Call(noun, by, {"lang": locale_of(by.language), "active_test": False})
        self.kept_back: list[dict[str, Any]] = []
        self.done = 0

    def run(self) -> None:
        """Undo all that can be undone, the last row first."""
        total = self.batch.rows.count()
        for some in self._batches():
            self._undo(some)
            jobs.progress(self.done, total)

    def require_all(self, *, is_partial: bool) -> None:
        """Refuse with `NotAll` where something cannot be undone and all of it should be."""
        if self.kept_back and not is_partial:
            raise NotAll

    def _batches(self) -> Iterator[list[ImportedRow]]:
        last = None
        while True:
            rows = self.batch.rows.order_by("-id")
            some = list((rows if last is None else rows.filter(id__lt=last))[:AT_ONCE])
            if not some:
                return
            last = some[-1].pk
            yield some

    def _undo(self, some: Sequence[ImportedRow]) -> None:
        names = sorted({name for one in some for name in one.after})
        now = values_of(self.call, [one.row_id for one in some], names)
        there = []
        for one in some:
            held = now.get(one.row_id)
            if held is None:
                one.delete()
            elif {name: held[name] for name in one.after} != one.after:
                self._keep(one, _("Somebody has changed it since."))
            else:
                there.append(one)
        self._all_or_each([one for one in there if one.is_new], self._delete)
        for one in there:
            if not one.is_new:
                self._all_or_each([one], self._set_back)
        self.done += len(some)

    def _all_or_each(self, rows: list[ImportedRow], work: Any) -> None:
        """Do something with rows at once, or where that is refused with each half."""
        if not rows:
            return
        try:
            with transaction.atomic():
                transactions.in_one(partial(work, rows))
                ImportedRow.objects.filter(pk__in=[one.pk for one in rows]).delete()
        except jobs.Interruption:
            raise
        except REFUSED as error:
            if len(rows) == 1:
                self._keep(rows[0], refusal_of(error).message.partition("\n\n")[0])
                return
            middle = len(rows) // 2
            self._all_or_each(rows[:middle], work)
            self._all_or_each(rows[middle:], work)

    def _delete(self, rows: list[ImportedRow]) -> None:
        records.unlink(self.call, [one.row_id for one in rows])

    def _set_back(self, rows: list[ImportedRow]) -> None:
        fields = self.call.exposure.fields
        for one in rows:
            values = {
                name: [[6, 0, value]] if fields[name].type == "many2many" else value
                for name, value in one.before.items()
                if value != one.after.get(name)
            }
            records.write(self.call, [one.row_id], values)

    def _keep(self, one: ImportedRow, why: str) -> None:
        if len(self.kept_back) < MOST_TOLD:
            told = {"id": one.row_id, "why": " ".join(why.split())[:300]}
            self.kept_back.append(told)


@jobs.job("web.undo_import", label=gettext_lazy("Undo an import"), whole=False)
def undo_import(*, batch_id: int, is_partial: bool, by: Actor) -> dict[str, int]:
    """Undo an import in one transaction: all of it, or with `is_partial` what can be."""
    batch = ImportBatch.objects.get(pk=batch_id)
    work = Undoing(batch, by)
    try:
        with jobs.step():
            work.run()
            work.require_all(is_partial=is_partial)
            _named(work)
            batch.kept_back, batch.state = work.kept_back, ImportBatch.State.UNDONE
            batch.save(update_fields=["kept_back", "state"])
    except NotAll:
        _named(work)
        with jobs.step():
            batch.kept_back = work.kept_back
            batch.save(update_fields=["kept_back"])
    return {"kept": len(work.kept_back)}


def _named(work: Undoing) -> None:
    """Say what the records are called that cannot be undone."""
    names = values_of(work.call, [one["id"] for one in work.kept_back], ["display_name"])
    for one in work.kept_back:
        one["name"] = str(names.get(one["id"], {}).get("display_name") or one["id"])
