"""Favourites: searches that people keep by name; and the columns that each of them wants in a list."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun


class Favourite(Noun):
    """A search of a screen that is kept under a name: somebody's own, or without a user everybody's.

    `query` is the query of its address. The default one is in force when the screen is opened; one's own goes before
    the shared one. `model`, `domain`, `context` and `sort` say the same to programs, as it was when it was saved.
    """

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    screen = models.CharField(_("screen"), max_length=80)
    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="favourites",
    )
    query = models.TextField(_("query"), blank=True, default="")
    is_default = models.BooleanField(_("opens with the screen"), default=False)
    model = models.CharField(_("noun"), max_length=120, blank=True, default="")
    domain = models.TextField(_("domain"), blank=True, default="[]")
    context = models.TextField(_("context"), blank=True, default="{}")
    sort = models.TextField(_("sort"), blank=True, default="[]")

    class Meta(Noun.Meta):
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ("name", "id")
        permissions = (("share_favourite", "Can share favourites with everybody"),)
        constraints = (
            models.UniqueConstraint(
                name="base_favourite_name_once_per_person",
                fields=("screen", "user", "name"),
                nulls_distinct=False,
                violation_error_message=_("There is a favourite of that name already."),
            ),
            models.UniqueConstraint(
                name="base_favourite_one_default_per_person",
                fields=("screen", "user"),
                condition=Q(is_default=True),
                nulls_distinct=False,
                violation_error_message=_("Another favourite opens with this screen already."),
            ),
            models.CheckConstraint(
                name="base_favourite_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Give the favourite a name."),
            ),
        )

    def __str__(self) -> str:
        return self.name


def screen_of(model: str) -> str:
    """Where favourites of programs are filed: with the noun, whichever screens show it."""
    return f"noun:{model}"[:80]


class ColumnChoice(Noun):
    """The columns that somebody wants to see in the list of a screen: names of fields, a blank between them."""

    company_path = None
    display_field = "screen"
    search_fields = ("screen",)

    user = models.ForeignKey(
        "base.User",
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="column_choices",
    )
    screen = models.CharField(_("screen"), max_length=80)
    columns = models.TextField(_("columns"), blank=True, default="")

    class Meta(Noun.Meta):
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")
        ordering = ("screen", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_columnchoice_once_per_screen",
                fields=("user", "screen"),
                violation_error_message=_("These columns are chosen already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.screen}: {self.columns}"
