"""What is left behind when records are deleted: what was said about them, and files that nobody names."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from base.models import Activity, Attachment, Follower, Message
from base.services import attachments

ABOUT = (Activity, Attachment, Follower, Message)
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


def _sweep(about: type[Activity | Attachment | Follower | Message]) -> int:
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
