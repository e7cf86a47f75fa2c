"""What the page of a record shows: its fields in groups and tabs, its status, its buttons, what is counted beside it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rpc import access
from rpc.domains.parse import parse
from rpc.reading import rows as reading
from web.screens import domains, registry
from web.screens.cells import Drawn
from web.screens.declarations import Button, Group, Place, Stat
from web.screens.judging import judged
from web.screens.line_sets import LineSet
from web.screens.records import Record
from web.screens.telling import told
from web.screens.widgets import RichText
from web.screens.writing import Differing, drawn

COUNTED = 1000
SCRIPTS = ("js/choose.js", "js/find.js", "js/boxes.js", "js/form.js", "js/unsaved.js", "js/keys.js")


@dataclass(frozen=True)
class Shown:
    """A field on the page: its label, and either a box or what it holds. In a window it may be out of sight for now."""

    place: Place
    label: str
    help: str
    box: Any
    cell: Drawn | None
    differing: Differing | None = None
    comes_and_goes: bool = False
    is_away: bool = False


@dataclass(frozen=True)
class ShownGroup:
    """A group of fields as the page shows it."""

    label: str
    fields: list[Shown]

    @property
    def is_wide(self) -> bool:
        """Whether it has a field that needs the whole width."""
        return any(one.place.is_wide for one in self.fields)


@dataclass(frozen=True)
class ShownTab:
    """A tab as the page shows it."""

    key: str
    label: str
    groups: list[ShownGroup]
    lines: LineSet | None


@dataclass(frozen=True)
class Step:
    """A step of the status bar; with a verb it can be gone to from here."""

    label: str
    is_on: bool
    verb: str = ""
    confirm: str = ""


@dataclass(frozen=True)
class Counted:
    """A number on the page that opens the records behind it."""

    label: str
    icon: str
    url: str
    count: int
    is_more: bool


class RecordPage:
    """A record as its page shows it. Nothing is asked before the template asks for it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.form, self.call, self.pk, self.row = record.form, record.call, record.pk, record.row

    @property
    def is_new(self) -> bool:
        """Whether it is not saved yet."""
        return self.pk is None

    @property
    def name(self) -> str:
        """What the record is called."""
        return self.record.name

    @property
    def heading(self) -> str:
        """What stands over a record that is not saved yet."""
        one = str(self.record.screen.one)
        return one if self.is_wizard else _("New: %(one)s") % {"one": one}

    @property
    def is_wizard(self) -> bool:
        """Whether it is asked for once and not kept."""
        return self.call.exposure.kind == "wizard"

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that make the page lively."""
        is_rich = any(isinstance(one.widget, RichText) for one in self.record.boxes.fields.values())
        is_rich = is_rich or any(
            lines.call.exposure.fields[one.name].type == "html"
            for lines in self.record.lines.values()
            for one in lines.boxed
        )
        scripts = (*SCRIPTS, "js/lines.js") if self.is_wizard else SCRIPTS
        return (*scripts, "js/editor.js") if is_rich else scripts

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What its scripts say: find.js below the records it has found, editor.js on the buttons for rich text."""
        return {
            "find": {
                "make": _("Create “%s”"),
                "edit": _("Create and edit …"),
                "more": _("Search more …"),
                "search": _("Search"),
                "cancel": _("Cancel"),
                "failed": _("That could not be made here. Choose “Create and edit”."),
            },
            "editor": {
                "tools": _("Formatting"),
                "bold": _("Bold"),
                "italic": _("Italic"),
                "insertUnorderedList": _("List"),
                "createLink": _("Link"),
                "address": _("Where does the link lead?"),
            },
        }

    @cached_property
    def cells(self) -> dict[str, Drawn]:
        """What the fields hold that have no box."""
        only = [one for one in self.record.places if one.name not in self.record.boxes.fields]
        is_there = self.pk or self.is_wizard
        found = drawn(self.call, only, self.row, self.record.currencies) if is_there else {}
        return {
            one.name: told(self.call, one, found[one.name], self.row)
            for one in only
            if one.name in found
        }

    def _shown(self, group: Group) -> ShownGroup:
        found = [self._at(place) for place in group.fields]
        return ShownGroup(str(group.label), [one for one in found if one])

    def _at(self, place: Place) -> Shown | None:
        """A field at its place, where the actor may see it and it is not hidden just now."""
        field = self.call.exposure.fields.get(place.name)
        if field is None or not self.call.may(field) or self.record.holds(place.hidden):
            return None
        boxes = self.record.boxes
        box = boxes[place.name] if place.name in boxes.fields else None
        cell = self.cells.get(place.name)
        if box is None and cell is None:
            return None
        moving = self.is_wizard and bool(place.hidden)
        return Shown(
            place,
            str(place.label or field.heading),
            str(place.help),
            box,
            cell,
            boxes.differing.get(place.name),
            comes_and_goes=moving,
            is_away=moving and judged(place.hidden, self.row),
        )

    @cached_property
    def groups(self) -> list[ShownGroup]:
        """The groups of the upper half."""
        return [one for one in map(self._shown, self.form.groups) if one.fields]

    @cached_property
    def tabs(self) -> list[ShownTab]:
        """The tabs of the lower half."""
        found = []
        for at, tab in enumerate(self.form.tabs):
            groups = [one for one in map(self._shown, tab.groups) if one.fields]
            lines = self.record.lines.get(tab.lines.name) if tab.lines else None
            lines = None if lines and lines.is_locked and self.is_new else lines
            if (groups or lines) and not self.record.holds(tab.hidden):
                found.append(ShownTab(f"tab-{at}", str(tab.label), groups, lines))
        return found

    @property
    def title(self) -> Shown | None:
        """The field that names the record, where it can be written: what it is called stands in the heading."""
        found = self._at(Place(name=self.form.title)) if self.form.title else None
        return found if found and found.box is not None else None

    @property
    def picture(self) -> Shown | None:
        """Its picture."""
        return (
            self._at(Place(name=self.form.picture, widget="image")) if self.form.picture else None
        )

    @cached_property
    def steps(self) -> list[Step]:
        """The status bar; what is new stands in its first step."""
        field = self.call.exposure.fields.get(self.form.status)
        if field is None:
            return []
        wanted, offered = self.form.steps, {one.verb: one for one in self.buttons}
        steps = [(key, label) for key, label in field.selection() if not wanted or key in wanted]
        at = self.row.get(self.form.status) or (steps[0][0] if self.is_new and steps else "")
        found = []
        for key, label in field.selection():
            if wanted and key not in wanted and key != at:
                continue
            button = offered.get(self.form.moves.get(key, "")) if key != at else None
            verb, confirm = (button.verb, str(button.confirm)) if button else ("", "")
            found.append(Step(label, key == at, verb, confirm))
        return found

    @cached_property
    def buttons(self) -> list[Button]:
        """What can be done with it now, by this actor."""
        return [one for one in self.form.buttons if one.is_on_form and self._offers(one)]

    def _offers(self, button: Button) -> bool:
        if self.pk is None and not self.is_wizard:
            if not button.is_on_new or not self.record.is_editable:
                return False
        elif button.when and not self.record.holds(button.when):
            return False
        needed = button.permission
        if not needed and (verb := self.call.exposure.verbs.get(button.verb)):
            needed = getattr(verb.verb, "permission", "") or ""
        return not needed or self.call.actor.has_perm(needed)

    @cached_property
    def more(self) -> list[tuple[str, str, str, str]]:
        """What every noun lets be done: verb, label, icon, question."""
        if self.pk is None:
            return []
        name, found = self.name, []
        has_active = self.call.exposure.has_active
        if has_active and access.may(self.call, "write"):
            if self.row.get("active"):
                found.append(("action_archive", _("Archive"), "archive", ""))
            else:
                found.append(("action_unarchive", _("Bring back"), "arrow-counterclockwise", ""))
        may_make = self.record.screen.is_made_here and access.may(self.call, "create")
        if may_make and self.call.exposure.copy is not False:
            found.append(("copy", _("Duplicate"), "copy", ""))
        if access.may(self.call, "unlink"):
            question = _("Delete %(name)s? This cannot be undone.") % {"name": name}
            found.append(("unlink", _("Delete"), "trash", question))
        return found

    @cached_property
    def stats(self) -> list[Counted]:
        """The numbers at the head of the page, each of which opens what it counts. One query each."""
        return [one for stat in self.form.stats if self.pk and (one := self._counted(stat))]

    def _counted(self, stat: Stat) -> Counted | None:
        screen = registry.find(stat.screen)
        if screen is None or (
            screen.permission and not self.call.actor.has_perm(screen.permission)
        ):
            return None
        on = self.call.on(registry.exposure_of(screen))
        if not access.may(on, "read") or stat.field not in on.exposure.fields:
            return None
        own = [[stat.field, "=", self.pk], *stat.domain]
        node = parse(domains.every([screen.domain, own]))
        count = reading.count(on, node, COUNTED + 1)
        address = reverse(f"web:screen-{screen.slug}")
        asked = json.dumps([list(leaf) for leaf in own], separators=(",", ":"))
        url = f"{address}?{urlencode({'d': asked})}"
        return Counted(str(stat.label), stat.icon, url, min(count, COUNTED), count > COUNTED)
