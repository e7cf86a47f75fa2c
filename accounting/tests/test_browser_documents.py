"""An invoice by keyboard alone: written in the grid, posted, looked at on paper, paid, found again."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounting.models import JournalEntry
from accounting.tests.browsing import invoiced
from erpsite.testing.browser import barriers
from tests.browsing import ada, chair, house, sign_in, toko
from tests.looks import sticks_out

__all__ = ["ada", "chair", "house", "toko"]
pytestmark = pytest.mark.browser
FOOT = "[data-foot]"
LABEL = 'textarea[name="invoice_line_ids-{}-name"]'


def choose(page, words, option):
    """Type into the box that has the focus and take what is found."""
    page.keyboard.type(words, delay=15)
    expect(page.get_by_role("option", name=re.compile(option)).first).to_be_visible()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1440, 360])
def test_an_invoice_by_keyboard_alone(page, ada, toko, chair, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, "ada")
    expect(page.get_by_role("link", name=re.compile("Accounting")).first).to_be_visible()
    page.goto("/invoices/new/")
    keys = page.keyboard
    page.get_by_role("combobox", name="Customer").focus()
    choose(page, "toko maju", "Toko Maju")
    page.get_by_role("button", name="Add a line").focus()
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Product").last).to_be_focused()
    choose(page, "kenc", "Chair Kencana")
    expect(page.get_by_role("textbox", name="Price").first).to_have_value(
        "1,250,000", timeout=15000
    )
    keys.press("Tab")
    keys.press("Tab")
    keys.type("2")
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Product").last).to_be_focused()
    choose(page, "kenc", "Chair Kencana")
    expect(page.get_by_role("textbox", name="Price").nth(1)).to_have_value(
        "1,250,000", timeout=15000
    )
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Product").last).to_be_focused()
    keys.press("Tab")
    keys.type("Delivery")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("150000")
    expect(page.locator(FOOT)).to_contain_text("Rp\u00a04,329,000", timeout=15000)
    keys.press("Alt+ArrowUp")
    expect(page.locator(LABEL.format(1))).to_have_value("Delivery")
    assert not sticks_out(page)
    keys.press("Control+s")
    page.wait_for_url(re.compile(r"/invoices/\d+/"))
    expect(page.locator(LABEL.format(1))).to_have_value("Delivery")
    page.get_by_role("button", name="Post").last.focus()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("INV/")
    entry = JournalEntry.objects.get()
    labels = list(entry.items.lines().order_by("sequence").values_list("label", flat=True))
    assert (entry.state, entry.untaxed, labels[1]) == ("posted", 3900000, "Delivery")
    if width < 768:
        page.locator(".record-head summary").focus()
        keys.press("Enter")
    page.get_by_role("link", name="Print").focus()
    keys.press("Enter")
    paper = page.get_by_role("img", name=re.compile("Page 1"))
    expect(paper).to_be_visible()
    assert paper.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    pdf = page.request.get(reverse("accounting:document_pdf", args=[entry.pk]))
    assert pdf.body()[:5] == b"%PDF-"
    page.go_back()
    page.get_by_role("button", name="Register payment").focus()
    keys.press("Enter")
    amount = page.get_by_role("textbox", name="Amount")
    expect(amount).to_have_value("4,329,000")
    amount.focus()
    keys.press("Control+a")
    keys.type("4000000")
    expect(page.get_by_text("Rp\u00a0329,000")).to_be_visible(timeout=15000)
    keys.press("Control+a")
    keys.type("4329000")
    expect(page.get_by_text("Rp\u00a0329,000")).to_be_hidden(timeout=15000)
    keys.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("is registered")
    entry.refresh_from_db()
    page.goto("/invoices/?f=paid")
    expect(page.get_by_role("link", name=entry.number)).to_be_visible()
    page.goto("/invoices/?f=unpaid")
    expect(page.get_by_text("Nothing fits what you search for.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_screens_of_accounting(page, ada, house, toko, theme):
    page.emulate_media(color_scheme=theme)
    posted, paper = invoiced(house, toko, 750000), invoiced(house, toko, 1000, posts=False)
    sign_in(page, "ada")
    found = {}
    for address in (
        "/invoices/",
        "/invoices/new/",
        f"/invoices/{posted.pk}/",
        f"/invoices/{paper.pk}/",
        f"/accounting/documents/{posted.pk}/paper/",
        "/journal-entries/plain/new/",
        "/chart-of-accounts/",
        "/journal-items/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if barred := barriers(page):
            found[address] = barred
        page.set_viewport_size({"width": 360, "height": 800})
        if sticks_out(page):
            found[f"{address} at 360"] = "sticks out"
        page.set_viewport_size({"width": 1440, "height": 900})
    assert found == {}


def test_what_is_added_to_the_lines_has_the_focus(page, ada):
    sign_in(page, "ada")
    page.goto("/invoices/new/")
    boxes = (
        ("section", "textbox", "Section"),
        ("note", "textbox", "Note"),
        ("line", "combobox", "Product"),
    )
    for name, role, box in boxes:
        page.get_by_role("button", name=f"Add a {name}").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role(role, name=box).last).to_be_focused()
    page.get_by_role("button", name="Remove this line").last.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.record-lines') !== null")


def test_lines_are_written_without_scripts(chromium, live_server, ada, toko, chair):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, "ada")
    page.goto("/invoices/new/")
    page.locator("[name=partner_id]").fill("Toko Maju Bersama")
    page.locator("[name=invoice_line_ids-0-product_id]").fill("Kencana")
    page.locator("[name=invoice_line_ids-0-quantity]").fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(FOOT)).to_contain_text("Rp\u00a04,162,500")
    context.close()
    assert JournalEntry.objects.get().total == 4162500
