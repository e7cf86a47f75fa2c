"""What the first page of the back office says about the books."""

from collections.abc import Iterable

from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.admin.deeds import business_day
from accounting.models import BooksAudit, BooksFinding, JournalEntry
from base.actors import Actor
from base.admin.dashboard import Card, card
from base.policies import visible


@card("accounting.view_booksaudit")
def soundness(actor: Actor) -> Iterable[Card]:
    """How the last audit of each company's books ended."""
    seen = visible(BooksAudit.objects.all(), actor)
    latest = seen.order_by().values("company").annotate(latest=Max("pk")).values("latest")
    place = reverse("admin:accounting_booksaudit_changelist")
    audits = list(BooksAudit.objects.filter(pk__in=latest).select_related("company"))
    if not audits:
        yield Card(
            title=_("Books"), figure="—", detail=_("not audited yet"), icon="verified", link=place
        )
    for audit in audits:
        found = 0 if audit.is_sound else BooksFinding.objects.filter(audit=audit).count()
        yield Card(
            title=str(audit.company),
            figure=str(_("Sound"))
            if audit.is_sound
            else ngettext("%(n)d finding", "%(n)d findings", found) % {"n": found},
            detail=_("books audited on %(day)s") % {"day": date_format(audit.date)},
            tone="good" if audit.is_sound else "bad",
            icon="verified" if audit.is_sound else "report",
            link=reverse("admin:accounting_booksaudit_change", args=[audit.pk]),
        )


@card("accounting.view_journalentry")
def waiting(actor: Actor) -> Iterable[Card]:
    """Drafts to be posted, and documents past their day."""
    place = reverse("admin:accounting_journalentry_changelist")
    seen = visible(JournalEntry.objects.all(), actor)
    drafts = seen.drafts().count()
    yield Card(
        title=_("Drafts"),
        figure=str(drafts),
        detail=_("not posted yet"),
        tone="care" if drafts else "good",
        icon="edit_note",
        link=f"{place}?state__exact=draft",
    )
    late = seen.due_before(business_day(actor)).count()
    yield Card(
        title=_("Overdue"),
        figure=str(late),
        detail=_("open documents past their due date"),
        tone="care" if late else "good",
        icon="event_busy",
        link=f"{place}?payment_state__exact=not_paid",
    )
