"""Departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.trees import no_circle
from base.triggers import remember


class Department(Noun):
    """A part of a company in which people work, perhaps below another one."""

    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=120)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("below"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    note = models.TextField(_("note"), blank=True, default="")
    color = models.PositiveSmallIntegerField(_("colour"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("name", "id")
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            no_circle(
                "hr_department_no_circle", sentence=_("A department cannot be below itself.")
            ),
        )

    def __str__(self) -> str:
        return self.name
