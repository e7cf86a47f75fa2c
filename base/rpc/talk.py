"""What is about records, on the wire: messages, subtypes, followers, activities, attachments."""

from django.utils.translation import gettext_lazy as _

from base.models import (
    Activity,
    ActivityType,
    Attachment,
    Follower,
    Message,
    MessageSubtype,
)
from rpc import computed, expose
from rpc.nouns import noun

expose(
    "mail.message",
    model=Message,
    label=_("Message"),
    order="id desc",
    reads="""
        subject body date message_type=kind subtype record_name author email_from reply_to message_id parent
        child_ids=answers is_internal partner_ids=recipients attachments res_id=row_id
    """,
    html="body",
    computed=(noun("model", "content_type", _("Related Document Model")),),
    permissions={"create": None, "write": None, "unlink": "base.delete_message"},
)

expose(
    "mail.message.subtype",
    model=MessageSubtype,
    label=_("Message subtypes"),
    order="sequence, id",
    writes="name description internal=is_internal default=is_default hidden=is_hidden sequence",
)

expose(
    "mail.followers",
    model=Follower,
    label=_("Document Followers"),
    order="id",
    writes="res_id=row_id partner subtype_ids=subtypes",
    computed=(noun("res_model", "content_type", _("Related Document Model Name")),),
)

expose(
    "mail.activity",
    model=Activity,
    label=_("Activity"),
    order="date_deadline, id",
    writes="""
        activity_type_id=type summary note date_deadline=due_date user previous_activity_type_id=previous_type
        res_id=row_id attachments
    """,
    reads="res_name=record_name automated=is_automated active=is_active date_done=done_date feedback",
    html="note",
    computed=(
        noun("res_model", "content_type", _("Related Document Model")),
        computed(
            "state",
            "selection",
            label=_("State"),
            choices=list(Activity.State.choices),
            sql="""CASE WHEN NOT {is_active} THEN 'done' WHEN {due_date} < CURRENT_DATE THEN 'overdue'
                   WHEN {due_date} = CURRENT_DATE THEN 'today' ELSE 'planned' END""",
        ),
    ),
)

expose(
    "mail.activity.type",
    model=ActivityType,
    label=_("Activity Type"),
    order="sequence, id",
    writes="""
        name summary sequence is_active delay_count delay_unit delay_from icon category chaining_type=chaining
        suggested_next_type_ids=suggested_next triggered_next_type_id=triggered_next default_user
    """,
)

expose(
    "ir.attachment",
    model=Attachment,
    label=_("Attachment"),
    order="id desc",
    writes="name description type=kind url res_id=row_id res_field=field public=is_public company",
    reads="mimetype file_size=size checksum",
    computed=(noun("res_model", "content_type", _("Resource Model")),),
)
