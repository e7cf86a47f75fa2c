"""A screen of moments for a test only: appointments from one hour to another, whatever modules are there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test.utils import override_settings
from django.urls import clear_url_caches, include, path

import erpsite.urls
import web.urls
from rpc.tests.standins import standing_in
from web.screens import Calendar, Form, Screen, group, pages, registry, screen

JAKARTA = ZoneInfo("Asia/Jakarta")


@contextmanager
def meeting() -> Iterator[Any]:
    """The noun `calendar.event` with a calendar at /meetings/; answers its model."""
    with standing_in() as (lead, event):
        declared = screen(
            "calendar.event",
            key="meetings",
            label="Meetings",
            one="Meeting",
            list="name start stop",
            search="name",
            form=Form(title="name", groups=(group("start stop"),)),
            calendar=Calendar(start="start", end="stop"),
            first="calendar",
        )
        with opened(declared):
            try:
                yield event
            finally:
                with connection.schema_editor() as editor:
                    editor.delete_model(event)
                    editor.delete_model(lead)


@contextmanager
def opened(declared: Screen) -> Iterator[None]:
    """The pages of a screen among those of the house."""
    more = [pages._behind(one, declared) for one in pages._urls_of(declared)]
    with override_settings(ROOT_URLCONF=_urls(more)):
        clear_url_caches()
        try:
            yield
        finally:
            registry._screens.pop(declared.key, None)
    clear_url_caches()


def _urls(more: list[Any]) -> str:
    """The addresses of the house with some more among those of its screens."""
    made: Any = ModuleType("web.tests.more_urls")
    others = [one for one in erpsite.urls.urlpatterns if getattr(one, "namespace", "") != "web"]
    made.urlpatterns = [path("", include(([*web.urls.urlpatterns, *more], "web"))), *others]
    for name in ("handler400", "handler403", "handler404", "handler500"):
        setattr(made, name, getattr(erpsite.urls, name))
    sys.modules[made.__name__] = made
    return str(made.__name__)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the clock in Jakarta."""
    return datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA).astimezone(UTC)
