"""Roles: sets of rights that people are given."""

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.triggers import remember


class Role(Noun):
    """A set of rights, such as "Accountant". A role may imply others; rights add up and are never taken away."""

    company_path = None

    name = models.CharField(_("name"), max_length=80)
    module = models.CharField(_("module"), max_length=64, blank=True, default="")
    summary = models.CharField(_("what it allows"), max_length=240, blank=True, default="")
    sequence = models.IntegerField(_("sequence"), default=100)
    is_portal = models.BooleanField(_("for outsiders"), default=False)
    permissions = models.ManyToManyField(
        Permission, verbose_name=_("permissions"), blank=True, related_name="roles"
    )
    implied_roles = models.ManyToManyField(
        "self",
        verbose_name=_("implied roles"),
        through="RoleImplication",
        through_fields=("role", "implied"),
        symmetrical=False,
        related_name="implied_by",
        blank=True,
    )

    class Meta(Noun.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("module", "sequence", "name", "id")
        permissions = (("export_records", _("Can export records")),)
        triggers = (*Noun.Meta.triggers, both_languages("name", "summary"), remember())

    def __str__(self) -> str:
        return self.name


class RoleImplication(models.Model):
    """Whoever has one role also has the other."""

    company_path = None

    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.CASCADE, related_name="+"
    )
    implied = models.ForeignKey(
        Role, verbose_name=_("implied role"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("implied role")
        verbose_name_plural = _("implied roles")
        constraints = (
            models.UniqueConstraint(name="base_roleimplication_once", fields=("role", "implied")),
            models.CheckConstraint(
                name="base_roleimplication_not_itself",
                condition=~Q(role=F("implied")),
                violation_error_message=_("A role cannot imply itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} → {self.implied}"
