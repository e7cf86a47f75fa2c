"""Kinds of time off."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class LeaveType(Noun):
    """A kind of time off, such as "Annual leave": in which unit it is taken, who approves it, whether it must be
    allocated first. Without a company it is for all of them."""

    display_field = "name"
    search_fields = ("name",)

    class Approval(models.TextChoices):
        NOBODY = "no_validation", _("Nobody")
        HR = "hr", _("HR officer")
        MANAGER = "manager", _("Manager")
        BOTH = "both", _("Manager and HR officer")

    class Unit(models.TextChoices):
        DAY = "day", _("Day")
        HALF_DAY = "half_day", _("Half day")
        HOUR = "hour", _("Hour")

    class TimeKind(models.TextChoices):
        OTHER = "other", _("Worked time")
        LEAVE = "leave", _("Absence")

    name = models.CharField(_("name"), max_length=120)
    sequence = models.IntegerField(_("sequence"), default=100)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    requires_allocation = models.BooleanField(_("must be allocated first"), default=True)
    employees_may_ask = models.BooleanField(_("employees may ask for an allocation"), default=False)
    approved_by = models.CharField(
        _("approved by"), max_length=16, choices=Approval.choices, default=Approval.HR
    )
    allocation_approved_by = models.CharField(
        _("allocation approved by"), max_length=16, choices=Approval.choices, default=Approval.HR
    )
    unit = models.CharField(_("taken in"), max_length=8, choices=Unit.choices, default=Unit.DAY)
    time_kind = models.CharField(
        _("counts as"), max_length=8, choices=TimeKind.choices, default=TimeKind.LEAVE
    )
    is_unpaid = models.BooleanField(_("unpaid"), default=False)
    may_go_negative = models.BooleanField(_("may go negative"), default=False)
    color = models.PositiveSmallIntegerField(_("colour"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("kind of time off")
        verbose_name_plural = _("kinds of time off")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="hr_leavetype_unit_known", condition=Q(unit__in=("day", "half_day", "hour"))
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
