"""How the pages of accounting look: pictures at four widths, light and dark."""

import pytest
from django.urls import reverse

from accounting.tests.browsing import invoiced, paid
from tests.browsing import ada, chair, house, sign_in, toko
from tests.looks import faults, scripts_loaded, too_small
from web.screens.leading import window

__all__ = ["ada", "chair", "house", "toko"]
pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(house, toko, chair):
    """The pages worth a picture."""
    entry, paper = invoiced(house, toko, 750000), invoiced(house, toko, 1000, posts=False)
    made = paid(entry)
    about = {"active_model": "account.move", "active_ids": [entry.pk]}
    return {
        "home-with-accounting": reverse("web:home"),
        "contact-with-documents": reverse("web:screen-contacts-record", args=[toko.pk]),
        "dashboard": reverse("accounting:home"),
        "invoices": "/invoices/",
        "invoice": f"/invoices/{entry.pk}/",
        "invoice-form": f"/invoices/{paper.pk}/",
        "payments": "/payments/",
        "payment-made": f"/payments/{made.pk}/",
        "payment": window("account.payment.register", about, "/invoices/"),
        "reversal": window("account.move.reversal", about, "/invoices/"),
        "bill-form": "/bills/new/",
        "entries": "/journal-entries/",
        "entry-form": "/journal-entries/plain/new/",
        "entry": f"/journal-entries/plain/{made.entry_id}/",
        "accounts": "/chart-of-accounts/",
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
