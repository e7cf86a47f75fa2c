"""Rich text in the lines of a form, in a browser: typed, made bold by keyboard, moved, kept, and cleaned."""

import pytest
from playwright.sync_api import expect

from base.models import Partner
from erpsite.testing.browser import PHONE, barriers, picture
from tests.browsing import ada, house, sign_in, toko
from tests.looks import sticks_out
from web.screens import Form, Tab, lines, screen
from web.tests.appointments import opened

__all__ = ["ada", "house", "toko"]
pytestmark = pytest.mark.browser


@pytest.fixture
def families(house):
    form = Form(
        title="name", tabs=(Tab(label="People", lines=lines("child_ids", "name comment email")),)
    )
    declared = screen(
        "res.partner", key="families", label="Families", one="Family", list="name", form=form
    )
    with opened(declared):
        yield


def test_rich_text_is_written_in_lines_and_comes_back_clean(page, ada, toko, families):
    evil = "<p>Lama <b>sekali</b></p><script>window.evil = 1</script>"
    ani = Partner.objects.create(name="Ani", parent=toko, comment=evil)
    sign_in(page, "ada")
    page.goto(f"/families/{toko.pk}/")
    page.get_by_role("button", name="Add a line").wait_for()  # until the lines have come alive
    editor = page.get_by_role("textbox", name="Notes")
    expect(editor).to_have_text("Lama sekali")
    editor.click()
    page.keyboard.press("End")
    page.keyboard.press("Control+i")
    page.keyboard.type(" dan baru")
    page.get_by_role("button", name="Add a line").click()
    name = page.get_by_role("table", name="People").get_by_role("textbox", name="Name").nth(1)
    expect(name).to_be_focused()
    page.keyboard.type("Budi")
    page.keyboard.press("Tab")
    page.keyboard.type("Catatan")
    expect(editor.nth(1)).to_have_text("Catatan")
    expect(name).to_have_value("Budi")
    assert barriers(page) == []
    picture(page, "rich-lines-desk")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    ani.refresh_from_db()
    kept = ani.comment.replace("&nbsp;", " ").replace("\xa0", " ")
    assert ("<b>sekali" in kept, "<i> dan baru</i>" in kept, "script" in kept) == (
        True,
        True,
        False,
    )
    assert [(one.name, one.comment) for one in toko.children.exclude(pk=ani.pk)] == [
        ("Budi", "<p>Catatan</p>")
    ]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.reload()
    page.get_by_role("button", name="Add a line").wait_for()
    expect(editor.first).to_contain_text("dan baru")
    assert not sticks_out(page)
    assert page.evaluate("window.evil") is None
    picture(page, "rich-lines-phone")
