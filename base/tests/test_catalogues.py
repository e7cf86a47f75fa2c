"""Translations: found in Python, templates and browser code, kept, compiled."""

import gettext

import pytest
from babel.messages import pofile
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from base import catalogues

SOURCES = {
    "shop/views.py": 'from x import gettext as _, ngettext\n_("Order")\nngettext("%(n)s item", "%(n)s items", 2)\n',
    "shop/tests/test_x.py": '_("only in a test")',
    "templates/shop/page.html": '{% load i18n %}{% translate "Pay" %}{% blocktranslate count n=n %}{{ n }} day{% plural %}'
    '{{ n }} days{% endblocktranslate %}{% translate "May" context "month" %}',
    "static/shop.js": 'import { _t } from "./t.js"; _t("Drop here");',
    "static/shop.xml": "<t t-esc=\"_t('Search &amp; find')\"/>",
    "node_modules/x.js": '_t("not ours")',
}


@pytest.fixture
def project(tmp_path):
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def texts(catalogue):
    return {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id
    }


def test_texts_are_found_where_people_read_them(project):
    assert texts(catalogues.found_in(project, "django")) == {
        "Order",
        "%(n)s item",
        "Pay",
        "%(n)s day",
        "May",
    }
    assert texts(catalogues.found_in(project, "djangojs")) == {"Drop here", "Search & find"}


def test_a_translation_survives_extraction_and_is_compiled_for_indonesian(project):
    path = project / "locale/id/LC_MESSAGES/django.po"
    found = catalogues.found_in(project, "django")
    fresh = catalogues.brought_up_to_date(found, path, "id")
    fresh.get("Order").string = "Pesanan"
    fresh.get("%(n)s item").string = ("%(n)s barang",)
    assert catalogues.save(fresh, path, "id") is True
    again = catalogues.brought_up_to_date(found, path, "id")
    assert catalogues.save(again, path, "id") is False
    assert catalogues.compiled(path, "id") is True
    assert catalogues.compiled(path, "id") is False
    spoken = gettext.translation("django", project / "locale", ["id"])
    assert spoken.gettext("Order") == "Pesanan"
    assert [spoken.ngettext("%(n)s item", "%(n)s items", n) for n in (1, 2)] == ["%(n)s barang"] * 2


def test_what_is_compiled_is_spoken_at_once_in_the_same_process(project, settings):
    settings.LOCALE_PATHS = [project / "locale"]
    path = project / "locale/id/LC_MESSAGES/django.po"
    fresh = catalogues.brought_up_to_date(catalogues.found_in(project, "django"), path, "id")
    fresh.get("Order").string = "Pesanan rumah"
    catalogues.save(fresh, path, "id")
    with translation.override("id"):
        assert translation.gettext("Order") != "Pesanan rumah"
    call_command("messages", compile=True, at=project)
    with translation.override("id"):
        spoken = translation.gettext("Order")
    settings.LOCALE_PATHS = []
    translation_file_changed(None, path.with_suffix(".mo"))
    assert spoken == "Pesanan rumah"


def test_state_tells_what_is_missing_untranslated_and_obsolete(project):
    path = project / "locale/id/LC_MESSAGES/django.po"
    before = catalogues.brought_up_to_date(catalogues.found_in(project, "django"), path, "id")
    before.get("Pay").string = "Bayar"
    catalogues.save(before, path, "id")
    (project / "shop/views.py").write_text('_("Invoice")')
    state = catalogues.state(catalogues.found_in(project, "django"), path, "id", "django")
    assert state.unknown == ["'Invoice' (shop/views.py)"]
    assert len(state.untranslated) == 2
    assert len(state.obsolete) == 2
    assert not state.is_complete


def test_no_translation_says_everything_twice():
    path = settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        said = [one.string for one in pofile.read_po(file) if isinstance(one.string, str)]
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) for text in said if len(text) > 8]
    assert len(halves) > 1000
    assert [one for one, other in halves if one == other] == []
