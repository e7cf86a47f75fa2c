"""Attachments on the wire: files and links, on records or loose. Who sees the record sees the file."""

from base64 import b64decode
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Invalid
from base.models import Attachment
from base.rpc.abouts import of_record, record_of
from base.rpc.pictures import shown
from base.scopes import check_changeable
from base.services import attachments, records
from rpc import computed, expose, record_method
from rpc.context import Call
from rpc.fields import Field
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows
from rpc.writing.values import python_value

DATA = Field(name="datas", type="binary", label=_("File Content"))
OF_NEW = frozenset(("name", "mimetype", "description", "is_public", "field"))
INDEXED = 100_000
MOVES = frozenset(("content_type_id", "row_id"))


def datas(call: Call, ids: list[int]) -> dict[int, Any]:
    """The contents, as base64 text."""
    return {
        file.pk: shown(call, "datas", partial(_content, file), file.size)
        for file in _files(call, ids)
    }


def raw(call: Call, ids: list[int]) -> dict[int, Any]:
    """The contents as text where they are text, else as base64."""
    return {file.pk: _as_text(call, file) for file in _files(call, ids)}


def words(call: Call, ids: list[int]) -> dict[int, str]:
    """What can be searched for in files: the beginning of texts, for others only what kind of thing they are."""
    return {
        file.pk: _beginning(file)
        if file.mimetype.startswith("text/")
        else file.mimetype.partition("/")[0]
        for file in _files(call, ids)
    }


def res_names(_call: Call, ids: list[int]) -> dict[int, Any]:
    """The names of the records that files are on."""
    rows = Attachment.objects.filter(pk__in=ids, row_id__isnull=False).prefetch_related("row")
    return {file.pk: str(file.row) for file in rows if file.row is not None}


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[Attachment]:
    """Keep files and links, each on the record that its row names."""
    return [_kept(dict(row), by) for row in rows]


def write(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change attachments: what they are called, what is in them, and which record they are on."""
    values = dict(values)
    content = values.pop("content", None)
    found = list(rows.order_by("pk"))
    for file in found:
        if file.row is not None:
            check_changeable(file.row, by=by)
    if values.keys() & MOVES:
        _check_target(found, values, by)
    if content is not None:
        for file in found:
            attachments.replace(file, content, by=by)
    if values:
        records.change(records.named(Attachment, [file.pk for file in found]), values, by=by)


def generate_access_token(call: Call, ids: Any) -> list[str]:
    """The secrets that open attachments without signing in."""
    rows = found_rows(call, row_ids(ids), "write").order_by("pk")
    return [attachments.open_to_others(file, by=call.actor) for file in rows]


def _files(call: Call, ids: list[int]) -> list[Attachment]:
    kept = Attachment.objects.filter(pk__in=ids).exclude(checksum="")
    return call.once("files", partial(list, kept))


def _content(file: Attachment) -> bytes:
    return attachments.existing(file).read_bytes()


def _beginning(file: Attachment) -> str:
    with attachments.existing(file).open("rb") as content:
        return content.read(INDEXED).decode(errors="ignore").replace("\0", "")


def _as_text(call: Call, file: Attachment) -> Any:
    encoded = shown(call, "raw", partial(_content, file), file.size)
    if not encoded or call.context.get("bin_size") or call.context.get("bin_size_raw"):
        return encoded
    try:
        return b64decode(encoded).decode()
    except UnicodeDecodeError:
        return encoded


def _kept(row: dict[str, Any], by: Actor) -> Attachment:
    about = record_of(row)
    name = str(row.get("name") or "")
    if not name:
        raise Invalid({"name": [str(_("An attachment needs a name."))]})
    if row.get("url") and "content" not in row:
        return attachments.link(name, row["url"], row=about, by=by)
    more = {key: row[key] for key in OF_NEW & row.keys() - {"name"} if row[key]}
    return attachments.store(name, row.get("content") or b"", row=about, **more, by=by)


def _check_target(found: list[Attachment], values: dict[str, Any], by: Actor) -> None:
    for file in found:
        kept = {"content_type_id": file.content_type_id, "row_id": file.row_id}
        about = record_of({**kept, **values})
        if about is not None:
            check_changeable(about, by=by)


def _decoded(value: Any, call: Call) -> dict[str, Any]:
    return {"content": python_value(call, DATA, value) or b""}


def _encoded(value: Any) -> dict[str, Any]:
    return {"content": value if isinstance(value, bytes) else str(value or "").encode()}


expose(
    "ir.attachment",
    model=Attachment,
    label=_("Attachment"),
    order="id desc",
    writes="name description url res_field=field public=is_public company mimetype type=kind",
    reads="file_size=size checksum=sha1 access_token",
    restricted={"access_token": "base.change_attachment"},
    computed=(
        *of_record("res_model", _("Resource Model")),
        computed("res_name", "char", label=_("Resource Name"), function=res_names),
        computed(
            "datas", "binary", label=_("File Content (base64)"), function=datas, write=_decoded
        ),
        computed("raw", "binary", label=_("File Content (raw)"), function=raw, write=_encoded),
        computed("index_content", "text", label=_("Indexed Content"), function=words),
        computed(
            "store_fname",
            "char",
            label=_("Stored Filename"),
            sql="nullif(substr({checksum}, 1, 2) || '/' || {checksum}, '/')",
        ),
        computed(
            "image_src",
            "char",
            label=_("Image Source"),
            sql=("CASE WHEN {mimetype} LIKE 'image/%' THEN '/web/image/' || {pk} END"),
        ),
    ),
    create=create,
    write=write,
    unlink=attachments.delete,
    permissions={"create": "base.add_attachment", "write": "base.change_attachment"},
    methods={"generate_access_token": record_method(generate_access_token)},
)
