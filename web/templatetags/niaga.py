"""Icons, amounts, days, badges, fields and links for templates."""

from decimal import Decimal
from typing import Any

import nh3
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from web import formats, places
from web.context import initials
from web.icons import drawing

RICH_ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"title", "dir", "lang"},
}
HIDDEN = SafeString('aria-hidden="true"')
RICH_LINKS = {"http", "https", "mailto", "tel"}

register = template.Library()

register.filter("money", formats.money)
register.filter("amount", formats.amount)
register.filter("number", formats.number)
register.filter("day", formats.day)
register.filter("long_day", formats.long_day)
register.filter("month", formats.month)
register.filter("moment", formats.moment)
register.filter("initials", initials)
register.filter("place", places.url_of)


@register.filter
def absolute(amount: Decimal) -> Decimal:
    """An amount without its sign."""
    return abs(amount)


@register.filter
def drawn(number: float) -> str:
    """A number in a drawing: written for the browser, not in the reader's way."""
    return repr(number)


@register.filter
def may(actor: Any, permission: str) -> bool:
    """Whether an actor holds a permission."""
    return bool(actor and actor.has_perm(permission))


@register.filter
def rich(markup: str) -> SafeString:
    """Rich text for a page: cleaned once more on its way out, without styles, which our policy would refuse."""
    clean = nh3.clean(
        markup,
        attributes=RICH_ATTRIBUTES,
        url_schemes=RICH_LINKS,
        allowed_classes={"span": {"mention"}},
    )
    return SafeString(clean)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration that screen readers pass over."""
    box, body = drawing(name)
    told = format_html('role="img" aria-label="{}"', label) if label else HIDDEN
    return format_html(
        '<svg class="icon" viewBox="{}" {} focusable="false">{}</svg>', box, told, SafeString(body)
    )


@register.simple_tag(takes_context=True)
def link_with(context: Any, **changes: Any) -> str:
    """The address of this page with some of its query changed; an empty value takes a name out."""
    query = context["request"].GET.copy()
    for name in ("after", "before", "at"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.inclusion_tag("parts/field.html")
def field(bound: Any, wide: bool = False, hide_label: bool = False) -> dict[str, Any]:
    """Draw a form field with its label, help and errors, tied together for screen readers."""
    return {"field": bound, "wide": wide, "hide_label": hide_label, "kind": kind_of(bound)}


@register.simple_tag
def control(bound: Any, label: str = "") -> SafeString:
    """Draw only the control of a form field, styled; `label` names it where no visible label does."""
    attrs = {"aria-label": label} if label else {}
    return styled(bound, attrs)


@register.simple_tag
def styled(bound: Any, extra: dict[str, str] | None = None) -> SafeString:
    """The control of a form field with the classes and ARIA attributes of its state."""
    classes = {"checkbox": "form-check-input", "select": "form-select", "plain": ""}.get(
        kind_of(bound), "form-control"
    )
    attrs = {
        "class": f"{bound.field.widget.attrs.get('class', '')} {classes}".strip(),
        **(extra or {}),
    }
    told = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        attrs |= {"class": f"{attrs['class']} is-invalid", "aria-invalid": "true"}
        told.append(f"{bound.auto_id}_error")
    if told:
        attrs["aria-describedby"] = " ".join(told)
    return SafeString(bound.as_widget(attrs=attrs))


@register.filter
def kind_of(bound: Any) -> str:
    """Whether a form field is a checkbox, a select, several controls, hidden, or a plain box."""
    kind = getattr(bound.field.widget, "input_type", "")
    if kind == "checkbox" and not hasattr(bound.field.widget, "choices"):
        return "checkbox"
    if kind in {"radio", "checkbox"}:
        return "plain"
    return kind if kind in {"select", "hidden"} else "box"


@register.inclusion_tag("parts/sort_header.html", takes_context=True)
def sort_header(
    context: Any, listing: Any, key: str, label: str, end: bool = False, spare: bool = False
) -> dict[str, Any]:
    """The head of a column that sorts the list: first in its usual direction, then the other way round."""
    first = listing.default if listing.default.removeprefix("-") == key else key
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    wanted = other if listing.sorted_by == first else first
    direction = ""
    if listing.sort.key == key:
        direction = "descending" if listing.is_descending else "ascending"
    url = link_with(context, sort="" if wanted == listing.default else wanted)
    return {"url": url, "label": label, "end": end, "spare": spare, "direction": direction}
