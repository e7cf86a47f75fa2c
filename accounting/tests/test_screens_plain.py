"""Journal entries on the web: written, posted, taken back; refused beside the form."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounting.models import Account, JournalEntry
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work

__all__ = ["accountant_at_work", "clerk_at_work"]
D = Decimal
NEW = "/accounting/entries/new/"


def sent(journal, *lines, count=4, **head):
    found = {
        "date": TODAY.isoformat(),
        "journal": journal.pk,
        "reference": "Rent",
        "items-TOTAL_FORMS": str(count),
        "items-INITIAL_FORMS": "0",
        **head,
    }
    for place, line in enumerate(lines):
        found |= {f"items-{place}-{name}": value for name, value in line.items()}
    return found


@pytest.fixture
def rent(account, journal):
    """What a browser sends for an entry of 5,000,000 rent from cash."""
    return sent(
        journal("MISC"),
        {"account": account("6201").pk, "label": "March", "debit": "5,000,000"},
        {"account": account("1101").pk, "credit": "5,000,000"},
    )


@pytest.fixture
def made(accountant_at_work, rent):
    accountant_at_work.post(NEW, rent)
    return JournalEntry.objects.get()


def test_new_entry_is_a_draft_with_its_debits_and_credits(accountant_at_work, rent, books):
    answer = accountant_at_work.post(NEW, rent)
    entry = JournalEntry.objects.get()
    assert answer["Location"] == reverse("accounting:entry", args=[entry.pk])
    assert (entry.state, entry.date, entry.reference) == ("draft", TODAY, "Rent")
    assert books(entry) == [("6201", D(5000000), D(0)), ("1101", D(0), D(5000000))]


def test_amounts_are_read_in_the_reader_s_way(accountant, accountant_at_work, rent, books):
    get_user_model().objects.filter(pk=accountant.user_id).update(language="id")
    typed = {"items-0-debit": "1.250.000,50", "items-1-credit": "1.250.000,5"}
    accountant_at_work.post(NEW, {**rent, **typed})
    assert books(JournalEntry.objects.get()) == [
        ("6201", D("1250000.5"), D(0)),
        ("1101", D(0), D("1250000.5")),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"items-0-credit": "5"}, "A line has either a debit or a credit."),
        ({"items-0-account": ""}, "Choose the account."),
        ({"items-0-debit": "much"}, "Enter a number."),
        ({"items-0-debit": "-5"}, "Ensure this value is greater than or equal to 0."),
        ({"date": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_written(
    accountant_at_work, rent, typed, sentence
):
    answer = accountant_at_work.post(NEW, {**rent, **typed})
    assert (answer.status_code, JournalEntry.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_an_account_of_another_company_cannot_be_used(accountant_at_work, rent, other_company):
    foreign = Account.objects.filter(company=other_company).first()
    answer = accountant_at_work.post(NEW, {**rent, "items-0-account": foreign.pk})
    assert (answer.status_code, JournalEntry.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()


def test_more_lines_are_given_without_a_script(accountant_at_work, rent):
    page = accountant_at_work.post(NEW, {**rent, "more": "1"}).content.decode()
    assert page.count('data-line="items-') - 1 == 7  # and the empty one that scripts copy
    assert 'value="5,000,000"' in page
    assert JournalEntry.objects.count() == 0


def test_an_unbalanced_entry_is_kept_as_a_draft_and_not_posted(accountant_at_work, rent):
    accountant_at_work.post(NEW, {**rent, "items-1-credit": "4,000,000"})
    entry = JournalEntry.objects.get()
    answer = accountant_at_work.post(reverse("accounting:document_post", args=[entry.pk]))
    page = answer.content.decode()
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (422, "draft")
    assert "is not balanced" in page
    assert reverse("accounting:entry_edit", args=[entry.pk]) in page


def test_edit_changes_adds_and_removes_lines(accountant_at_work, made, journal, account, books):
    stays = made.items.get(account__code="6201")
    url = reverse("accounting:entry_edit", args=[made.pk])
    assert 'value="5,000,000"' in accountant_at_work.get(url).content.decode()
    accountant_at_work.post(
        url,
        sent(
            journal("MISC"),
            {"id": stays.pk, "account": stays.account_id, "debit": "70"},
            {"account": account("1111").pk, "credit": "70"},
        ),
    )
    assert books(made) == [("6201", D(70), D(0)), ("1111", D(0), D(70))]
    assert made.items.filter(pk=stays.pk).exists()


def test_post_reverse_and_delete_work_from_the_page(accountant_at_work, made):
    accountant_at_work.post(reverse("accounting:document_post", args=[made.pk]))
    made.refresh_from_db()
    assert (made.state, made.number) == ("posted", "MISC/2026/00001")
    reverse_url = reverse("accounting:document_reverse", args=[made.pk])
    assert "debits and credits exchanged" in accountant_at_work.get(reverse_url).content.decode()
    answer = accountant_at_work.post(reverse_url, {"date": "2026-03-15", "reason": "Twice"})
    mirror = made.reversals.get()
    assert answer["Location"] == reverse("accounting:entry", args=[mirror.pk])
    answer = accountant_at_work.post(reverse("accounting:document_delete", args=[mirror.pk]))
    assert answer["Location"] == reverse("accounting:entries")
    assert list(JournalEntry.objects.all()) == [made]


def test_a_posted_entry_has_no_form(accountant_at_work, made):
    accountant_at_work.post(reverse("accounting:document_post", args=[made.pk]))
    answer = accountant_at_work.get(reverse("accounting:entry_edit", args=[made.pk]))
    assert answer.status_code == 422
    assert "is no longer a draft." in answer.content.decode()


def test_the_auditor_writes_no_entry(auditor, rent):
    citra = at_work(auditor)
    assert citra.get(NEW).status_code == 403
    assert citra.post(NEW, rent).status_code == 403
    assert (
        reverse("accounting:entry_new")
        not in citra.get(reverse("accounting:entries")).content.decode()
    )


def test_accounts_are_offered_of_the_current_company_alone(accountant_at_work, other_company):
    answer = accountant_at_work.get(reverse("web:lookup", args=["account"]), {"q": "1101"}).json()
    ours = Account.objects.get(company=1, code="1101")
    assert answer["rows"] == [{"id": ours.pk, "text": str(ours)}]


def test_the_form_costs_at_most_fifteen_queries(
    accountant_at_work, made, django_assert_max_num_queries
):
    for url in (NEW, reverse("accounting:entry_edit", args=[made.pk])):
        with django_assert_max_num_queries(15):
            assert accountant_at_work.get(url).status_code == 200
