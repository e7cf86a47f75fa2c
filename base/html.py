"""Rich text: what people may format, cleaned of everything that could run."""

import re
from typing import Any

import nh3
from django.db import models
from django.db.models.expressions import BaseExpression

TAGS = nh3.ALLOWED_TAGS | {"u", "s", "font", "section", "article", "figure", "figcaption"}
ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"class", "title", "dir", "lang", "style"},
}
STYLES = {
    "color",
    "background-color",
    "font-weight",
    "font-style",
    "font-size",
    "text-align",
    "text-decoration",
    "width",
    "height",
    "margin",
    "padding",
    "border",
    "vertical-align",
}
MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>")
HARMLESS = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\xa0<>&]*")
"""Letters, signs and line breaks that stand in markup as they are."""


class Clean(str):
    """Rich text that has been cleaned, and need not be again on its way into the database."""

    __slots__ = ()


def cleaned(text: str) -> str:
    """Rich text without scripts, event handlers, frames and foreign styles. Plain text becomes a paragraph."""
    if isinstance(text, Clean) or not text or not text.strip():
        return text
    if HARMLESS.fullmatch(text):
        return Clean(_paragraph(text))
    safe = _cleaned(text if MARKUP.search(text) else _paragraph(text))
    return Clean(safe if MARKUP.search(safe) or not safe.strip() else f"<p>{safe}</p>")


def _paragraph(text: str) -> str:
    bare = text.replace("<", "&lt;").replace(">", "&gt;")
    return "<p>" + bare.replace("\n", "<br>") + "</p>"


def _cleaned(text: str) -> str:
    return nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties=STYLES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def as_text(markup: str) -> str:
    """Rich text as one line of plain text, for previews and lists."""
    spaced = re.sub(r"<(br|/p|/div|/li|/h\d|/tr)\b", r" <\1", markup)
    bare = nh3.clean(spaced, tags=set())
    for entity, sign in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return " ".join(bare.split())


class HtmlField(models.TextField):  # type: ignore[type-arg]
    """A text field that cleans what is written to it, by every door that writes through the ORM."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Clean what the instance holds, so that it reads back as it is kept."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = cleaned(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Clean what bulk updates write."""
        if isinstance(value, str) and not isinstance(value, BaseExpression):
            value = cleaned(value)
        return super().get_db_prep_save(value, connection)
