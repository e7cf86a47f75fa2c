"""The form of a document with its lines: what it says while it is typed, and what saving it writes."""

import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.models import ItemTax, JournalEntry, JournalItem
from accounting.tests.test_screens_documents import at_work, clerk_at_work
from base.models import VerbRun
from web.tests.sending import opened

__all__ = ["clerk_at_work"]
pytestmark = pytest.mark.django_db
D = Decimal
NEW = "/invoices/new/"
ASK = "/invoices/preview/"
SET = "invoice_line_ids"


def head(partner, *lines, **more):
    """What the page sends for a new invoice of such lines."""
    data = {
        "was": "",
        "partner_id": partner.name,
        "partner_id-pk": str(partner.pk),
        "partner_id-is": partner.name,
        f"{SET}-COUNT": str(len(lines)),
    }
    for place, line in enumerate(lines):
        for name, value in ({"id": ""} | line).items():
            data[f"{SET}-{place}-{name}"] = value
    return data | more


def of(product, **more):
    """A line of a product, all else left to the noun."""
    name = f"{product}"
    left = "name quantity price_unit discount tax_ids"
    chosen = {"product_id": name, "product_id-pk": str(product.pk), "product_id-is": name}
    return {**chosen, "OPEN": " ".join(set(left.split()) - more.keys()), **more}


def said(name, price, **more):
    """A line in words, its taxes left to the noun."""
    left = "product_id quantity discount tax_ids"
    open_fields = " ".join(set(left.split()) - more.keys())
    return {"name": name, "price_unit": price, "OPEN": open_fields, **more}


def shown(entry):
    rows = entry.items.lines().order_by("sequence", "pk")
    return list(rows.values_list("display_type", "label", "quantity", "unit_price"))


def test_a_form_says_what_it_comes_to_and_writes_nothing(clerk_at_work, customer, chair):
    before = (JournalEntry.objects.count(), JournalItem.objects.count(), VerbRun.objects.count())
    answer = clerk_at_work.post(ASK, head(customer, of(chair, quantity="3")))
    told = answer.json()
    line = told["lines"][SET]["rows"]["0"]
    assert (answer.status_code, told["sentences"], told["errors"]) == (200, [], {})
    assert line["filled"]["name"] == "[CH-1] Kursi" or line["filled"]["name"] == "Kursi"
    assert line["filled"]["price_unit"] == "50,000"
    assert len(line["filled"]["tax_ids"]) == 1
    assert "150,000" in line["shown"]["price_subtotal"]
    assert "166,500" in told["foot"]
    assert told["filled"]["currency_id"]["text"] == "IDR"
    after = (JournalEntry.objects.count(), JournalItem.objects.count(), VerbRun.objects.count())
    assert after == before


