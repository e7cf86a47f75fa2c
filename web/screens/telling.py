"""Fields of a form that are only shown: as links, rich text, pictures, stars and colours, where cells say it too briefly."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rpc.context import Call
from web import formats
from web.screens import widgets
from web.screens.boxes import HUNDRED, widget_of
from web.screens.cells import Drawn
from web.screens.declarations import Place
from web.screens.writing import picture_url
from web.templatetags.niaga import rich

Row = Mapping[str, Any]


def told(call: Call, place: Place, cell: Drawn, row: Row) -> Drawn:
    """A cell as a form shows it."""
    field = call.exposure.fields[place.name]
    value = row.get(place.name)
    if value in (None, False, "") and field.type != "integer":
        return cell
    kind = widget_of(field, place)
    if kind in FILES:
        return replace(
            cell, html=FILES[kind](picture_url(call.exposure.name, place.name, row["id"]), value)
        )
    if kind == "stars":
        keys = [key for key, _label in field.selection()]
        return replace(
            cell,
            html=widgets.stars(keys.index(value), len(keys) - 1) if value in keys else cell.html,
        )
    drawing = DRAWN.get(kind)
    return replace(cell, html=drawing(value)) if drawing else cell


def _mail(value: Any) -> SafeString:
    return format_html('<a href="mailto:{}">{}</a>', value, value)


def _call(value: Any) -> SafeString:
    digits = "".join(sign for sign in str(value) if sign.isdigit() or sign == "+")
    return format_html('<a href="tel:{}">{}</a>', digits, value)


def _site(value: Any) -> SafeString:
    """A link to a page of the web; anything that is none stays text."""
    text = str(value).strip()
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return format_html("{}", text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return format_html("{}", text)
    return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', url, text)


def _said(value: Any) -> SafeString:
    return format_html('<div class="said">{}</div>', rich(str(value)))


def _lines(value: Any) -> SafeString:
    return format_html('<span class="pre-line">{}</span>', value)


def _percent(value: Any) -> SafeString:
    return format_html('<span class="figure">{} %</span>', formats.number(value))


def _picture(url: str, _size: Any) -> SafeString:
    return format_html('<img class="picture" src="{}?small" alt="" width="96" height="96">', url)


def _file(url: str, size: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, size if isinstance(size, str) else _("Open"))


FILES = {"image": _picture, "file": _file}
DRAWN: Mapping[str, Any] = {
    "email": _mail,
    "phone": _call,
    "url": _site,
    "html": _said,
    "text": _lines,
    "percent": _percent,
    "share": lambda value: _percent(value * HUNDRED),
    "colour": lambda value: widgets.swatch(int(value or 0)),
    "star": lambda value: widgets.stars(1 if value else 0, 1),
}
