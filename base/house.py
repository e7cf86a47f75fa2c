"""The house as a whole: its first company, whose time and language count where no other company is meant."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from base.models import Company


@dataclass(frozen=True)
class House:
    """What the house goes by."""

    name: str
    timezone: str
    language: str

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)


def house() -> House:
    """The house: the oldest company's name, time zone and language; the settings' before there is one. One query."""
    row = Company.objects.order_by("pk").values_list("name", "timezone", "language").first()
    return House(*row) if row else House("", settings.TIME_ZONE, settings.LANGUAGE_CODE)
