"""Seeds: rows known by external id, loadable again and again without harm."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.functional import Promise

from base.models import ExternalId, Role
from base.modules import ModuleConfig, on_the_wire, wire_name
from base.roles import expanded, known_permissions

Row = Mapping[str, Any]


@dataclass
class Bringing:
    """The loading of one module's seeds: whose rows they are, and where people have made them theirs.

    A difference is a dict of `name` (external id), `model` (label), `row_id`, `record`, `field`, `yours` (what a
    user has written, and what stays), `before` (the seed's former value) and `seed` (its new one).
    """

    label: str
    differences: list[dict[str, Any]] = field(default_factory=list)


_bringing: ContextVar[Bringing | None] = ContextVar("bringing", default=None)


@contextmanager
def bringing(label: str) -> Iterator[Bringing]:
    """Load seeds for a module: their rows are marked as brought by it, and differences are gathered."""
    mine = Bringing(label)
    token = _bringing.set(mine)
    try:
        yield mine
    finally:
        _bringing.reset(token)


def _whose() -> str:
    now = _bringing.get()
    return now.label if now else ""


@transaction.atomic
def upsert(
    model: type[models.Model],
    module: str,
    rows: Mapping[str, Row],
    *,
    pks: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Write seed rows by name, and answer `{name: row id}`. Four queries when nothing changed, whatever the number.

    `module` is a label, or whatever else the names go by. A row not yet known under `module.name` is created. A known row is changed only where the seed itself has
    changed since it was last loaded, never in a field that a user has edited meanwhile, and not where the law of the
    database refuses it by now (books are kept in a currency: it keeps its decimals). A row that a user has
    deleted stays deleted. `pks` gives fixed primary keys to well-known rows.
    """
    module = wire_name(module)
    kind = ContentType.objects.get_for_model(model)
    known = {
        name.name: name for name in ExternalId.objects.filter(module=module, content_type=kind)
    }
    fresh = {name: row for name, row in rows.items() if name not in known}
    created = _create(model, module, kind, fresh, pks or {})
    _claim([known[name] for name in rows if name in known])
    _update(model, [(known[name], row) for name, row in rows.items() if name in known])
    return {name: known[name].row_id for name in rows if name in known} | created


def _create(
    model: Any, module: str, kind: ContentType, rows: Mapping[str, Row], pks: Mapping[str, int]
) -> dict[str, int]:
    if not rows:
        return {}
    instances = [
        model(**({"pk": pks[name]} if name in pks else {}), **row) for name, row in rows.items()
    ]
    numbered = [row for row in instances if row.pk is not None]
    if numbered:
        model._default_manager.bulk_create(numbered, batch_size=2000)
        _advance_serial(model)
    model._default_manager.bulk_create(
        [row for row in instances if row.pk is None], batch_size=2000
    )
    ExternalId.objects.bulk_create(
        [
            ExternalId(
                module=module,
                name=name,
                content_type=kind,
                row_id=instance.pk,
                seeded=plain(rows[name]),
                brought_by=_whose(),
            )
            for name, instance in zip(rows, instances, strict=True)
        ],
        batch_size=2000,
    )
    return {name: instance.pk for name, instance in zip(rows, instances, strict=True)}


def _claim(names: list[ExternalId]) -> None:
    """Seeds loaded before it was written down whose they are."""
    unclaimed = [name.pk for name in names if not name.brought_by] if _whose() else []
    if unclaimed:
        ExternalId.objects.filter(pk__in=unclaimed).update(brought_by=_whose())


def _update(model: Any, pairs: list[tuple[ExternalId, Row]]) -> None:
    changed = [
        (name, row, plain(row))
        for name, row in pairs
        if name.seeded != plain(row) and not name.keeps_edits
    ]
    if not changed:
        return
    instances = model._default_manager.in_bulk([name.row_id for name, _row, _plain in changed])
    for name, row, now in changed:
        instance = instances.get(name.row_id)
        if instance is not None:
            _bring_up_to_date(instance, name, row, now)


def _bring_up_to_date(instance: Any, name: ExternalId, row: Row, now: dict[str, Any]) -> None:
    before = name.seeded or {}
    current = plain({field: getattr(instance, field) for field in row})
    news = [field for field in row if before.get(field) != now[field]]
    due = [field for field in news if current[field] in (before.get(field), now[field])]
    due = _written(instance, {field: row[field] for field in due})
    name.seeded = before | {
        field: now[field] for field in row if field in due or field not in before
    }
    name.save(update_fields=["seeded"])
    _tell_differences(instance, name, {f: (current[f], now[f]) for f in news if f not in due})


def _written(instance: Any, values: Mapping[str, Any]) -> list[str]:
    """Write seed values, and answer which were: what the database's law refuses by now stays as it is."""
    if not values:
        return []
    before = {name: getattr(instance, name) for name in values}
    _put(instance, values)
    try:
        with transaction.atomic():
            instance.save(update_fields=list(values))
    except IntegrityError:
        _put(instance, before)
        alone = len(values) == 1
        return [] if alone else [n for n, value in values.items() if _written(instance, {n: value})]
    return list(values)


def _put(instance: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(instance, name, value)


def _tell_differences(
    instance: Any, name: ExternalId, fields: Mapping[str, tuple[Any, Any]]
) -> None:
    now = _bringing.get()
    if now is None:
        return
    now.differences += [
        {
            "name": name.complete_name,
            "model": instance._meta.label_lower,
            "row_id": instance.pk,
            "record": str(instance),
            "field": field,
            "yours": yours,
            "before": (name.seeded or {}).get(field),
            "seed": seed,
        }
        for field, (yours, seed) in fields.items()
    ]


def plain(row: Row) -> dict[str, Any]:
    """A seed row as JSON can keep it: rows of other models by number, lazy texts in English, decimals as text."""
    with translation.override("en"):
        return {field: _plain(value) for field, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Promise):
        return force_str(value)
    if value is None or isinstance(value, str | int | bool | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def _advance_serial(model: Any) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), greatest((SELECT max({column}) FROM {table}), 1))",  # noqa: S608
            [table, column],
        )


