"""Names of nouns as values: how a content type in the database is `res.partner` on the wire."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from rpc import registry
from rpc.faults import value_error
from rpc.fields import Declared, Text

LABEL = "{{{column}.app_label}} || '.' || {{{column}.model}}"


class WireNames(Mapping[str, str]):
    """`base.partner` → `res.partner`, for whatever is exposed when it is asked."""

    def __getitem__(self, label: str) -> str:
        app, _dot, model = label.partition(".")
        name = registry.name_of(apps.get_model(app, model))
        if name is None:
            raise KeyError(label)
        return name

    def get(self, label: Any, default: Any = None) -> Any:
        """The wire name of a label, or the default for what is no label."""
        try:
            return self[label] if isinstance(label, str) and "." in label else default
        except LookupError:
            return default

    def __iter__(self) -> Iterator[str]:
        return (one.model._meta.label_lower for one in registry.everything() if one.model)

    def __len__(self) -> int:
        return sum(1 for _one in self)


class Labels(Mapping[str, str]):
    """`res.partner` → `base.partner`."""

    def __getitem__(self, name: str) -> str:
        return label_of(name)

    def get(self, name: Any, default: Any = None) -> Any:
        """The label behind a wire name, or the default for what is no such name."""
        found = registry.find(name)
        return found.model._meta.label_lower if found and found.model else default

    def __iter__(self) -> Iterator[str]:
        return (one.name for one in registry.everything() if one.model)

    def __len__(self) -> int:
        return sum(1 for _one in self)


def noun(name: str, column: str, label: Text) -> Declared:
    """Declare a field that names a noun and is kept as a content type in `column`."""

    def write(wire_name: Any) -> dict[str, Any]:
        if not wire_name:
            return {f"{column}_id": None}
        app, _dot, model = label_of(wire_name).partition(".")
        return {f"{column}_id": ContentType.objects.get_for_model(apps.get_model(app, model)).pk}

    return Declared(
        name=name,
        type="char",
        label=label,
        sql=LABEL.format(column=column),
        write=write,
        to_wire=WireNames(),
        to_python=Labels(),
    )


def label_of(wire_name: Any) -> str:
    """The Django label behind a wire name. Raises the contract's ValueError."""
    found = registry.find(wire_name)
    if found is None or found.model is None:
        raise value_error(f"Wrong value for a model: {wire_name!r}")
    return found.model._meta.label_lower
