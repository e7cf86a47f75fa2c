"""The job queue: Celery on Valkey, set up by Django's settings."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_process_init, worker_ready

from base.presence import Watch
from erpsite.launch.processes import end_with_parent
from erpsite.renewal import renew_celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erpsite.settings")

app = Celery("niaga")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _end_with_worker(**_: Any) -> None:
    """A killed worker takes its pool along; nobody would ever give those processes work again."""
    end_with_parent()


@worker_ready.connect
@beat_init.connect
def _watch_modules(sender: Any, **_: Any) -> None:
    """Worker and clock end when modules have changed, and are started anew by whoever keeps them."""
    Watch(type(sender).__name__.lower(), renew=renew_celery, serves=False).start()
