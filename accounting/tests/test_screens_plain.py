"""Journal entries on the web: written, posted, taken back; refused beside the form."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from accounting.models import Account, JournalEntry
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work
from web.tests.sending import opened

__all__ = ["accountant_at_work", "clerk_at_work"]
D = Decimal
NEW = "/journal-entries/plain/new/"
SET = "line_ids"


def sending(*lines, **head):
    """What a browser sends for an entry of such lines."""
    found = {"date": TODAY.isoformat(), "ref": "Rent", f"{SET}-COUNT": str(len(lines)), **head}
    for place, line in enumerate(lines):
        names = {
            "id": "",
            "account_id": "",
            "partner_id": "",
            "name": "",
            "debit": "",
            "credit": "",
        }
        found |= {f"{SET}-{place}-{name}": value for name, value in (names | line).items()}
    return found


@pytest.fixture
def rent():
    """What a browser sends for an entry of 5,000,000 rent from cash."""
    return sending(
        {"account_id": "6201", "name": "March", "debit": "5,000,000"},
        {"account_id": "1101", "credit": "5,000,000"},
    )


@pytest.fixture
def made(accountant_at_work, rent):
    accountant_at_work.post(NEW, rent)
    return JournalEntry.objects.get()


def page_of(entry):
    return f"/journal-entries/plain/{entry.pk}/"


def test_new_entry_is_a_draft_with_its_debits_and_credits(accountant_at_work, rent, books):
    answer = accountant_at_work.post(NEW, rent)
    entry = JournalEntry.objects.get()
    assert answer["Location"] == page_of(entry)
    assert (entry.state, entry.date, entry.reference) == ("draft", TODAY, "Rent")
    assert books(entry) == [("6201", D(5000000), D(0)), ("1101", D(0), D(5000000))]


def test_amounts_are_read_in_the_reader_s_way(accountant, accountant_at_work, rent, books):
    get_user_model().objects.filter(pk=accountant.user_id).update(language="id")
    typed = {f"{SET}-0-debit": "1.250.000,00", f"{SET}-1-credit": "1.250.000"}
    accountant_at_work.post(NEW, {**rent, **typed})
    assert books(JournalEntry.objects.get()) == [
        ("6201", D(1250000), D(0)),
        ("1101", D(0), D(1250000)),
    ]


@pytest.mark.parametrize(
    "typed", [{f"{SET}-0-debit": "much"}, {f"{SET}-0-account_id": "9999"}, {"date": "someday"}]
)
def test_what_cannot_be_meant_is_said_and_nothing_written(accountant_at_work, rent, typed):
    answer = accountant_at_work.post(NEW, {**rent, **typed})
    assert (answer.status_code, JournalEntry.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_account_of_another_company_cannot_be_used(accountant_at_work, rent, other_company):
    foreign = Account.objects.filter(company=other_company).first()
    behind = {f"{SET}-0-account_id-pk": str(foreign.pk), f"{SET}-0-account_id-is": "6201"}
    answer = accountant_at_work.post(NEW, {**rent, **behind})
    assert answer.status_code in {404, 422}
    assert JournalEntry.objects.count() == 0


def test_an_unbalanced_entry_is_kept_as_a_draft_and_not_posted(accountant_at_work, rent):
    accountant_at_work.post(NEW, {**rent, f"{SET}-1-credit": "4,000,000"})
    entry = JournalEntry.objects.get()
    form = opened(accountant_at_work, page_of(entry))
    answer = accountant_at_work.post(page_of(entry), {**form, "_do": "action_post"})
    entry.refresh_from_db()
    assert (answer.status_code, entry.state) == (422, "draft")
    assert "is not balanced" in answer.content.decode()


def test_post_and_delete_work_from_the_page(accountant_at_work, made, books):
    accountant_at_work.post(NEW, sending({"account_id": "6201", "debit": "1"}))
    paper = JournalEntry.objects.exclude(pk=made.pk).get()
    accountant_at_work.post(page_of(made), {"_do": "action_post"})
    made.refresh_from_db()
    assert (made.state, made.number) == ("posted", "MISC/2026/00001")
    answer = accountant_at_work.post(page_of(paper), {"_do": "unlink"})
    assert answer["Location"] == "/journal-entries/plain/"
    assert list(JournalEntry.objects.all()) == [made]


def test_a_posted_entry_has_nothing_to_type(accountant_at_work, made):
    accountant_at_work.post(page_of(made), {"_do": "action_post"})
    page = accountant_at_work.get(page_of(made)).content.decode()
    assert f'name="{SET}-0-debit"' not in page
    assert "5,000,000" in page


def test_the_auditor_writes_no_entry(auditor, rent):
    citra = at_work(auditor)
    assert citra.get(NEW).status_code == 403
    assert citra.post(NEW, rent).status_code == 403
    assert NEW not in citra.get("/journal-entries/").content.decode()


def test_accounts_are_offered_of_the_companies_one_works_in(accountant_at_work, other_company):
    answer = accountant_at_work.get(f"/find/journal-entries/plain/{SET}.account_id/", {"q": "1101"})
    ours = Account.objects.get(company=1, code="1101")
    assert answer.json()["rows"] == [{"id": ours.pk, "text": str(ours)}]


def test_the_form_costs_at_most_fifteen_queries(
    accountant_at_work, made, django_assert_max_num_queries
):
    for address in (NEW, page_of(made)):
        accountant_at_work.get(address)
        with django_assert_max_num_queries(15):
            assert accountant_at_work.get(address).status_code == 200
