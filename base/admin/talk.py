"""What is said, filed and planned about records."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from base.actors import Actor
from base.admin.access import acting
from base.admin.deeds import Deed, DeedForm
from base.admin.filters import (
    CHOICE,
    COMPANY,
    DAYS,
    MOMENTS,
    SEARCHED_LINK,
    ActiveFilter,
    LinkFilter,
)
from base.admin.office import SeenOffice, TranslatedOffice
from base.admin.parts import SeenParts, TranslatedParts
from base.models import (
    Activity,
    ActivityPlan,
    ActivityPlanStep,
    ActivityType,
    Attachment,
    Follower,
    MailTemplate,
    Message,
    MessageSubtype,
    Notification,
)
from base.services import activities, attachments

SHELF = _("Messages and files")


class AboutRecordOffice(SeenOffice):
    """Things about records of any kind: they are made where the record is, and looked at here."""

    shelf = SHELF

    @admin.display(description=_("record"))
    def record(self, thing: Any) -> SafeString | str:
        """A way to what it is about."""
        model: Any = thing.content_type.model_class() if thing.content_type_id else None
        if model is None:
            return "—"
        text = f"{model._meta.verbose_name} #{thing.row_id}"
        place = self.url_of(model(pk=thing.row_id))
        return format_html('<a class="text-link" href="{}">{}</a>', place, text) if place else text


class NotificationParts(SeenParts):
    """Who was told."""

    model = Notification
    fields = ("partner", "is_read", "read_at")


@admin.register(Message)
class MessageOffice(AboutRecordOffice):
    """What was said about records."""

    icon = "chat"
    list_display = ("date", "author", "kind", "record", "shown", "is_internal")
    list_filter = (("kind", CHOICE), ("date", MOMENTS), ("author", SEARCHED_LINK), "is_internal")
    search_fields = ("subject", "record_name")
    date_hierarchy = "date"
    inlines = (NotificationParts,)
    always_with = ("author", "content_type")

    @admin.display(description=_("text"))
    def shown(self, message: Message) -> str:
        """Its first words."""
        return message.subject or message.preview


@admin.register(Notification)
class NotificationOffice(SeenOffice):
    """Who was told of what, and has read it or not."""

    icon = "notifications"
    shelf = SHELF
    list_display = ("message", "partner", "is_read", "read_at")
    list_filter = ("is_read", ("partner", SEARCHED_LINK))
    search_fields = ("message__subject", "partner__complete_name")
    always_with = ("message", "partner")
    record_fields = False


@admin.register(MessageSubtype)
class MessageSubtypeOffice(TranslatedOffice):
    """What followers may hear of."""

    icon = "forum"
    shelf = SHELF
    list_display = ("name", "model", "is_internal", "is_default", "is_hidden")
    list_filter = ("is_internal", "is_default")
    search_fields = ("name_en", "name_ind", "model")


@admin.register(Follower)
class FollowerOffice(AboutRecordOffice):
    """Who wants to hear of what."""

    icon = "group_add"
    list_display = ("partner", "record", "created_at")
    list_filter = (("partner", SEARCHED_LINK),)
    search_fields = ("partner__complete_name",)
    always_with = ("partner", "content_type")


class DoneForm(DeedForm):
    """What there is to say about it."""

    feedback = forms.CharField(
        label=_("What came of it"), required=False, widget=UnfoldAdminTextareaWidget
    )


def _done(rows: QuerySet[Activity], *, by: Actor, feedback: str) -> None:
    activities.done(rows, feedback=feedback, on=by.today(), by=by)


@admin.register(Activity)
class ActivityOffice(AboutRecordOffice):
    """What somebody has to do."""

    icon = "event"
    list_display = ("summary", "type", "user", "due_date", "record", "is_active")
    list_filter = ("is_active", ("type", LinkFilter), ("user", SEARCHED_LINK), ("due_date", DAYS))
    date_hierarchy = "due_date"
    always_with = ("type", "user", "content_type")
    deeds = (
        Deed(
            name="done",
            label=_("Mark as done"),
            permission="base.change_activity",
            run=_done,
            form=DoneForm,
            icon="check",
            fits=lambda activity: activity.is_active,
        ),
        Deed(
            name="cancel",
            label=_("Drop"),
            question=_("What was planned is forgotten."),
            permission="base.delete_activity",
            run=activities.cancel,
            icon="delete",
            variant=ActionVariant.DANGER,
            fits=lambda activity: activity.is_active,
        ),
    )


@admin.register(ActivityType)
class ActivityTypeOffice(TranslatedOffice):
    """Kinds of activities."""

    icon = "event_note"
    shelf = SHELF
    list_display = ("name", "category", "delay_count", "delay_unit", "is_active")
    list_filter = (ActiveFilter, ("category", CHOICE))
    search_fields = ("name_en", "name_ind", "summary_en")
    autocomplete_fields = ("suggested_next", "triggered_next", "default_user")
    hidden = ("is_active",)


class PlanSteps(TranslatedParts):
    """The steps of a plan."""

    model = ActivityPlanStep
    fields = ("type", "summary", "days", "user")
    autocomplete_fields = ("type", "user")


@admin.register(ActivityPlan)
class ActivityPlanOffice(TranslatedOffice):
    """What is always planned together."""

    icon = "checklist"
    shelf = SHELF
    list_display = ("name", "model", "is_active")
    list_filter = (ActiveFilter,)
    search_fields = ("name_en", "name_ind")
    inlines = (PlanSteps,)
    hidden = ("is_active",)


@admin.register(Attachment)
class AttachmentOffice(AboutRecordOffice):
    """Files on records."""

    icon = "attach_file"
    list_display = ("name", "kind", "mimetype", "size", "record", "company", "is_public")
    list_filter = (("kind", CHOICE), COMPANY, "is_public")
    search_fields = ("name", "description", "=checksum")
    always_with = ("content_type",)
    may_delete = True

    def delete_rows(self, rows: QuerySet[Any], request: HttpRequest) -> None:
        """Delete by the verb, which also clears away what nobody shares any more."""
        attachments.delete(rows, by=acting(request))


@admin.register(MailTemplate)
class MailTemplateOffice(TranslatedOffice):
    """Letters that are sent about many records."""

    icon = "stacked_email"
    shelf = SHELF
    list_display = ("name", "content_type", "subject", "is_active")
    list_filter = (ActiveFilter, ("content_type", LinkFilter))
    search_fields = ("name_en", "name_ind", "subject_en", "subject_ind")
