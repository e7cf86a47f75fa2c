"""What the database refuses, said in the names of the wire: which field of which noun is the matter."""

from collections.abc import Iterable

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from base import errors
from rpc import registry
from rpc.exposure import Exposure
from rpc.faults import WireError, validation_error
from rpc.fields import Field

UNFIT = "The operation cannot be completed: "


def unfit(text: str) -> WireError:
    """Say that the operation would break a rule that the database keeps."""
    return validation_error(f"{UNFIT}{text}")


def missing_value(exposure: Exposure, field: Field) -> WireError:
    """Say that a field has to be filled."""
    said = _("Missing required value for the field '%(label)s' (%(name)s).")
    noun = _("Model: '%(label)s' (%(name)s)") % {"label": exposure.label, "name": exposure.name}
    return unfit(f"{said % {'label': field.title, 'name': field.name}}\n{noun}\n")


def refused(error: IntegrityError | ProtectedError | RestrictedError) -> WireError:
    """What clients are told about a refusal by the database."""
    if isinstance(error, ProtectedError | RestrictedError):
        rows = getattr(error, "protected_objects", getattr(error, "restricted_objects", ())) or ()
        return _in_use({type(row) for row in rows})
    return _of_constraint(error)


def _of_constraint(error: IntegrityError) -> WireError:
    diag = getattr(error.__cause__, "diag", None)
    state = getattr(error.__cause__, "sqlstate", "") or ""
    model = _model_of(getattr(diag, "table_name", None))
    exposure = registry.of_model(model) if model else None
    ours = errors.translated(error)
    if exposure is None or isinstance(ours, errors.RuleBroken):
        return unfit(str(ours))
    if state == "23502":
        field = _field(exposure, getattr(diag, "column_name", None))
        return missing_value(exposure, field) if field else unfit(str(ours))
    if state == "23505":
        return _taken(exposure, str(getattr(diag, "message_detail", "")), ours)
    if isinstance(ours, errors.NothingThere):
        return _leads_nowhere(exposure, str(getattr(diag, "message_detail", "")), ours)
    return _in_use([model] if model else ())


def _taken(exposure: Exposure, detail: str, ours: errors.ERPError) -> WireError:
    fields = [_field(exposure, column) for column in _columns(detail)]
    known = [field for field in fields if field is not None]
    if not known:
        return unfit(str(ours))
    names, labels = (", ".join(f.name for f in known), ", ".join(f.title for f in known))
    said = _("The value for '%(names)s' (%(labels)s) already exists.")
    return unfit(said % {"names": names, "labels": labels})


def _leads_nowhere(exposure: Exposure, detail: str, ours: errors.ERPError) -> WireError:
    field = next((_field(exposure, column) for column in _columns(detail)), None)
    if field is None:
        return unfit(str(ours))
    said = _("'%(label)s' (%(name)s) refers to a record that does not exist.")
    return unfit(said % {"label": field.title, "name": field.name})


def _in_use(users: Iterable[type[models.Model]]) -> WireError:
    """Something still refers to a row that is to go."""
    names = sorted(_called(model) for model in users)
    said = _("Another model is using the record you are trying to delete.")
    return unfit(f"{said}\n\n" + _("It is used by: %(users)s") % {"users": ", ".join(names)})


def _called(model: type[models.Model]) -> str:
    exposure = registry.of_model(model)
    return f"'{exposure.label}' ({exposure.name})" if exposure else str(model._meta.verbose_name)


def _field(exposure: Exposure, column: str | None) -> Field | None:
    """The wire field that is kept in a column."""
    for field in exposure.fields.values():
        if not field.is_path and getattr(field.model_field, "column", None) == column:
            return field
    return None


def _columns(detail: str) -> list[str]:
    """The columns in PostgreSQL's `Key (a, b)=(1, 2) …`."""
    inside = detail.partition("(")[2].partition(")")[0]
    return [name.strip().strip('"') for name in inside.split(",")]


def _model_of(table: str | None) -> type[models.Model] | None:
    return next((m for m in apps.get_models() if m._meta.db_table == table), None)
