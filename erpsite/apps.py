"""The site as a Django app: it brings the job queue along wherever Django runs."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The composition itself. Without models."""

    name = "erpsite"

    def ready(self) -> None:
        """Make our Celery app the one that every `@shared_task` belongs to."""
        import_module("erpsite.celery")
