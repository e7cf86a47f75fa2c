"""What the forms of nouns have in common: they are bound to an actor, and give values instead of saving."""

from typing import Any

from django import forms

from base.actors import Actor
from web.lookups import LookupField


class RecordForm(forms.ModelForm):
    """A form over a noun. It never saves: `values` goes to a verb."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        for name, box in self.fields.items():
            if isinstance(box, LookupField):
                box.of(actor, chosen=self[name].value(), kept=self.initial.get(name))

    def values(self) -> dict[str, Any]:
        """What was typed, by field name: everything for a new record, else what differs from the record."""
        names = self.changed_data if self.instance.pk else list(self.fields)
        return {name: self.cleaned_data[name] for name in names}
