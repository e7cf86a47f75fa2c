"""Verbs for nouns that have no rules of their own: create, change and delete records as such."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import AutoField, Field, ForeignKey, Model, QuerySet
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

from base import bulk
from base.actors import Actor
from base.errors import Invalid, Missing, Refused
from base.policies import company_path, require, row_filter
from base.verbs import running

Values = Mapping[str, Any]
LANGUAGE_SUFFIX = {"en": "en", "id": "ind"}
MANY = 20


class NotEditable(Refused):
    """Someone tried to write what only a verb may change."""

    code = "not_editable"
    message = _("%(field)s cannot be written directly.")


class OtherCompany(Refused):
    """A record of one company was linked to a record of another."""

    code = "other_company"
    message = _("%(field)s belongs to another company.")


def create(model: type[Model], rows: Sequence[Values], *, by: Actor) -> list[Any]:
    """Create records from attribute values. All are created or none is.

    Values are Python values by field name; a link may be given as `partner` or `partner_id`, sets of links as lists
    of ids. Texts in two languages are written in the actor's language (and in English when that is not it).
    Refuses with `AccessDenied`, `Invalid`, `Missing` (a link to what the actor cannot see), `OtherCompany`,
    `NotEditable` and whatever the database refuses.
    """
    with running(f"{model._meta.label_lower}.create", by=by, permission=_permission(model, "add")):
        split = [_split(model, _with_company(model, row, by), by, new=True) for row in rows]
        instances = [model(**values) for values, _sets in split]
        given = [set(values) for values, _sets in split]
        passed: set[str] = set()  # by default: what one record got so, all others get too
        for instance, names in zip(instances, given, strict=True):
            _clean(instance, names, new=True, passed=passed)
            passed |= _defaulted(model) - names
        check_links(model, instances, by)
        _insert(model, instances)
        for name in {name for _values, sets in split for name in sets}:
            _link(
                model,
                name,
                {
                    i.pk: sets[name]
                    for i, (_v, sets) in zip(instances, split, strict=True)
                    if name in sets
                },
                by,
            )
        return instances


def _insert(model: type[Model], instances: list[Any]) -> None:
    """Write new records: many by COPY, which takes a statement more and a fraction of the time for each."""
    if len(instances) >= MANY and isinstance(model._meta.pk, AutoField):
        bulk.insert(instances)
    else:
        model._default_manager.bulk_create(instances)


def change(rows: QuerySet[Any], values: Values, *, by: Actor) -> list[Any]:
    """Write the same values to some records. Answers the records as they are now.

    Refuses like `create`, and with `Missing` when a record is not there or not visible.
    """
    model = rows.model
    with running(
        f"{model._meta.label_lower}.change", by=by, permission=_permission(model, "change")
    ):
        instances = _locked(rows, by)
        fields, sets = _split(model, values, by, new=False)
        names = {_field(model, name).name for name in fields}
        for instance in instances:
            for name, value in fields.items():
                setattr(instance, name, value)
            _clean(instance, names, new=False)
        if fields and instances:
            # Whoever moves to another company leaves no link behind in the old one.
            check_links(model, instances, by, only=None if "company" in names else names)
            model._default_manager.filter(pk__in=[i.pk for i in instances]).update(**fields)
        for name, ids in sets.items():
            _link(model, name, {i.pk: ids for i in instances}, by, replace=True)
        return instances


def delete(rows: QuerySet[Any], *, by: Actor) -> int:
    """Delete records; answers how many. Refuses with `Missing`, `AccessDenied`, or when something uses them."""
    model = rows.model
    with running(
        f"{model._meta.label_lower}.delete", by=by, permission=_permission(model, "delete")
    ):
        instances = _locked(rows, by)
        model._default_manager.filter(pk__in=[i.pk for i in instances]).delete()
        return len(instances)


def _permission(model: type[Model], action: str) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def _locked(rows: QuerySet[Any], by: Actor) -> list[Any]:
    found = list(
        rows.filter(row_filter(rows.model, by)).order_by("pk").select_for_update(of=("self",))
    )
    wanted = _wanted_ids(rows)
    if wanted is not None and (lost := sorted(wanted - {row.pk for row in found})):
        raise Missing(model=rows.model._meta.verbose_name, ids=", ".join(map(str, lost)))
    return found


def _wanted_ids(rows: QuerySet[Any]) -> set[int] | None:
    """The ids a caller named with `filter(pk__in=…)`, kept on the queryset by `named`."""
    ids = getattr(rows, "named_ids", None)
    return set(ids) if ids is not None else None


def named(model: type[Model], ids: Iterable[int]) -> QuerySet[Any]:
    """The rows with these ids, remembering the ids, so that a verb can say which do not exist."""
    wanted = list(ids)
    rows = model._default_manager.filter(pk__in=wanted)
    rows.named_ids = wanted  # type: ignore[attr-defined]
    return rows


def _field(model: type[Model], name: str) -> Any:
    if name.endswith("_id") and not _has(model, name):
        name = name.removesuffix("_id")
    return model._meta.get_field(name)


def _declared(field: Any) -> Any:
    """The field as a model declares it: of a set of links seen from the other end, that at the other end."""
    return field.field if field.many_to_many and not field.concrete else field


def _has(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def _with_company(model: type[Model], row: Values, by: Actor) -> Values:
    if company_path(model) != "company" or "company" in row or "company_id" in row:
        return row
    return row if _field(model, "company").null else {**row, "company_id": by.company_id}


def _split(
    model: type[Model], row: Values, by: Actor, *, new: bool
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Part values of columns from sets of links, and refuse what is not to be written."""
    columns: dict[str, Any] = {}
    sets: dict[str, list[int]] = {}
    for name, value in row.items():
        field = _field(model, name)
        declared = _declared(field)
        if not getattr(declared, "editable", True) and not declared.primary_key:
            raise NotEditable(field=str(declared.verbose_name))
        if field.many_to_many:
            sets[name] = [getattr(item, "pk", item) for item in value]
        else:
            columns[name] = value
    return _in_language(model, columns, by.language, new=new), sets


