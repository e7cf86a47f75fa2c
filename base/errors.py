"""The few ways the system says no, and how a refusal by the database becomes a sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ERPError(Exception):
    """Root of every error meant for the caller; anything else is a bug.

    Raised with data, never with text: `PeriodClosed(date=day)`. `status` is the HTTP status of doors that have one.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    message: ClassVar[str | Promise] = _("Something went wrong.")

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(params)

    def __str__(self) -> str:
        """Say it in the language of whoever reads it now, days as they are written in it."""
        return str(self.message) % {name: _written(value) for name, value in self.params.items()}


def _written(value: Any) -> Any:
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else value


class Refused(ERPError):
    """A business rule says no; the user can put it right."""

    code = "refused"
    status = 422


class Invalid(Refused):
    """Some fields hold what they may not hold. `fields` maps field names to lists of sentences."""

    code = "invalid"
    message = _("%(sentences)s")

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = {name: [str(text) for text in texts] for name, texts in fields.items()}
        super().__init__(fields=self.fields)

    def __str__(self) -> str:
        return "\n".join(text for texts in self.fields.values() for text in texts)

    @classmethod
    def of(cls, error: ValidationError) -> "Invalid":
        """Turn Django's validation error into ours."""
        if hasattr(error, "error_dict"):
            return cls(error.message_dict)
        return cls({"__all__": list(error.messages)})


class AccessDenied(ERPError):
    """A policy says no; someone else may be allowed."""

    code = "access_denied"
    status = 403
    message = _("You may not do this: %(permission)s. Ask an administrator for the right.")


class ForeignCompany(AccessDenied):
    """The actor named a company that is not among theirs."""

    code = "foreign_company"
    message = _("You do not work for company %(companies)s.")


class Missing(ERPError):
    """The record does not exist, or not for you."""

    code = "missing"
    status = 404
    message = _("%(model)s %(ids)s does not exist or has been deleted.")


class Conflict(ERPError):
    """Someone was faster; reload and try again."""

    code = "conflict"
    status = 409
    message = _("%(record)s has changed in the meantime. Reload it and try again.")


class Unconfirmed(ERPError):
    """Allowed if you are sure: do it again with `confirm=key`."""

    code = "unconfirmed"
    status = 409
    message = _("Please confirm: %(question)s")


class InUse(Refused):
    """Something else still refers to the record."""

    code = "in_use"
    message = _("%(record)s is still used by %(users)s. Archive it instead, or remove those first.")


class Duplicate(Refused):
    """A value that must be unique is already taken."""

    code = "duplicate"
    message = _("The value for %(fields)s already exists.")


class Required(Refused):
    """A field that must be filled is empty."""

    code = "required"
    message = _("Please fill in %(field)s.")


class RuleBroken(Refused):
    """A rule kept by the database said no."""

    code = "rule_broken"
    message = _("%(sentence)s")


class NothingThere(Refused):
    """A link points to a record that does not exist."""

    code = "nothing_there"
    message = _("%(field)s refers to a record that does not exist.")


_sentences: dict[str, str | Promise] = {}


def explain(constraint: str, sentence: str | Promise) -> None:
    """Register the human sentence for a constraint or trigger of the database."""
    _sentences[constraint] = sentence


def sentence_for(constraint: str) -> str:
    """The sentence registered for a constraint, from `explain` or from the model's own constraint."""
    if constraint in _sentences:
        return str(_sentences[constraint])
    for model in apps.get_models():
        for known in model._meta.constraints:
            if (
                known.name == constraint
                and known.violation_error_message != known.default_violation_error_message
            ):
                return str(known.violation_error_message)
    return str(
        _("The database refused this: rule “%(rule)s”.") % {"rule": constraint.replace("_", " ")}
    )


def translated(error: Exception) -> ERPError:
    """Turn an error of the database or of Django into one of ours; raises nothing itself.

    Unknown errors come back wrapped in nothing: the caller gets a `RuleBroken` naming the constraint.
    """
    if isinstance(error, ERPError):
        return error
    if isinstance(error, ValidationError):
        return Invalid.of(error)
    if isinstance(error, ProtectedError | RestrictedError):
        users = getattr(error, "protected_objects", getattr(error, "restricted_objects", ())) or ()
        names = sorted({str(row._meta.verbose_name_plural) for row in users})
        return InUse(record=_("This record"), users=", ".join(names))
    if isinstance(error, IntegrityError):
        return _of_integrity(error)
    raise error


def _of_integrity(error: IntegrityError) -> ERPError:
    cause = error.__cause__
    diag = getattr(cause, "diag", None)
    constraint = getattr(diag, "constraint_name", None) or ""
    state = getattr(cause, "sqlstate", "") or ""
    table = getattr(diag, "table_name", None) or ""
    if constraint in _sentences:
        return RuleBroken(sentence=sentence_for(constraint), constraint=constraint)
    if state == "23502":
        return Required(field=_label(table, getattr(diag, "column_name", "") or ""))
    if state == "23505":
        return _duplicate(table, constraint)
    if state in {"23503", "23001"}:
        return _broken_link(table, constraint, str(getattr(diag, "message_primary", "")))
    return RuleBroken(sentence=sentence_for(constraint), constraint=constraint)


def _duplicate(table: str, constraint: str) -> ERPError:
    model = _model_of(table)
    for known in model._meta.constraints if model else ():
        if known.name == constraint:
            if known.violation_error_message != known.default_violation_error_message:
                return RuleBroken(sentence=sentence_for(constraint), constraint=constraint)
            names = getattr(known, "fields", ())
            return Duplicate(fields=", ".join(_label(table, name) for name in names) or constraint)
    for field in model._meta.concrete_fields if model else ():
        if field.unique and f"_{field.column}_" in f"{constraint}_":
            return Duplicate(fields=str(field.verbose_name))
    return Duplicate(fields=constraint)


def _broken_link(table: str, constraint: str, text: str) -> ERPError:
    model = _model_of(table)
    if text.startswith("insert or update"):
        for field in model._meta.concrete_fields if model else ():
            if field.is_relation and f"_{field.column}_" in constraint:
                return NothingThere(field=str(field.verbose_name))
        return NothingThere(field=constraint)
    users = str(model._meta.verbose_name_plural) if model else table
    return InUse(record=_("This record"), users=users)


def _model_of(table: str) -> Any:
    return next(
        (m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None
    )


def _label(table: str, column: str) -> str:
    model = _model_of(table)
    for field in model._meta.concrete_fields if model else ():
        if column in {field.column, field.name}:
            return str(field.verbose_name)
    return column
