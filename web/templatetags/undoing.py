"""The word by which what a message tells can be taken back."""

from typing import Any

from django import template

from web import undo

register = template.Library()


@register.simple_tag
def word_of(message: Any) -> str:
    """The word that a message carries, or nothing."""
    return undo.word_in(message)
