"""What the libraries keep, shown in the same way: sign-in attempts, second factors, the clock, rights."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.enums import ActionVariant

from base.actors import Actor
from base.admin import audit, users
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, MOMENTS, SEARCHED_LINK, LinkFilter
from base.admin.office import SeenOffice
from base.verbs import running

OF_NO_USE = (
    EmailAddress,
    Group,
    ClockedSchedule,
    IntervalSchedule,
    SolarSchedule,
    CrontabSchedule,
    PeriodicTask,
    AccessAttempt,
    AccessFailureLog,
    AccessLog,
    Authenticator,
)

for model in OF_NO_USE:
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Permission)
class PermissionOffice(SeenOffice):
    """Single rights. They come with the modules and are given by roles."""

    icon = "lock"
    shelf = users.SHELF
    list_display = ("name", "content_type", "codename")
    list_filter = (("content_type", LinkFilter),)
    search_fields = ("name", "codename", "content_type__model")
    always_with = ("content_type",)
    record_fields = False


def _forget_factors(rows: QuerySet[Authenticator], *, by: Actor) -> None:
    with running("base.second_factors.forget", by=by, permission="base.change_user"):
        rows.delete()


@admin.register(Authenticator)
class AuthenticatorOffice(SeenOffice):
    """Second factors of users: authenticator apps, passkeys, recovery codes. Their secrets are not shown."""

    icon = "phonelink_lock"
    shelf = users.SHELF
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = (("type", CHOICE), ("user", SEARCHED_LINK))
    search_fields = ("user__username",)
    fields = ("user", "type", "created_at", "last_used_at")
    record_fields = False
    always_with = ("user",)
    deeds = (
        Deed(
            name="forget",
            label=_("Forget"),
            question=_(
                "The user signs in without this factor. Do it only when you know who asked."
            ),
            permission="base.change_user",
            run=_forget_factors,
            icon="phonelink_erase",
            variant=ActionVariant.DANGER,
        ),
    )


def _unlock(rows: QuerySet[Any], *, by: Actor) -> None:
    with running("base.sign_in.unlock", by=by, permission="base.change_user"):
        rows.delete()


@admin.register(AccessAttempt)
class AccessAttemptOffice(SeenOffice):
    """Failed attempts to sign in that count towards a lock."""

    icon = "gpp_bad"
    shelf = users.SHELF
    list_display = ("attempt_time", "username", "ip_address", "failures_since_start", "path_info")
    list_filter = (("attempt_time", MOMENTS),)
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    fields = ("attempt_time", "username", "ip_address", "failures_since_start", "user_agent")
    record_fields = False
    deeds = (
        Deed(
            name="unlock",
            label=_("Unlock"),
            question=_("They may try again at once."),
            permission="base.change_user",
            run=_unlock,
            icon="lock_open",
        ),
    )


@admin.register(AccessLog)
class AccessLogOffice(SeenOffice):
    """Who signed in when, and from where."""

    icon = "login"
    shelf = users.SHELF
    list_display = ("attempt_time", "username", "ip_address", "logout_time", "user_agent")
    list_filter = (("attempt_time", MOMENTS),)
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    fields = ("attempt_time", "username", "ip_address", "logout_time", "user_agent", "path_info")
    record_fields = False


@admin.register(PeriodicTask)
class PeriodicTaskOffice(SeenOffice):
    """The clock itself. It is set by the scheduled jobs."""

    icon = "alarm"
    shelf = audit.SHELF
    list_display = ("name", "task", "crontab", "enabled", "last_run_at", "total_run_count")
    list_filter = ("enabled",)
    search_fields = ("name", "task")
    always_with = ("crontab",)
    fields = ("name", "task", "kwargs", "crontab", "enabled", "last_run_at", "total_run_count")
    record_fields = False
