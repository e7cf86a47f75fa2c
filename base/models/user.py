"""Users: people and programs that may sign in."""

import hashlib
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.cache import cache
from django.db import connection, models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from base.dates import known_zone
from base.models.noun import Noun
from base.triggers import authorship, remember

ROLE_CLOSURE = """
WITH RECURSIVE held(id) AS (
    SELECT role_id FROM base_user_roles WHERE user_id = %s
    UNION
    SELECT implied_id FROM base_roleimplication JOIN held ON role_id = held.id
)
SELECT id FROM held
"""


class UserQuerySet(models.QuerySet["User"]):
    """The questions we ask of users."""

    def active(self) -> Self:
        """Those who may sign in."""
        return self.filter(is_active=True)

    def named(self, login: str) -> Self:
        """The one with a login, whatever its case."""
        return self.filter(username__iexact=login)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; Django's own commands use it."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user who may sign in; a partner is made too when none is given."""
        partner_model = self.model._meta.get_field("partner").related_model
        email = fields.pop("email", "")
        name = fields.pop("name", username)
        if "partner" not in fields and "partner_id" not in fields:
            fields["partner"] = partner_model.objects.create(name=name, email=email or "")
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user who may do everything."""
        return self.create_user(
            username, password, **{"is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by login, whatever its case."""
        found: User = self.get(username__iexact=username)
        return found


class User(AbstractBaseUser, Noun):
    """Someone who may sign in. Name, e-mail and address are the partner's.

    `access_version` is raised by trigger whenever something changes that decides what the user may do, so that
    nothing cached about them outlives the change.
    """

    company_path = None

    username = models.CharField(
        _("login"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("You cannot have two users with the same login.")},
    )
    partner = models.OneToOneField(
        "base.Partner", verbose_name=_("partner"), on_delete=models.PROTECT, related_name="user"
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("current company"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    companies = models.ManyToManyField(
        "base.Company", verbose_name=_("companies"), related_name="users", blank=True
    )
    roles = models.ManyToManyField(
        "base.Role", verbose_name=_("roles"), related_name="users", blank=True
    )
    language = models.CharField(
        _("language"), max_length=8, default="en", choices=[("en", "English"), ("id", "Indonesia")]
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="Asia/Jakarta", validators=[known_zone]
    )
    signature = models.TextField(_("signature"), blank=True, default="")
    notified_by = models.CharField(
        _("notified by"),
        max_length=8,
        default="email",
        choices=[("email", _("E-mail")), ("inbox", _("In the application"))],
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the back office"), default=False)
    is_superuser = models.BooleanField(_("may do everything"), default=False)
    access_version = models.PositiveIntegerField(_("access version"), default=1, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("username", "id")
        triggers = (
            authorship(),
            remember(but=("password", "last_login", "access_version")),
            pgtrigger.Trigger(
                name="access_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(
                    "password",
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "company_id",
                    "language",
                    "timezone",
                    "username",
                ),
                func="NEW.access_version := OLD.access_version + 1; RETURN NEW;",
            ),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """The partner's name."""
        return str(self.partner.name)

    @property
    def email(self) -> str:
        """The partner's e-mail address."""
        return str(self.partner.email)

    @email.setter
    def email(self, address: str) -> None:
        """Accept an address from libraries that set one; kept on the partner by `save_email`."""
        if self.partner_id:
            self.partner.email = address

    def get_full_name(self) -> str:
        """What colleagues call the user."""
        return self.name

    def get_short_name(self) -> str:
        """What colleagues call the user, in short."""
        return self.name.split(" ", 1)[0]

    def effective_role_ids(self) -> frozenset[int]:
        """The ids of all roles the user holds, implied ones included. One query."""
        with connection.cursor() as cursor:
            cursor.execute(ROLE_CLOSURE, [self.pk])
            return frozenset(row[0] for row in cursor.fetchall())

    @staticmethod
    def permissions_of(role_ids: frozenset[int]) -> frozenset[str]:
        """The permissions that roles give, as `"app.codename"`. One query."""
        held = Permission.objects.filter(roles__in=role_ids).values_list(
            "content_type__app_label", "codename"
        )
        return frozenset(f"{app}.{codename}" for app, codename in held.distinct())

    @cached_property
    def _permissions(self) -> frozenset[str]:
        """Permissions cached by access version in Valkey, so that a page costs no query for them."""
        key = f"permissions.{self.pk}.{self.access_version}"
        known = cache.get(key)
        if known is None:
            known = self.permissions_of(self.effective_role_ids())
            cache.set(key, known, 300)
        return frozenset(known)

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002 - Django asks with an object
        """Whether the user holds a permission. Part of Django's contract for user models."""
        return bool(self.is_active and (self.is_superuser or perm in self._permissions))

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        """Whether the user holds all of some permissions."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the user holds any permission in an app."""
        prefix = f"{app_label}."
        return bool(
            self.is_active
            and (self.is_superuser or any(p.startswith(prefix) for p in self._permissions))
        )

    def get_session_auth_hash(self) -> str:
        """Tie sessions to the password and to being active: a change of either ends them all."""
        material = f"{super().get_session_auth_hash()}{self.is_active}"
        return hashlib.sha256(material.encode()).hexdigest()
