"""Filling in letters: `{{ … }}` in a line, and the markup of `t-out`, `t-if`, `t-foreach` and `t-set` in a text."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from lxml import etree, html

from base.expressions import BadPlace, evaluate
from base.html import cleaned

PLACE = re.compile(r"\{\{(.+?)\}\}|#\{(.+?)\}", re.DOTALL)
OUT = ("t-out", "t-esc", "t-raw", "t-field")
VOID = frozenset(("br", "hr", "img", "input", "wbr", "col"))
MOST_ROUNDS = 1_000
MOST_PARTS = 20_000

Names = dict[str, Any]
Shown = Callable[[Any], str]


def line(text: str, names: Names, shown: Shown) -> str:
    """A line with its places filled in; after `|||` stands what is said where there is nothing."""

    def filled(found: re.Match[str]) -> str:
        expression, bar, otherwise = (found[1] or found[2]).partition("|||")
        value = shown(evaluate(expression, names))
        return value or (otherwise.strip() if bar else "")

    return PLACE.sub(filled, text)


def body(markup: str, names: Names, shown: Shown) -> str:
    """Rich text with its places filled in, and cleaned. Refuses with `BadPlace`."""
    if not markup.strip():
        return ""
    try:
        parts = html.fragments_fromstring(markup)
    except (etree.LxmlError, ValueError):
        raise BadPlace(place=markup[:40], why=_("it is no markup")) from None
    writer = Writer(shown)
    written = [escape(one) for one in parts if isinstance(one, str)]  # only ever the first
    elements = [one for one in parts if not isinstance(one, str)]
    return cleaned("".join([*written, *writer.all_of(elements, dict(names))]))


class Writer:
    """Writes one text."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.parts = 0

    def all_of(self, elements: list[Any], names: Names) -> Iterator[str]:
        """Elements in a row, each with the text behind it; `t-else` belongs to the `t-if` before it."""
        is_done = True
        for one in elements:
            self._count()
            if not isinstance(one.tag, str):  # a comment
                yield escape(one.tail or "")
                continue
            holds = self._holds(one, names, is_done)
            if "t-if" in one.attrib or "t-elif" in one.attrib or "t-else" in one.attrib:
                is_done = holds or ("t-if" not in one.attrib and is_done)
            if holds:
                yield from self._rounds(one, names)
            yield escape(one.tail or "")

    def _holds(self, one: Any, names: Names, is_done: bool) -> bool:
        if "t-if" in one.attrib:
            return bool(evaluate(one.attrib["t-if"], names))
        if "t-elif" in one.attrib:
            return not is_done and bool(evaluate(one.attrib["t-elif"], names))
        return not is_done if "t-else" in one.attrib else True

    def _rounds(self, one: Any, names: Names) -> Iterator[str]:
        """An element, once or once for each of several."""
        if "t-foreach" not in one.attrib:
            yield from self._element(one, names)
            return
        word = one.attrib.get("t-as", "item")
        many = evaluate(one.attrib["t-foreach"], names) or []
        for place, each in enumerate(list(many)[:MOST_ROUNDS]):
            yield from self._element(one, {**names, word: each, f"{word}_index": place})

    def _element(self, one: Any, names: Names) -> Iterator[str]:
        self._count()
        if "t-set" in one.attrib:
            names[one.attrib["t-set"]] = self._set(one, names)
            return
        inside = "".join(self._inside(one, names))
        if one.tag == "t":
            yield inside
            return
        attributes = "".join(self._attributes(one, names))
        yield f"<{one.tag}{attributes}>" + ("" if one.tag in VOID else f"{inside}</{one.tag}>")

    def _set(self, one: Any, names: Names) -> Any:
        if "t-value" in one.attrib:
            return evaluate(one.attrib["t-value"], names)
        return SafeString("".join(self._inside(one, names)))

    def _inside(self, one: Any, names: Names) -> Iterator[str]:
        said = next((one.attrib[word] for word in OUT if word in one.attrib), None)
        value = evaluate(said, names) if said is not None else None
        if said is not None and (value or value == 0) and value is not False:
            yield value if isinstance(value, SafeString) else escape(self.shown(value))
            return
        yield escape(one.text or "")
        yield from self.all_of(list(one), names)

    def _attributes(self, one: Any, names: Names) -> Iterator[str]:
        for name, text in one.attrib.items():
            if name.startswith("t-attf-"):
                yield f' {name[7:]}="{escape(line(text, names, self.shown))}"'
            elif name.startswith("t-att-"):
                value = self.shown(evaluate(text, names))
                yield f' {name[6:]}="{escape(value)}"' if value else ""
            elif not name.startswith("t-"):
                yield f' {name}="{escape(text)}"'

    def _count(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise BadPlace(place="…", why=_("the text becomes too long"))
