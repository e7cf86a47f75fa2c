"""A day's work in a real browser, told as a manual would."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounting.models import JournalEntry, Payment
from accounting.tests.browsing import branch, invoiced
from tests.browsing import ada, chair, house, person, sign_in, toko

__all__ = ["ada", "branch", "chair", "house", "toko"]
pytestmark = pytest.mark.browser


def test_invoices_are_paid_at_once_and_one_is_taken_back(page, ada, house, toko):
    """Two rows are ticked and paid in part with a refusal in between; then the credit note of one of them."""
    one, two = invoiced(house, toko, 500000), invoiced(house, toko, 250000)
    sign_in(page, "ada")
    page.goto("/invoices/")
    for entry in (one, two):
        page.get_by_role("row", name=entry.number).get_by_role("checkbox").check()
    page.get_by_role("button", name="Register payment").click()
    amount = page.get_by_role("textbox", name="Amount")
    expect(amount).to_have_value("750,000")
    amount.fill("lots")
    page.get_by_role("button", name="Register payment").click()
    expect(amount).to_have_value("lots")
    expect(page.get_by_text("Enter a number.").first).to_be_visible()
    amount.fill("600,000")
    expect(page.get_by_text("Rp\u00a0150,000")).to_be_visible(timeout=15000)
    page.get_by_role("button", name="Register payment").click()
    expect(page.get_by_role("status").first).to_contain_text("is registered")
    assert Payment.objects.get().amount == 600000
    page.goto(f"/invoices/{two.pk}/")
    expect(page.locator(".totals")).to_contain_text("Rp\u00a0150,000")
    expect(page.get_by_text("Partly paid").first).to_be_visible()
    page.get_by_role("button", name="Credit note").click()
    page.get_by_label("Reason").fill("Broken")
    page.get_by_label(re.compile("Post it at once")).check()
    page.get_by_role("button", name="Reverse", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RINV")
    expect(page.get_by_role("status").first).to_contain_text("is posted and set off")
    note = JournalEntry.objects.get(kind="out_refund")
    assert (note.state, note.total) == ("posted", 250000)


def test_a_journal_entry_is_written_with_its_sums(page, ada):
    sign_in(page, "ada")
    page.goto("/journal-entries/plain/new/")
    expect(page.get_by_role("button", name="Add a line")).to_be_visible()
    for account, side, amount in (("6201", "Debit", "70000"), ("1101", "Credit", "50000")):
        page.get_by_role("button", name="Add a line").click()
        box = page.get_by_role("combobox", name="Account").last
        box.press_sequentially(account)
        expect(page.get_by_role("option", name=re.compile(account)).first).to_be_visible()
        box.press("Enter")
        page.get_by_role("textbox", name=side).last.fill(amount)
    foot = page.locator("[data-sum=credit], tfoot").last
    expect(foot).to_contain_text("50,000", timeout=15000)
    page.get_by_role("textbox", name="Credit").last.fill("70000")
    expect(foot).to_contain_text("70,000", timeout=15000)
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(r"/plain/\d+/"))
    page.get_by_role("button", name="Post").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("MISC/")


def test_one_company_does_not_see_the_other(page, house, branch, toko):
    ours, theirs = invoiced(house, toko, 1000), invoiced(branch, toko, 77000)
    both = person("bima", house, "Accountant")
    both.companies.add(branch)
    sign_in(page, "bima")
    page.goto("/invoices/")
    expect(page.get_by_role("table")).to_contain_text("Rp\u00a01,000")
    expect(page.get_by_role("table")).not_to_contain_text("77,000")
    assert page.goto(f"/invoices/{theirs.pk}/").status == 404
    page.goto("/invoices/")
    page.get_by_label(re.compile("Company: ")).click()
    page.get_by_role("button", name="Cabang Timur").click()
    expect(page.get_by_role("table")).to_contain_text("Rp\u00a077,000")
    assert page.goto(f"/invoices/{ours.pk}/").status == 404
    page.goto("/invoices/")
    page.get_by_label(re.compile("Company: ")).click()
    page.get_by_role("checkbox", name=house.name).check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("table")).to_contain_text("77,000")
    expect(page.get_by_role("table")).to_contain_text("1,000")
    assert page.goto(reverse("accounting:about", args=[ours.pk])).status == 200
