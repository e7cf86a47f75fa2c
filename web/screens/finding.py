"""What the boxes of a form ask for: records by name, a new record from a name, and the pictures and files of records."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from base.errors import Missing, translated
from rpc import access, dispatch
from rpc import registry as exposures
from rpc.context import Call, locale_of
from rpc.exposure import Exposure
from rpc.faults import ACCESS, WireError
from rpc.fields import Field
from rpc.methods.table import GENERIC, method_of
from rpc.reading import rows as reading
from rpc.reading.plans import EXACT
from web.pages import REFUSALS, PageRequest, page
from web.screens import registry, wizards
from web.screens.choosing import OFFERED, defaults_in, may_make, offered, resolved, value_from
from web.screens.choosing_page import choosing_page
from web.screens.declarations import Place, Screen
from web.screens.refusing import readable

LONGEST = 200
PICTURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


def urls() -> list[URLPattern]:
    """The addresses that the boxes of forms ask."""
    return [
        path("find/<path:key>/<str:field>/", find, name="find"),
        path("record-file/<str:exposure>/<int:pk>/<str:field>/", file, name="screen-file"),
    ]


@page(methods=("GET", "HEAD", "POST"))
def find(request: PageRequest, key: str, field: str) -> HttpResponse:
    """The first records that a box of a form may lead to, by the words typed; or a new one with those words as its name."""
    screen = registry.find(key) or wizards.by_key(key)
    place = _place(screen, field) if screen else None
    if screen is None or place is None:
        raise Missing(model=_("field"), ids=field)
    context = {"lang": locale_of(request.actor.language), **screen.context}
    call = Call(registry.exposure_of(screen), request.actor, context)
    exposure = _owner(call.exposure, field)
    wanted = exposure.fields.get(place.name)
    if wanted is None or not wanted.is_relation or not call.may(wanted):
        raise Missing(model=_("field"), ids=field)
    told = request.POST if request.method == "POST" else request.GET
    domain = resolved(
        place.domain, lambda name: value_from(exposure, name, told.get(f"with-{name}", ""))
    )
    text = told.get("q", "").replace("\x00", "")[:LONGEST].strip()
    if request.method == "POST":
        return _made(call, wanted, text, domain)
    if "page" in request.GET:
        return choosing_page(request, call, wanted.relation, text, domain)
    with readable():
        rows = offered(call, wanted.relation, text, domain, limit=OFFERED + 1)
    told_rows = [{"id": row["id"], "text": row["display_name"]} for row in rows[:OFFERED]]
    return JsonResponse({"rows": told_rows, "more": len(rows) > OFFERED})


def _owner(exposure: Exposure, field: str) -> Exposure:
    """The noun that a box belongs to: the record's own, or that of its lines."""
    *sets, _name = field.split(".")
    for one in sets:
        inner = exposure.fields.get(one)
        found = exposures.find(inner.relation) if inner else None
        if found is None:
            raise Missing(model=_("field"), ids=field)
        exposure = found
    return exposure


def _place(screen: Screen, field: str) -> Place | None:
    """The place of a form that a box stands in: `partner_id`, or `invoice_line_ids.product_id`."""
    form = screen.form
    if form is None:
        return None
    lines, dot, name = field.rpartition(".")
    places = form.places
    if dot:
        places = [place for one in form.lines if one.name == lines for place in one.fields]
    return next((one for one in places if one.name == name), None)


def _made(call: Call, field: Field, text: str, domain: list[Any]) -> HttpResponse:
    """Make a record from a name. What the noun refuses is told in its own sentence."""
    target = exposures.find(field.relation)
    if target is None or not may_make(call, field.relation):
        raise PermissionDenied
    if not text:
        return JsonResponse({"refused": _("Type a name first.")}, status=422)
    begun = defaults_in(domain)
    on = Call(target, call.actor, {**call.context, **begun})
    # A noun's own way of making a record from a name knows no defaults; the one that all have does.
    method = GENERIC["name_create"] if begun else method_of(target, "name_create")
    try:
        pk, name = dispatch.perform(on, method, [text], {})[:2]
    except WireError as error:
        if error.kind == ACCESS:
            raise PermissionDenied from None
        return JsonResponse({"refused": error.message}, status=422)
    except REFUSALS as error:
        refusal = translated(error)
        return JsonResponse({"refused": str(refusal)}, status=refusal.status)
    return JsonResponse({"id": pk, "text": name})


@page()
def file(request: PageRequest, exposure: str, pk: int, field: str) -> HttpResponse:
    """A picture or a file that a field of a record holds. A picture is shown, anything else is saved."""
    noun = exposures.find(exposure)
    wanted = noun.fields.get(field) if noun else None
    if noun is None or wanted is None or wanted.type != "binary" or noun.kind != "model":
        raise Missing(model=_("file"), ids=field)
    call = Call(noun, request.actor)
    access.require(call, "read")
    with readable():
        found = reading.read(call, [pk], [_smaller(noun, field, request)], EXACT)
    content = _content(
        next((value for name, value in found[0].items() if name != "id"), None) if found else None
    )
    if not content:
        raise Missing(model=_("file"), ids=pk)
    kind = next((kind for head, kind in PICTURES if content.startswith(head)), "")
    answer = HttpResponse(content, content_type=kind or "application/octet-stream")
    answer.headers["Cache-Control"] = "private, max-age=60"
    if not kind:
        answer.headers["Content-Disposition"] = f'attachment; filename="{noun.name}-{pk}-{field}"'
    return answer


def _smaller(noun: Exposure, field: str, request: PageRequest) -> str:
    """The small picture instead of the large one, where the address asks for it and the noun has one."""
    small = f"{field.rpartition('_')[0]}_256"
    return small if "small" in request.GET and small in noun.fields else field


def _content(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    try:
        return b64decode(str(value)) if value else b""
    except (Base64Error, ValueError):
        return b""
