"""What can be done with users: invite, change a password, switch company and language, deactivate."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import AccessDenied, Invalid, Refused
from base.models import Partner, User
from base.verbs import verb

OWN_CHOICES = ("language", "timezone", "company_id", "signature", "notified_by")
OWN_PARTNER = ("name", "email", "phone")


class WrongPassword(Refused):
    """The present password does not fit."""

    code = "wrong_password"
    message = _("That is not your present password.")


class LastAdministrator(Refused):
    """Nobody would be left who can set the system up."""

    code = "last_administrator"
    message = _("At least one active administrator must remain.")


@verb("base.add_user")
def invite(
    *,
    login: str,
    name: str,
    password: str,
    company_ids: Iterable[int],
    role_ids: Iterable[int] = (),
    email: str = "",
    language: str = "en",
    by: Actor,
) -> User:
    """Make a user with a partner of their own. The first company is the current one. Refuses with `Invalid`."""
    companies = by.for_companies(company_ids).company_ids
    _check_password(password, None)
    partner = Partner.objects.create(name=name, email=email)
    user = User(username=login, partner=partner, company_id=companies[0], language=language)
    user.set_password(password)
    user.save()
    user.companies.add(*companies)
    user.roles.add(*role_ids)
    return user


def came_in(user_id: int) -> None:
    """Note that a user has signed in just now; once a minute is enough."""
    now = timezone.now()
    before = Q(last_login__isnull=True) | Q(last_login__lt=now - timedelta(minutes=1))
    User.objects.filter(before, pk=user_id).update(last_login=now)


@verb("base.view_user")
def change_password(*, present: str, new: str, by: Actor) -> None:
    """Change the actor's own password; ends all other sessions. Refuses with `WrongPassword` or `Invalid`."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.user_id)
    if not user.check_password(present):
        raise WrongPassword
    _check_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])


def hashed(password: str, *, by: Actor) -> str:
    """What is kept of a password that the actor wants to have. Refuses with `Invalid` when it is too weak."""
    _check_password(password, User.objects.select_related("partner").get(pk=by.user_id))
    return make_password(password)


@verb("base.view_user")
def take_password(kept: str, *, by: Actor) -> None:
    """Give the actor the password of which `hashed` answered what is kept; ends all other sessions.

    For doors where the present password was asked for before.
    """
    User.objects.select_for_update(of=("self",)).filter(pk=by.user_id).update(password=kept)


@verb("base.view_user")
def end_sessions(*, by: Actor) -> int:
    """End all sessions of the actor, wherever they were begun; answers how many. Keys and the password stay."""
    mine = [
        one.session_key
        for one in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if one.get_decoded().get(SESSION_KEY) == str(by.user_id)
    ]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in mine:
        store(key).delete()
    User.objects.filter(pk=by.user_id).update(access_version=F("access_version") + 1)
    return len(mine)


@verb("base.change_user")
def reset_password(user: User, *, new: str, by: Actor) -> None:
    """Give a user a new password. Refuses with `Invalid`."""
    _check_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])


@verb("base.view_user")
def choose(*, by: Actor, **chosen: str | int | None) -> None:
    """Set what everybody may set for themselves: `language`, `timezone`, `company_id`, `signature`, `notified_by`, and of
    their partner `name`, `email`, `phone`. What is None stays. Refuses with `ForeignCompany` or `Invalid`.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    if "company_id" in given:
        given["company_id"] = by.for_companies([int(given["company_id"])]).company_id or 0
    for row, names in (
        (User(pk=by.user_id), OWN_CHOICES),
        (Partner(pk=by.partner_id), OWN_PARTNER),
    ):
        values = {name: given.pop(name) for name in names if name in given}
        if values:
            type(row)._default_manager.filter(pk=row.pk).update(**_checked(row, values))
    if given:
        raise AccessDenied(permission="base.change_user")


def _checked(row: Model, values: dict[str, str | int]) -> dict[str, str | int]:
    """The values, if the fields of a row take them. Refuses with `Invalid`."""
    wrong: dict[str, list[str]] = {}
    for name, value in values.items():
        try:
            row._meta.get_field(name).clean(value, row)  # type: ignore[union-attr]
        except ValidationError as error:
            wrong[name] = list(error.messages)
    if wrong:
        raise Invalid(wrong)
    return values


@verb("base.change_user")
def deactivate(users: QuerySet[User], *, by: Actor) -> int:
    """Let users sign in no more; what they did stays theirs. Refuses with `LastAdministrator` or `AccessDenied`."""
    leaving = list(users.order_by("pk").select_for_update(of=("self",)))
    if any(user.pk == by.user_id for user in leaving):
        raise AccessDenied(permission=_("deactivate yourself"))
    if (
        not User.objects.active()
        .filter(is_superuser=True, pk__gt=1)
        .exclude(pk__in=[u.pk for u in leaving])
        .exists()
    ):
        raise LastAdministrator
    User.objects.filter(pk__in=[user.pk for user in leaving]).update(is_active=False)
    return len(leaving)


def _check_password(password: str, user: User | None) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid({"password": list(error.messages)}) from None
