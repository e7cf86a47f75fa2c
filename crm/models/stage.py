"""Stages of the pipeline."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class StageQuerySet(models.QuerySet["Stage"]):
    """The questions we ask of stages."""

    def open(self) -> Self:
        """Those in which an opportunity is still being worked on."""
        return self.filter(is_won=False)


class Stage(Noun):
    """A step on the way from a first contact to a sale, such as "Quotation sent". All companies share the pipeline."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=80)
    sequence = models.IntegerField(_("sequence"), default=10)
    is_won = models.BooleanField(_("means won"), default=False)
    is_folded = models.BooleanField(_("folded in the pipeline"), default=False)
    requirements = models.TextField(_("what must be done here"), blank=True, default="")
    team = models.ForeignKey(
        "crm.Team",
        verbose_name=_("only for team"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stages",
    )

    objects = StageQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
