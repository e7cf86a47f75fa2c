"""Links in imported and exported files: written by the name or code people know, found among the rows they may see."""

from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from import_export import widgets
from modeltranslation.utils import build_localized_fieldname

from base.actors import Actor
from base.admin.access import linkable
from base.admin.layout import translated_names
from base.models import ExternalId
from base.policies import company_path

KEYS = {"base.user": "username", "base.country": "code", "base.currency": "code"}
SEVERAL = " | "


def key_of(model: type[Model]) -> str:
    """The field by which people name a row of a model in a file."""
    known = {field.name for field in model._meta.concrete_fields}
    wanted = (KEYS.get(model._meta.label_lower), "code", "complete_name", "name", "number")
    return next((name for name in wanted if name in known), "pk")


class Finder:
    """Finds rows of one model by what a file calls them, and remembers what it found."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.key = key_of(model)
        self.actor: Actor | None = None
        self._found: dict[str, Any] = {}

    def row(self, word: str) -> Any:
        """The row called `word`: `#12`, an external id, or its name or code. Raises `ValueError` with a sentence."""
        if word not in self._found:
            self._found[word] = self._look_up(word)
        return self._found[word]

    def word(self, row: Any) -> str:
        """What a file calls a row."""
        return f"#{row.pk}" if self.key == "pk" else str(getattr(row, self.key))

    def _look_up(self, word: str) -> Any:
        assert self.actor is not None
        rows = linkable(self.model._default_manager.all(), self.actor)
        found = list(rows.filter(self._condition(word))[:2])
        if len(found) > 1:
            found = self._nearest(rows, word) or found
        if not found:
            raise ValueError(_("There is no %(model)s “%(word)s”.") % self._told(word))
        if len(found) > 1:
            raise ValueError(_("Several %(models)s are called “%(word)s”.") % self._told(word))
        return found[0]

    def _condition(self, word: str) -> Q:
        if word.startswith("#") and word[1:].isdigit():
            return Q(pk=int(word[1:]))
        if "." in word and " " not in word:
            names = ExternalId.objects.named(word).filter(
                content_type__app_label=self.model._meta.app_label,
                content_type__model=self.model._meta.model_name,
            )
            if row_id := names.values_list("row_id", flat=True).first():
                return Q(pk=row_id)
        if self.key == "pk":
            return Q(pk=int(word)) if word.isdigit() else Q(pk__in=[])
        keys = [self.key]
        if self.key in translated_names(self.model):
            keys = [build_localized_fieldname(self.key, language) for language in ("en", "id")]
        condition = Q()
        for key in keys:
            condition |= Q(**{f"{key}__iexact": word})
        return condition

    def _nearest(self, rows: Any, word: str) -> list[Any]:
        """Of several namesakes, those of the actor's current company."""
        path = company_path(self.model)
        if not path or self.actor is None:
            return []
        return list(rows.filter(self._condition(word), **{path: self.actor.company_id})[:2])

    def _told(self, word: str) -> dict[str, str]:
        meta = self.model._meta
        return {
            "model": str(meta.verbose_name),
            "models": str(meta.verbose_name_plural),
            "word": word,
        }


class LinkWidget(widgets.Widget):
    """A link to one row."""

    def __init__(self, model: type[Model], **options: Any) -> None:
        super().__init__()
        self.finder = Finder(model)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The row that a cell names, or None."""
        word = str(value or "").strip()
        return self.finder.row(word) if word else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The cell for a row."""
        return "" if value is None else self.finder.word(value)


class LinksWidget(widgets.ManyToManyWidget):
    """Links to several rows, in one cell."""

    def __init__(self, model: type[Model], **options: Any) -> None:
        super().__init__(model)
        self.finder = Finder(model)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The rows that a cell names."""
        words = [word.strip() for word in str(value or "").split(SEVERAL.strip())]
        return [self.finder.row(word) for word in words if word]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The cell for some rows."""
        return SEVERAL.join(self.finder.word(row) for row in value.all()) if value else ""
