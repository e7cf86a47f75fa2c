"""The two small numbers in the top bar: what waits for me, and what I have not read."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from base.actors import Actor
from base.models import Activity, Company, Message, Notification, User

AT_MOST = 10


@dataclass(frozen=True)
class Counts:
    """How many activities are due to whom, how many messages they have not read; and how they like the pages."""

    activities: int = 0
    messages: int = 0
    name: str = ""
    theme: str = ""
    density: str = ""
    companies: tuple[tuple[int, str], ...] = ()


def counts(actor: Actor) -> Counts:
    """Both numbers, the actor's name and companies, and how the pages are to look, in one query."""
    due = Activity.objects.of_user(OuterRef("pk")).filter(due_date__lte=actor.today())  # type: ignore[arg-type]
    unread = Notification.objects.filter(partner=OuterRef("partner_id"), is_read=False)
    row = (
        User.objects.filter(pk=actor.user_id)
        .values_list(
            _number(due.order_by().values("user")),
            _number(unread.order_by().values("partner")),
            "partner__name",
            Coalesce("preference__theme", Value("")),
            Coalesce("preference__density", Value("")),
            ArraySubquery(
                Company.objects.filter(pk__in=actor.allowed_company_ids).values(
                    told=JSONObject(id="pk", name="name")
                )
            ),
        )
        .first()
    )
    if row is None:
        return Counts()
    companies = tuple((one["id"], one["name"]) for one in row[5])
    return Counts(row[0], row[1], row[2], row[3], row[4], companies)


def my_activities(actor: Actor) -> QuerySet[Activity]:
    """What the actor has to do, most pressing first."""
    return (
        Activity.objects.of_user(actor.user_id)
        .select_related("type", "content_type")
        .order_by("due_date", "id")
    )


def my_messages(actor: Actor) -> QuerySet[Message]:
    """What the actor has been told and not read, newest first."""
    if actor.partner_id is None:
        return Message.objects.none()
    unread = Message.objects.unread_by(actor.partner_id)
    return unread.select_related("author", "content_type").order_by("-id")


def _number(grouped: Any) -> Any:
    counted = grouped.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())
