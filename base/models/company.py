"""Companies: legal entities with books of their own."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.dates import known_zone
from base.models.noun import Noun
from base.trees import no_circle
from base.triggers import remember

NAME_TO_PARTNER = pgtrigger.Trigger(
    name="name_to_partner",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("name", "partner_id"),
    func="""
        UPDATE base_partner SET name = NEW.name WHERE id = NEW.partner_id AND name <> NEW.name;
        RETURN NULL;
    """,
)


class Company(Noun):
    """A legal entity with books of its own. Its address, tax number and bank accounts are those of its partner.

    The name is the partner's name too: the database changes both together. A company may be a branch of another.
    """

    company_path = "id"
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=200)
    partner = models.OneToOneField(
        "base.Partner",
        verbose_name=_("partner"),
        on_delete=models.PROTECT,
        related_name="own_company",
    )
    currency = models.ForeignKey(
        "base.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+"
    )
    country = models.ForeignKey(
        "base.Country",
        verbose_name=_("country whose tax law applies"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("branch of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="branches",
    )
    sequence = models.IntegerField(_("sequence"), default=10)
    language = models.CharField(_("language"), max_length=8, default="en")
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Jakarta", validators=[known_zone]
    )
    rate_source = models.CharField(
        _("currency rates come from"), max_length=40, blank=True, default=""
    )
    logo = models.ForeignKey(
        "base.Attachment",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ("sequence", "name", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_company_name_once",
                fields=("name",),
                violation_error_message=_("There is already a company with this name."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            no_circle(
                "base_company_no_circle", sentence=_("A company cannot be a branch of itself.")
            ),
            NAME_TO_PARTNER,
        )

    def __str__(self) -> str:
        return self.name