def test_nothing_is_told_to_anybody_of_what_is_only_asked(
    clerk_at_work, customer, chair, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as told:
        clerk_at_work.post(ASK, head(customer, of(chair)))
    assert told == []


def test_what_cannot_be_read_is_told_beside_its_box(clerk_at_work, customer):
    answer = clerk_at_work.post(ASK, head(customer, said("Work", "lots")))
    assert answer.status_code == 200
    assert answer.json()["errors"] == {f"{SET}-0-price_unit": ["Enter a number."]}


def test_what_the_noun_refuses_is_a_sentence(clerk_at_work, customer):
    answer = clerk_at_work.post(ASK, head(customer, said("Work", "99999999999999999")))
    assert answer.status_code == 200
    assert len(answer.json()["sentences"]) + len(answer.json()["errors"]) == 1


def test_lines_sections_and_notes_are_saved_in_their_order(clerk_at_work, customer, chair):
    lines = (
        {"display_type": "line_section", "name": "Furniture", "OPEN": ""},
        of(chair, quantity="2"),
        said("Delivery", "150,000"),
        {"display_type": "line_note", "name": "Mind the steps.", "OPEN": ""},
        {"OPEN": "product_id name quantity price_unit discount tax_ids", "quantity": "1"},
    )
    answer = clerk_at_work.post(NEW, head(customer, *lines))
    entry = JournalEntry.objects.get()
    assert answer.status_code == 302
    assert [(kind, label) for kind, label, *_ in shown(entry)] == [
        ("line_section", "Furniture"),
        ("product", shown(entry)[1][1]),
        ("product", "Delivery"),
        ("line_note", "Mind the steps."),
    ]
    assert entry.untaxed == 250000


def test_a_section_has_words_and_no_figures(accountant, clerk_at_work, draft, post):
    work = {"label": "Chairs", "quantity": D(2), "unit_price": D(100)}
    entry = draft({"label": "Furniture", "display_type": "line_section"}, work)
    post(entry)
    page = clerk_at_work.get(f"/invoices/{entry.pk}/").content.decode()
    section, line = re.findall(r"<tr data-line.*?</tr>", page, re.DOTALL)[:2]
    shown = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", section)]
    assert [cell for cell in shown if cell] == ["Furniture"]
    assert "Chairs" in line
    assert "200" in line


def test_taxes_taken_away_stay_away_and_those_left_alone_come(clerk_at_work, customer, chair):
    bare = {**of(chair), "OPEN": "name quantity price_unit discount"}
    clerk_at_work.post(NEW, head(customer, bare, of(chair)))
    rows = JournalItem.objects.of_entries([JournalEntry.objects.get().pk]).lines()
    first, second = rows.order_by("sequence")
    assert ItemTax.objects.filter(item=first).count() == 0
    assert ItemTax.objects.filter(item=second).count() == 1


def existing(entry, client):
    """What the page of a draft sends back untouched."""
    page = client.get(f"/invoices/{entry.pk}/").content.decode()
    was = re.search(r'name="was" value="([^"]*)"', page)
    rows = entry.items.lines().order_by("sequence", "pk")
    data = {"was": html.unescape(was[1]) if was else "", f"{SET}-COUNT": str(len(rows))}
    for place, row in enumerate(rows):
        data |= {f"{SET}-{place}-id": str(row.pk), f"{SET}-{place}-OPEN": ""}
    return data


def test_another_product_brings_its_own_price_unless_one_was_typed(
    clerk_at_work, draft, chair, customer
):
    entry = draft({"label": "Work", "unit_price": D(9)}, {"label": "Play", "unit_price": D(8)})
    data = existing(entry, clerk_at_work)
    for place in (0, 1):
        data |= {f"{SET}-{place}-product_id": str(chair)}
        data |= {f"{SET}-{place}-product_id-pk": str(chair.pk)}
        data |= {f"{SET}-{place}-product_id-is": str(chair)}
    data |= {f"{SET}-0-OPEN": "name price_unit tax_ids quantity discount"}
    data |= {f"{SET}-1-OPEN": "name tax_ids quantity discount", f"{SET}-1-price_unit": "777"}
    answer = clerk_at_work.post(f"/invoices/{entry.pk}/", data)
    assert answer.status_code == 302
    assert [price for *_rest, price in shown(entry)] == [50000, 777]


def test_lines_put_in_another_order_stand_in_it(clerk_at_work, draft):
    entry = draft(*({"label": name, "unit_price": D(1)} for name in "ABC"))
    data, ids = (
        existing(entry, clerk_at_work),
        list(entry.items.lines().values_list("pk", flat=True)),
    )
    a, b, c = sorted(ids)
    for place, pk in enumerate((c, a, b)):
        data |= {f"{SET}-{place}-id": str(pk)}
    assert clerk_at_work.post(f"/invoices/{entry.pk}/", data).status_code == 302
    assert [label for _kind, label, *_ in shown(entry)] == ["C", "A", "B"]


def statements(client, address, data=None):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == 200
    return len(asked)


def test_a_form_of_fifty_lines_costs_what_one_of_two_does(clerk_at_work, draft, chair, customer):
    sizes = {}
    for count in (2, 50):
        row = {"product_id": chair.pk, "quantity": D(2)}
        entry = draft(*([row] * count))
        address = f"/invoices/{entry.pk}/"
        statements(clerk_at_work, address)
        sizes[count] = statements(clerk_at_work, address)
    assert sizes[50] == sizes[2]
    assert sizes[50] <= BUDGET["form"]


BUDGET = {"form": 15, "list": 8, "preview": 15}


def test_asking_what_fifty_lines_come_to_costs_what_two_do(clerk_at_work, customer, chair):
    sizes = {}
    for count in (2, 50):
        data = head(customer, *([of(chair)] * count))
        statements(clerk_at_work, ASK, data)
        sizes[count] = statements(clerk_at_work, ASK, data)
    assert sizes[50] == sizes[2]
    assert sizes[50] <= BUDGET["preview"]


def test_asking_what_a_draft_comes_to_costs_little_and_changes_nothing(clerk_at_work, draft, chair):
    sizes = {}
    for count in (2, 50):
        entry = draft(*([{"product_id": chair.pk, "quantity": D(2)}] * count))
        address = f"/invoices/{entry.pk}/preview/"
        typed = {f"{SET}-0-quantity": "5", f"{SET}-0-OPEN": "", f"{SET}-1-DELETE": "on"}
        typed[f"{SET}-COUNT"] = str(count)  # as with a script: no blank lines beside
        data = opened(clerk_at_work, f"/invoices/{entry.pk}/") | typed
        told = clerk_at_work.post(address, data).json()
        assert "250,000" in told["lines"][SET]["rows"]["0"]["shown"]["price_subtotal"]
        assert list(told["lines"][SET]["rows"])[:2] == ["0", "2"][: count - 1]
        sizes[count] = statements(clerk_at_work, address, data)
        assert [row.quantity for row in entry.items.lines()] == [D(2)] * count
    assert sizes[50] == sizes[2]
    assert sizes[50] <= BUDGET["preview"]


def test_a_list_of_invoices_costs_little(clerk_at_work, draft):
    for _ in range(20):
        draft({"label": "Work", "unit_price": D(1000)})
    statements(clerk_at_work, "/invoices/")
    assert statements(clerk_at_work, "/invoices/") <= BUDGET["list"]


def test_a_credit_is_set_off_and_taken_off_again(accountant, customer, invoice, draft, post):
    credit = post(draft({"label": "Back", "unit_price": D(10000), "taxes": []}, kind="out_refund"))
    client = at_work(accountant)
    page = client.get(f"/invoices/{invoice.pk}/").content.decode()
    item = JournalItem.objects.open().get(entry=credit)
    address = reverse("accounting:document_settle", args=[invoice.pk, item.pk])
    assert address in page
    client.post(address)
    invoice.refresh_from_db()
    assert invoice.residual == 101000
    page = client.get(f"/invoices/{invoice.pk}/").content.decode()
    match = page.split("/unsettle/")[1].split("/")[0]
    client.post(reverse("accounting:document_unsettle", args=[invoice.pk, int(match)]))
    invoice.refresh_from_db()
    assert invoice.residual == 111000


def test_a_document_is_looked_at_on_paper(clerk_at_work, invoice, other_accountant):
    address = reverse("accounting:document_paper", args=[invoice.pk])
    sheet = reverse("accounting:document_sheet", args=[invoice.pk, 1])
    assert sheet in clerk_at_work.get(address).content.decode()
    drawn = clerk_at_work.get(sheet)
    assert (drawn["Content-Type"], drawn.content[:4]) == ("image/svg+xml", b"<svg")
    beyond = reverse("accounting:document_sheet", args=[invoice.pk, 9])
    assert clerk_at_work.get(beyond).status_code == 404
    assert at_work(other_accountant).get(sheet).status_code == 404


def test_items_lead_to_their_entry(clerk_at_work, invoice):
    item = invoice.items.first()
    answer = clerk_at_work.get(reverse("accounting:item", args=[item.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == f"/invoices/{invoice.pk}/"


def test_who_may_only_look_previews_nothing(auditor, draft):
    entry = draft({"label": "Work", "unit_price": D(1)})
    data = existing(entry, at_work(auditor)) | {f"{SET}-0-name": "Play"}
    assert at_work(auditor).post(f"/invoices/{entry.pk}/preview/", data).json() == {}
    assert [label for _kind, label, *_ in shown(entry)] == ["Work"]


def test_an_invoice_is_no_bill(clerk_at_work, invoice):
    assert clerk_at_work.get(f"/invoices/{invoice.pk}/").status_code == 200
    assert clerk_at_work.get(f"/bills/{invoice.pk}/").status_code == 404
