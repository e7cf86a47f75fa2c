"""Outgoing mail: what is to be sent, what was sent, and what could not be."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.models.about import AboutQuerySet, AboutRecord


class OutgoingMailQuerySet(AboutQuerySet):
    """The questions we ask of outgoing mail."""

    def due(self) -> Self:
        """Those to be handed to the mail server now, the longest waiting first."""
        waiting = self.filter(state=OutgoingMail.State.WAITING, send_after__lte=Now())
        return waiting.order_by("send_after", "pk")

    def for_purpose(self, purpose: str) -> Self:
        """Those of one kind, such as reminders; mail that was called off does not count."""
        return self.filter(purpose=purpose).exclude(state=OutgoingMail.State.CANCELLED)


class OutgoingMail(AboutRecord):
    """An e-mail on its way out, about a record or not. It is written once and then only sent.

    waiting → sent. When the mail server is away it waits and is tried again; what cannot be delivered, or not after the
    last try, is failed and may be sent again by a person. The Message-ID is given when it is written, so that a mail
    handed over twice around a crash is known as one. Of the mails with one key, there is at most one.
    """

    display_field = "subject"
    search_fields = ("subject", "recipients")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    purpose = models.CharField(_("purpose"), max_length=80, blank=True, default="")
    key = models.CharField(_("key"), max_length=200, blank=True, default="")
    sender = models.CharField(_("from"), max_length=320)
    recipients = models.TextField(_("to"))
    reply_to = models.CharField(_("reply to"), max_length=320, blank=True, default="")
    subject = models.CharField(_("subject"), max_length=400)
    body = models.TextField(_("text"), blank=True, default="")
    attachments = models.ManyToManyField(
        "base.Attachment", verbose_name=_("attachments"), blank=True, related_name="+"
    )
    message_id = models.CharField(_("Message-ID"), max_length=250, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    send_after = models.DateTimeField(_("not before"), db_default=Now())
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True, default="")

    objects = OutgoingMailQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        abstract = False
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        ordering = ("-id",)
        permissions = (("send_outgoingmail", _("Can send e-mails again and call them off")),)
        constraints = (
            models.CheckConstraint(
                name="base_outgoingmail_state_known",
                condition=Q(state__in=("waiting", "sent", "failed", "cancelled")),
            ),
            models.CheckConstraint(
                name="base_outgoingmail_sent_has_a_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="base_outgoingmail_goes_to_somebody", condition=~Q(recipients="")
            ),
            models.UniqueConstraint(
                name="base_outgoingmail_once_by_key",
                fields=("key",),
                condition=~Q(key=""),
                violation_error_message=_("This e-mail has been written already."),
            ),
        )
        indexes = (
            models.Index(
                fields=("send_after", "id"),
                name="base_outgoingmail_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=("content_type", "row_id", "-id"), name="base_outgoingmail_about"),
        )

    def __str__(self) -> str:
        return self.subject
