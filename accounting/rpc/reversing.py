"""The wizard that takes entries back on the wire: as credit notes, set off at once or not, drafted anew or not."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.errors import NotPosted
from accounting.models import JournalEntry
from accounting.services import entries, invoices
from rpc import field, wizard
from rpc.actions import BY_HAND, notice
from rpc.actions import rows as show


def reversal_defaults(call: Any) -> dict[str, Any]:
    """What the reversal wizard begins with."""
    ids = call.active_ids("account.move")
    found = list(JournalEntry.objects.filter(pk__in=ids).order_by("pk"))
    first = found[0] if found else None
    for entry in found:
        if call.context.get(BY_HAND) and entry.state != JournalEntry.State.POSTED:
            raise NotPosted(record=entry)
    return {
        "date": call.today().isoformat(),
        "move_ids": ids,
        "journal_id": first.journal_id if first else False,
        "company_id": first.company_id if first else call.company_id,
    }


def reverse(*, replaces: bool = False) -> Any:
    """The method that writes reversals; `replaces` settles them at once and drafts the documents anew."""

    def method(call: Any, wizards: list[Any], is_modify: bool = False) -> dict[str, Any]:
        made: list[JournalEntry] = []
        again = replaces or is_modify
        for row in wizards:
            rows = JournalEntry.objects.filter(pk__in=row.values["move_ids"])
            on = row.values["date"] or call.today()
            reversals = entries.reverse(
                rows,
                by=call.actor,
                on=on,
                reason=row.values["reason"] or "",
                journal_id=row.values["journal_id"],
                settles=again or bool(row.values["settles"]),
            )
            made += invoices.duplicate(rows, by=call.actor, on=on) if again else reversals
        opened = show("account.move", [entry.pk for entry in made], name=str(_("Reverse Moves")))
        return notice(_told(made), then=opened) if call.context.get(BY_HAND) else opened

    return method


def _told(made: list[JournalEntry]) -> str:
    """What people are told who reversed by hand."""
    names = ", ".join(str(entry) for entry in made[:5])
    if all(entry.state == JournalEntry.State.POSTED for entry in made):
        return gettext("%(document)s is posted and set off.") % {"document": names}
    return gettext("%(document)s is ready. Look it over, change what differs, and post it.") % {
        "document": names
    }


wizard(
    "account.move.reversal",
    label=_("Account Move Reversal"),
    permission="accounting.reverse_entry",
    fields=(
        field("move_ids", "many2many", _("Journal Entries"), relation="account.move"),
        field("new_move_ids", "many2many", _("Reversals"), relation="account.move"),
        field("date", "date", _("Reversal Date")),
        field("reason", "char", _("Reason")),
        field("journal_id", "many2one", _("Journal"), relation="account.journal"),
        field("company_id", "many2one", _("Company"), relation="res.company"),
        field("settles", "boolean", _("Post It at Once")),
    ),
    defaults=reversal_defaults,
    methods={
        "reverse_moves": reverse(),
        "refund_moves": reverse(),
        "modify_moves": reverse(replaces=True),
    },
)
