"""What can be done with users: invite, change a password, switch company and language, deactivate."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import AccessDenied, Invalid, Refused
from base.models import Partner, User
from base.verbs import verb


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
    user.companies.set(companies)
    user.roles.set(role_ids)
    return user


@verb("base.view_user")
def change_password(*, present: str, new: str, by: Actor) -> None:
    """Change the actor's own password; ends all other sessions. Refuses with `WrongPassword` or `Invalid`."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.user_id)
    if not user.check_password(present):
        raise WrongPassword
    _check_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])


@verb("base.change_user")
def reset_password(user: User, *, new: str, by: Actor) -> None:
    """Give a user a new password. Refuses with `Invalid`."""
    _check_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])


@verb("base.view_user")
def choose(
    *,
    language: str | None = None,
    timezone: str | None = None,
    company_id: int | None = None,
    by: Actor,
) -> None:
    """Set the actor's own language, time zone and current company. Refuses with `ForeignCompany` or `Invalid`."""
    values: dict[str, object] = {}
    if language is not None:
        values["language"] = language
    if timezone is not None:
        values["timezone"] = timezone
    if company_id is not None:
        values["company_id"] = by.for_companies([company_id]).company_id
    if values:
        User.objects.filter(pk=by.user_id).update(**values)


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
