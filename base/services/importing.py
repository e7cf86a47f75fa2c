"""What people do with imports: send a file, say what its columns mean, have it tried or taken in, and undo it."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from base import jobs
from base.actors import Actor
from base.errors import Missing, Refused
from base.models import ImportBatch
from base.services import attachments
from base.verbs import verb

LARGEST = 50 * 1024 * 1024
TAKE, UNDO = "web.take_in", "web.undo_import"
State = ImportBatch.State


class FileTooLarge(Refused):
    """A file that is larger than an import takes."""

    code = "import_too_large"
    message = _("The file is larger than %(most)s MB. Send it in parts.")


class AlreadyTaken(Refused):
    """An import that was taken in already, or undone."""

    code = "import_taken_already"
    message = _("This file has been taken in already. Send it again if you want to.")


class NothingToUndo(Refused):
    """An import that has not been taken in."""

    code = "nothing_to_undo"
    message = _("This import has not changed anything that could be undone.")


@verb("base.add_attachment")
def send(
    *, screen: str, noun: str, name: str, content: BinaryIO | bytes, size: int, by: Actor
) -> ImportBatch:
    """Keep a file that is to be taken in. Refuses with `FileTooLarge`."""
    if size > LARGEST:
        raise FileTooLarge(most=LARGEST >> 20)
    file = attachments.store(name, content, by=by)
    return ImportBatch.objects.create(screen=screen, noun=noun, file=file)


@verb("base.add_attachment")
def start(
    batch: ImportBatch,
    *,
    mapping: Sequence[str],
    keys: Sequence[int],
    options: dict[str, Any],
    is_trial: bool,
    by: Actor,
) -> ImportBatch:
    """Have a file tried out, or taken in, by a job. Refuses with `AlreadyTaken`, and with `Missing` for another's."""
    row = _mine(batch, by)
    if row.state not in (State.SENT, State.TRIED) or row.lines_done:
        raise AlreadyTaken
    row.mapping, row.keys, row.options = list(mapping), list(keys), options
    row.made = row.changed = row.unchanged = 0
    row.problems = []
    row.run = jobs.enqueue(TAKE, by=by, key=f"import-{row.pk}", batch_id=row.pk, is_trial=is_trial)
    row.save()
    return row


@verb("base.add_attachment")
def undo(batch: ImportBatch, *, is_partial: bool = False, by: Actor) -> ImportBatch:
    """Have an import undone by a job: all of it, or with `is_partial` what can be. Refuses with `NothingToUndo`."""
    row = _mine(batch, by)
    if row.state == State.UNDONE or not row.rows.exists():
        raise NothingToUndo
    row.run = jobs.enqueue(
        UNDO, by=by, key=f"import-{row.pk}", batch_id=row.pk, is_partial=is_partial
    )
    row.save(update_fields=["run"])
    return row


def _mine(batch: ImportBatch, by: Actor) -> ImportBatch:
    """The import, held until commit; only whoever sent it or an administrator changes it."""
    row = ImportBatch.objects.select_for_update().filter(pk=batch.pk).first()
    if row is None or (row.created_by_id != by.user_id and not by.has_perm("base.steer_jobrun")):
        raise Missing(model=ImportBatch._meta.verbose_name, ids=batch.pk)
    return row