def load_roles(config: ModuleConfig) -> None:
    """Write the roles of a module's manifest, with their permissions and what they imply. Never takes a right
    away that an administrator has added."""
    rows = {}
    for place, role in enumerate(config.manifest.roles):
        rows[role.key] = {"module": config.label, "sequence": place, **_in_both(role)}
    ids = upsert(Role, config.label, rows)
    known = known_permissions()
    wanted = {
        (ids[role.key], permission)
        for role in config.manifest.roles
        for permission in expanded(role, known)
    }
    through = Role.permissions.through
    through._default_manager.bulk_create(
        [
            through(role_id=role, permission_id=permission)
            for role, permission in sorted(wanted - _held(ids.values()))
        ],
        ignore_conflicts=True,
    )
    _imply(config, ids)
    _name_also(config, ids)
    _forget_roles(config, ids)


def _name_also(config: ModuleConfig, ids: Mapping[str, int]) -> None:
    """Let roles be found under their further names, and no longer under those that the manifest has dropped."""
    kind = ContentType.objects.get_for_model(Role)
    wanted = {
        on_the_wire(name): ids[role.key] for role in config.manifest.roles for name in role.also
    }
    further = ExternalId.objects.filter(
        content_type=kind, brought_by=config.label, seeded__isnull=True
    )
    stale = [one.pk for one in further if wanted.get(one.complete_name) != one.row_id]
    ExternalId.objects.filter(pk__in=stale).delete()
    ExternalId.objects.bulk_create(
        [
            ExternalId(
                module=name.partition(".")[0],
                name=name.partition(".")[2],
                content_type=kind,
                row_id=row_id,
                brought_by=config.label,
            )
            for name, row_id in wanted.items()
        ],
        ignore_conflicts=True,
    )


def _forget_roles(config: ModuleConfig, ids: Mapping[str, int]) -> None:
    """A role that a newer version of the module no longer brings goes. One that people hold stays, and is told of."""
    kind = ContentType.objects.get_for_model(Role)
    brought = ExternalId.objects.filter(brought_by=config.label)
    for name in brought.filter(content_type=kind).exclude(row_id__in=ids.values()):
        role = Role.objects.filter(pk=name.row_id, module=config.label).first()
        holders = list(role.users.values_list("username", flat=True)) if role else []
        if role and holders:
            _tell_differences(role, name, {"users": (", ".join(sorted(holders)), "")})
            continue
        if role:
            role.delete()
        name.delete()


def _held(role_ids: Iterable[int]) -> set[tuple[int, int]]:
    through = Role.permissions.through._default_manager
    return set(through.filter(role_id__in=list(role_ids)).values_list("role_id", "permission_id"))


def _imply(config: ModuleConfig, ids: Mapping[str, int]) -> None:
    kind = ContentType.objects.get_for_model(Role)
    everywhere = {
        f"{module}.{name}": row
        for module, name, row in ExternalId.objects.filter(content_type=kind).values_list(
            "module", "name", "row_id"
        )
    }
    through: Any = Role.implied_roles.through
    wanted = {
        (ids[role.key], everywhere[on_the_wire(other)])
        for role in config.manifest.roles
        for other in role.implies
    }
    held = set(
        through._default_manager.filter(role_id__in=ids.values()).values_list(
            "role_id", "implied_id"
        )
    )
    through._default_manager.bulk_create(
        [through(role_id=role, implied_id=other) for role, other in sorted(wanted - held)],
        ignore_conflicts=True,
    )


def _in_both(role: Any) -> dict[str, str]:
    texts: dict[str, str] = {}
    for language, suffix in (("en", "en"), ("id", "ind")):
        with translation.override(language):
            texts |= {f"name_{suffix}": str(role.name), f"summary_{suffix}": str(role.summary)}
    return texts
