"""Finding one record among many for a form field: offered by name, asked by typing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse

from base.actors import Actor
from base.errors import Missing
from base.models import (
    Country,
    CountryState,
    Partner,
    Product,
    ProductCategory,
    UnitOfMeasure,
    User,
)
from base.policies import visible
from web.listing import Search, by_words

SHOWN = 30


@dataclass(frozen=True)
class Lookup:
    """Records that fields may choose from: which ones, in which order."""

    name: str
    rows: Callable[[], "QuerySet[Any]"]
    is_of_company: bool = False
    search: Search | None = None

    def found(self, actor: Actor, text: str = "") -> "QuerySet[Any]":
        """Those the actor may see that hold the words; of the current company alone where others would only confuse."""
        rows = visible(self.rows(), actor)
        if self.is_of_company:
            rows = rows.filter(company=actor.company_id)
        search = self.search or _search
        return search(rows, text) if text else rows


_offers: dict[str, Lookup] = {}


def offer(
    name: str,
    rows: Callable[[], "QuerySet[Any]"],
    *,
    is_of_company: bool = False,
    search: Search | None = None,
) -> Lookup:
    """Offer records under a name. `rows` is asked at each use; `search` finds in them in a way of their own."""
    _offers[name] = Lookup(name, rows, is_of_company, search)
    return _offers[name]


def named(name: str) -> Lookup:
    """The lookup offered under a name. Refuses with `Missing`."""
    if name not in _offers:
        raise Missing(model="lookup", ids=name)
    return _offers[name]


class Chooser(forms.Select):
    """A select that holds the chosen record and the first few others; lookup.js turns it into a box to type in."""

    def __init__(self, name: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.lookup_name = name

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Say where to ask."""
        address = reverse("web:lookup", args=[self.lookup_name])
        return {**super().build_attrs(base_attrs, extra_attrs), "data-lookup": address}


class LookupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Chooses one record of a lookup. `first_choices` are what the select offers before anything is typed."""

    widget: Any = Chooser

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(_nothing(), widget=Chooser(name), **kwargs)
        self.lookup = name

    def of(
        self,
        actor: Actor,
        *,
        chosen: Any = None,
        kept: Any = None,
        first: list[tuple[Any, str]] | None = None,
    ) -> None:
        """Bind to an actor: only what they may see can be chosen; what was there before (`kept`) may stay.

        `chosen` is what the form shows now. `first` spares a query where several fields share one.
        """
        self.queryset = named(self.lookup).found(actor)
        everything = visible(self.queryset.model._default_manager.all(), actor)
        self.kept = everything.filter(pk=kept) if kept else everything.none()
        offered = first_choices(self.lookup, actor) if first is None else first
        self.widget.choices = with_chosen(everything, offered, chosen)

    def to_python(self, value: Any) -> Any:
        """The record chosen: one on offer, or the one that was there before, even if it is archived by now."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            before = self.kept.filter(pk=value).first() if str(value).isdecimal() else None
            if before is None:
                raise
            return before


def first_choices(name: str, actor: Actor) -> list[tuple[Any, str]]:
    """The first records of a lookup as choices. One query."""
    return [(row.pk, str(row)) for row in named(name).found(actor)[:SHOWN]]


def with_chosen(
    rows: "QuerySet[Any]", first: list[tuple[Any, str]], chosen: Any
) -> list[tuple[Any, str]]:
    """The choices of a select: none, the chosen one, and the first few. One query when the chosen is not among them."""
    choices = [("", "")]
    wanted = str(chosen) if chosen not in (None, "") else ""
    if wanted.isdecimal() and wanted not in {str(pk) for pk, _text in first}:
        choices += [(row.pk, str(row)) for row in rows.filter(pk=int(wanted))]
    return choices + first


def _first(known: Q) -> "QuerySet[Any]":
    """All partners, those we have dealt with before in front."""
    place = Case(When(known, then=0), default=1, output_field=IntegerField())
    return Partner.objects.active().order_by(place, "sort_name", "id")


def _nothing() -> "QuerySet[Any]":
    return Partner.objects.none()


def _search(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    model: Any = rows.model
    if any(field.name == "search_text" for field in model._meta.concrete_fields):
        found: QuerySet[Any] = by_words(rows, text)
        return found
    condition = Q()
    for field in model.search_fields:
        condition |= Q(**{f"{field}__icontains": text})
    return rows.filter(condition)


offer("partner", Partner.objects.active)
offer("customer", lambda: _first(Q(customer_rank__gt=0)))
offer("vendor", lambda: _first(Q(supplier_rank__gt=0)))
offer("company_partner", lambda: Partner.objects.active().filter(is_company=True))
offer("product", lambda: Product.objects.active().order_by("full_name", "id"))
offer("product_category", ProductCategory.objects.all)
offer("unit", UnitOfMeasure.objects.all)
offer("country", lambda: Country.objects.order_by("name", "id"))
offer("state", lambda: CountryState.objects.select_related("country").order_by("name", "id"))
offer("user", lambda: User.objects.active().filter(pk__gt=1).select_related("partner"))
