"""Two rows at least of every noun, for the tests that look at every page of the back office."""

from datetime import date, timedelta
from decimal import Decimal

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessLog
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounting.models import (
    FiscalPeriod,
    JournalEntry,
    PartnerAccounting,
    PaymentTerm,
    ProductAccounting,
)
from accounting.services import balances, books, entries, invoices, payments
from base.actors import Actor
from base.external_ids import row
from base.models import (
    Attachment,
    Bank,
    Company,
    CurrencyRate,
    JobRun,
    Notification,
    Parameter,
    Partner,
    PartnerBankAccount,
    PartnerTag,
    ProductAttribute,
    ProductAttributeValue,
    ProductTag,
    ProductTemplate,
    ScheduledJob,
    Sequence,
    SequenceRange,
    User,
)
from base.services import activities, api_keys, messages, products
from rpc.models import Wizard

D = Decimal
DAY = date(2026, 3, 10)


def fill():
    """Write them, by the verbs where there are some."""
    boss = Actor.of(User.objects.get(pk=2))
    partners = [_partner(number) for number in range(3)]
    _products(boss)
    _talk(partners, boss)
    _settings(boss)
    _signs(boss)
    _books(partners, boss)


def _partner(number):
    bank = Bank.objects.create(name=f"Bank {number}")
    partner = Partner.objects.create(
        name=f"Toko {number}", salesperson_id=2, country=row("base.id"), company_id=1
    )
    PartnerBankAccount.objects.create(
        partner=partner, number=f"1-{number}", bank=bank, currency=row("base.IDR")
    )
    top = PartnerTag.objects.create(name=f"Grosir {number}")
    partner.tags.add(PartnerTag.objects.create(name=f"Kecil {number}", parent=top))
    return partner


def _products(boss):
    for number in range(2):
        attribute = ProductAttribute.objects.create(name=f"Warna {number}")
        values = [
            ProductAttributeValue.objects.create(attribute=attribute, name=name)
            for name in ("Merah", "Biru")
        ]
        template = ProductTemplate.objects.create(name=f"Kaos {number}", unit_id=1, company_id=1)
        template.attribute_lines.create(attribute=attribute).values.set(values)
        products.update_variants(ProductTemplate.objects.filter(pk=template.pk), by=boss)
        template.tags.add(ProductTag.objects.create(name=f"Baru {number}"))
        ProductAccounting.objects.get_or_create(template=template)


def _talk(partners, boss):
    kind = ContentType.objects.get_for_model(Partner)
    for partner in partners:
        messages.follow(partner, [other.pk for other in partners], by=boss)
        said = messages.post(partner, "Halo", by=boss)
        Notification.objects.get_or_create(message=said, partner=partner)
        activities.schedule(partner, summary="Telepon", on=DAY, by=boss)
        Attachment.objects.create(
            name="a", kind="url", url="https://example.com/a", content_type=kind, row_id=partner.pk
        )


def _settings(boss):
    for number in range(2):
        sequence = Sequence.objects.create(name=f"Seri {number}", company_id=1)
        first = date(2026 + number, 1, 1)
        SequenceRange.objects.create(
            sequence=sequence, start_date=first, end_date=first + timedelta(days=30)
        )
        CurrencyRate.objects.create(
            currency=row("base.USD"), date=first, rate=D("0.00006"), company_id=1
        )
        Parameter.objects.create(key=f"toko.{number}", value="x")
        JobRun.objects.create(task="base.sweep", job=ScheduledJob.objects.first(), user_id=2)
        Wizard.objects.create(model="account.payment.register", user_id=2)


def _signs(boss):
    for number in range(2):
        api_keys.issue(name=f"toko {number}", by=boss)
        AccessAttempt.objects.create(
            username=f"x{number}",
            ip_address="127.0.0.1",
            get_data="",
            post_data="",
            http_accept="",
            path_info="/",
            user_agent="x",
            failures_since_start=1,
        )
        AccessLog.objects.create(
            username="admin", ip_address="127.0.0.1", http_accept="", path_info="/", user_agent="x"
        )
    Authenticator.objects.create(user_id=2, type="totp", data={"secret": "OHNO"})


def _books(partners, boss):
    for number, partner in enumerate(partners):
        PartnerAccounting.objects.get_or_create(partner=partner)
        lines = [
            {"label": "Jasa", "unit_price": D(100000)},
            {"display_type": "line_note", "label": "Terima kasih"},
        ]
        values = {
            "kind": "out_invoice",
            "partner_id": partner.pk,
            "invoice_date": DAY,
            "lines": lines,
        }
        made = invoices.draft([values, values], by=boss, on=DAY)
        posted = JournalEntry.objects.filter(pk=made[0].pk)
        entries.post(posted, by=boss, on=DAY)
        payments.register(posted, by=boss, on=DAY, amount=None if number else D(1000))
        first = date(2020 + number, 1, 1)
        FiscalPeriod.objects.create(
            company_id=1, name=str(first.year), days=(first, first + timedelta(days=300))
        )
        term = PaymentTerm.objects.create(name=f"Tempo {number}", company_id=1)
        term.lines.create(value=D(100), days=30)
    balances.fold(by=boss)
    draft = JournalEntry.objects.drafts().latest("pk")
    entries.post(JournalEntry.objects.filter(pk=draft.pk), by=boss, on=DAY)
    for _number in range(2):
        audit = books.audit(Company.objects.filter(pk=1), by=boss, on=timezone.localdate())[0]
        audit.findings.create(rule="numbers", subject="INV/2026/", expected="1", found="2")
