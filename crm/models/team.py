"""Sales teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class Team(Noun):
    """Salespeople who work on the same customers, led by one of them. Without a company it serves all of them."""

    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=80)
    sequence = models.IntegerField(_("sequence"), default=10)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    leader = models.ForeignKey(
        "base.User",
        verbose_name=_("team leader"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    members = models.ManyToManyField(
        "base.User", verbose_name=_("members"), blank=True, related_name="sales_teams"
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("sales team")
        verbose_name_plural = _("sales teams")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