def _in_language(
    model: type[Model], columns: dict[str, Any], language: str, *, new: bool
) -> dict[str, Any]:
    try:
        translated = translator.get_options_for_model(model).get_field_names()
    except NotRegistered:
        return columns
    for name in translated:
        if name in columns:
            value = columns.pop(name)
            columns.setdefault(f"{name}_{LANGUAGE_SUFFIX.get(language, 'en')}", value)
            if new:
                columns.setdefault(f"{name}_en", value)
    return columns


def _clean(instance: Any, given: set[str], *, new: bool, passed: Iterable[str] = ()) -> None:
    """Validate values without asking the database; uniqueness and links are its own to refuse."""
    model: Any = type(instance)
    checked = _checked(model)
    skipped = _names(model) - checked
    skipped |= set(passed) - given if new else checked - given
    try:
        instance.clean_fields(exclude=skipped)
        instance.clean()
    except ValidationError as error:
        raise Invalid.of(error) from None


@cache
def _names(model: type[Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields)


@cache
def _checked(model: type[Model]) -> frozenset[str]:
    """The fields whose values are validated here."""
    return frozenset(
        field.name
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field, ForeignKey)
    )


@cache
def _defaulted(model: type[Model]) -> frozenset[str]:
    """The fields whose default is the same for every record."""
    return frozenset(
        field.name for field in model._meta.concrete_fields if not callable(field.default)
    )


def check_links(
    model: type[Model], instances: list[Any], by: Actor, *, only: set[str] | None = None
) -> None:
    """Every linked record must be visible to the actor and of the same company. One query per scoped kind."""
    own = company_path(model) == "company"
    for field in model._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or (only is not None and field.name not in only):
            continue
        path = company_path(field.related_model) if field.editable else None
        if path is None:
            continue
        ids = {getattr(i, field.attname) for i in instances} - {None}
        if ids:
            companies = _companies_of(field, ids, path, by)
            for instance in instances if own else ():
                target = companies.get(getattr(instance, field.attname))
                if target and instance.company_id and target != instance.company_id:
                    raise OtherCompany(field=str(field.verbose_name))


def _check_set(
    field: Any, wanted: Mapping[int, list[int]], companies: Mapping[int, int | None]
) -> None:
    """What is linked to a record of a company belongs to the same company, or to all."""
    if company_path(field.model) != "company":
        return
    rows = field.model._default_manager.filter(pk__in=list(wanted))
    for row_id, own in rows.values_list("pk", "company_id"):
        linked = {companies[pk] for pk in wanted[row_id]} - {None}
        if own is not None and linked - {own}:
            raise OtherCompany(field=str(_declared(field).verbose_name))


def _companies_of(
    field: "Field[Any, Any]", ids: set[int], path: str, by: Actor
) -> dict[int, int | None]:
    related: Any = field.related_model
    rows = related._default_manager.filter(row_filter(related, by), pk__in=ids)
    found = dict(rows.values_list("pk", path))
    if lost := sorted(ids - found.keys()):
        raise Missing(model=related._meta.verbose_name, ids=", ".join(map(str, lost)))
    return found


def _link(
    model: type[Model],
    name: str,
    wanted: Mapping[int, list[int]],
    by: Actor,
    *,
    replace: bool = False,
) -> None:
    """Write sets of links for many records: at most one query to check, one to clear, one to write.

    Whoever writes them from the end that does not declare them changes the records at the other end.
    """
    field: Any = model._meta.get_field(name)
    declared = _declared(field)
    through = declared.remote_field.through
    source, target = declared.m2m_field_name(), declared.m2m_reverse_field_name()
    if declared is not field:
        require(by, _permission(field.related_model, "change"))
        source, target = target, source
    ids = {target_id for targets in wanted.values() for target_id in targets}
    path = company_path(field.related_model)
    if ids and path:
        _check_set(field, wanted, _companies_of(field, ids, path, by))
    if replace:
        through._default_manager.filter(**{f"{source}_id__in": list(wanted)}).delete()
    through._default_manager.bulk_create(
        [
            through(**{f"{source}_id": row_id, f"{target}_id": target_id})
            for row_id, targets in wanted.items()
            for target_id in dict.fromkeys(targets)
        ],
        batch_size=2000,
    )
