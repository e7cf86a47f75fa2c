"""The page of one record: what it shows, what can be done with it, and the saving of its form."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from base.errors import Invalid, Missing, translated
from rpc import access, dispatch, transactions
from rpc.context import Call, locale_of
from rpc.domains.parse import parse
from rpc.exposure import Exposure
from rpc.faults import WireError
from rpc.methods.table import method_of
from rpc.reading import rows as reading
from rpc.reading.flags import holding
from rpc.writing import records
from web.pages import REFUSALS, PageRequest
from web.screens import domains, registry
from web.screens.cells import Drawn
from web.screens.declarations import Button, Form, Group, Place, Screen, Stat, Tab
from web.screens.lines import LineSet, defaults_of
from web.screens.writing import WAS, Boxes, drawn, editable, new_row, read_row, remembered, shown

COUNTED = 1000
OWN = ("action_archive", "action_unarchive", "copy", "unlink")


@dataclass(frozen=True)
class Shown:
    """A field on the page: its label, and either a box or what it holds."""

    place: Place
    label: str
    help: str
    box: Any
    cell: Drawn | None


@dataclass(frozen=True)
class ShownGroup:
    """A group of fields as the page shows it."""

    label: str
    fields: list[Shown]


@dataclass(frozen=True)
class ShownTab:
    """A tab as the page shows it."""

    key: str
    label: str
    groups: list[ShownGroup]
    lines: LineSet | None


@dataclass(frozen=True)
class Counted:
    """A number on the page that opens the records behind it."""

    label: str
    icon: str
    url: str
    count: int
    is_more: bool


class Record:
    """One record of a screen, or a new one (`pk` None), for one actor; with `data`, what its form has sent."""

    def __init__(
        self, screen: Screen, request: PageRequest, pk: int | None, data: Any = None
    ) -> None:
        self.screen, self.request, self.pk, self.data = screen, request, pk, data
        self.form: Form = screen.form or Form()
        exposure = registry.exposure_of(screen)
        actor = request.actor
        context = {"lang": locale_of(actor.language), **screen.context}
        self.call = Call(exposure, actor, {**context, **_defaults(request, exposure)})
        access.require(self.call, "read" if pk is not None else "create")
        self.sentences: list[str] = []
        self.status = 200
        self.row = self._read()
        self._was = remembered(data.get(WAS, "")) if data is not None else {}

    def _read(self) -> dict[str, Any]:
        if self.pk is None:
            return new_row(self.call, [one.name for one in self.places])
        names = {one.name for one in self.places} | {one.name for one in self._line_sets()}
        names |= {one for one in (self.form.status, "active") if one in self.call.exposure.fields}
        found = read_row(self.call, names, self.pk)
        if found is None:
            raise Missing(model=str(self.screen.one), ids=self.pk)
        return found

    @cached_property
    def places(self) -> list[Place]:
        """The fields on the page that the actor may see."""
        return shown(self.call, {one.name: one for one in self.form.places}.values())

    def _line_sets(self) -> list[Any]:
        return shown(self.call, self.form.lines)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """What the record is called."""
        return str(self.row.get("display_name") or "") if self.pk else str(self.screen.one)

    @cached_property
    def _holds(self) -> dict[Any, bool]:
        """Which of the domains that the declaration gives hold for the record, all asked at once."""
        asked = [self.form.locked, *(one.when for one in self.form.buttons)]
        asked += [one.hidden for one in (*self.places, *self.form.tabs)]
        asked += [one.locked for one in (*self.places, *self.form.lines)]
        wanted = list({repr(one): one for one in asked if one}.values())
        if self.pk is None or not wanted:
            return {}
        found = holding(self.call, [self.pk], wanted).get(self.pk, ())
        return {repr(one): holds for one, holds in zip(wanted, found, strict=False)}

    def holds(self, domain: Any) -> bool:
        """Whether a domain of the declaration holds; of a new record, none does."""
        return bool(domain) and self._holds.get(repr(domain), False)

    @cached_property
    def is_locked(self) -> bool:
        """Whether nothing of it can be edited."""
        action: Any = "create" if self.pk is None else "write"
        return self.holds(self.form.locked) or not access.may(self.call, action)

    @cached_property
    def boxes(self) -> Boxes:
        """The boxes of the record's own fields."""
        locked = frozenset(
            one.name for one in self.places if self.holds(one.locked) or self.holds(one.hidden)
        )
        wanted = [] if self.is_locked else self.places
        boxed = editable(self.call, wanted, locked, is_new=self.pk is None)
        was = self._was.get("own") if self._was else None
        return Boxes(self.call, boxed, self.row, key=self.screen.key, was=was, data=self.data)

    @cached_property
    def lines(self) -> dict[str, LineSet]:
        """The sets of lines, by name."""
        return {
            one.name: LineSet(
                self.call,
                one,
                list(self.row.get(one.name) or []) if self.pk else [],
                key=self.screen.key,
                data=self.data,
                was=self._was.get(one.name) if self._was else None,
                is_locked=self.is_locked or self.holds(one.locked),
                defaults={} if self.is_locked else defaults_of(self.call, one),
            )
            for one in self._line_sets()
        }

    @cached_property
    def cells(self) -> dict[str, Drawn]:
        """What the fields hold that have no box."""
        only = [one for one in self.places if one.name not in self.boxes.fields]
        return drawn(self.call, only, self.row) if self.pk else {}

    def _shown(self, group: Group) -> ShownGroup:
        fields = self.call.exposure.fields
        found = []
        for one in group.fields:
            if one.name not in fields or not self.call.may(fields[one.name]):
                continue
            if self.holds(one.hidden):
                continue
            box = self.boxes[one.name] if one.name in self.boxes.fields else None
            cell = self.cells.get(one.name)
            if box is not None or cell is not None:
                label = str(one.label or fields[one.name].title)
                found.append(Shown(one, label, str(one.help), box, cell))
        return ShownGroup(str(group.label), found)

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
            lines = self.lines.get(tab.lines.name) if tab.lines else None
            if (groups or lines) and not self.holds(tab.hidden):
                found.append(ShownTab(f"tab-{at}", str(tab.label), groups, lines))
        return found

    @property
    def title(self) -> Any:
        """The box or the cell of the field that names the record."""
        name = self.form.title
        return self.boxes[name] if name and name in self.boxes.fields else None

    @cached_property
    def steps(self) -> list[tuple[str, str, bool]]:
        """The status bar: key, label, whether it is there."""
        field = self.call.exposure.fields.get(self.form.status)
        if field is None:
            return []
        at = self.row.get(self.form.status) or ""
        wanted = self.form.steps
        return [
            (key, label, key == at)
            for key, label in field.selection()
            if not wanted or key in wanted or key == at
        ]

    @cached_property
    def buttons(self) -> list[Button]:
        """What can be done with it now, by this actor."""
        return [one for one in self.form.buttons if self.pk and self._offers(one)]

    def _offers(self, button: Button) -> bool:
        if button.when and not self.holds(button.when):
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
        if access.may(self.call, "create") and self.call.exposure.copy is not False:
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
        if screen is None:
            return None
        on = self.call.on(registry.exposure_of(screen))
        if not access.may(on, "read") or stat.field not in on.exposure.fields:
            return None
        own = [[stat.field, "=", self.pk], *stat.domain]
        node = parse(domains.every([screen.domain, own]))
        count = reading.count(on, node, COUNTED + 1)
        address = reverse(f"web:screen-{screen.slug}")
        asked = json.dumps([list(leaf) for leaf in own], separators=(",", ":"))
        from urllib.parse import urlencode

        url = f"{address}?{urlencode({'d': asked})}"
        return Counted(str(stat.label), stat.icon, url, min(count, COUNTED), count > COUNTED)

    @property
    def was(self) -> str:
        """What the form shows, for the form itself to bring back: so that meanwhile changes are noticed."""
        own = {"own": self.boxes.was}
        return json.dumps({**own, **{name: one.now() for name, one in self.lines.items()}})

    @property
    def is_editable(self) -> bool:
        """Whether there is anything to type."""
        return bool(self.boxes.fields) or any(not one.is_locked for one in self.lines.values())

    def save(self, *, then: str = "") -> Any:
        """Write what was typed and, with `then`, run a verb on it, all in one transaction.

        Answers what the verb answers, or the record's id; None where it was refused, which the form then tells.
        """
        sound = [self.boxes.is_valid()]
        sound += [one.is_valid() for one in self.lines.values() if not one.is_locked]
        if not all(sound):
            self.status = 422
            return None
        with self._told():
            return transactions.in_one(partial(self._saved, then))
        return None

    def values(self) -> dict[str, Any]:
        """What was typed, in the words of the wire: everything that differs from what the form showed."""
        found = self.boxes.typed(everything=self.pk is None)
        for name, one in self.lines.items():
            if not one.is_locked and (commands := one.commands()):
                found[name] = commands
        return found

    def _saved(self, then: str) -> Any:
        values = self.values()
        pk = self.pk
        if pk is None:
            pk = records.create(self.call, [values])[0]
        elif values:
            self._check_unchanged(values)
            records.write(self.call, [pk], values)
        if not then:
            return pk
        answer = self.run(then, pk)
        return pk if answer in (None, True, False) else answer

    def run(self, verb: str, pk: int) -> Any:
        """Run one of the verbs that the page offers."""
        known = {one.verb for one in self.form.buttons} | set(OWN)
        if verb not in known:
            raise Missing(model=_("action"), ids=verb)
        if verb == "copy":
            verb_answer = dispatch.perform(
                self.call, method_of(self.call.exposure, "copy"), [[pk]], {}
            )
            return {"copied": verb_answer[0] if isinstance(verb_answer, list) else verb_answer}
        method = method_of(self.call.exposure, verb)
        answer = dispatch.perform(self.call, method, [[pk]], {})
        return {"deleted": True} if verb == "unlink" else answer

    def _check_unchanged(self, values: Mapping[str, Any]) -> None:
        """Refuse where somebody else has changed what one has changed oneself. The row is locked until the end."""
        model: Any = self.call.exposure.model
        if model is not None:
            list(
                model._base_manager.select_for_update(of=("self",))
                .filter(pk=self.pk)
                .values_list("pk")
            )
        current = self._read()
        told = self.boxes.conflicts([one for one in values if one in self.boxes.fields], current)
        is_any = bool(told)
        for name, one in self.lines.items():
            if name in values:
                now = LineSet(
                    self.call,
                    one.declared,
                    list(current.get(name) or []),
                    key=self.screen.key,
                    is_locked=True,
                )
                is_any = one.conflicts(now) or is_any
        if is_any:
            self.status = 409
            raise _Conflict(told)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _Conflict as conflict:
            for name, sentence in conflict.told.items():
                self.boxes.add_error(name, sentence)
            self.sentences.append(
                _(
                    "Somebody else has saved this record since you opened it. Nothing of yours is lost: look at what differs, and save again."
                )
            )
        except WireError as error:
            self.sentences.append(error.message)
            self.status = 422
        except REFUSALS as error:
            self._tell(translated(error))

    def _tell(self, refusal: Any) -> None:
        self.status = refusal.status
        if not isinstance(refusal, Invalid):
            self.sentences += str(refusal).splitlines()
            return
        for name, sentences in refusal.fields.items():
            shown_as = wire_name(self.call.exposure, name)
            for sentence in sentences:
                if shown_as in self.boxes.fields:
                    self.boxes.add_error(shown_as, sentence)
                else:
                    self.sentences.append(str(sentence))

    def refuse(self, error: Exception) -> None:
        """Tell on the page what a verb refused."""
        with self._told():
            raise error

    def tried(self) -> dict[str, Any] | None:
        """What the record would be, if it were saved as it is typed: written, read and taken back again."""
        with transaction.atomic():
            pk = self.save()
            found = read_row(self.call, [one.name for one in self.places], pk) if pk else None
            transaction.set_rollback(True)
        return found


class _Conflict(Exception):
    """Somebody else has saved the record since the form was opened."""

    def __init__(self, told: Mapping[str, str]) -> None:
        super().__init__()
        self.told = told


def wire_name(exposure: Exposure, name: str) -> str:
    """The field of the wire that a Python field stands behind."""
    if name in exposure.fields:
        return name
    return next((field.name for field in exposure.fields.values() if field.python == name), name)


def _defaults(request: PageRequest, exposure: Exposure) -> dict[str, Any]:
    """Defaults of a new record that the address gives: `?default_partner_id=5`."""
    found: dict[str, Any] = {}
    for name, text in request.GET.items():
        field = exposure.fields.get(name.removeprefix("default_"))
        if not name.startswith("default_") or field is None or len(text) > 200:
            continue
        is_number = field.type in {"many2one", "integer"} and text.isdecimal() and len(text) < 18
        if is_number or field.type in {"char", "selection", "date", "datetime", "boolean"}:
            found[name] = int(text) if is_number else text
    return found


__all__ = ["Record", "Tab"]
