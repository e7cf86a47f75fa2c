"""Mail templates: letters that are written once and sent about many records."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun


class MailTemplate(Noun):
    """A letter about records of one kind, with places that are filled in from the record when it is sent.

    In subject and addresses such a place is `{{ object.partner_id.name }}`, in the text `<t t-out="object.name"/>`.
    Whoever sends it sees no more through these places than they see anyway.
    """

    company_path = None
    display_field = "name"
    search_fields = ("name", "subject")

    name = models.CharField(_("name"), max_length=240)
    content_type = models.ForeignKey(
        ContentType,
        verbose_name=_("kind of record"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    subject = models.CharField(_("subject"), max_length=400, blank=True, default="")
    sender = models.CharField(_("from"), max_length=320, blank=True, default="")
    recipients = models.TextField(_("to"), blank=True, default="")
    partners = models.TextField(_("to partners"), blank=True, default="")
    copies = models.TextField(_("copy to"), blank=True, default="")
    reply_to = models.CharField(_("reply to"), max_length=320, blank=True, default="")
    body = models.TextField(_("text"), blank=True, default="")
    language = models.CharField(_("language"), max_length=240, blank=True, default="")
    goes_to_usual = models.BooleanField(_("to the usual recipients"), default=False)
    reports = models.JSONField(_("papers"), default=list, blank=True)
    attachments = models.ManyToManyField(
        "base.Attachment", verbose_name=_("attachments"), blank=True, related_name="+"
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_mailtemplate_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Give the template a name."),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name", "subject", "body"))

    def __str__(self) -> str:
        return self.name
