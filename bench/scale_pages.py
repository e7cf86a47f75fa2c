"""`python -m bench.scale_pages`: what the pages of the house that `DATABASE_URL` names cost, one for each line that it
reads. `bench.scale` keeps two of them, and asks them in turn."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import django

LINES, TALK = 50, 2_000
LIST, FORM = 8, 15
BENCH = "BENCH/FORM"


def main(only: str) -> None:
    """Tell the names of the pages; then what each costs whose name is read, until nothing comes any more."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "erpsite.settings"
    django.setup()
    from bench.pages import cost_of, signed_in

    pages = {name: page for name, page in _pages() if only in name}
    _say([*pages])
    with signed_in() as client:
        for line in sys.stdin:
            name = line.rstrip("\n")
            _say(asdict(cost_of(client, name, pages[name])))


def _say(told: Any) -> None:
    print(json.dumps(told), flush=True)


def _pages() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, address in _lists():
        yield name, {"address": address, "queries": LIST}
    for name, address in _forms():
        yield name, {"address": address, "queries": FORM}


def _lists() -> Iterator[tuple[str, str]]:
    from accounting.models import JournalEntry
    from base.models import Partner

    contacts, entries, invoices = "/contacts/?all=1", "/journal-entries/?all=1", "/invoices/?all=1"
    middle = _middle(Partner.objects.active().order_by("sort_name", "-id"))
    yield "contacts, first page", contacts
    yield "contacts, a page in the middle", f"{contacts}&after={middle}"
    yield "contacts, last page", f"{contacts}&before=end"
    yield "contacts, text found often", "/contacts/?q=santoso"
    yield "contacts, text found rarely, accents left out", "/contacts/?q=desiree+celikoglu"
    yield "contacts, text found nowhere", "/contacts/?q=quixotically"
    yield "contacts, two words", "/contacts/?q=jose+wijaya"
    yield "contacts by country", "/contacts/?g=country_id"
    yield "contacts by salesperson", "/contacts/?g=user_id"
    yield "contacts by month of creation", "/contacts/?g=create_date%3Amonth"
    yield "contacts by country, text found often", "/contacts/?g=country_id&q=santoso"
    yield "contacts, sorted by city", f"{contacts}&sort=city"
    yield "contacts, sorted by e-mail downwards", f"{contacts}&sort=-email"
    yield "contacts as cards", f"{contacts}&view=kanban"
    yield "box for a customer, text typed", "/find/invoices/partner_id/?q=san"
    yield "box for a customer, nothing typed", "/find/invoices/partner_id/?q="
    middle = _middle(JournalEntry.objects.order_by("-date", "-id"))
    yield "journal entries, first page", entries
    yield "journal entries, a page in the middle", f"{entries}&after={middle}"
    yield "journal entries, last page", f"{entries}&before=end"
    yield "journal entries, a number", "/journal-entries/?q=BENCH%2F301"
    yield "journal entries, a partner's name", "/journal-entries/?q=santoso"
    yield "journal entries by journal", f"{entries}&g=journal_id"
    yield "journal entries by month", f"{entries}&g=date%3Amonth"
    yield "invoices, first page", invoices
    yield "invoices, unpaid", "/invoices/?f=unpaid"
    yield "invoices, a partner's name, rare", "/invoices/?q=desiree+celikoglu"
    yield "invoices by customer", f"{invoices}&g=partner_id"
    yield "invoices by month", f"{invoices}&g=invoice_date%3Amonth"
    yield "journal items, first page", "/journal-items/"
    yield "journal items by account", "/journal-items/?g=account_id"


def _middle(rows: Any) -> int:
    return int(rows.values_list("pk", flat=True)[rows.count() // 2])


def _forms() -> Iterator[tuple[str, str]]:
    from base.models import Partner

    partner = Partner.objects.filter(reference="BENCH-1500").get()
    invoice = _invoice(partner.pk)
    yield f"invoice, {LINES} lines, long history", f"/invoices/{invoice}/"
    yield "invoice, new", "/invoices/new/"
    yield "contact", f"/contacts/{partner.pk}/"
    yield "contact, found by a search", f"/contacts/{partner.pk}/?list=q%3Dsantoso"


def _invoice(partner_id: int) -> int:
    """An invoice with many lines and a long conversation, made once."""
    from django.contrib.contenttypes.models import ContentType

    from accounting.models import JournalEntry
    from base.actors import Actor
    from base.models import Message, User
    from rpc import dispatch

    found = JournalEntry.objects.filter(reference=BENCH).first()
    if found is not None:
        return int(found.pk)
    actor = Actor.of(User.objects.get(username="admin"))
    lines = [
        {"name": f"Line {n}", "quantity": n, "price_unit": 1000 * n} for n in range(1, LINES + 1)
    ]
    values = {
        "move_type": "out_invoice",
        "partner_id": partner_id,
        "ref": BENCH,
        "invoice_line_ids": [[0, 0, line] for line in lines],
    }
    pk = dispatch.by_position(actor, "account.move", "create", [values], {})
    kind = ContentType.objects.get_for_model(JournalEntry)
    Message.objects.bulk_create(
        Message(content_type=kind, row_id=pk, body=f"<p>Said {n}</p>", author_id=actor.partner_id)
        for n in range(TALK)
    )
    return int(pk)


if __name__ == "__main__":
    main(sys.argv[1])
