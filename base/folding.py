"""First migrations in one piece: constraints, indexes and triggers belong to the making of a table.

Django and pgtrigger write them as operations of their own, and after each one the whole web of models is built anew: a
minute on a fresh database. Folded into `CreateModel` they cost nothing.
"""

from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

LISTS = {
    AddConstraint: ("constraints", "constraint"),
    AddIndex: ("indexes", "index"),
    AddTrigger: ("triggers", "trigger"),
}


class AddTriggers(Operation):
    """Add triggers to several tables at once, after which no model has to be built anew.

    `triggers` holds pairs of a model's name in lower case and a compiled trigger.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, triggers: list[tuple[str, Any]]) -> None:
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Note the triggers among the options of their models."""
        for name, trigger in self.triggers:
            options = state.models[app_label, name].options
            options["triggers"] = [*options.get("triggers", ()), trigger]

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Install them."""
        for _name, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Remove them."""
        for _name, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """Say it in a line."""
        return f"Add {len(self.triggers)} triggers"


def folded(operations: list[Operation]) -> list[Operation]:
    """The same operations with constraints, indexes and triggers inside the `CreateModel` of their table.

    What speaks of a field that is only added later stays where it is; the triggers of such tables come last, together.
    """
    makers = {op.name_lower: op for op in operations if isinstance(op, CreateModel)}
    grown = {op.model_name_lower for op in operations if isinstance(op, AddField)}
    kept: list[Operation] = []
    late: list[tuple[str, Any]] = []
    for operation in operations:
        name = getattr(operation, "model_name_lower", "")
        kind = LISTS.get(type(operation))
        if (
            name in makers
            and kind
            and _fits(operation, makers[name], kind, has_grown=name in grown)
        ):
            option, attribute = kind
            maker = makers[name]
            maker.options[option] = [*maker.options.get(option, []), getattr(operation, attribute)]
        elif isinstance(operation, AddTrigger):
            late.append((operation.model_name.lower(), operation.trigger))
        elif isinstance(operation, AddTriggers):
            late.extend(operation.triggers)
        else:
            kept.append(operation)
    return [*kept, AddTriggers(late)] if late else kept


def _fits(operation: Any, maker: CreateModel, kind: tuple[str, str], *, has_grown: bool) -> bool:
    option, attribute = kind
    if option == "triggers":
        return not has_grown
    return _fields_of(getattr(operation, attribute)) <= {name for name, _field in maker.fields}


def _fields_of(item: Any) -> set[str]:
    """The fields that a constraint or an index speaks of, as far as they can be told."""
    names = set(getattr(item, "fields", None) or ())
    names |= {name.removeprefix("-") for name in names}
    names -= {name for name in names if name.startswith("-")}
    parts = [getattr(item, name, None) for name in ("condition", "check")]
    parts += [
        expression[0]
        for expression in getattr(item, "expressions", ())
        if isinstance(expression, tuple)
    ]
    parts += [
        expression
        for expression in getattr(item, "expressions", ())
        if not isinstance(expression, tuple)
    ]
    for part in parts:
        names |= _names_in(part)
    return {name.removesuffix("_id") for name in names}


def _names_in(part: Any) -> set[str]:
    if part is None:
        return set()
    if isinstance(part, str):
        return {part.split("__", 1)[0]}
    if isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], str):
        return {part[0].split("__", 1)[0]} | (
            _names_in(part[1]) if not isinstance(part[1], str) else set()
        )
    if hasattr(part, "name") and type(part).__name__ in {"F", "OrderBy", "Col"}:
        return {part.name.split("__", 1)[0]}
    found: set[str] = set()
    for child in getattr(part, "children", None) or getattr(part, "get_source_expressions", list)():
        found |= _names_in(child)
    return found
