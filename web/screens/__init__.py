"""Screens: what people see of a noun, declared in a dozen lines and drawn in every way.

A screen speaks the names under which a noun is exposed to programs (`rpc`), so that labels, types, choices, rights on
rows and fields, search, order and grouping are said once. See `docs/screens.md`.

    from web.screens import Button, Filter, Form, Tab, group, lines, screen

    screen("res.partner", key="contacts", label=_("Contacts"), one=_("Contact"), list="name email city", form=Form(…))
"""

from web.screens.declarations import (
    Button,
    Calendar,
    Filter,
    Form,
    Graph,
    Kanban,
    Pivot,
    Place,
    Screen,
    Stat,
    Tab,
    Tree,
    group,
    lines,
)
from web.screens.registry import extend, screen

__all__ = [
    "Button",
    "Calendar",
    "Filter",
    "Form",
    "Graph",
    "Kanban",
    "Pivot",
    "Place",
    "Screen",
    "Stat",
    "Tab",
    "Tree",
    "extend",
    "group",
    "lines",
    "screen",
]
