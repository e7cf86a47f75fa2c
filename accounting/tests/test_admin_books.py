"""The books through the back office: drafts are written by the verbs, the rest is final whatever is sent."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import (
    Account,
    BooksAudit,
    CompanyAccounting,
    FiscalPeriod,
    JournalEntry,
    JournalItem,
    Payment,
    PaymentTerm,
    Tax,
)
from accounting.services import charts
from accounting.tests.conftest import TODAY
from base.models import Change, Company, Partner, PartnerTag, User, VerbRun
from base.tests.office import address, errors_of, filled, said

D = Decimal
pytestmark = pytest.mark.django_db


def do(client, model, deed, *rows, **told):
    """Do a deed to rows, having been asked."""
    ids = ",".join(str(row.pk) for row in rows)
    place = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_deed", args=[deed])
    page = client.get(place, {"ids": ids})
    assert page.status_code == 200
    form = page.context["form"]
    asked = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    return client.post(place, {"ids": ids, "sure": "yes", **asked, **told}, follow=True)


def refusal(page):
    return [str(text) for text in page.context["form"].non_field_errors()]


def test_an_invoice_is_written_with_its_taxes_and_dues(boss, company, customer, chair, books):
    page = boss.get(address(JournalEntry, "add"), {"kind": "out_invoice"})
    data = filled(page, partner=customer.pk, invoice_date="2026-03-10") | {
        "items-TOTAL_FORMS": "2",
        "items-0-display_type": "product",
        "items-0-product": chair.pk,
        "items-0-quantity": "2",
        "items-0-discount": "0",
        "items-1-display_type": "line_note",
        "items-1-label": "Terima kasih",
        "items-1-quantity": "1",
        "items-1-discount": "0",
    }

    answer = boss.post(address(JournalEntry, "add"), data)

    assert answer.status_code == 302, errors_of(answer)
    made = JournalEntry.objects.latest("id")
    assert (made.kind, made.state, made.total, made.partner_id) == (
        "out_invoice",
        "draft",
        111000,
        customer.pk,
    )
    assert books(made) == [("4101", 0, 100000), ("2121", 0, 11000), ("1201", 111000, 0)]
    run = VerbRun.objects.latest("id")
    assert (run.verb, run.door) == ("accounting.journalentry.create", "admin")


def test_a_plain_entry_is_written_item_by_item(boss, company, account, books):
    page = boss.get(address(JournalEntry, "add"))
    data = filled(page, date="2026-03-10", reference="Modal") | {
        "items-TOTAL_FORMS": "2",
        "items-0-account": account("1101").pk,
        "items-0-debit": "500",
        "items-0-credit": "0",
        "items-1-account": account("3101").pk,
        "items-1-debit": "0",
        "items-1-credit": "500",
    }
    answer = boss.post(address(JournalEntry, "add"), data)
    assert answer.status_code == 302, errors_of(answer)
    assert books(JournalEntry.objects.latest("id")) == [("1101", 500, 0), ("3101", 0, 500)]


def test_lines_of_a_draft_are_changed_added_and_taken_away(boss, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)}, {"label": "Dua", "unit_price": D(2000)})
    page = boss.get(address(JournalEntry, "change", entry.pk))
    data = filled(page)
    data |= {
        "items-TOTAL_FORMS": "3",
        "items-0-unit_price": "1500",
        "items-1-DELETE": "on",
        "items-2-display_type": "product",
        "items-2-label": "Tiga",
        "items-2-quantity": "1",
        "items-2-unit_price": "3000",
        "items-2-discount": "0",
    }

    answer = boss.post(address(JournalEntry, "change", entry.pk), data)

    assert answer.status_code == 302, errors_of(answer)
    entry.refresh_from_db()
    lines = entry.items.lines().order_by("sequence", "id").values_list("label", "unit_price")
    assert list(lines) == [("Satu", 1500), ("Tiga", 3000)]
    assert entry.untaxed == 4500


def test_fields_of_a_draft_are_changed_without_touching_its_lines(boss, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)})
    before = set(entry.items.values_list("pk", flat=True))
    page = boss.get(address(JournalEntry, "change", entry.pk))
    boss.post(address(JournalEntry, "change", entry.pk), filled(page, reference="PO-7"))
    entry.refresh_from_db()
    assert entry.reference == "PO-7"
    assert set(entry.items.values_list("pk", flat=True)) == before


def test_what_the_verb_refuses_is_said_on_the_form(boss, draft, customer):
    entry = draft({"label": "Satu", "unit_price": D(1000)})
    page = boss.get(address(JournalEntry, "change", entry.pk))
    data = filled(page) | {"items-0-quantity": "-5"}
    boss.post(address(JournalEntry, "change", entry.pk), data)
    entry.refresh_from_db()

    answer = do(boss, JournalEntry, "post", entry)

    assert refusal(answer) == [f"{entry} comes to less than nothing. Make a credit note instead."]
    entry.refresh_from_db()
    assert entry.state == "draft"


def test_posting_reversing_and_taking_back_are_deeds(boss, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)})

    do(boss, JournalEntry, "post", entry)
    entry.refresh_from_db()
    assert (entry.state, entry.number != "") == ("posted", True)
    assert VerbRun.objects.latest("id").verb == "accounting.entries.post"

    do(boss, JournalEntry, "reverse", entry, reason="Salah", on="2026-03-11", settles="on")
    refund = JournalEntry.objects.get(reversed_entry=entry)
    assert (refund.kind, refund.state, refund.date) == ("out_refund", "posted", date(2026, 3, 11))

    answer = do(boss, JournalEntry, "reset", entry)
    assert refusal(answer) == [f"{entry.number} is reconciled with other entries. Undo that first."]
    entry.refresh_from_db()
    assert entry.state == "posted"


def test_a_payment_is_registered_and_cancelled(boss, invoice, journal):
    do(
        boss,
        JournalEntry,
        "pay",
        invoice,
        amount="50000",
        journal=journal("BNK1").pk,
        on="2026-03-12",
    )
    invoice.refresh_from_db()
    payment = Payment.objects.get(invoices=invoice)
    assert (payment.amount, invoice.residual, invoice.payment_state) == (50000, 61000, "partial")

    do(boss, Payment, "cancel", payment)
    invoice.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.state, invoice.residual) == ("canceled", 111000)


def test_several_are_posted_from_the_list_after_asking(boss, draft):
    entries = [draft({"label": "Satu", "unit_price": D(1000)}) for _ in range(3)]
    chosen = {"action": "post", "_selected_action": [entry.pk for entry in entries]}
    asked = boss.post(address(JournalEntry, "changelist"), chosen)
    assert asked.context["title"] == "Post"
    assert JournalEntry.objects.drafts().filter(pk__in=[e.pk for e in entries]).count() == 3
    do(boss, JournalEntry, "post", *entries)
    assert JournalEntry.objects.posted().filter(pk__in=[e.pk for e in entries]).count() == 3


def test_a_posted_invoice_is_shown_with_the_reason_and_cannot_be_sent_back_changed(boss, invoice):
    before = list(JournalItem.objects.filter(entry=invoice).values())
    changes = Change.objects.count()
    page = boss.get(address(JournalEntry, "change", invoice.pk))
    assert "final" in str(page.context["office_reason"])
    assert "_save" not in page.content.decode()

    sent = {
        "partner": "",
        "date": "2026-01-01",
        "reference": "x",
        "state": "draft",
        "total": "1",
        "number": "1",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "1",
        "items-0-id": before[0]["id"],
        "items-0-debit": "9",
    }
    answers = [
        boss.post(address(JournalEntry, "change", invoice.pk), sent),
        boss.post(address(JournalEntry, "change", invoice.pk), sent | {"_saveasnew": "1"}),
        boss.post(address(JournalEntry, "delete", invoice.pk), {"post": "yes"}),
        boss.post(address(JournalItem, "change", before[0]["id"]), {"debit": "9"}),
        boss.post(address(JournalItem, "delete", before[0]["id"]), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers if answer.status_code != 403] in ([], [200])
    assert list(JournalItem.objects.filter(entry=invoice).values()) == before
    assert Change.objects.count() == changes


def test_a_posted_invoice_is_not_deleted_from_the_list(boss, invoice, draft):
    free = draft({"label": "Satu", "unit_price": D(1000)})
    chosen = {"action": "delete_selected", "_selected_action": [invoice.pk, free.pk], "post": "yes"}
    boss.post(address(JournalEntry, "changelist"), chosen)
    assert JournalEntry.objects.filter(pk__in=[invoice.pk, free.pk]).count() == 2


def test_a_draft_without_a_number_is_deleted_by_the_verb(boss, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)})
    boss.post(address(JournalEntry, "delete", entry.pk), {"post": "yes"})
    assert not JournalEntry.objects.filter(pk=entry.pk).exists()
    assert VerbRun.objects.latest("id").door == "admin"


def test_fields_that_only_verbs_write_are_not_taken_from_a_form(boss, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)})
    page = boss.get(address(JournalEntry, "change", entry.pk))
    data = filled(page) | {
        "state": "posted",
        "number": "INV/9",
        "total": "1",
        "residual": "0",
        "company": "1",
    }
    boss.post(address(JournalEntry, "change", entry.pk), data)
    entry.refresh_from_db()
    assert (entry.state, entry.number, entry.total) == ("draft", "", 1110)


def test_another_companys_books_are_not_there(boss, other_company, other_accountant):
    from accounting.services import invoices

    [theirs] = invoices.draft(
        [
            {
                "kind": "out_invoice",
                "partner_id": Partner.objects.create(name="X").pk,
                "lines": [{"label": "Rahasia", "unit_price": D(1)}],
            }
        ],
        by=other_accountant,
        on=TODAY,
    )
    assert boss.get(address(JournalEntry, "change", theirs.pk)).status_code == 302
    place = reverse("admin:accounting_journalentry_deed", args=["post"])
    assert boss.post(place, {"ids": str(theirs.pk), "sure": "yes"}).status_code == 302
    assert JournalEntry.objects.get(pk=theirs.pk).state == "draft"
    account = Account.objects.filter(company=other_company).first()
    found = boss.get(
        reverse("admin:autocomplete"),
        {
            "term": account.code,
            "app_label": "accounting",
            "model_name": "journal",
            "field_name": "default_account",
        },
    )
    assert str(account.pk) not in [row["id"] for row in found.json()["results"]]


def test_deeds_on_the_books_need_their_own_rights(client, auditor, draft):
    entry = draft({"label": "Satu", "unit_price": D(1000)})
    user = User.objects.get(pk=auditor.user_id)
    user.is_staff = True
    user.save()
    client.force_login(user)
    place = reverse("admin:accounting_journalentry_deed", args=["post"])
    assert client.get(address(JournalEntry, "change", entry.pk)).status_code == 200
    assert client.get(place, {"ids": entry.pk}).status_code == 403
    assert (
        client.post(place, {"ids": entry.pk, "sure": "yes", "on": "2026-03-10"}).status_code == 403
    )
    assert (
        client.post(address(JournalEntry, "change", entry.pk), {"reference": "x"}).status_code
        == 403
    )
    entry.refresh_from_db()
    assert (entry.state, entry.reference) == ("draft", "")


def test_open_items_are_reconciled_by_hand(boss, invoice, draft, post, accountant):
    refund = post(draft({"label": "Back", "unit_price": D(100000)}, kind="out_refund"))
    items = JournalItem.objects.filter(entry__in=[invoice, refund]).dues()
    do(boss, JournalItem, "reconcile", *items)
    invoice.refresh_from_db()
    assert (invoice.residual, invoice.payment_state) == (0, "reversed")
    do(boss, JournalItem, "unreconcile", *items)
    invoice.refresh_from_db()
    assert invoice.residual == 111000


def test_a_rule_that_looks_at_several_rows_is_said_on_the_form(boss):
    term = PaymentTerm.objects.create(name="Dua kali")
    page = boss.get(address(PaymentTerm, "change", term.pk))
    data = filled(page) | {
        "lines-TOTAL_FORMS": "1",
        "lines-0-kind": "percent",
        "lines-0-value": "40",
        "lines-0-delay": "days_after",
        "lines-0-days": "0",
        "lines-0-day_of_month": "0",
        "lines-0-sequence": "1",
    }
    answer = boss.post(address(PaymentTerm, "change", term.pk), data)
    assert errors_of(answer) == ["The percentages of a payment term add up to 100."]
    assert term.lines.count() == 0


def test_a_tax_in_posted_documents_keeps_its_rate(boss, invoice):
    tax = JournalItem.objects.filter(entry=invoice, tax__isnull=False).get().tax
    page = boss.get(address(Tax, "change", tax.pk))
    answer = boss.post(address(Tax, "change", tax.pk), filled(page, rate="13"))
    assert errors_of(answer) == [
        "Posted documents carry this tax. Make a new tax for the new rate and archive this one."
    ]


def test_books_are_locked_by_the_verb(boss, company, invoice):
    settings = CompanyAccounting.objects.get(company=company)
    do(boss, CompanyAccounting, "lock", settings, lock_date="2026-03-31")
    answer = do(boss, JournalEntry, "reset", invoice)
    assert refusal(answer) == ["The books are closed on 10 Mar 2026."]


def test_a_closed_period_is_opened_before_it_is_changed(boss, company):
    period = FiscalPeriod.objects.create(
        company=company, name="Maret", days=("2026-03-01", "2026-04-01")
    )
    do(boss, FiscalPeriod, "close", period)
    assert boss.post(address(FiscalPeriod, "change", period.pk), {"name": "x"}).status_code == 403
    do(boss, FiscalPeriod, "reopen", period)
    assert boss.get(address(FiscalPeriod, "change", period.pk)).context["office_reason"] is None


def test_the_books_are_audited_from_the_company(boss, company, invoice):
    do(boss, Company, "audit", company)
    audit = BooksAudit.objects.latest("id")
    assert audit.is_sound
    titles = [str(card.title) for card in boss.get("/admin/").context["cards"]]
    assert company.name in titles


def test_a_chart_is_loaded_from_the_company(boss, other_company):
    boss.session["companies"] = [1]
    User.objects.get(pk=2).companies.add(other_company)
    session = boss.session
    session["companies"] = [1, other_company.pk]
    session.save()
    answer = do(boss, Company, "chart", other_company, chart="no-such-chart")
    assert answer.context["form"].errors != {}
    assert charts.available() != []


def test_accounting_of_a_partner_stands_on_its_page(boss, customer, account):
    page = boss.get(address(Partner, "change", customer.pk))
    data = filled(page) | {
        "accounting-TOTAL_FORMS": "1",
        "accounting-0-receivable_account": account("1201").pk,
    }
    answer = boss.post(address(Partner, "change", customer.pk), data)
    assert answer.status_code == 302, errors_of(answer)
    customer.refresh_from_db()
    assert customer.accounting.receivable_account == account("1201")


def test_accounts_are_imported_and_a_bad_row_keeps_all_out(boss, company):
    import io

    def tried(text):
        file = io.BytesIO(text.encode())
        file.name = "chart.csv"
        return boss.post(
            address(Account, "import"), {"resource": "0", "format": "0", "import_file": file}
        )

    before = Account.objects.count()
    bad = tried("code,name_en,kind\n9191,Zakat,expense\n9102,Salah,no_such_kind\n")
    assert bad.context["result"].has_validation_errors()
    assert Account.objects.count() == before

    good = tried("code,name_en,kind\n9191,Zakat,expense\n1101,Kas,asset_cash\n")
    answer = boss.post(
        address(Account, "process_import"), good.context["confirm_form"].initial, follow=True
    )
    assert said(answer) == [
        "Import finished: 1 new, 1 updated, 0 deleted and 0 skipped chart of accounts."
    ]
    assert Account.objects.count() == before + 1
    assert Account.objects.get(company=company, code="9191").name_en == "Zakat"
    assert Account.objects.get(company=company, code="1101").name_en == "Kas"


@pytest.mark.parametrize("model", [JournalEntry, JournalItem, Payment, Account, Tax])
def test_a_list_costs_the_same_however_long(
    model, boss, draft, post, accountant, invoice, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert boss.get(address(model, "changelist")).status_code == 200
        return len(queries)

    cost()
    before = cost()
    for number in range(4):
        partner = Partner.objects.create(name=f"Toko {number}")
        entry = post(draft({"label": "x", "unit_price": D(1000)}, partner_id=partner.pk))
        do(boss, JournalEntry, "pay", entry)
    PartnerTag.objects.create(name="x")
    with CaptureQueriesContext(connection) as queries:
        boss.get(address(model, "changelist"))
    assert len(queries) == before, "\n".join(sorted(q["sql"][:300] for q in queries))
