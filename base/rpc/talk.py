"""What is said about records, on the wire: messages, their subtypes, and who follows what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import Follower, Message, MessageSubtype, Notification
from base.rpc.abouts import of_record, on_what, record_of, res_id
from base.services import messages, records
from rpc import computed, does, expose, record_method
from rpc.context import Call
from rpc.faults import user_error
from rpc.fields import Link
from rpc.methods.table import row_ids
from rpc.nouns import noun
from rpc.writing.records import found_rows

TOLD = Link("{pk}", '"base_notification"', '"message_id"', '"partner_id"', many=True)


def previews(_call: Call, ids: list[int]) -> dict[int, str]:
    """The first words of messages."""
    return {one.pk: one.preview for one in Message.objects.filter(pk__in=ids)}


def noted(**what: Any) -> Any:
    """Whether the caller's own notification of messages says something."""

    def function(call: Call, ids: list[int]) -> dict[int, bool]:
        mine = Notification.objects.filter(message__in=ids, partner=call.actor.partner_id, **what)
        return dict.fromkeys(mine.values_list("message_id", flat=True), True)

    return function


def toggle_message_starred(call: Call, ids: Any) -> None:
    """Star messages for the caller, or take their stars away."""
    rows = found_rows(call, row_ids(ids), "read")
    starred = noted(is_starred=True)(call, row_ids(ids))
    for message in rows:
        messages.star(message, starred=message.pk not in starred, by=call.actor)


def follow(rows: list[dict[str, Any]], *, by: Actor) -> list[Follower]:
    """Let partners hear what happens to the records that rows name."""
    made: list[Follower] = []
    for row in rows:
        chosen = row.get("subtypes") or None
        about = record_of(row)
        if about is None:
            raise user_error(str(_("Say which record is to be followed.")))
        partner_id = int(row.get("partner_id") or 0)
        made += messages.follow(about, [partner_id], subtype_ids=chosen, by=by)
    return made


def hear_of(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Choose what followers hear of; whom and what they follow stays."""
    if values.keys() - {"subtypes"}:
        raise user_error(
            str(_("Followers are not moved. Let the partner follow the other record."))
        )
    records.change(rows, values, by=by)


expose(
    "mail.message",
    model=Message,
    label=_("Message"),
    order="id desc",
    search="subject record_name body",
    reads="""
        subject body date message_type=kind subtype record_name author email_from reply_to message_id parent
        child_ids=answers is_internal partner_ids=recipients attachments
    """,
    computed=(
        noun("model", "content_type", _("Related Document Model")),
        res_id(),
        computed("preview", "char", label=_("Preview"), function=previews),
        computed(
            "notified_partner_ids",
            "many2many",
            label=_("Partners with Need Action"),
            relation="res.partner",
            link=TOLD,
        ),
        computed("needaction", "boolean", label=_("Need Action"), function=noted(is_read=False)),
        computed("starred", "boolean", label=_("Starred"), function=noted(is_starred=True)),
    ),
    permissions={"create": None, "write": None},
    unlink=messages.delete,
    verbs={"set_message_done": does(messages.mark_read, answers=None)},
    methods={"toggle_message_starred": record_method(toggle_message_starred)},
)

expose(
    "mail.message.subtype",
    model=MessageSubtype,
    label=_("Message subtypes"),
    order="sequence, id",
    writes="name description internal=is_internal default=is_default hidden=is_hidden sequence",
    computed=(on_what("res_model", _("Model")),),
)

expose(
    "mail.followers",
    model=Follower,
    label=_("Document Followers"),
    order="id",
    writes="partner subtype_ids=subtypes",
    computed=(*of_record("res_model", _("Related Document Model Name")),),
    create=follow,
    write=hear_of,
    permissions={"create": "base.add_follower", "write": "base.change_follower"},
)
