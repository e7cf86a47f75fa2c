"""Where a record's page is: registered by each module for its nouns."""

from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from rpc import registry as exposures
from web.screens import registry as screens

_pages: dict[type[Model], tuple[str, str]] = {}


def show(model: type[Model], url_name: str, id_from: str = "pk") -> None:
    """Register the page of a model's records: a URL name that takes `pk`, read from an attribute of the record."""
    _pages[model] = (url_name, id_from)


def url_for(model: type[Model], pk: int) -> str:
    """The address of a record's page, or nothing where it has none."""
    url_name, _id_from = _pages.get(model, ("", ""))
    url_name = url_name or _screen_of(model)
    try:
        return reverse(url_name, args=[pk]) if url_name else ""
    except NoReverseMatch:
        return ""


def _screen_of(model: type[Model]) -> str:
    """The page that a screen makes of a record, for nouns without one of their own."""
    name = exposures.name_of(model)
    screen = screens.of_exposure(name) if name else None
    if screen is None or screen.page or screen.form is None:
        return screen.page if screen else ""
    return f"web:screen-{screen.slug}-record"


def url_of(about: Any) -> str:
    """The address of the page of the record that a message or activity is about. No query."""
    model = about.content_type.model_class() if about.content_type_id else None
    return url_for(model, about.row_id) if model and about.row_id else ""
