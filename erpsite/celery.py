"""The job queue: Celery on Valkey, set up by Django's settings."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from erpsite.launch.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erpsite.settings")

app = Celery("niaga")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _end_with_worker(**_: Any) -> None:
    """A killed worker takes its pool along; nobody would ever give those processes work again."""
    end_with_parent()
