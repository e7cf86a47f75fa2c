"""Two rows at least of every noun, for the tests that look at every page of the back office."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessLog
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import module_has_submodule

from base.actors import Actor
from base.external_ids import row
from base.models import (
    ActivityPlan,
    ActivityPlanStep,
    ActivityType,
    Attachment,
    Bank,
    ColumnChoice,
    Counter,
    CurrencyRate,
    DefaultValue,
    Favourite,
    ImportBatch,
    ImportedRow,
    JobRun,
    MailTemplate,
    ModuleOperation,
    Notification,
    Parameter,
    Partner,
    PartnerBankAccount,
    PartnerTag,
    Preference,
    ProductAttribute,
    ProductAttributeValue,
    ProductTag,
    ProductTemplate,
    ScheduledJob,
    Sequence,
    SequenceRange,
    User,
)
from base.modules import installed
from base.services import activities, api_keys, mail, messages, products
from rpc.models import Wizard

D = Decimal
DAY = date(2026, 3, 10)


def fill():
    """Write them, by the verbs where there are some; each module writes its own (`<module>/tests/office_rows.py`)."""
    boss = Actor.of(User.objects.get(pk=2))
    partners = [_partner(number) for number in range(3)]
    _products(boss)
    _talk(partners, boss)
    _settings(boss)
    _signs(boss)
    _kept()
    for config in installed():
        if module_has_submodule(config.module, "tests.office_rows"):
            import_module(f"{config.name}.tests.office_rows").fill(partners, boss)


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
        Counter.objects.create(key=f"toko.{number}", value=number)
        JobRun.objects.create(task="base.sweep", job=ScheduledJob.objects.first(), user_id=2)
        MailTemplate.objects.create(name=f"Surat {number}", subject="Halo", body="<p>Halo</p>")
        mail.write(to=f"toko{number}@example.com", subject=f"Halo {number}", body="Halo", by=boss)
        ModuleOperation.objects.create(
            kind="install", names=["crm"], state="done", is_unfinished=False, asked_by_id=2
        )
        Wizard.objects.create(model="base.export", user_id=2)


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


def _kept():
    kind = ActivityType.objects.first()
    for number in range(2):
        plan = ActivityPlan.objects.create(name=f"Rencana {number}")
        ActivityPlanStep.objects.create(plan=plan, type=kind, summary="Telepon")
        DefaultValue.objects.create(model="res.partner", field=f"kota{number}", value="Solo")
        Favourite.objects.create(name=f"Milik saya {number}", screen="contacts", user_id=2)
        ColumnChoice.objects.create(screen=f"contacts{number}", columns="name", user_id=2)
        batch = ImportBatch.objects.create(screen="contacts", noun="res.partner")
        ImportedRow.objects.create(batch=batch, row_id=number + 1, is_new=True)
        Preference.objects.get_or_create(user_id=number + 1)
