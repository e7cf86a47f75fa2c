"""How the pages of accounting look: pictures at four widths, light and dark."""

import pytest
from django.urls import reverse

from accounting.tests.browsing import invoiced, paid
from tests.browsing import ada, chair, house, sign_in, toko
from tests.looks import faults, scripts_loaded, too_small

__all__ = ["ada", "chair", "house", "toko"]
pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(house, toko, chair):
    """The pages worth a picture."""
    entry, paper = invoiced(house, toko, 750000), invoiced(house, toko, 1000, posts=False)
    return {
        "home-with-accounting": reverse("web:home"),
        "contact-with-documents": reverse("web:screen-contacts-record", args=[toko.pk]),
        "dashboard": reverse("accounting:home"),
        "invoices": reverse("accounting:documents", args=["sales"]),
        "invoice": reverse("accounting:document", args=[entry.pk]),
        "invoice-form": reverse("accounting:document_edit", args=[paper.pk]),
        "payment": reverse("accounting:document_pay", args=[entry.pk]),
        "payments": reverse("accounting:payments"),
        "payment-made": reverse("accounting:payment", args=[paid(entry).pk]),
        "reversal": reverse("accounting:document_reverse", args=[entry.pk]),
        "bill-form": reverse("accounting:document_new", args=["in_invoice"]),
        "entries": reverse("accounting:entries"),
        "entry-form": reverse("accounting:entry_new"),
        "entry": reverse("accounting:entry", args=[entry.pk]),
        "accounts": reverse("accounting:accounts"),
        "trial-balance": reverse("accounting:trial_balance"),
        "open-items": reverse("accounting:outstanding", args=["receivable"]),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, ada, addresses, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "ada")
    assert faults(page, addresses, theme) == {}


def test_targets_are_large_enough_for_a_thumb(page, ada, addresses):
    sign_in(page, "ada")
    assert too_small(page, addresses) == {}


def test_the_form_of_a_document_brings_little_script(page, ada, addresses):
    sign_in(page, "ada")
    sizes = scripts_loaded(page, addresses["invoice-form"])
    assert sum(sizes.values()) <= 200_000
    assert [url for url in sizes if "owl" in url or "bootstrap" in url] == []
