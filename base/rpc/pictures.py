"""Pictures and files on the wire: base64 text, or only how large it is when the context asks with `bin_size`."""

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import Attachment
from base.services import attachments, images
from base.services.attachments import FileLost
from base.services.images import NotAPicture
from rpc import computed
from rpc.context import Call
from rpc.fields import Declared, Field
from rpc.writing.values import python_value

LARGEST = images.LARGEST
SIZES = (LARGEST, *images.SIZES)
UNITS = ("bytes", "Kb", "Mb", "Gb")
IMAGE = Field(name="image", type="binary", label=_("Image"))
Put = Callable[[Call, int, Any], None]


def pictures(
    path: str = "image", *, instead: str = "", put: Put | None = None
) -> tuple[Declared, ...]:
    """Declare `image_1920` … `image_128` of a noun whose picture lies at a path; `instead` is where else to look.

    Only the largest is written, the others are made of it.
    """
    return tuple(
        picture(f"image_{size}", path, size, instead=instead, put=put if size == LARGEST else None)
        for size in SIZES
    )


def picture(
    name: str,
    path: str,
    size: int = LARGEST,
    *,
    instead: str = "",
    put: Put | None = None,
    label: Any = None,
) -> Declared:
    """Declare one field that shows a picture at most so many pixels wide."""
    written = put or (putting(path) if size == LARGEST else None)
    return computed(
        name,
        "binary",
        label=label or _("Image"),
        function=_shown(name, path, instead, size),
        put=written,
    )


def putting(path: str) -> Put:
    """Give the picture at a path to the row that has it."""

    def put(call: Call, pk: int, value: Any) -> None:
        give(call, call.exposure.model, path, pk, value)

    return put


def give(call: Call, model: Any, path: str, pk: int, value: Any) -> None:
    """Give a row, or one it leads to, a picture; false takes it away."""
    *steps, field = path.split(".")
    row = model._default_manager.get(pk=pk)
    for step in steps:
        row = getattr(row, step)
    images.put(row, python_value(call, IMAGE, value), field=field, by=call.actor)


def shown(call: Call, name: str, content: Callable[[], bytes], size: int) -> Any:
    """Content as clients get it: base64 text, or its size; false where it cannot be had."""
    if call.context.get("bin_size") or call.context.get(f"bin_size_{name}"):
        return human(size)
    try:
        return b64encode(content()).decode() or False
    except (FileLost, NotAPicture):
        return False


def human(size: float) -> str:
    """A size as people read it: `12.30 Kb`."""
    unit = 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.2f} {UNITS[unit]}"


def _shown(
    name: str, path: str, instead: str, size: int
) -> Callable[[Call, list[int]], dict[int, Any]]:
    def function(call: Call, ids: list[int]) -> dict[int, Any]:
        held = call.once(("pictures", path), partial(_held, call, ids, path))
        if instead:
            bare = [pk for pk in ids if pk not in held]
            held = call.once(("pictures", instead), partial(_held, call, bare, instead)) | held
        wanted = frozenset(held.values())
        files = call.once(wanted, partial(Attachment.objects.in_bulk, wanted))
        found = {}
        for pk, file_id in held.items():
            file = files[file_id]
            found[pk] = shown(call, name, partial(_content, file, size), file.size)
        return found

    return function


def _held(call: Call, ids: list[int], path: str) -> dict[int, int]:
    """The pictures of rows, where they have one."""
    model: Any = call.exposure.model
    lookup = path.replace(".", "__")
    rows = model._default_manager.filter(pk__in=ids, **{f"{lookup}__isnull": False})
    return dict(rows.values_list("pk", lookup))


def _content(file: Attachment, size: int) -> bytes:
    return images.small(file, size) if size < LARGEST else attachments.existing(file).read_bytes()
