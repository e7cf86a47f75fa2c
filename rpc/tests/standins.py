"""Nouns for a test only: rows with dates, moments, money and links of every kind, whatever modules are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test.utils import isolate_apps

from base.models import Currency, Partner, PartnerTag
from base.money import MoneyField
from rpc import access, registry
from rpc.registry import expose


@contextmanager
def standing_in() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """Two nouns: opportunities as `crm.lead`, appointments as `calendar.event`."""
    known = dict(registry._declarations)
    for name in ("crm.lead", "calendar.event"):
        registry._declarations.pop(name, None)
    with isolate_apps("rpc") as apps:
        for borrowed in (Partner, PartnerTag, Currency):
            apps.all_models["base"][borrowed._meta.model_name] = borrowed
        lead, event = _models()
        with connection.schema_editor() as editor:
            editor.create_model(lead)
            editor.create_model(event)
        _expose(lead, event)
        try:
            yield lead, event
        finally:
            registry._declarations.clear()
            registry._declarations.update(known)
            registry._exposures.clear()
            access._scopes.clear()
            ContentType.objects.clear_cache()


def _models() -> tuple[type[models.Model], type[models.Model]]:
    class Opportunity(models.Model):
        company_path = None
        display_field = "name"
        name = models.CharField("name", max_length=100)
        kind = models.CharField(
            "type", max_length=20, choices=[("lead", "Lead"), ("opportunity", "Opportunity")]
        )
        partner = models.ForeignKey(
            Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
        )
        currency = models.ForeignKey(
            Currency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
        )
        tags = models.ManyToManyField(PartnerTag, blank=True, related_name="+")
        expected_revenue = MoneyField("expected revenue", default=0)
        probability = models.DecimalField("probability", max_digits=16, decimal_places=2, default=0)
        date_deadline = models.DateField("expected closing", null=True, blank=True)
        date_closed = models.DateTimeField("closed on", null=True, blank=True)
        priority = models.IntegerField("priority", null=True, blank=True)
        is_hot = models.BooleanField("hot", null=True, blank=True)
        note = models.TextField("note", null=True, blank=True)
        extra = models.JSONField("extra", null=True, blank=True)
        parent = models.ForeignKey(
            "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
        )
        is_active = models.BooleanField("active", default=True)

        class Meta:
            app_label = "rpc"
            db_table = "standin_opportunity"
            verbose_name = "opportunity"
            verbose_name_plural = "opportunities"

    class Appointment(models.Model):
        company_path = None
        display_field = "name"
        name = models.CharField("name", max_length=100)
        start = models.DateTimeField("start")
        stop = models.DateTimeField("stop", null=True, blank=True)

        class Meta:
            app_label = "rpc"
            db_table = "standin_appointment"
            verbose_name = "appointment"
            verbose_name_plural = "appointments"

    return Opportunity, Appointment


def _expose(lead: type[models.Model], event: type[models.Model]) -> None:
    allowed = dict.fromkeys(("read", "create", "write", "unlink"), "")
    expose(
        "crm.lead",
        model=lead,
        label="Opportunity",
        order="priority desc, id desc",
        display="name",
        writes="""
            name type=kind partner currency tag_ids=tags expected_revenue probability date_deadline date_closed
            priority is_hot note extra parent children is_active
        """,
        reads="partner_name=partner.name country_id=partner.country",
        permissions=allowed,
    )
    expose(
        "calendar.event",
        model=event,
        label="Appointment",
        order="start desc",
        display="name",
        writes="name start stop",
        permissions=allowed,
    )
