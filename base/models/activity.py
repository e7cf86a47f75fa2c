"""Activities: what somebody has to do about a record, and by when."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.html import HtmlField
from base.languages import both_languages
from base.models.about import AboutQuerySet, AboutRecord
from base.models.noun import Noun
from base.triggers import announce


class ActivityType(Noun):
    """A kind of activity, such as a call or a to-do, and when it is usually due."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    class CountedFrom(models.TextChoices):
        TODAY = "current_date", _("the day it is planned")
        PREVIOUS = "previous_activity", _("the previous activity's deadline")

    class Category(models.TextChoices):
        DEFAULT = "default", _("Other")
        UPLOAD = "upload_file", _("Upload a document")
        CALL = "phonecall", _("Phone call")
        MEETING = "meeting", _("Meeting")

    class Chaining(models.TextChoices):
        SUGGEST = "suggest", _("Suggest the next activity")
        TRIGGER = "trigger", _("Plan the next activity")

    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("usual summary"), max_length=240, blank=True, default="")
    sequence = models.IntegerField(_("sequence"), default=10)
    delay_count = models.PositiveIntegerField(_("due after"), default=0)
    delay_unit = models.CharField(
        _("counted in"), max_length=8, choices=Unit.choices, default=Unit.DAYS
    )
    delay_from = models.CharField(
        _("counted from"), max_length=20, choices=CountedFrom.choices, default=CountedFrom.PREVIOUS
    )
    icon = models.CharField(_("icon"), max_length=40, blank=True, default="")
    model = models.CharField(_("only for"), max_length=120, blank=True, default="")
    category = models.CharField(
        _("category"), max_length=16, choices=Category.choices, default=Category.DEFAULT
    )
    chaining = models.CharField(
        _("when done"), max_length=8, choices=Chaining.choices, default=Chaining.SUGGEST
    )
    suggested_next = models.ManyToManyField(
        "self",
        verbose_name=_("suggests"),
        symmetrical=False,
        blank=True,
        related_name="suggested_by",
    )
    triggered_next = models.ForeignKey(
        "self",
        verbose_name=_("plans"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="triggered_by",
    )
    default_user = models.ForeignKey(
        "base.User",
        verbose_name=_("usually done by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("activity type")
        verbose_name_plural = _("activity types")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name", "summary"))

    def __str__(self) -> str:
        return self.name

    def due(self, start: date) -> date:
        """The day an activity of this kind is due when counted from a day."""
        if self.delay_unit != self.Unit.MONTHS:
            days = self.delay_count * (7 if self.delay_unit == self.Unit.WEEKS else 1)
            return start + timedelta(days=days)
        years, month = divmod(start.month - 1 + self.delay_count, 12)
        first = date(start.year + years, month + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return first.replace(day=min(start.day, last.day))


class ActivityQuerySet(AboutQuerySet):
    """The questions we ask of activities."""

    def open(self) -> Self:
        """Those still to be done."""
        return self.filter(is_active=True)

    def of_user(self, user_id: int) -> Self:
        """Those a user has to do."""
        return self.filter(is_active=True, user=user_id)

    def overdue(self, today: date) -> Self:
        """Those that should have been done before a day."""
        return self.filter(is_active=True, due_date__lt=today)


class Activity(AboutRecord):
    """What somebody has to do about a record by a day. Done ones are kept, with what was said when done."""

    company_path = None
    display_field = "summary"
    search_fields = ("summary", "record_name")

    class State(models.TextChoices):
        OVERDUE = "overdue", _("Overdue")
        TODAY = "today", _("Today")
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")

    type = models.ForeignKey(
        ActivityType,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    summary = models.CharField(_("summary"), max_length=240, blank=True, default="")
    note = HtmlField(_("note"), blank=True, default="")
    record_name = models.CharField(_("name of the record"), max_length=400, blank=True, default="")
    due_date = models.DateField(_("due"))
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("to be done by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
        db_index=False,
    )
    previous_type = models.ForeignKey(
        ActivityType,
        verbose_name=_("follows a"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    is_automated = models.BooleanField(_("planned by the system"), default=False, editable=False)
    is_active = models.BooleanField(_("open"), default=True, editable=False)
    done_date = models.DateField(_("done on"), null=True, blank=True, editable=False)
    feedback = models.TextField(_("said when done"), blank=True, default="", editable=False)
    attachments = models.ManyToManyField(
        "base.Attachment", verbose_name=_("attachments"), blank=True, related_name="activities"
    )

    objects = ActivityQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        abstract = False
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("due_date", "id")
        constraints = (
            models.CheckConstraint(
                name="base_activity_done_or_open",
                condition=Q(done_date__isnull=True) | Q(is_active=False),
                violation_error_message=_("An activity that is done is not open any more."),
            ),
        )
        indexes = (
            models.Index(fields=("content_type", "row_id", "due_date"), name="base_activity_about"),
            models.Index(
                fields=("user", "due_date"), name="base_activity_to_do", condition=Q(is_active=True)
            ),
        )
        triggers = (*AboutRecord.Meta.triggers, announce("'user ' || NEW.user_id"))

    def __str__(self) -> str:
        return self.summary or (str(self.type) if self.type else self.record_name)

    def state_on(self, today: date) -> str:
        """Overdue, today, planned or done, as seen on a day of the person who has to do it."""
        if not self.is_active:
            return self.State.DONE
        if self.due_date == today:
            return self.State.TODAY
        return self.State.OVERDUE if self.due_date < today else self.State.PLANNED
