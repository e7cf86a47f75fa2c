"""Journal entries: the list of everything in the books, and the page of one entry."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.badges import badge
from accounting.screens.documents import BILLS, SALES, found_by
from base.actors import Actor
from base.money import ZERO
from base.policies import visible
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, Told, one, page
from web.views import talk

State = JournalEntry.State
SORTS = (
    Sort(key="date", field="date"),
    Sort(key="number", field="number"),
    Sort(key="total", field="total"),
)
CHOICES = (
    Choice(key="posted", label=_("Posted"), condition=Q(state="posted")),
    Choice(key="drafts", label=_("Drafts"), condition=Q(state="draft")),
    Choice(key="plain", label=_("Without document"), condition=Q(kind="entry")),
    Choice(key="all", label=_("All"), condition=Q()),
)


@page("accounting.view_journalentry")
def listing(request: PageRequest) -> HttpResponse:
    """The list of journal entries."""
    rows = visible(JournalEntry.objects.with_parties(), request.actor)
    found = Listing(request, rows, sorts=SORTS, default="-date", choices=CHOICES, search=found_by)
    today = companies.today(companies.current(request.actor))
    for row in found.rows:
        row.badge = badge(row, today)
    return render(request, "accounting/entries/list.html", {"listing": found})


@page("accounting.view_journalentry")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a journal entry."""
    return page_of(request, pk, Told())


def page_of(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    """The page of a journal entry, with what was refused when there was something to do."""
    entry = entry_of(request.actor, pk)
    request.menu_path = reverse("accounting:entries")
    items = JournalItem.objects.of_entries([pk]).filter(account__isnull=False)
    found = list(items.select_related("account", "partner"))
    context = {
        "entry": entry,
        "badge": badge(entry, companies.today(entry.company)),
        "items": found,
        "debit": sum((item.debit for item in found), ZERO),
        "credit": sum((item.credit for item in found), ZERO),
        "reversals": list(entry.reversals.order_by("id")),
        "may": possible(entry, request.actor),
        "refusal": refusal,
        **talk.context(request, entry),
    }
    return render(request, "accounting/entries/page.html", context, status=refusal.status)


def entry_of(actor: Actor, pk: int) -> JournalEntry:
    """An entry of any kind that the actor may see, with its parties. One query. Refuses with `Missing`."""
    rows = JournalEntry.objects.with_parties().select_related("reversed_entry", "payment")
    entry: JournalEntry = one(rows, actor, pk)
    return entry


def page_name(entry: JournalEntry) -> str:
    """Which page shows an entry."""
    return "accounting:document" if entry.is_document else "accounting:entry"


def list_of(entry: JournalEntry) -> str:
    """The address of the list that an entry belongs to."""
    if not entry.is_document:
        return reverse("accounting:entries")
    return reverse("accounting:documents", args=[SALES if entry.is_sale else BILLS])


def mark_menu(request: PageRequest, entry: JournalEntry) -> None:
    """Let the menu show the list that an entry belongs to."""
    request.menu_path = list_of(entry)


def possible(entry: JournalEntry, actor: Actor) -> dict[str, bool]:
    """What the actor may do with an entry as it stands, whatever its kind."""
    is_draft, is_posted = entry.state == State.DRAFT, entry.state == State.POSTED
    return {
        "edit": is_draft and actor.has_perm("accounting.change_journalentry"),
        "post": is_draft and actor.has_perm("accounting.post_entry"),
        "delete": is_draft
        and not entry.number
        and actor.has_perm("accounting.delete_journalentry"),
        "cancel": is_draft and actor.has_perm("accounting.cancel_entry"),
        "reverse": is_posted and actor.has_perm("accounting.reverse_entry"),
        "reset": not is_draft and actor.has_perm("accounting.reset_entry"),
    }
