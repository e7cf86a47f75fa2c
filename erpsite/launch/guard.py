"""Accounts whose password everybody knows. `python -m erpsite.launch.guard` prints their logins, one a line."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

import django
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password


def with_known_password(users: Iterable[Any]) -> Iterator[str]:
    """The logins of those whose password is their login, as it is for the accounts of the demo company."""
    for user in users:
        if check_password(user.get_username(), user.password):
            yield user.get_username()


def main() -> None:
    """Look at every active account."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "erpsite.settings"
    django.setup()
    users = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    for login in with_known_password(users.iterator()):
        print(login)  # noqa: T201 - this is its answer to the launcher


if __name__ == "__main__":
    main()
