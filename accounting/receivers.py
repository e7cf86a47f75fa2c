"""What accounting does when others announce: it keeps its books when somebody wants to take it out of the house."""

from typing import Any

from django.dispatch import receiver

from accounting.errors import BooksMustBeKept
from accounting.models import JournalEntry
from base.signals import module_uninstalling


@receiver(module_uninstalling)
def keep_the_books(*, name: str, **_signal: Any) -> None:
    """Refuse with `BooksMustBeKept` while there are posted entries.

    Books are kept for ten years: UU KUP (law 28/2007) article 28(11).
    """
    if name != "accounting":
        return
    posted = JournalEntry.objects.filter(state=JournalEntry.State.POSTED)
    if count := posted.count():
        raise BooksMustBeKept(count=count, date=posted.latest("date").date)
