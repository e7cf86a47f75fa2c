"""Clean-up: what has expired, and what is left behind when records are deleted."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection

from base.models import Activity, Attachment, Follower, JobRun, Message, OutgoingMail
from base.services import attachments

KEEP_RUNS = timedelta(days=90)
KEEP_ROUTINE = timedelta(days=7)
KEEP_SIGN_INS = timedelta(days=180)
ABOUT = (Activity, Attachment, Follower, Message, OutgoingMail)
KINDS = "SELECT DISTINCT content_type_id FROM {about} WHERE content_type_id IS NOT NULL"
ORPHANS = """
SELECT a.id FROM {about} a WHERE a.content_type_id = %s
   AND NOT EXISTS (SELECT FROM {table} t WHERE t.{pk} = a.row_id) LIMIT 10000
"""


def sweep() -> dict[str, int]:
    """Delete what is about records that are no more, and then the files that nobody names; answers how many of each.

    For the nightly job. A file goes only when it has been unused for a day.
    """
    swept = {about._meta.model_name or "": _sweep(about) for about in ABOUT}
    return {**swept, "files": attachments.sweep()}


def sweep_expired(*, now: datetime) -> dict[str, int]:
    """Delete what has had its time; answers how many of each. For the nightly job.

    Ended sessions; runs of jobs after 90 days, and after a week those that nobody asked for and that went well; the
    record of sign-ins after 180 days.
    """
    runs = JobRun.objects.exclude(finished_at__isnull=True)
    routine = runs.filter(state=JobRun.State.DONE, asked_by__isnull=True)
    old = runs.filter(finished_at__lt=now - KEEP_RUNS)
    expired = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "runs": old | routine.filter(finished_at__lt=now - KEEP_ROUTINE),
        "sign_ins": AccessLog.objects.filter(attempt_time__lt=now - KEEP_SIGN_INS),
        "failed_sign_ins": AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_SIGN_INS),
    }
    return {name: rows.delete()[0] for name, rows in expired.items()}


def _sweep(about: type[Activity | Attachment | Follower | Message | OutgoingMail]) -> int:
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(KINDS.format(about=about._meta.db_table))
        kinds = [kind for (kind,) in cursor.fetchall()]
        for kind in kinds:
            model = ContentType.objects.get_for_id(kind).model_class()
            if model is None:  # a module that is not installed now; its records may be
                continue
            names = {
                "about": about._meta.db_table,
                "table": model._meta.db_table,
                "pk": model._meta.pk.column,
            }
            cursor.execute(ORPHANS.format(**names), [kind])
            ids = [pk for (pk,) in cursor.fetchall()]
            about.objects.filter(pk__in=ids).delete()
            count += len(ids)
    return count
