"""External ids: stable names for rows, for seeds, imports and other programs."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.modules import on_the_wire


class ExternalIdQuerySet(models.QuerySet["ExternalId"]):
    """The questions we ask of external ids."""

    def of(self, row: models.Model) -> Self:
        """The names of one row."""
        return self.filter(content_type=ContentType.objects.get_for_model(row), row_id=row.pk)

    def named(self, complete_name: str) -> Self:
        """The row behind `module.name`; a module may be named by its label or as programs call it."""
        module, _dot, name = on_the_wire(complete_name).partition(".")
        return self.filter(module=module, name=name)


class ExternalId(models.Model):
    """A name `module.name` that stays the same wherever the row's number differs.

    `module` is what programs call a module (`base.modules.wire_name`), or whatever else an import goes by.
    `seeded` keeps the values a seed last wrote, so that an upgrade can tell what a user has edited since;
    `brought_by` is the module whose seed it was, by label, so that the row can go when the module goes.
    """

    company_path = None

    module = models.CharField(_("module"), max_length=64, default="")
    name = models.CharField(_("name"), max_length=160)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+"
    )
    row_id = models.BigIntegerField(_("row"))
    row = GenericForeignKey("content_type", "row_id")
    keeps_edits = models.BooleanField(_("keeps edits"), default=False)
    seeded = models.JSONField(_("seeded values"), null=True, blank=True, editable=False)
    brought_by = models.CharField(
        _("brought by module"), max_length=64, blank=True, default="", editable=False
    )

    objects = ExternalIdQuerySet.as_manager()

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        ordering = ("module", "name")
        constraints = (
            models.UniqueConstraint(
                name="base_externalid_name_once_per_module",
                fields=("module", "name"),
                violation_error_message=_("This external id is already taken."),
            ),
            models.CheckConstraint(name="base_externalid_is_named", condition=~Q(name="")),
        )
        indexes = (models.Index(name="base_externalid_of_row", fields=("content_type", "row_id")),)

    def __str__(self) -> str:
        return self.complete_name

    @property
    def complete_name(self) -> str:
        """`module.name`."""
        return f"{self.module}.{self.name}" if self.module else self.name

    def points_to(self, row: Any) -> bool:
        """Whether this names the given row."""
        return isinstance(row, models.Model) and self.row == row
