"""Activities on the wire: what somebody has to do about a record, and the types of them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import Activity, ActivityType
from base.rpc.abouts import TODAY, of_record, on_what, record_of
from base.scopes import check_visible
from base.services import activities, records
from rpc import computed, does, expose, record_method
from rpc.context import Call
from rpc.faults import user_error
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows

STATE = f"""CASE WHEN NOT {{is_active}} THEN 'done' WHEN {{due_date}} < {TODAY} THEN 'overdue'
                 WHEN {{due_date}} = {TODAY} THEN 'today' ELSE 'planned' END"""


def plan(rows: list[dict[str, Any]], *, by: Actor, on: date) -> list[Activity]:
    """Plan activities, each about the record its row names."""
    return [_planned(dict(row), by, on) for row in rows]


def change(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change activities. One may be moved to another record that the actor sees."""
    if values.keys() & {"content_type_id", "row_id"}:
        about = _moved(rows, values)
        check_visible(about, by=by)
        values = {**values, "record_name": str(about)[:400]}
    records.change(rows, values, by=by)


def action_feedback(call: Call, ids: Any, feedback: Any = "", attachment_ids: Any = ()) -> Any:
    """Mark activities as done, and say so on their records; answers the last message, or false."""
    said = activities.done(
        found_rows(call, row_ids(ids), "write"),
        feedback=str(feedback or ""),
        attachment_ids=row_ids(attachment_ids),
        on=call.today(),
        by=call.actor,
    )
    return said[-1].pk if said else False


def action_done(call: Call, ids: Any) -> Any:
    """Mark activities as done without a word."""
    return action_feedback(call, ids)


def defaults(call: Call) -> dict[str, Any]:
    """A new activity is due today, and the caller's to do."""
    return {"date_deadline": call.today().isoformat(), "user_id": call.actor.user_id}


def _planned(row: dict[str, Any], by: Actor, on: date) -> Activity:
    about = record_of(row)
    if about is None:
        raise user_error(str(_("Say which record the activity is about.")))
    kind = ActivityType.objects.filter(pk=row.get("type_id") or 0).first()
    made = activities.schedule(
        about,
        kind or "",
        due_date=row.get("due_date"),
        summary=row.get("summary") or "",
        note=row.get("note") or "",
        user_id=row.get("user_id"),
        is_automated=bool(row.get("is_automated")),
        on=on,
        by=by,
    )
    if row.get("attachments"):
        made.attachments.set(row["attachments"])
    return made


def _moved(rows: Any, values: dict[str, Any]) -> Any:
    """The record that activities are to be about; what is not said stays as it is with the first of them."""
    first = rows.order_by("pk").values("content_type_id", "row_id").first() or {}
    about = record_of({**first, **values})
    if about is None:
        raise user_error(str(_("Say which record the activity is about.")))
    return about


expose(
    "mail.activity",
    model=Activity,
    label=_("Activity"),
    order="date_deadline, id",
    display="coalesce(nullif({summary}, ''), {type.name}, {record_name})",
    writes="""
        activity_type_id=type summary note date_deadline=due_date user previous_activity_type_id=previous_type
        attachments
    """,
    reads="""
        res_name=record_name is_active date_done=done_date feedback
        chaining_type=type.chaining activity_category=type.category
    """,
    computed=(
        *of_record("res_model", _("Related Document Model")),
        computed(
            "res_model_id",
            "many2one",
            label=_("Document Model"),
            relation="ir.model",
            sql="{content_type}",
            write=lambda pk: {"content_type_id": pk},
        ),
        computed(
            "automated",
            "boolean",
            label=_("Automated activity"),
            sql="{is_automated}",
            write=lambda flag: {"is_automated": flag},
        ),
        computed(
            "state",
            "selection",
            label=_("State"),
            choices=list(Activity.State.choices),
            sql=STATE,
        ),
    ),
    defaults=defaults,
    create=plan,
    write=change,
    permissions={"create": "base.add_activity", "write": "base.change_activity"},
    verbs={"action_cancel": does(activities.cancel, answers=None)},
    methods={
        "action_feedback": record_method(action_feedback),
        "action_done": record_method(action_done),
    },
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
    computed=(on_what("res_model", _("Model"), "selection"),),
)
