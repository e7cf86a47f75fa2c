"""The business day: a date on the company's wall, never a UTC date."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def known_zone(name: str) -> None:
    """Refuse with `ValidationError` what is not the name of a time zone, such as Asia/Jakarta."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(_("%(name)s is not a time zone."), params={"name": name}) from None


def today_in(zone: str) -> date:
    """The calendar day in a time zone now. Only doors call this; verbs are told the day."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day on which a moment falls in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The first moment of a calendar day in a time zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
