"""The shape of a list: which columns it has for whom, what stands at their heads, and the buttons in its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from base.actors import Actor
from rpc.context import Call, locale_of
from rpc.fields import NUMBERS, Field
from web.screens.asked import Asked
from web.screens.declarations import Button, Column


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    name: str
    label: str
    is_number: bool
    is_sortable: bool
    direction: str
    url: str


class Table:
    """The columns of one screen for one actor. Asks the database nothing."""

    def __init__(self, asked: Asked, actor: Actor, remembered: Sequence[str] | None = None) -> None:
        self.asked = asked
        self.screen = asked.screen
        self.remembered = remembered
        context = {"lang": locale_of(actor.language), **self.screen.context}
        self.call = Call(asked.exposure, actor, context)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are shown: those of the address, else those the actor chose, else those of the declaration."""
        wanted = (
            self.asked.query.get("c", "").split() if "c" in self.asked.query else self.remembered
        )
        if wanted is None:
            return [one for one in self.offered if one.is_shown]
        return [one for one in self.offered if one.name in wanted] or self.offered[:1]

    @cached_property
    def offered(self) -> list[Column]:
        """All columns there are for the actor."""
        fields = self.call.exposure.fields
        return [
            one
            for one in self.screen.columns
            if one.name in fields and self.call.may(fields[one.name])
        ]

    @property
    def column_choices(self) -> list[tuple[str, str, bool]]:
        """All columns: name, label, and whether it is shown."""
        shown = {one.name for one in self.columns}
        fields = self.call.exposure.fields
        return [(one.name, fields[one.name].heading, one.name in shown) for one in self.offered]

    @cached_property
    def heads(self) -> list[Head]:
        """The heads of the columns, each with the address that sorts by it."""
        return [self._head(self.call.exposure.fields[one.name]) for one in self.columns]

    def _head(self, field: Field) -> Head:
        name, is_descending = self.asked.sort or ("", False)
        is_sorted = name == field.name
        upwards = is_sorted and not is_descending
        direction = ("descending" if is_descending else "ascending") if is_sorted else ""
        return Head(
            name=field.name,
            label=field.heading,
            is_number=field.type in NUMBERS,
            is_sortable=field.sortable,
            direction=direction,
            url=self.asked.instead(sort=f"-{field.name}" if upwards else field.name),
        )

    @property
    def names(self) -> list[str]:
        """The fields that a row of the list is read with."""
        names = {"display_name", *(one.name for one in self.columns)}
        fields = self.call.exposure.fields
        return sorted(
            names | {fields[one].currency for one in names if fields[one].currency in fields}
        )

    @cached_property
    def row_buttons(self) -> list[Button]:
        """The buttons that stand in each row, as far as the actor may."""
        buttons = self.screen.form.buttons if self.screen.form else ()
        has = self.call.actor.has_perm
        return [
            one for one in buttons if one.is_on_row and (not one.permission or has(one.permission))
        ]
