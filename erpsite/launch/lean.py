"""Making all tables of a new database in a third of the time.

While migrations run, Django keeps a class for every model and builds it anew, with all its neighbours, after each
operation. For a new model, index, constraint or trigger that is needless: the classes that are there need only be
told. `tests/test_launch_lean.py` holds that the tables come out the same, to the letter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger

_add_model = ProjectState.add_model


@contextmanager
def lean_migrations() -> Iterator[None]:
    """Run migrations without building classes that nobody looks at. For a new database only."""
    ours: list[tuple[type, str, Any]] = [
        (ProjectState, "add_model", _with_model),
        (ProjectState, "_append_option", _with_option),
        (AddTrigger, "state_forwards", _with_trigger),
    ]
    theirs = [(owner, name, getattr(owner, name)) for owner, name, _ in ours]
    try:
        for owner, name, function in ours:
            setattr(owner, name, function)
        yield
    finally:
        for owner, name, function in theirs:
            setattr(owner, name, function)


def _with_model(state: Any, model: ModelState) -> None:
    if "apps" not in state.__dict__ or any(isinstance(base, str) for base in model.bases):
        _add_model(state, model)
        return
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    state.apps.render_multiple([model])


def _with_option(state: Any, app_label: str, model_name: str, option: str, thing: Any) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [*options.get(option, []), thing]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, [*getattr(meta, option, []), thing])
        meta.__dict__.pop("total_unique_constraints", None)  # derived from what has just changed


def _with_trigger(operation: Any, app_label: str, state: Any) -> None:
    _with_option(state, app_label, operation.model_name, "triggers", operation.trigger)
