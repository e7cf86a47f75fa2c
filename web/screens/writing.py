"""Writing a record from a form: what changed goes to the noun's own verbs, and what they refuse stands beside its field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from base.errors import Invalid, translated
from rpc import transactions
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import WireError
from rpc.methods.describing import default_get
from rpc.reading import rows
from rpc.reading.plans import EXACT
from rpc.writing import records
from web.pages import REFUSALS
from web.screens.boxes import RecordField, RecordsField, box_of, to_box, to_wire

SEEN = "seen"


class Changed(Exception):
    """Somebody else has saved the record since the form was opened. `theirs` maps labels to what they have now."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__()
        self.theirs = theirs


class RecordForm(forms.Form):
    """The form of one record of a noun, new or known, with some of its fields."""

    def __init__(
        self, call: Call, names: list[str], *, pk: int | None = None, data: Any = None
    ) -> None:
        self.call, self.pk = call, pk
        self.nouns = {name: call.exposure.fields[name] for name in names}
        self.row = self._read()
        initial = {name: to_box(field, self.row.get(name)) for name, field in self.nouns.items()}
        super().__init__(data, initial=initial)
        for name, field in self.nouns.items():
            self.fields[name] = box_of(field, call)
        if pk is not None:
            self.fields[SEEN] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=str(self.row.get("write_date") or ""),
            )
        for name, box in self.fields.items():
            if isinstance(box, RecordField | RecordsField):
                box.offer(call, self[name].value())

    def _read(self) -> dict[str, Any]:
        if self.pk is None:
            return dict(default_get(self.call, list(self.nouns)))
        names = [
            *self.nouns,
            *(["write_date"] if "write_date" in self.call.exposure.fields else []),
        ]
        found = rows.read(self.call, [self.pk], names, EXACT)
        return found[0] if found else {}

    def values(self) -> dict[str, Any]:
        """What was typed, in the words of the wire: everything for a new record, else what differs."""
        wanted = self.changed_data if self.pk is not None else list(self.nouns)
        return {
            name: to_wire(self.nouns[name], self.cleaned_data[name])
            for name in wanted
            if name in self.nouns and not self.fields[name].disabled
        }

    def save(self) -> int | None:
        """Write it; answers the record's id, or None where it was refused and the form says why."""
        with self._told():
            return int(transactions.in_one(partial(self._write, self.values())))
        return None

    def _write(self, values: dict[str, Any]) -> int:
        if self.pk is None:
            return records.create(self.call, [values])[0]
        self._check_unchanged(values)
        if values:
            records.write(self.call, [self.pk], values)
        return self.pk

    def _check_unchanged(self, values: dict[str, Any]) -> None:
        """Refuse where somebody else has changed one of these fields since the form was opened."""
        seen = self.cleaned_data.get(SEEN)
        if not seen or seen == str(self.row.get("write_date") or ""):
            return
        theirs = {name: to_box(self.nouns[name], self.row.get(name)) for name in values}
        self.theirs = theirs
        raise Invalid(
            {
                name: [_("Somebody else has changed this meanwhile; it was “%s”.") % value]
                for name, value in theirs.items()
            }
            | {
                "__all__": [
                    _(
                        "The record has changed since you opened it. Look at both values and save again."
                    )
                ]
            }
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except WireError as error:
            self.add_error(None, error.message)
        except REFUSALS as error:
            refusal = translated(error)
            if not isinstance(refusal, Invalid):
                self.add_error(None, str(refusal))
                return
            for name, sentences in refusal.fields.items():
                shown = wire_name(self.call.exposure, name)
                for sentence in sentences:
                    self.add_error(shown if shown in self.fields else None, sentence)


def wire_name(exposure: Exposure, name: str) -> str:
    """The field of the wire that a Python field stands behind."""
    if name in exposure.fields:
        return name
    return next((field.name for field in exposure.fields.values() if field.python == name), name)
