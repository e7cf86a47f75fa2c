"""How django-allauth behaves here: nobody signs up by themselves, and nothing is sent by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - asked by name
        """Users are invited by an administrator."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Accounts have no address of their own to write to."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Likewise."""
