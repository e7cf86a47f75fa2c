"""Screens: what people see of a noun, declared in a dozen lines and drawn in every way.

A screen speaks the names under which a noun is exposed to programs (`rpc`), so that labels, types, choices, rights on
rows and fields, search, order and grouping are said once. See `docs/screens.md`.
"""

from web.screens.declarations import Column, Filter, Screen
from web.screens.registry import screen

__all__ = ["Column", "Filter", "Screen", "screen"]
