"""Attachments: files, each content stored once."""

import secrets
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.about import AboutQuerySet, AboutRecord


class AttachmentQuerySet(AboutQuerySet):
    """The questions we ask of attachments."""

    def files(self) -> Self:
        """Those with content, not those that link elsewhere."""
        return self.filter(kind=Attachment.Kind.FILE)

    def on_records(self) -> Self:
        """Those people see on records; not those that hold a field's value, such as a picture."""
        return self.filter(field="")


class Attachment(AboutRecord):
    """A file on a record, or a link. Content lies on disk under its SHA-256, once for all that share it."""

    display_field = "name"
    search_fields = ("name", "description")

    class Kind(models.TextChoices):
        FILE = "binary", _("File")
        LINK = "url", _("Link")

    name = models.CharField(_("name"), max_length=240)
    description = models.TextField(_("description"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FILE)
    url = models.CharField(_("address"), max_length=1024, blank=True, default="")
    checksum = models.CharField(_("SHA-256"), max_length=64, blank=True, default="", editable=False)
    # Programs know contents by it; nothing rests on nobody being able to forge it.
    sha1 = models.CharField(_("SHA-1"), max_length=40, blank=True, default="", editable=False)
    size = models.BigIntegerField(_("size in bytes"), default=0, editable=False)
    mimetype = models.CharField(_("type"), max_length=120, blank=True, default="")
    field = models.CharField(_("field of the record"), max_length=64, blank=True, default="")
    is_public = models.BooleanField(_("everyone may read it"), default=False)
    access_token = models.CharField(
        _("access token"), max_length=64, blank=True, default="", editable=False
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        abstract = False
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="base_attachment_is_a_file_or_a_link",
                condition=Q(kind="binary", url="") | Q(kind="url", checksum="") & ~Q(url=""),
                violation_error_message=_("An attachment is either a file or a link."),
            ),
            models.CheckConstraint(
                name="base_attachment_checksum_is_sha256",
                condition=Q(checksum="") | Q(checksum__regex=r"^[0-9a-f]{64}$"),
            ),
        )
        indexes = (
            models.Index(fields=("content_type", "row_id", "-id"), name="base_attachment_about"),
            models.Index(
                fields=("checksum",), name="base_attachment_by_checksum", condition=~Q(checksum="")
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the content lies."""
        return path_of(self.checksum)

    def new_token(self) -> str:
        """A fresh secret that opens this attachment without signing in."""
        self.access_token = secrets.token_hex(16)
        return self.access_token


def path_of(checksum: str) -> Path:
    """Where content with a checksum lies: two levels, so that no directory grows too full."""
    return Path(settings.MEDIA_ROOT) / "store" / checksum[:2] / checksum
