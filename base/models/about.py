"""Things that are about a record of any kind: messages, files, activities, followers."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun


class AboutQuerySet(models.QuerySet[Any]):
    """The questions we ask of things that are about records."""

    def about(self, row: models.Model) -> Self:
        """Those about one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(row), row_id=row.pk)

    def about_all(self, model: type[models.Model], ids: Any) -> Self:
        """Those about some records of a model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), row_id__in=ids)


class AboutRecord(Noun):
    """A noun that is about one record, of whatever kind. Who may not see the record does not see this either."""

    content_type = models.ForeignKey(
        ContentType,
        verbose_name=_("kind of record"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    row_id = models.BigIntegerField(_("record"), null=True, blank=True)
    row = GenericForeignKey("content_type", "row_id")

    class Meta(Noun.Meta):
        abstract = True
