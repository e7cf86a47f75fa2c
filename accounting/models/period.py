"""Fiscal periods."""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.models.law import closing_waits_for_postings, condition
from base.models.noun import Noun
from base.triggers import forbid, remember


class FiscalPeriodQuerySet(models.QuerySet["FiscalPeriod"]):
    """The questions we ask of periods."""

    def closed(self) -> Self:
        """Those in which nothing may be posted any more."""
        return self.filter(closed_at__isnull=False)

    def covering(self, day: date) -> Self:
        """The one a day falls in."""
        return self.filter(days__contains=day)

    def locked(self) -> Self:
        """Hold the rows until commit, in order."""
        return self.order_by("pk").select_for_update(of=("self",))


class FiscalPeriod(Noun):
    """A stretch of days whose books are open or closed as one. Days without a period are open."""

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    days = DateRangeField(_("days"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = FiscalPeriodQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("fiscal period")
        verbose_name_plural = _("fiscal periods")
        ordering = ("company", "days")
        permissions = (("close_period", _("Can close and reopen periods")),)
        constraints = (
            ExclusionConstraint(
                name="accounting_fiscalperiod_no_overlap",
                expressions=[("company", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another period already covers some of these days."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            closing_waits_for_postings("period", when="NEW.closed_at IS NOT NULL", inserts=True),
            forbid(
                "period_closed_is_kept",
                pgtrigger.Update,
                when=condition(
                    "OLD.closed_at IS NOT NULL"
                    " AND (NEW.company_id, NEW.days) IS DISTINCT FROM (OLD.company_id, OLD.days)"
                ),
                sentence=_("A closed period keeps its days. Reopen it first."),
            ),
            forbid(
                "period_closed_is_not_deleted",
                pgtrigger.Delete,
                when=condition("OLD.closed_at IS NOT NULL"),
                sentence=_("A closed period is kept. Reopen it first."),
            ),
        )

    def __str__(self) -> str:
        return self.name
