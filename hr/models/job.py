"""Job positions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class Job(Noun):
    """A position that people are hired for, such as "Accountant"."""

    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=120)
    sequence = models.IntegerField(_("sequence"), default=10)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    department = models.ForeignKey(
        "hr.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs",
    )
    wanted = models.PositiveIntegerField(_("people to hire"), default=1)
    description = models.TextField(_("description"), blank=True, default="")
    requirements = models.TextField(_("requirements"), blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("job position")
        verbose_name_plural = _("job positions")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
