"""The page of one record: what it shows, what can be done with it, and the saving of its form."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _

from base.errors import Invalid, Missing, translated
from base.models import Currency
from rpc import access, dispatch, transactions
from rpc import registry as exposures
from rpc.context import Call, locale_of
from rpc.exposure import Exposure
from rpc.faults import ACCESS, WireError
from rpc.methods.table import method_of
from rpc.writing import records
from web.pages import REFUSALS, PageRequest
from web.screens import registry
from web.screens.declarations import Form, Place, Screen
from web.screens.judging import named
from web.screens.line_sets import MOST, LineSet, defaults_of
from web.screens.refusing import let_in
from web.screens.shared_rows import Shared
from web.screens.writing import WAS, Boxes, editable, new_row, read_judged, remembered, shown

OWN = ("action_archive", "action_unarchive", "copy", "unlink")


class Record:
    """One record of a screen, or a new one (`pk` None), for one actor; with `data`, what its form has sent."""

    def __init__(
        self,
        screen: Screen,
        request: PageRequest,
        pk: int | None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.screen, self.request, self.pk = screen, request, pk
        self.data, self.files = data, files
        self.form: Form = screen.form or Form()
        exposure = registry.exposure_of(screen)
        actor = request.actor
        context = {"lang": locale_of(actor.language), "bin_size": True, **screen.context}
        self.call = Call(exposure, actor, {**context, **_defaults(request, exposure)})
        let_in(self.call, "read" if pk is not None else "create")
        self._holds: dict[str, bool] = {}
        self.currencies: dict[int, Currency] = {}
        self.sentences: list[str] = []
        self.status = 200
        self.row = self._read()
        if pk is not None and screen.domain and not self.holds(screen.domain):
            raise Missing(model=str(screen.one), ids=pk)
        self._was = remembered(data.get(WAS, "")) if data is not None else {}

    def _read(self) -> dict[str, Any]:
        if self.pk is None:
            return new_row(self.call, sorted({*self.judged_by, *(one.name for one in self.places)}))
        names = {one.name for one in self.places} | {one.name for one in self._line_sets()}
        names |= {one for one in (self.form.status, "active") if one in self.call.exposure.fields}
        pictures = {one: held for one in names if (held := self._has_picture(one)) is not None}
        try:
            found, flags = read_judged(self.call, names - pictures.keys(), self.pk, self._asked)
        except WireError as error:
            if error.kind != ACCESS:
                raise
            found, flags = None, ()  # of another company: to the actor it does not exist
        self._holds = dict(zip(map(repr, self._asked), flags, strict=False))
        if found is None:
            raise Missing(model=str(self.screen.one), ids=self.pk)
        return {**found, **pictures}

    @cached_property
    def instance(self) -> Any:
        """The record as Django has it, for what stands beside its form; None for a new one."""
        model: Any = self.call.exposure.model
        if model is None or self.pk is None:
            return None
        rows = model._base_manager.filter(pk=self.pk)
        if not any(one.name == "currency" for one in model._meta.concrete_fields):
            return rows.first()
        found = rows.select_related("currency").first()
        if found is not None and found.currency_id:
            self.currencies[found.currency_id] = found.currency
        return found

    def _has_picture(self, name: str) -> bool | None:
        """Whether there is a picture, where the record itself says so: `image_1920` lies at `image`. Else None."""
        if self.call.exposure.fields[name].type != "binary" or self.instance is None:
            return None
        held = getattr(self.instance, f"{name.partition('_')[0]}_id", self)
        return None if held is self else held is not None

    @cached_property
    def places(self) -> list[Place]:
        """The fields on the page that the actor may see."""
        return shown(self.call, {one.name: one for one in self.form.places}.values())

    @property
    def judged_by(self) -> set[str]:
        """In a window: the fields by which others come and go while one types."""
        if self.call.exposure.kind != "wizard":
            return set()
        asked = {name for place in self.places for name in named(place.hidden)}
        return asked & self.call.exposure.fields.keys()

    def _line_sets(self) -> list[Any]:
        sets: list[Any] = shown(self.call, self.form.lines)  # type: ignore[arg-type]
        fields = self.call.exposure.fields
        targets = {one.name: exposures.find(fields[one.name].relation) for one in sets}
        return [one for one in sets if access.may(self.call, "read", targets[one.name])]

    @property
    def name(self) -> str:
        """What the record is called."""
        return str(self.row.get("display_name") or "") if self.pk else str(self.screen.one)

    @cached_property
    def _asked(self) -> list[Any]:
        """The domains that the declaration gives."""
        asked = [self.screen.domain, self.form.locked, *(one.when for one in self.form.buttons)]
        asked += [one.hidden for one in (*self.places, *self.form.tabs)]
        asked += [one.locked for one in (*self.places, *self.form.lines)]
        return list({repr(one): one for one in asked if one}.values())

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
        sent = {"data": self.data, "files": self.files}
        return Boxes(self.call, boxed, self.row, key=self.screen.key, was=was, **sent)

    @cached_property
    def lines(self) -> dict[str, LineSet]:
        """The sets of lines, by name."""
        sets = self._line_sets()
        ids = {one.name: list(self.row.get(one.name) or []) if self.pk else [] for one in sets}
        shared = self._shared(sets, ids)
        return {
            one.name: LineSet(
                self.call,
                one,
                ids[one.name],
                key=self.screen.key,
                currencies=self.currencies,
                shared=shared[self.call.exposure.fields[one.name].relation],
                data=self.data,
                was=self._was.get(one.name) if self._was else None,
                is_locked=self.is_locked or self.holds(one.locked),
                defaults=dict if self.is_locked else partial(defaults_of, self.call, one),
            )
            for one in sets
        }

    def _shared(self, sets: list[Any], ids: Mapping[str, list[int]]) -> dict[str, Shared]:
        """What the sets of each noun hold, so that rows in several of them are read once."""
        found: dict[str, list[Any]] = {}
        for one in sets:
            found.setdefault(self.call.exposure.fields[one.name].relation, []).append(one)
        return {
            relation: Shared(
                self.call.on(exposures.find(relation)),  # type: ignore[arg-type]
                alike,
                (pk for one in alike for pk in ids[one.name][:MOST]),
            )
            for relation, alike in found.items()
        }

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
        if self.call.exposure.kind == "wizard":
            # What is left empty in a window, the wizard works out from the rest.
            ticks = {name for name, field in self.boxes.nouns.items() if field.type == "boolean"}
            found = {name: one for name, one in found.items() if one is not False or name in ticks}
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
