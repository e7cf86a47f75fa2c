"""API keys: secrets that programs use in place of a password."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember

REVOKED = pgtrigger.Trigger(
    name="revoked",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("hashed", "scope", "expires_at", "user_id") | pgtrigger.Delete,
    func="UPDATE base_user SET access_version = access_version + 1 WHERE id = OLD.user_id; RETURN NULL;",
)


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """The questions we ask of API keys."""

    def usable(self) -> Self:
        """Those that have not expired, of users who are active."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, user__is_active=True)


class ApiKey(Noun):
    """A secret of 40 hexadecimal digits. Shown once; kept as its first 8 digits and a hash of the whole.

    `scope` is empty for everything a password opens, or `rpc` for programs only, or `read` for reading only.
    """

    company_path = None

    class Scope(models.TextChoices):
        ALL = "", _("everything")
        RPC = "rpc", _("programs")
        READ = "read", _("reading only")

    user = models.ForeignKey(
        "base.User", verbose_name=_("user"), on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(_("what it is for"), max_length=120)
    scope = models.CharField(
        _("scope"), max_length=8, choices=Scope.choices, default=Scope.RPC, blank=True
    )
    index = models.CharField(_("first digits"), max_length=8, editable=False)
    hashed = models.CharField(_("hash"), max_length=64, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="base_apikey_scope_known", condition=Q(scope__in=("", "rpc", "read"))
            ),
            models.CheckConstraint(
                name="base_apikey_is_named",
                condition=~Q(name=""),
                violation_error_message=_("Say what the key is for."),
            ),
        )
        indexes = (models.Index(name="base_apikey_by_index", fields=("index",)),)
        triggers = (*Noun.Meta.triggers, remember(but=("hashed", "last_used_at")), REVOKED)

    def __str__(self) -> str:
        return self.name
