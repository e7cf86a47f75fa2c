"""Plans of activities: what is always done together, such as all that a new customer needs."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.activity import ActivityType
from base.models.noun import Noun


class ActivityPlan(Noun):
    """Several activities that are planned at once about a record, each by its own day."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=120)
    model = models.CharField(_("only for"), max_length=120, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("activity plan")
        verbose_name_plural = _("activity plans")
        ordering = ("name", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name"))

    def __str__(self) -> str:
        return self.name


class ActivityPlanStep(Noun):
    """One activity of a plan: what, how many days after the plan begins, and by whom."""

    company_path = None
    display_field = "summary"
    search_fields = ("summary",)

    plan = models.ForeignKey(
        ActivityPlan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="steps"
    )
    type = models.ForeignKey(
        ActivityType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="+"
    )
    summary = models.CharField(_("summary"), max_length=240, blank=True, default="")
    days = models.PositiveSmallIntegerField(_("days after the beginning"), default=0)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("to be done by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta(Noun.Meta):
        verbose_name = _("step of an activity plan")
        verbose_name_plural = _("steps of activity plans")
        ordering = ("days", "id")
        triggers = (*Noun.Meta.triggers, both_languages("summary"))

    def __str__(self) -> str:
        return self.summary or str(self.type)

    def due(self, start: date) -> date:
        """The day it is due when the plan begins on a day."""
        return start + timedelta(days=self.days)
