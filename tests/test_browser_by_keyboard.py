"""A morning at the screens by keyboard alone, on a desk and on a phone; and where the focus is afterwards."""

import re

import pytest
from playwright.sync_api import expect

from base import jobs
from base.models import Country, ImportBatch, Partner
from erpsite.testing.browser import DESK, PHONE
from tests.browsing import PASSWORD, ada, house, person, sign_in

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser
SHOPS = "Name;City;Country\nKios A;Solo;Indonesia\nKios B;Solo;Atlantis\n;Solo;Indonesia\n"


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def at_work(request, page, ada):
    """Signed in, the mouse untouched."""
    page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
    page.on("filechooser", lambda _chooser: None)  # caught from the beginning, not only when asked
    page.goto("/")
    reach(page, "[name=login]")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/**")
    return page


def reach(page, selector, text="", most=120):
    """Press Tab until the focus is on what is looked for."""
    is_there = "([s, t]) => document.activeElement.matches(s) && document.activeElement.textContent.includes(t)"
    for _press in range(most):
        if page.evaluate(is_there, [selector, text]):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def go_to(page, words, address):
    """Find a menu by the palette and open it."""
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-text")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator("#palette-list [aria-selected=true]")).to_contain_text(
        re.compile(words, re.IGNORECASE)
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_a_partner_is_made_found_kept_and_moved(at_work):
    page = at_work
    Partner.objects.create(name="Kios Citra", country=Country.objects.get(code="SG"))
    go_to(page, "Contacts", "/contacts/")
    reach(page, "a[href='/contacts/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/new/")
    reach(page, "#record [name=name]")
    page.keyboard.type("Kios Baru")
    reach(page, "[name=city]")
    page.keyboard.type("Solo")
    reach(page, "[name=country_id]")
    page.keyboard.type("Indon", delay=15)
    expect(page.get_by_role("option", name="Indonesia", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(r"/contacts/\d+/"))
    expect(page.locator("[role=status] p", has_text="Saved.")).to_be_visible()
    made = Partner.objects.get(name="Kios Baru")
    assert (made.city, made.country.code) == ("Solo", "ID")

    go_to(page, "Contacts", "/contacts/")
    page.keyboard.press("/")
    page.keyboard.type("solo", delay=15)
    choice = page.get_by_role("option", name="Search City for: solo")
    expect(choice).to_be_visible()
    while choice.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("s=city"))
    expect(page.get_by_role("link", name="Kios Baru")).to_be_visible()
    reach(page, "summary", "Favourites")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Di Solo")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Di Solo” is kept among your favourites.")).to_be_visible()

    page.goto("/contacts/?v=kanban&q=Kios")
    reach(page, "[aria-label='Move Kios Baru']")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_text("“Kios Baru” is now in “Singapore”.").wait_for()
    expect(page.locator("[aria-label='Move Kios Baru']")).to_be_focused()
    made.refresh_from_db()
    assert made.country.code == "SG"


def test_a_file_with_two_bad_lines_is_mended_and_its_batch_undone(at_work, tmp_path):
    page = at_work
    go_to(page, "Contacts", "/contacts/")
    reach(page, "a[href='/contacts/import/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/import/")
    sent(page, tmp_path / "shops.csv", SHOPS)
    done(page, "try")
    assert page.locator("#import td[data-label=Line]").all_inner_texts() == ["3", "4"]
    done(page, "take")
    assert Partner.objects.filter(name__startswith="Kios").count() == 1
    reach(page, "a[href*='/mend/']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = text.replace("Atlantis", "Indonesia").splitlines()
    lines[2] = f"Kios C{lines[2]}"
    go_to(page, "Contacts", "/contacts/")
    reach(page, "a[href='/contacts/import/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/import/")
    sent(page, tmp_path / "mended.csv", "\n".join(lines))
    done(page, "take")
    assert Partner.objects.filter(name__startswith="Kios").count() == 3
    done(page, "undo")
    assert [one.name for one in Partner.objects.filter(name__startswith="Kios")] == ["Kios A"]


def sent(page, path, text):
    """Choose a file and send it."""
    path.write_text(text)
    reach(page, "[type=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(path)
    reach(page, "#content form .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/**")


def done(page, what):
    """Press a button of the import and let its job run, as a worker would."""
    reach(page, f"button[name=do][value={what}]")
    page.keyboard.press("Enter")
    page.get_by_text("The file is at work.").wait_for()
    jobs.run(ImportBatch.objects.latest("pk").run_id)
    page.locator("#import:not([data-under-way])").wait_for()


def test_a_dialog_gives_the_focus_back_to_what_opened_it(at_work):
    page = at_work
    page.goto("/contacts/")
    for opener in ("[data-palette-open]", "[data-build]"):
        if opener == "[data-build]":
            page.locator("summary", has_text="Filter").focus()
            page.keyboard.press("Enter")
        reach(page, opener)
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(page.locator(opener).first).to_be_focused()
    page.locator("#content").focus()
    page.keyboard.press("?")
    expect(page.locator("#help-sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#content")).to_be_focused()


def test_what_does_not_fit_a_phone_stands_below_more(page, house):
    person("wati", house, "Administrator")
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(page, "wati")
    page.wait_for_url("**/home/**")
    page.goto("/contacts/")
    row = page.locator(".module-row")
    assert row.evaluate("(e) => e.scrollWidth <= e.clientWidth")
    expect(row.locator("> a[aria-current]")).to_have_text("Contacts")
    reach(page, ".module-more > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(row.locator(".menu-panel a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".module-more > summary")).to_be_focused()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".module-more")).to_be_hidden()
    names = row.locator("> a").all_inner_texts()
    page.reload()
    assert names == row.locator("> a").all_inner_texts()
