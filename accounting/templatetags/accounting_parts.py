"""Pieces of accounting that pages of the engine show: what stands below the lines of a document."""

from typing import Any

from django import template

from accounting.models import JournalEntry
from accounting.screens.feet import Foot
from base.actors import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def foot_of(context: Any, row: JournalEntry) -> Foot:
    """What a document comes to, and how it was paid."""
    actor: Actor = context["record"].call.actor
    return Foot(row.pk, actor)
