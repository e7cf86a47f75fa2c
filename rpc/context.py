"""The context that a client sends along: language, time zone, companies, and what else it says."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from django.conf import settings
from django.utils import timezone

from base.actors import Actor
from base.dates import today_in
from base.errors import ForeignCompany
from base.models import Company, Language
from rpc.domains.dates import Clock
from rpc.exposure import Exposure
from rpc.faults import access_error, user_error, value_error
from rpc.fields import Field

CODES = {"en_US": "en", "en": "en", "id_ID": "id", "id": "id"}
LOCALES = {"en": "en_US", "id": "id_ID"}
KEPT_SECONDS = 30.0
Found = TypeVar("Found")

_zones: dict[int, tuple[float, str]] = {}


class Call:
    """One call of one method: on what, by whom, in which context."""

    __slots__ = ("_found", "actor", "context", "defaults", "exposure", "language", "named")

    def __init__(self, exposure: Exposure, actor: Actor, context: Any = None) -> None:
        self.exposure = exposure
        self._found: dict[Any, Any] | None = None
        self.defaults: dict[str, dict[str, Any]] = {}
        self.context = context if type(context) is dict else _mapping(context)
        self.named = self.context.get("lang") or None
        self.language = _language(self.named) if self.named else "en"
        companies = self.context.get("allowed_company_ids")
        self.actor = actor if not companies else _in_companies(actor, companies)

    def on(self, exposure: Exposure) -> "Call":
        """The same call on another noun."""
        if exposure is self.exposure:
            return self
        other = object.__new__(Call)
        for name in ("actor", "context", "defaults", "language", "named"):
            setattr(other, name, getattr(self, name))
        other.exposure = exposure
        other._found = None
        return other

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """While the fields of some rows are worked out: what one of them looked up, the next need not."""
        before, self._found = self._found, {}
        try:
            yield
        finally:
            self._found = before

    def once(self, what: Any, find: Callable[[], Found]) -> Found:
        """What is found, or what was found by the same name for another field of the same rows."""
        if self._found is None:
            return find()
        if what not in self._found:
            self._found[what] = find()
        found: Found = self._found[what]
        return found

    @property
    def active_test(self) -> bool:
        """Whether archived rows are left out."""
        return bool(self.context.get("active_test", True))

    @property
    def company_id(self) -> int | None:
        """The current company."""
        return self.actor.company_id

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the context, else of the user."""
        return (
            known_zone(self.context.get("tz")) or known_zone(self.actor.timezone) or ZoneInfo("UTC")
        )

    @property
    def clock(self) -> Clock:
        """Now, in the zone of the call."""
        return Clock(
            timezone.now(), self.zone, Locale.parse(locale_of(self.language)).first_week_day
        )

    def today(self) -> date:
        """The business day: the local date of the current company."""
        return today_in(_company_zone(self.actor.company_id))

    def active_ids(self, model: str) -> list[int]:
        """The rows a wizard was opened on, if they are of this model."""
        if self.context.get("active_model") != model:
            return []
        ids = self.context.get("active_ids") or self.context.get("active_id") or []
        return [ids] if isinstance(ids, int) else [int(one) for one in ids]

    def may(self, field: Field) -> bool:
        """Whether the actor may see a field at all."""
        return not field.permission or self.actor.has_perm(field.permission)

    def speaking(self) -> Actor:
        """The actor in the language of the call, in which translated texts are written."""
        return (
            self.actor
            if self.actor.language == self.language
            else self.actor.speaking(self.language)
        )


def known_zone(name: Any) -> ZoneInfo | None:
    """The time zone of that name; an unknown one is ignored."""
    return ZoneInfo(name) if isinstance(name, str) and name in _zone_names() else None


def locale_of(language: str) -> str:
    """The wire's name of a language."""
    return LOCALES.get(language, "en_US")


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def _mapping(context: Any) -> dict[str, Any]:
    if not context:
        return {}
    if isinstance(context, Mapping):
        return dict(context)
    raise value_error("dictionary update sequence element #0 has length 1; 2 is required")


def _language(code: Any) -> str:
    known = CODES.get(code) if isinstance(code, str) else None
    if known is not None:
        return known
    found = (
        Language.objects.active().filter(code=code).values_list("django_code", flat=True).first()
    )
    if found is None:
        raise user_error(f"Invalid language code: {code}")
    return found if found in dict(settings.LANGUAGES) else "en"


def _in_companies(actor: Actor, companies: Any) -> Actor:
    try:
        return actor.for_companies([int(one) for one in companies])
    except (ForeignCompany, TypeError, ValueError):
        raise access_error("Access to unauthorized or invalid companies.") from None


def _company_zone(company_id: int | None) -> str:
    if company_id is None:
        return settings.TIME_ZONE
    known = _zones.get(company_id)
    if known is None or known[0] < time.monotonic():
        name = Company.objects.filter(pk=company_id).values_list("timezone", flat=True).first()
        known = _zones[company_id] = (time.monotonic() + KEPT_SECONDS, name or settings.TIME_ZONE)
    return known[1]
