"""Defaults that people and programs set: what new records hold where nobody says otherwise."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models.noun import Noun


class DefaultValueQuerySet(models.QuerySet["DefaultValue"]):
    """The questions we ask of defaults."""

    def for_actor(self, actor: Actor) -> Self:
        """Those in force for somebody in the current company, the most particular first."""
        mine = Q(user=actor.user_id) | Q(user=None)
        here = Q(company=actor.company_id) | Q(company=None)
        particular = (F("user").asc(nulls_last=True), F("company").asc(nulls_last=True), "id")
        return self.filter(mine, here, condition="").order_by(*particular)


class DefaultValue(Noun):
    """What a field of new records holds unless it is filled in: for everybody, or for one user or one company.

    Noun and field have the names that programs know them by, and the value is what a program would send. The most
    particular default is in force. One with a condition waits for the clients that ask for it.
    """

    company_path = None
    display_field = "field"
    search_fields = ("model", "field")

    model = models.CharField(_("noun"), max_length=120)
    field = models.CharField(_("field"), max_length=120)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    condition = models.CharField(_("condition"), max_length=240, blank=True, default="")
    value = models.JSONField(_("value"), null=True, blank=True)

    objects = DefaultValueQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("default")
        verbose_name_plural = _("defaults")
        ordering = ("model", "field", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_defaultvalue_once",
                fields=("model", "field", "user", "company", "condition"),
                nulls_distinct=False,
                violation_error_message=_("There is such a default already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.model}.{self.field}"
