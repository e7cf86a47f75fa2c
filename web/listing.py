"""Lists of rows: found by words, sorted, and paged by the last row seen, so that page 1,000 is as quick as page 1."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, GeneratedField, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from base.search import needle

PER_PAGE = 40
COUNTED_AT_MOST = 10_000
Search = Callable[[Any, str], Any]


@dataclass(frozen=True, kw_only=True)
class Sort:
    """A way to sort: by a field, and what an empty value counts as."""

    key: str
    field: str
    empty: Any = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A filter that narrows a list, shown as a button above it."""

    key: str
    label: str | Promise
    condition: Q


def by_words(rows: Any, text: str) -> Any:
    """Rows that hold every word, whatever accents and case."""
    for word in text.split()[:8]:
        rows = rows.filter(search_text__contains=needle(word))
    return rows


class Listing:
    """One page of rows, as the query string asks: `q`, `show`, `sort`, and `after` or `before` a row.

    `kept` names other words of the query string that narrow `rows` and stay while one searches.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: "QuerySet[Any]",
        *,
        sorts: Sequence[Sort],
        default: str,
        choices: Sequence[Choice] = (),
        search: Search = by_words,
        per_page: int = PER_PAGE,
        kept: Sequence[str] = (),
    ) -> None:
        self.query = request.GET
        self.path = request.path
        self.sorts = {sort.key: sort for sort in sorts}
        self.default = default
        self.choices = choices
        self.per_page = per_page
        self.kept = {name: self.query[name] for name in kept if self.query.get(name)}
        self.text = self.query.get("q", "").strip()[:200].replace("\x00", "")
        self.choice = next(
            (c for c in choices if c.key == self.query.get("show")), choices[0] if choices else None
        )
        found = rows.filter(self.choice.condition) if self.choice else rows
        self.found = search(found, self.text) if self.text else found

    @cached_property
    def sorted_by(self) -> str:
        """The sort in force: a key, with a minus sign in front when descending."""
        wanted = self.query.get("sort", self.default)
        return wanted if wanted.removeprefix("-") in self.sorts else self.default

    @cached_property
    def is_descending(self) -> bool:
        """Whether the largest comes first."""
        return self.sorted_by.startswith("-")

    @cached_property
    def sort(self) -> Sort:
        """The way it is sorted."""
        return self.sorts[self.sorted_by.removeprefix("-")]

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page. One query."""
        return self._page[0]

    @cached_property
    def count(self) -> int:
        """How many rows there are in all, counted up to a limit. One query."""
        return int(self.found.order_by()[: COUNTED_AT_MOST + 1].count())

    @property
    def is_uncounted(self) -> bool:
        """Whether there are more than we count."""
        return self.count > COUNTED_AT_MOST

    @property
    def counted_at_most(self) -> int:
        """How far we count."""
        return COUNTED_AT_MOST

    @cached_property
    def first(self) -> int:
        """The place of this page's first row, from 1. Only said, never relied on."""
        at = self.query.get("at", "")
        return int(at) if at.isdecimal() and 0 < len(at) < 10 and self._edge else 1

    @property
    def last(self) -> int:
        """The place of this page's last row."""
        return self.first + len(self.rows) - 1

    @property
    def next_url(self) -> str:
        """Where the next page is, or nothing."""
        return self._url(after=self.rows[-1], at=self.last + 1) if self._page[2] else ""

    @property
    def previous_url(self) -> str:
        """Where the page before is, or nothing."""
        if not self._page[1]:
            return ""
        return self._url(before=self.rows[0], at=max(1, self.first - self.per_page))

    @property
    def is_narrowed(self) -> bool:
        """Whether words or a filter other than the first hide rows."""
        return bool(self.text) or (self.choice is not None and self.choice is not self.choices[0])

    @cached_property
    def _key(self) -> Any:
        name = self.sort.field
        spoken = _in_readers_language(self._model, name)
        field = Coalesce(F(spoken), F(name)) if spoken != name else F(name)
        if self.sort.empty is None:
            return field
        empty = Value(self.sort.empty, output_field=self._field)
        return Coalesce(field, empty, output_field=self._field)

    @cached_property
    def _model(self) -> type[Model]:
        """The model that the sorting field belongs to."""
        model: type[Model] = self.found.model
        for step in self.sort.field.split("__")[:-1]:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]
        return model

    @cached_property
    def _field(self) -> Any:
        if self.sort.field in self.found.query.annotations:
            return self.found.query.annotations[self.sort.field].output_field
        field = self._model._meta.get_field(self.sort.field.rpartition("__")[2])
        return field.output_field if isinstance(field, GeneratedField) else field

    @cached_property
    def _edge(self) -> tuple[str, Any, int] | None:
        """The row this page begins after (or ends before): which of the two, its key, its id."""
        for name in ("after", "before"):
            if token := self.query.get(name):
                try:
                    key, pk = json.loads(base64.urlsafe_b64decode(token.encode()))
                    return name, self._field.to_python(key), int(pk)
                except (ValueError, TypeError, binascii.Error, ValidationError):
                    return None
        return None

    @cached_property
    def _page(self) -> tuple[list[Any], bool, bool]:
        """The rows, whether there are some before, whether there are some after."""
        backwards = self._edge is not None and self._edge[0] == "before"
        downwards = self.is_descending != backwards
        rows = self.found.annotate(sort_key=self._key)
        if self._edge is not None:
            rows = rows.filter(_beyond(self._edge[1], self._edge[2], downwards))
        sign = "-" if downwards else ""
        page = list(rows.order_by(f"{sign}sort_key", f"{sign}pk")[: self.per_page + 1])
        more = len(page) > self.per_page
        page = page[: self.per_page]
        if backwards:
            return page[::-1], more, True
        return page, self._edge is not None, more

    def _url(self, *, at: int, after: Any = None, before: Any = None) -> str:
        query = self.query.copy()
        for name in ("after", "before", "at"):
            query.pop(name, None)
        row, name = (after, "after") if after is not None else (before, "before")
        place = json.dumps([row.sort_key, row.pk], cls=_Exactly)
        query[name] = base64.urlsafe_b64encode(place.encode()).decode()
        query["at"] = str(at)
        return f"{self.path}?{query.urlencode()}"


class _Exactly(DjangoJSONEncoder):
    """Moments to the microsecond: cut to thousandths, as elsewhere, they would lose rows between pages."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _in_readers_language(model: type[Model], path: str) -> str:
    """The same field in the reader's language, where it is written in several."""
    *steps, last = path.split("__")
    try:
        translated = translator.get_options_for_model(model).get_field_names()
    except NotRegistered:
        return path
    if last not in translated:
        return path
    return "__".join((*steps, build_localized_fieldname(last, get_language() or DEFAULT_LANGUAGE)))


def _beyond(key: Any, pk: int, downwards: bool) -> Q:
    """Rows that come after a key and id in a direction. The first condition lets an index find the place."""
    step = "lt" if downwards else "gt"
    return Q(**{f"sort_key__{step}e": key}) & (
        Q(**{f"sort_key__{step}": key}) | Q(**{f"pk__{step}": pk})
    )
