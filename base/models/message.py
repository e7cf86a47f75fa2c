"""Messages: what is said about records, and who has been told."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.html import HtmlField, as_text
from base.languages import both_languages
from base.models.about import AboutQuerySet, AboutRecord
from base.models.noun import Noun
from base.triggers import announce


class MessageSubtype(Noun):
    """What a message is about, such as "Note" or "Stage changed"; followers choose which ones reach them."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=240, blank=True, default="")
    is_internal = models.BooleanField(_("for employees only"), default=False)
    is_default = models.BooleanField(_("followers get it by default"), default=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    model = models.CharField(_("only for"), max_length=120, blank=True, default="")
    sequence = models.IntegerField(_("sequence"), default=1)

    class Meta(Noun.Meta):
        verbose_name = _("message subtype")
        verbose_name_plural = _("message subtypes")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name", "description"))

    def __str__(self) -> str:
        return self.name


class MessageQuerySet(AboutQuerySet):
    """The questions we ask of messages."""

    def public(self) -> Self:
        """Those that people outside may read too."""
        return self.filter(is_internal=False)

    def unread_by(self, partner_id: int) -> Self:
        """Those a partner was told of and has not read."""
        return self.filter(notifications__partner=partner_id, notifications__is_read=False)


class Message(AboutRecord):
    """What was said about a record, by whom and when. Not edited once sent; notes are for employees only."""

    company_path = None
    display_field = "subject"
    search_fields = ("subject", "body", "record_name")

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        NOTIFICATION = "notification", _("System notification")
        EMAIL = "email", _("Incoming e-mail")
        EMAIL_OUTGOING = "email_outgoing", _("Outgoing e-mail")
        AUTO_COMMENT = "auto_comment", _("Automatic comment")
        OUT_OF_OFFICE = "out_of_office", _("Out of office")
        USER_NOTIFICATION = "user_notification", _("Notice to a user")

    subject = models.CharField(_("subject"), max_length=400, blank=True, default="")
    body = HtmlField(_("text"), blank=True, default="")
    date = models.DateTimeField(_("date"), db_default=Now())
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.NOTIFICATION
    )
    subtype = models.ForeignKey(
        MessageSubtype,
        verbose_name=_("subtype"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    record_name = models.CharField(_("name of the record"), max_length=400, blank=True, default="")
    author = models.ForeignKey(
        "base.Partner",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email_from = models.CharField(_("from"), max_length=320, blank=True, default="")
    reply_to = models.CharField(_("reply to"), max_length=320, blank=True, default="")
    message_id = models.CharField(_("Message-ID"), max_length=250, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers",
    )
    is_internal = models.BooleanField(_("for employees only"), default=False)
    recipients = models.ManyToManyField(
        "base.Partner", verbose_name=_("sent to"), blank=True, related_name="+"
    )
    attachments = models.ManyToManyField(
        "base.Attachment", verbose_name=_("attachments"), blank=True, related_name="messages"
    )

    objects = MessageQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        abstract = False
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                name="base_message_received_once",
                fields=("message_id",),
                condition=~Q(message_id=""),
            ),
        )
        indexes = (
            models.Index(fields=("content_type", "row_id", "-id"), name="base_message_about"),
        )
        triggers = (
            *AboutRecord.Meta.triggers,
            announce("'talk ' || NEW.content_type_id || ' ' || NEW.row_id"),
        )

    def __str__(self) -> str:
        return self.subject or self.record_name or self.preview

    @property
    def preview(self) -> str:
        """The first words of the text."""
        return as_text(self.body)[:190]


class Notification(models.Model):
    """A partner was told of a message, and has read it or not."""

    company_path = None

    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="notifications"
    )
    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("partner"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    is_read = models.BooleanField(_("read"), default=False)
    is_starred = models.BooleanField(_("starred"), default=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                name="base_notification_once_per_partner", fields=("message", "partner")
            ),
        )
        indexes = (
            models.Index(
                fields=("partner",), name="base_notification_unread", condition=Q(is_read=False)
            ),
        )
        triggers = (announce("'partner ' || NEW.partner_id"),)

    def __str__(self) -> str:
        return f"{self.message} → {self.partner}"


class Follower(AboutRecord):
    """A partner who wants to hear what happens to a record, and which subtypes of messages reach them."""

    company_path = None
    display_field = "partner"
    search_fields = ("partner__complete_name",)

    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("partner"),
        on_delete=models.CASCADE,
        related_name="followings",
    )
    subtypes = models.ManyToManyField(
        MessageSubtype, verbose_name=_("hears of"), blank=True, related_name="+"
    )

    objects = AboutQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        abstract = False
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="base_follower_once_per_record",
                fields=("content_type", "row_id", "partner"),
                violation_error_message=_("This partner already follows the record."),
            ),
            models.CheckConstraint(
                name="base_follower_follows_a_record",
                condition=Q(content_type__isnull=False, row_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.partner)
