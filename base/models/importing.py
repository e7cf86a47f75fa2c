"""Imports: a file that was taken in, what its columns meant, and the rows that came of it, so that it can be undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.attachment import Attachment
from base.models.job_run import JobRun
from base.models.noun import Noun


class ImportBatch(Noun):
    """A file of records that somebody sent: sent → tried or taken in → perhaps undone.

    `mapping` says for each column of the file by its place which field it is, `heads` what stands above it. `problems`
    are the lines that were refused, and why. `lines_done` is how far it is: a job that was interrupted goes on there.
    """

    company_path = None
    display_field = "file__name"

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        TRIED = "tried", _("Tried out")
        DONE = "done", _("Taken in")
        UNDONE = "undone", _("Undone")

    screen = models.CharField(_("screen"), max_length=80)
    noun = models.CharField(_("noun"), max_length=120)
    file = models.ForeignKey(
        Attachment,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SENT)
    options = models.JSONField(_("how it is written"), default=dict, blank=True)
    heads = models.JSONField(_("heads"), default=list, blank=True)
    mapping = models.JSONField(_("columns"), default=list, blank=True)
    keys = models.JSONField(_("columns that identify"), default=list, blank=True)
    lines_done = models.PositiveIntegerField(_("lines done"), default=0)
    made = models.PositiveIntegerField(_("records made"), default=0)
    changed = models.PositiveIntegerField(_("records changed"), default=0)
    unchanged = models.PositiveIntegerField(_("records as they were"), default=0)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    kept_back = models.JSONField(_("what cannot be undone"), default=list, blank=True)
    run = models.ForeignKey(
        JobRun,
        verbose_name=_("run of the job"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Noun.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="base_importbatch_state_known",
                condition=Q(state__in=("sent", "tried", "done", "undone")),
            ),
        )
        indexes = (models.Index(fields=("noun", "-id"), name="base_importbatch_of_noun"),)

    def __str__(self) -> str:
        return self.file.name if self.file else f"#{self.pk}"


class ImportedRow(models.Model):
    """A record that an import made or changed: what it held before, and what the import left it with."""

    company_path = None

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    row_id = models.BigIntegerField(_("record"))
    is_new = models.BooleanField(_("made by it"), default=False)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="base_importedrow_once_per_import",
                fields=("batch", "row_id"),
                violation_error_message=_("The import has this record already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.row_id}"
