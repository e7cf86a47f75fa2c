"""The books on the web: dashboard, lists, ledgers, trial balance; every figure leads to the rows behind it."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import JournalEntry
from accounting.screens.chart import Bars, Month, ceiling
from accounting.screens.outstanding import PAYABLE, RECEIVABLE, outstanding
from accounting.services import entries, payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import at_work

D = Decimal
LISTS = [
    ("web:screen-invoices", []),
    ("web:screen-bills", []),
    ("web:screen-journal-entries", []),
    ("web:screen-chart-of-accounts", []),
    ("accounting:outstanding", ["receivable"]),
]


@pytest.fixture
def clerk_at_work(clerk):
    return at_work(clerk)


@pytest.fixture
def sold(draft, accountant):
    """A posted document over so much, due so many days before TODAY (its own day)."""

    def make(amount, days_late=0, kind="out_invoice", **values):
        day = TODAY - timedelta(days=days_late)
        line = {"label": "Work", "unit_price": D(amount), "taxes": []}
        entry = draft(line, kind=kind, on=day, invoice_date=day, due_date=day, **values)
        entries.post(JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=day)
        entry.refresh_from_db()
        return entry

    return make


def test_what_is_open_is_sorted_by_age(sold, company, clerk):
    for amount, days in ((1, 0), (20, 1), (300, 30), (4000, 31), (50000, 90), (600000, 91)):
        sold(amount, days)
    found = outstanding(clerk, company.pk, RECEIVABLE, TODAY)
    assert [amount for _age, amount, _share in found.ages] == [
        D(1),
        D(320),
        D(4000),
        D(50000),
        D(600000),
    ]
    assert (found.total, found.late) == (D(654321), D(654320))


def test_a_credit_note_and_a_payment_lower_what_is_open(sold, company, clerk, accountant):
    entry = sold(1000)
    sold(300, kind="out_refund")
    payments.register(
        JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=TODAY, amount=D(200)
    )
    assert outstanding(clerk, company.pk, RECEIVABLE, TODAY).total == D(500)


def test_what_we_owe_is_positive(sold, company, clerk):
    sold(700, kind="in_invoice")
    assert outstanding(clerk, company.pk, PAYABLE, TODAY).total == D(700)


def test_the_items_behind_an_age_come_to_its_figure(sold, clerk_at_work):
    for amount, days in ((300, 400), (4000, 500)):
        sold(amount, days)
    url = reverse("accounting:outstanding", args=["receivable"])
    page = clerk_at_work.get(url, {"show": "older"}).content.decode()
    assert "Rp\u00a04,300" in page
    assert "Nothing found" in clerk_at_work.get(url, {"show": "current"}).content.decode()


@pytest.mark.parametrize(("name", "args"), LISTS)
def test_lists_cost_the_same_whatever_their_length(
    clerk_at_work, sold, name, args, django_assert_max_num_queries
):
    sold(10)
    clerk_at_work.get(reverse(name, args=args))
    for amount in range(1, 6):
        sold(amount)
    with django_assert_max_num_queries(8):
        clerk_at_work.get(reverse(name, args=args))


def test_the_page_of_a_document_costs_the_same_however_often_it_was_paid(
    clerk_at_work, sold, accountant, draft, post, django_assert_max_num_queries
):
    entry = sold(1000)
    for amount in (100, 200, 300):
        post(draft({"label": "Back", "unit_price": D(amount), "taxes": []}, kind="out_refund"))
        rows = JournalEntry.objects.filter(pk=entry.pk)
        payments.register(rows, by=accountant, on=TODAY, amount=D(amount))
    clerk_at_work.get(f"/invoices/{entry.pk}/")
    with django_assert_max_num_queries(15):
        page = clerk_at_work.get(f"/invoices/{entry.pk}/").content.decode()
    assert (page.count("/unsettle/"), page.count("/settle/")) == (3, 3)


@pytest.mark.parametrize("name", ["home", "trial_balance"])
def test_reports_cost_at_most_fifteen_queries(
    clerk_at_work, sold, name, django_assert_max_num_queries
):
    sold(1000)
    with django_assert_max_num_queries(15):
        assert clerk_at_work.get(reverse(f"accounting:{name}")).status_code == 200


def test_the_dashboard_s_figures_lead_to_the_rows_behind_them(clerk_at_work, sold, draft, clerk):
    month = clerk.today().replace(day=1)
    late = (TODAY - month).days
    march, paper = sold(1000, late), draft({"label": "Work", "unit_price": D(50), "taxes": []})
    sold(300, late, kind="out_refund")
    page = clerk_at_work.get(reverse("accounting:home")).content.decode()
    links = [html.unescape(one) for one in re.findall(r'href="(/journal-entries/\?d=[^"]+)"', page)]
    drafts = next(one for one in links if "draft" in one and "out_invoice" in one)
    assert f"/about/{paper.pk}/" in clerk_at_work.get(drafts).content.decode()
    told = [one for one in links if "posted" in one and "out_invoice" in one and f"{month}" in one]
    rows = clerk_at_work.get(told[-1]).content.decode()
    assert (march.number in rows, "Rp\u00a0700" in rows, str(paper) in rows) == (True, True, False)


def test_the_trial_balance_balances_and_leads_to_the_ledgers(clerk_at_work, sold, account):
    sold(1000)
    sold(300, 40)
    url = reverse("accounting:trial_balance")
    page = clerk_at_work.get(url, {"from": "2026-03-01", "to": "2026-03-31"}).content.decode()
    ledger = reverse("accounting:ledger", args=[account("1201").pk])
    row = page[page.index(f'href="{ledger}?from=2026-03-01&amp;to=2026-03-31"') :]
    assert re.findall(r">([\d,−]+)</a></td>", row)[:4] == ["300", "1,000", "0", "1,300"]
    assert re.findall(r">([\d,−]+)</td>", page[page.index("<tfoot>") :]) == [
        "0",
        "1,000",
        "1,000",
        "0",
    ]


def test_the_ledger_runs_from_opening_to_closing(clerk_at_work, sold, account):
    sold(300, 40)
    entry = sold(1000)
    url = reverse("accounting:ledger", args=[account("1201").pk])
    page = clerk_at_work.get(url, {"from": "2026-03-01", "to": "2026-03-31"}).content.decode()
    numbers = re.findall(r'class="end num">(?:<strong>)?([\d,−]+)<', page)
    assert numbers == ["300", "1,000", "1,300", "1,300"]
    assert reverse("accounting:about", args=[entry.pk]) in page


def test_the_ledger_of_another_company_does_not_exist(other_accountant, account):
    url = reverse("accounting:ledger", args=[account("1201").pk])
    assert at_work(other_accountant).get(url).status_code == 404


@pytest.mark.parametrize(
    "query", [{"from": "nonsense"}, {"to": "2026-02-30"}, {"page": "x"}, {"page": "999999"}]
)
def test_a_period_that_cannot_be_read_is_the_usual_one(clerk_at_work, account, query):
    url = reverse("accounting:ledger", args=[account("1201").pk])
    assert clerk_at_work.get(url, query).status_code == 200


def test_one_address_leads_to_a_document_or_an_entry(clerk_at_work, sold, accountant):
    entry = sold(1000)
    [payment] = payments.register(JournalEntry.objects.filter(pk=entry.pk), by=accountant, on=TODAY)
    about = {
        row.pk: clerk_at_work.get(reverse("accounting:about", args=[row.pk]))["Location"]
        for row in (entry, payment.entry)
    }
    assert about == {
        entry.pk: reverse("web:screen-invoices-record", args=[entry.pk]),
        payment.entry_id: reverse(
            "web:screen-journal-entries-plain-record", args=[payment.entry_id]
        ),
    }


@pytest.mark.parametrize(
    ("amount", "top"),
    [
        ("0", "1"),
        ("1", "1"),
        ("99", "100"),
        ("101", "200"),
        ("240", "250"),
        ("260", "500"),
        ("750", "1000"),
    ],
)
def test_a_chart_ends_with_a_round_number(amount, top):
    assert ceiling(D(amount)) == D(top)


def test_bars_stand_on_the_ground_and_are_as_tall_as_their_amounts():
    chart = Bars([Month(date(2026, 3, 1), D(100), D(50)), Month(date(2026, 4, 1), D(0), D(-5))])
    tall = [bar.height for bar in chart.bars]
    assert tall == [tall[0], tall[0] / 2, 0, 0]
    assert {round(bar.y + bar.height, 1) for bar in chart.bars} == {chart.lines[0][0]}
