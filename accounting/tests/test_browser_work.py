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


def test_sign_in_write_an_invoice_post_it_and_print_it(page, ada, toko, chair):
    sign_in(page, "ada")
    page.get_by_role("link", name=re.compile("Accounting")).click()
    page.get_by_role("link", name="New invoice").click()
    customer = page.get_by_role("combobox", name="Customer")
    expect(customer).to_have_attribute("aria-autocomplete", "list")
    customer.click()
    customer.press_sequentially("toko maju")
    page.get_by_role("option", name="Toko Maju Bersama").click()
    product = page.get_by_role("combobox", name="Product").first
    product.click()
    product.press_sequentially("kenc")
    product.press("ArrowDown")
    expect(page.get_by_role("option", name="[CH-1] Chair Kencana")).to_be_visible()
    product.press("Enter")
    first = page.locator("[data-line=lines-0]")
    expect(first.get_by_label("Price")).to_have_value("1,250,000")
    first.get_by_label("Quantity").fill("2")
    first.get_by_label("Discount %").fill("10")
    first.get_by_label("Discount %").press("Tab")
    expect(page.locator("[data-totals]")).to_contain_text("Rp\u00a02,497,500")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status")).to_contain_text("The draft has been saved.")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("INV/")
    entry = JournalEntry.objects.get()
    assert (entry.state, entry.untaxed, entry.tax, entry.partner_id) == (
        "posted",
        2250000,
        247500,
        toko.pk,
    )
    answer = page.request.get(reverse("accounting:document_pdf", args=[entry.pk]))
    assert (answer.status, answer.headers["content-type"], answer.body()[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )


def test_register_a_payment(page, ada, house, toko):
    entry = invoiced(house, toko, 500000)
    sign_in(page, "ada")
    page.goto(reverse("accounting:document", args=[entry.pk]))
    page.get_by_role("link", name="Register payment").click()
    page.get_by_label("Amount").fill("200,000")
    page.get_by_role("button", name="Register payment").click()
    expect(page.get_by_role("status")).to_contain_text("is registered")
    expect(page.locator(".totals")).to_contain_text("Rp\u00a0300,000")
    expect(page.get_by_text("Partly paid")).to_be_visible()
    assert Payment.objects.get().amount == 200000


def test_a_refusal_is_read_on_the_page(page, ada, house, toko):
    entry = invoiced(house, toko, 500000)
    sign_in(page, "ada")
    page.goto(reverse("accounting:document_pay", args=[entry.pk]))
    page.get_by_label("Amount").fill("lots")
    page.get_by_role("button", name="Register payment").click()
    expect(page.get_by_label("Amount")).to_have_value("lots")
    expect(page.get_by_text("Enter a number.")).to_be_visible()


def test_lines_are_added_removed_and_noted(page, ada, house, toko):
    entry = invoiced(house, toko, 1000, posts=False)
    sign_in(page, "ada")
    page.goto(reverse("accounting:document_edit", args=[entry.pk]))
    expect(page.locator("[data-totals]")).to_contain_text("Rp\u00a01,000")
    page.get_by_role("button", name="Add a line").click()
    added = page.locator("[data-line]").last
    added.get_by_label("Description").fill("More work")
    added.get_by_label("Price").fill("250")
    added.get_by_label("Price").press("Tab")
    expect(added.locator("[data-subtotal]")).to_have_text("Rp\u00a0250")
    page.get_by_role("button", name="Add a note").click()
    page.locator("[data-line]").last.get_by_label("Description").fill("With thanks")
    page.locator("[data-line=lines-0] .remove-line").click()
    expect(page.locator("[data-totals]")).not_to_contain_text("1,000")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    lines = entry.items.lines().order_by("sequence").values_list("display_type", "label")
    assert list(lines) == [("product", "More work"), ("line_note", "With thanks")]


def test_an_invoice_is_written_without_scripts(chromium, live_server, ada, toko, chair):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, "ada")
    page.goto(reverse("accounting:document_new", args=["out_invoice"]))
    page.locator("select[name=partner]").select_option(label="Toko Maju Bersama")
    page.locator("select[name=lines-0-product]").select_option(value=str(chair.pk))
    page.locator("[name=lines-0-quantity]").fill("3")
    page.get_by_role("button", name="Work out totals").click()
    expect(page.locator("[data-totals]")).to_contain_text("Rp\u00a04,162,500")
    page.get_by_role("button", name="Add a line").click()
    expect(page.locator("[name=lines-5-quantity]")).to_be_visible()
    expect(page.locator("[name=lines-0-quantity]")).to_have_value("3")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft has been saved.")).to_be_visible()
    context.close()
    assert JournalEntry.objects.get().total == 4162500


def test_one_company_does_not_see_the_other(page, house, branch, toko):
    ours, theirs = invoiced(house, toko, 1000), invoiced(branch, toko, 77000)
    both = person("bima", house, "Accountant")
    both.companies.add(branch)
    sign_in(page, "bima")
    page.goto(reverse("accounting:documents", args=["sales"]))
    expect(page.get_by_role("table")).to_contain_text("Rp\u00a01,000")
    expect(page.get_by_role("table")).not_to_contain_text("77,000")
    assert page.goto(reverse("accounting:document", args=[theirs.pk])).status == 404
    page.goto(reverse("accounting:documents", args=["sales"]))
    page.get_by_label(re.compile("Company: ")).click()
    page.get_by_role("button", name="Cabang Timur").click()
    expect(page.get_by_role("table")).to_contain_text("Rp\u00a077,000")
    assert page.goto(reverse("accounting:document", args=[ours.pk])).status == 404
    page.goto(reverse("accounting:documents", args=["sales"]))
    page.get_by_label(re.compile("Company: ")).click()
    page.get_by_role("checkbox", name=house.name).check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("table")).to_contain_text("77,000")
    expect(page.get_by_role("table")).to_contain_text("1,000")
