"""Numbering of documents: what a number looks like, and which one is next."""

import re
from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember

DATE_PART = re.compile(r"%\((\w+)\)s|%%")
NOT_A_PATTERN = _("Name parts of the date as in SO/%(year)s/, and write a percent sign twice.")
FORGET_FAST_NUMBERS = pgtrigger.Trigger(
    name="forget_fast_numbers",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("next_number", "increment") | pgtrigger.Delete,
    declare=[("stretch", "bigint")],
    func="""
        EXECUTE format('DROP SEQUENCE IF EXISTS base_sequence_%s_numbers', OLD.id);
        FOR stretch IN SELECT id FROM base_sequencerange WHERE sequence_id = OLD.id LOOP
            EXECUTE format('DROP SEQUENCE IF EXISTS base_sequencerange_%s_numbers', stretch);
        END LOOP;
        RETURN NULL;
    """,
)
FORGET_FAST_NUMBERS_OF_RANGE = pgtrigger.Trigger(
    name="forget_fast_numbers",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("next_number") | pgtrigger.Delete,
    func="""
        EXECUTE format('DROP SEQUENCE IF EXISTS base_sequencerange_%s_numbers', OLD.id);
        RETURN NULL;
    """,
)


class SequenceQuerySet(models.QuerySet["Sequence"]):
    """The questions we ask of sequences."""

    def coded(self, code: str, company_id: int | None) -> Self:
        """Active ones with a code, the company's own before the shared one."""
        rows = self.filter(
            Q(company=company_id) | Q(company__isnull=True), code=code, is_active=True
        )
        return rows.order_by(F("company").asc(nulls_last=True), "id")


class Sequence(Noun):
    """A series of document numbers such as SO/2026/00042. Prefix and suffix may name parts of the date:
    `%(year)s`, `%(y)s`, `%(month)s`, `%(day)s`, and with date ranges `%(range_year)s` and so on.

    A standard series is fast and may have gaps; one without gaps gives a number back when the document fails.
    """

    display_field = "name"
    search_fields = ("name", "code")

    class Implementation(models.TextChoices):
        STANDARD = "standard", _("Standard (gaps possible)")
        NO_GAP = "no_gap", _("Without gaps")

    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code"), max_length=120, blank=True, default="", db_index=True)
    implementation = models.CharField(
        _("kind"), max_length=8, choices=Implementation.choices, default=Implementation.STANDARD
    )
    prefix = models.CharField(_("prefix"), max_length=64, blank=True, default="")
    suffix = models.CharField(_("suffix"), max_length=64, blank=True, default="")
    padding = models.PositiveSmallIntegerField(_("digits"), default=0)
    next_number = models.BigIntegerField(_("next number"), default=1)
    increment = models.IntegerField(_("step"), default=1)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uses_ranges = models.BooleanField(_("begins anew in each date range"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = SequenceQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("sequence")
        verbose_name_plural = _("sequences")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_sequence_moves_forward",
                condition=Q(increment__gt=0),
                violation_error_message=_("The step of a sequence must be at least 1."),
            ),
        )
        triggers = (*Noun.Meta.triggers, remember(but=("next_number",)), FORGET_FAST_NUMBERS)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a prefix or suffix that names what is no part of a date."""
        for field in ("prefix", "suffix"):
            text = str(getattr(self, field))
            named = set(DATE_PART.findall(text)) - {""}
            if "%" in DATE_PART.sub("", text) or named - _parts_known().keys():
                raise ValidationError({field: NOT_A_PATTERN})

    def written(self, number: int, on: date, begins: date | None = None) -> str:
        """A number as it stands on the document. `begins` is the first day of the date range."""
        parts = _parts_known(on, begins or on)
        return f"{self.prefix % parts}{number:0{self.padding}d}{self.suffix % parts}"


class SequenceRange(Noun):
    """A stretch of time, such as a year, in which a sequence counts from its own beginning."""

    company_path = "sequence__company"
    display_field = "start_date"
    search_fields = ("sequence__name",)

    sequence = models.ForeignKey(
        Sequence, verbose_name=_("sequence"), on_delete=models.CASCADE, related_name="ranges"
    )
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("to"))
    next_number = models.BigIntegerField(_("next number"), default=1)

    class Meta(Noun.Meta):
        verbose_name = _("date range of a sequence")
        verbose_name_plural = _("date ranges of sequences")
        ordering = ("sequence_id", "start_date")
        constraints = (
            models.CheckConstraint(
                name="base_sequencerange_ends_after_it_starts",
                condition=Q(end_date__gte=F("start_date")),
                violation_error_message=_("A date range ends after it starts."),
            ),
            ExclusionConstraint(
                name="base_sequencerange_do_not_overlap",
                expressions=[
                    ("sequence", RangeOperators.EQUAL),
                    (
                        Func(
                            F("start_date"),
                            F("end_date"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The date ranges of a sequence must not overlap."),
            ),
        )
        triggers = (*Noun.Meta.triggers, FORGET_FAST_NUMBERS_OF_RANGE)

    def __str__(self) -> str:
        return f"{self.start_date} – {self.end_date}"


def _parts_known(on: date = date.min, begins: date = date.min) -> dict[str, str]:
    return _parts_of("", on) | _parts_of("current_", on) | _parts_of("range_", begins)


def _parts_of(name: str, day: date) -> dict[str, str]:
    codes = {
        "year": "%Y",
        "month": "%m",
        "day": "%d",
        "y": "%y",
        "doy": "%j",
        "woy": "%W",
        "weekday": "%w",
    }
    parts = {f"{name}{part}": day.strftime(code) for part, code in codes.items()}
    isoyear, isoweek, _weekday = day.isocalendar()
    return parts | {f"{name}isoyear": str(isoyear), f"{name}isoweek": f"{isoweek:02d}"}
