"""The documents: one for a noun, or one for all of them, as somebody may use them."""

from typing import Any

import orjson
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.settings import patched_settings

from base.actors import Actor
from rpc import access, registry
from rpc.context import Call, locale_of
from rpc.exposure import Action, Exposure
from rpc.methods import everything as _every_method  # noqa: F401 - importing registers the generic methods
from rpc.methods.table import GENERIC, method_of
from rpc.openapi.operations import CallSchema
from rpc.openapi.values import SHARED, row_of, values_of
from rpc.protocols.json2 import ROOT, Json2
from rpc.verbs import Method

KEEP_AT_MOST = 64
SETTINGS = {
    "TITLE": "Niaga",
    "DESCRIPTION": "JSON-2, the external API: one path for each method of each noun, an API key as bearer.",
    "POSTPROCESSING_HOOKS": [],
    "SCHEMA_PATH_PREFIX": "/",
}
NEEDS: dict[str, Action] = {
    **dict.fromkeys(("create", "name_create", "copy", "copy_data", "default_get"), "create"),
    **dict.fromkeys(("write", "web_save", "web_save_multi", "update_field_translations"), "write"),
    **dict.fromkeys(("action_archive", "action_unarchive", "toggle_active"), "write"),
    "load": "create",
    "unlink": "unlink",
}
ARCHIVING = frozenset(("action_archive", "action_unarchive", "toggle_active"))

_kept: dict[tuple[Any, ...], bytes] = {}


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the document says that a key is needed."""

    target_class = "rpc.protocols.json2.Bearer"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        del auto_schema
        return {"type": "http", "scheme": "bearer", "description": "An API key."}


class Described(Json2):
    """The view of JSON-2 as it is for one method of one noun."""

    schema = CallSchema()
    exposure: Exposure
    name: str
    called: Method


class Generator(SchemaGenerator):
    """Describes given views instead of looking for them in the paths of the site."""

    def __init__(self, calls: list[Call]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls = calls
        shapes = dict(SHARED)
        for call in calls:
            shapes[call.exposure.name] = row_of(call, call.exposure)
            shapes[f"{call.exposure.name}.values"] = values_of(call, call.exposure)
        for name, shape in shapes.items():
            kind = ResolvedComponent.SCHEMA
            component: Any = ResolvedComponent
            self.registry.register(component(name, kind, schema=shape, object=name))

    def _initialise_endpoints(self) -> None:
        self.endpoints: list[Any] = []

    def _get_paths_and_endpoints(self) -> list[tuple[str, str, str, Described]]:
        found = []
        for call in self.calls:
            for name, method in methods_of(call).items():
                path = f"{ROOT}/{call.exposure.name}/{name}"
                view = Described(exposure=call.exposure, name=name, called=method)
                found.append((path, path, "POST", view))
        return found


def document(actor: Actor, language: str, name: str = "") -> bytes | None:
    """The document of one noun, or without a name of all; None for a noun that is not there for the actor."""
    nouns = [one for one in open_to(actor, language) if name in {"", one.name}]
    if not nouns:
        return None
    rights = (actor.permissions, actor.is_superuser, actor.may_view_all, actor.role_ids)
    key = (language, rights, tuple(nouns))
    if key not in _kept:
        if len(_kept) >= KEEP_AT_MOST:
            _kept.clear()
        _kept[key] = _written(actor, language, nouns)
    return _kept[key]


def open_to(actor: Actor, language: str) -> list[Exposure]:
    """The nouns that somebody may read at all."""
    return [
        one
        for one in registry.everything()
        if access.may(Call(one, actor, {"lang": locale_of(language)}), "read")
    ]


def methods_of(call: Call) -> dict[str, Method]:
    """What the actor may call on a noun, its own methods first."""
    exposure = call.exposure
    own = [*exposure.verbs, *exposure.methods]
    found = {name: method_of(exposure, name) for name in own if _may_do(call, name)}
    for name, method in sorted(GENERIC.items()):
        if name in found or (name in ARCHIVING and not exposure.has_active):
            continue
        if access.may(call, NEEDS.get(name, "read")):
            found[name] = method
    return found


def _may_do(call: Call, name: str) -> bool:
    does = call.exposure.verbs.get(name)
    permission = getattr(does.verb, "permission", "") if does else ""
    return not permission or call.actor.has_perm(permission)


def _written(actor: Actor, language: str, nouns: list[Exposure]) -> bytes:
    with translation.override(language), patched_settings(SETTINGS):
        calls = [Call(one, actor, {"lang": locale_of(language)}) for one in nouns]
        schema: Any = Generator(calls)
        return orjson.dumps(schema.get_schema(public=True))
