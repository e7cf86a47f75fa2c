"""From the permissions a manifest names in short to permissions in the database."""

from fnmatch import fnmatchcase

from django.contrib.auth.models import Permission

from base.modules import Role

ACTIONS = ("view", "add", "change", "delete")


def expanded(role: Role, known: list[tuple[int, str, str, str]]) -> set[int]:
    """The ids of the permissions that a role's short forms stand for.

    `known` holds `(id, app, model, codename)`. Forms: `app.codename`, `app.*` (everything in an app),
    `app.model:*` (everything on a model, its verbs included), `app.model:view` (one action; `*` works in the model's name).
    Raises `LookupError` for a form that stands for nothing, so that a typing error is found at once.
    """
    ids: set[int] = set()
    for form in role.permissions:
        found = {
            pk for pk, app, model, codename in known if _stands_for(form, app, model, codename)
        }
        if not found:
            raise LookupError(f"Role {role.key} names {form}, which is no permission.")
        ids |= found
    return ids


def known_permissions() -> list[tuple[int, str, str, str]]:
    """Every permission there is, as `(id, app, model, codename)`. One query."""
    return list(
        Permission.objects.values_list(
            "pk", "content_type__app_label", "content_type__model", "codename"
        )
    )


def _stands_for(form: str, app: str, model: str, codename: str) -> bool:
    target, _colon, action = form.partition(":")
    form_app, _dot, name = target.partition(".")
    if form_app != app:
        return False
    if not action:
        return name in {"*", codename}
    if not fnmatchcase(model, name):
        return False
    return action == "*" or codename == f"{action}_{model}"
