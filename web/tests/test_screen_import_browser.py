"""Importing in a browser: a file with two bad lines, mended, sent again, and undone; and how export and import look."""

import pytest

from base import jobs
from base.models import ImportBatch, Partner
from erpsite.testing.browser import barriers
from tests.browsing import ada, house, sign_in
from tests.looks import sticks_out

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser
ROWS = "Name;City;Country\nWarung A;Solo;Indonesia\nWarung B;Solo;Atlantis\n;Solo;Indonesia\n"


def send(page, text):
    page.goto("/contacts/import/")
    file = {"name": "shops.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Send").click()


def press(page, name):
    """Press a button of the import and let its job run, as a worker would."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("The file is at work.").wait_for()
    jobs.run(ImportBatch.objects.latest("pk").run_id)
    page.locator("#import:not([data-under-way])").wait_for()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
def test_two_bad_lines_are_mended_and_the_batch_is_undone(page, ada, width, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, "ada")
    page.goto("/contacts/")
    page.get_by_role("link", name="Import").click()
    assert (barriers(page), sticks_out(page)) == ([], False)
    send(page, ROWS)
    assert (barriers(page), sticks_out(page)) == ([], False)
    press(page, "Try out")
    assert Partner.objects.filter(name__startswith="Warung").count() == 0
    wrong = page.locator("#import td[data-label=Line]")
    assert wrong.all_inner_texts() == ["3", "4"]
    press(page, "Take in")
    assert (barriers(page), sticks_out(page)) == ([], False)
    with page.expect_download() as download:
        page.get_by_role("link", name="The lines to be mended").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = text.replace("Atlantis", "Indonesia").splitlines()
    lines[2] = f"Warung C{lines[2]}"
    send(page, "\n".join(lines))
    press(page, "Take in")
    found = Partner.objects.filter(name__startswith="Warung").order_by("name")
    assert [one.name for one in found] == ["Warung A", "Warung B", "Warung C"]
    press(page, "Undo the import")
    assert [one.name for one in found.all()] == ["Warung A"]


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (360, "light")])
def test_columns_are_chosen_and_the_file_comes(page, ada, width, theme):
    ada.roles.add(*type(ada.roles.first()).objects.filter(name_en="May export"))
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, "ada")
    page.goto("/contacts/")
    page.get_by_role("link", name="Export").click()
    assert (barriers(page), sticks_out(page)) == ([], False)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").press("Enter")
    assert download.value.suggested_filename == "contacts.xlsx"
