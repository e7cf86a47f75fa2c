"""The demo companies' books: six months of invoices, bills, payments and salaries, all made by the verbs.

The same at each run for the same month: what happens in a month is drawn from a generator seeded by that month.
"""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounting.data import demo_history
from accounting.data.demo_calendar import Calendar
from accounting.models import (
    Account,
    Journal,
    JournalEntry,
    PartnerAccounting,
    PaymentTerm,
    ProductAccounting,
)
from accounting.services import balances, charts
from base.actors import Actor
from base.dates import today_in
from base.external_ids import row_ids
from base.models import Company, ExternalId, Partner, PartnerBankAccount, ProductTemplate
from base.seeds import upsert

MAIN, SECOND = "main", "timur"
DONE = "accounting_history"

# The expense account of what is not bought to be sold on, by product.
EXPENSES = {"listrik": "6202", "sewa_kantor": "6201", "jasa_kirim": "6302"}
SERVICES = ("jasa_instalasi", "jasa_servis", "jasa_pelatihan")
TERMS = {
    "hotel_merapi": "term_30_days",
    "graha_medika": "term_45_days",
    "bangun_perkasa": "term_30_advance",
    "bali_resort": "term_end_of_following_month",
    "dinas_pendidikan": "term_60_days",
    "digital_kreasi": "term_2_10_net_30",
    "medan_sawit": "term_30_days",
}
VENDOR_TERMS = {
    "petani_gayo": "term_15_days",
    "kertas_indah": "term_30_days",
    "sinar_elektronik": "term_45_days",
}


def load(on: date | None = None) -> None:
    """Set up the books of both companies and write their history up to a day, once."""
    if ExternalId.objects.filter(module="demo", name=DONE).exists():
        return
    today = on or today_in("Asia/Jakarta")
    companies = {MAIN: 1, **row_ids(Company, "demo")}
    by = Actor.system(door="shell", company_ids=list(companies.values()))
    charts.load(Company.objects.filter(pk=companies[SECOND]), "id_sak_ep", by=by)
    _settings()
    first = _history(Calendar(today), companies, by)
    balances.fold(by=by)
    kind = ContentType.objects.get_for_model(JournalEntry)
    ExternalId.objects.create(module="demo", name=DONE, content_type=kind, row_id=first)


def _settings() -> None:
    """How the demo's products are booked and its partners pay."""
    accounts = dict(Account.objects.filter(company=1).values_list("code", "pk"))
    templates = row_ids(ProductTemplate, "demo")
    upsert(
        ProductAccounting,
        "demo",
        {
            f"accounting_{name}": {
                "template_id": pk,
                "income_account_id": accounts["4102" if _key(name) in SERVICES else "4101"],
                "expense_account_id": accounts[EXPENSES.get(_key(name), "5101")],
            }
            for name, pk in templates.items()
        },
    )
    terms, partners = row_ids(PaymentTerm, "accounting"), row_ids(Partner, "demo")
    rows: dict[str, dict[str, Any]] = {}
    for field, named in (("payment_term_id", TERMS), ("supplier_payment_term_id", VENDOR_TERMS)):
        for key, term in named.items():
            row = rows.setdefault(key, {"partner_id": partners[f"partner_{key}"]})
            row[field] = terms[term]
    upsert(
        PartnerAccounting, "demo", {f"accounting_partner_{key}": row for key, row in rows.items()}
    )
    bank = row_ids(PartnerBankAccount, "demo").get("account_main")
    Journal.objects.filter(company=1, code="BNK1").update(bank_account=bank)


def _history(calendar: Calendar, companies: dict[str, int], by: Actor) -> int:
    main = demo_history.Story.of(companies[MAIN], calendar, by)
    first = main.opening()
    main.documents()
    main.salaries()
    main.returns()
    main.payments()
    main.credit_notes()
    main.work_in_progress()
    demo_history.Story.of(companies[SECOND], calendar, by).small_trade()
    return first


def _key(name: str) -> str:
    return name.removeprefix("template_")
