"""Tags and industries: how partners are told apart."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.trees import full_name, full_name_below, no_circle


class PartnerTag(Noun):
    """A tag on partners, such as "Retailer". Tags may hang below one another."""

    company_path = None
    display_field = "complete_name"
    search_fields = ("complete_name",)

    name = models.CharField(_("name"), max_length=80)
    complete_name = models.CharField(_("full name"), max_length=400, editable=False, default="")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("below"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
    )
    color = models.IntegerField(_("color"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("partner tag")
        verbose_name_plural = _("partner tags")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_partnertag_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A tag cannot hang below itself."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            no_circle("base_partnertag_no_circle", sentence=_("A tag cannot hang below itself.")),
            full_name("en", "ind"),
            full_name_below("en", "ind"),
        )

    def __str__(self) -> str:
        return self.complete_name or self.name


class Industry(Noun):
    """A line of business, such as "Manufacturing"."""

    company_path = None
    display_field = "name"
    search_fields = ("name", "full_name")

    name = models.CharField(_("name"), max_length=120)
    full_name = models.CharField(_("full name"), max_length=240, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ("name", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name", "full_name"))

    def __str__(self) -> str:
        return self.name
