"""What can be done with files: keep them once, read them, open them to others, and sweep away what nobody needs."""

import hashlib
import mimetypes
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Missing, Refused
from base.models import Attachment
from base.models.attachment import path_of
from base.policies import row_filter, visible
from base.scopes import check_changeable, check_visible
from base.verbs import verb

CHUNK = 1024 * 1024
# A file is stored before the row that names it is committed: the sweeper leaves young files alone.
YOUNG = 24 * 60 * 60
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
# What a browser would run when it is shown; it is only ever handed out as a download.
ACTIVE = frozenset(
    ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
)


class TooLarge(Refused):
    """The file is larger than the house keeps."""

    code = "too_large"
    message = _("The file has %(size)s MB; at most %(most)s MB can be kept.")


class FileLost(Missing):
    """The row is there, its content is not on disk."""

    code = "file_lost"
    message = _("The content of “%(name)s” is not on disk. Restore it from a backup.")


class Written(NamedTuple):
    """What is known of content that was put in its place: its digests, its size and its first bytes."""

    checksum: str
    sha1: str
    size: int
    head: bytes


@verb("base.add_attachment")
def store(
    name: str,
    content: bytes | BinaryIO,
    *,
    row: Model | None = None,
    field: str = "",
    mimetype: str = "",
    description: str = "",
    is_public: bool = False,
    by: Actor,
) -> Attachment:
    """Keep a file, on a record or loose. Content that is already kept is not written again.

    Refuses with `AccessDenied` or `Missing` when the actor may not change the record, and with `TooLarge`.
    """
    if row is not None:
        check_changeable(row, by=by)
    kept = write(content)
    return Attachment.objects.create(
        name=name[:240],
        description=description,
        row=row,
        field=field,
        checksum=kept.checksum,
        sha1=kept.sha1,
        size=kept.size,
        mimetype=mimetype or sniff(name, kept.head),
        is_public=is_public,
        company_id=getattr(row, "company_id", None),
    )


@verb("base.add_attachment")
def link(name: str, url: str, *, row: Model | None = None, by: Actor) -> Attachment:
    """Keep an address as an attachment. Refuses like `store`."""
    if row is not None:
        check_changeable(row, by=by)
    return Attachment.objects.create(name=name[:240], kind=Attachment.Kind.LINK, url=url, row=row)


@verb("base.change_attachment")
def replace(attachment: Attachment, content: bytes | BinaryIO, *, by: Actor) -> Attachment:
    """Put other content behind an attachment. Refuses like `store`."""
    _check_may_change(attachment, by)
    kept = write(content)
    attachment.checksum, attachment.sha1, attachment.size = kept.checksum, kept.sha1, kept.size
    attachment.mimetype = sniff(attachment.name, kept.head)
    attachment.access_token = ""
    attachment.save(update_fields=["checksum", "sha1", "size", "mimetype", "access_token"])
    return attachment


@verb("base.change_attachment")
def attach(attachments: QuerySet[Attachment], row: Model, *, by: Actor) -> int:
    """Put the actor's own loose files on a record; answers how many. Refuses like `store`."""
    check_changeable(row, by=by)
    loose = attachments.filter(content_type__isnull=True, created_by=by.user_id)
    ids = list(loose.order_by("pk").select_for_update(of=("self",)))
    for attachment in ids:
        attachment.row = row
        attachment.save(update_fields=["content_type", "row_id"])
    return len(ids)


@verb("base.delete_attachment")
def delete(attachments: QuerySet[Attachment], *, by: Actor) -> int:
    """Delete attachments; the content goes when the last that shares it is gone. Refuses like `store`."""
    rows = list(visible(attachments, by).order_by("pk").select_for_update(of=("self",)))
    for attachment in rows:
        _check_may_change(attachment, by)
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@verb("base.view_attachment", audited=False)
def open_to_others(attachment: Attachment, *, by: Actor) -> str:
    """The secret that opens an attachment without signing in; made when there is none yet."""
    _check_may_change(attachment, by)
    if not attachment.access_token:
        attachment.new_token()
        attachment.save(update_fields=["access_token"])
    return attachment.access_token


def read(attachment: Attachment, *, by: Actor) -> bytes:
    """The content. Refuses with `Missing` when the actor may not see it, or with `FileLost`."""
    return readable(attachment, by=by).read_bytes()


def readable(attachment: Attachment, *, by: Actor) -> Path:
    """The place of the content on disk, for a door that streams it. Refuses like `read`."""
    seen = Attachment.objects.filter(row_filter(Attachment, by), pk=attachment.pk)
    if not seen.exists():
        raise Missing(model=Attachment._meta.verbose_name, ids=attachment.pk)
    return existing(attachment)


def existing(attachment: Attachment) -> Path:
    """The place of the content on disk. Refuses with `FileLost`."""
    if not attachment.checksum or not attachment.path.exists():
        raise FileLost(name=attachment.name)
    return attachment.path


def write(content: bytes | BinaryIO) -> Written:
    """Put content in its place; answers what is known of it. Refuses with `TooLarge`."""
    root = Path(settings.MEDIA_ROOT) / "store"
    root.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    known_by = hashlib.sha1(usedforsecurity=False)
    descriptor, temporary = tempfile.mkstemp(dir=root, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in _chunks(content):
                digest.update(chunk)
                known_by.update(chunk)
                size += len(chunk)
                head = head or chunk[:512]
                if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                    raise TooLarge(
                        size=size // CHUNK, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // CHUNK
                    )
                file.write(chunk)
        _move(Path(temporary), path_of(digest.hexdigest()))
    finally:
        Path(temporary).unlink(missing_ok=True)
    return Written(digest.hexdigest(), known_by.hexdigest(), size, head)


def sniff(name: str, head: bytes) -> str:
    """The type of a file: by its first bytes where they tell, by its name where they do not contradict it."""
    by_name = mimetypes.guess_type(name)[0] or ""
    for signature, found in SIGNATURES:
        if head.startswith(signature):
            is_office = found == "application/zip" and by_name.startswith("application/")
            return by_name if is_office else found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"\0" in head:
        return "application/octet-stream"
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith((b"<svg", b"<?xml")):
        return "image/svg+xml" if b"<svg" in start else "text/xml"
    return by_name if by_name and not by_name.startswith("image/") else "text/plain"


def sweep(*, now: float | None = None) -> int:
    """Delete stored content that no attachment names any more; answers how many files. For the nightly job."""
    root = Path(settings.MEDIA_ROOT) / "store"
    latest = (time.time() if now is None else now) - YOUNG
    swept = 0
    for folder in sorted(root.glob("??")):
        old = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < latest}
        with transaction.atomic():
            named = Attachment.objects.filter(checksum__in=old).select_for_update(of=("self",))
            for checksum in old.keys() - set(named.values_list("checksum", flat=True)):
                for smaller in root.parent.glob(f"small/*/{checksum[:2]}/{checksum}"):
                    smaller.unlink(missing_ok=True)
                old[checksum].unlink(missing_ok=True)
                swept += 1
    return swept


def _check_may_change(attachment: Attachment, by: Actor) -> None:
    if attachment.row is not None:
        check_changeable(attachment.row, by=by)
    else:
        check_visible(attachment, by=by)


def _chunks(content: bytes | BinaryIO) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return [content]
    return iter(lambda: content.read(CHUNK), b"")


def _move(temporary: Path, target: Path) -> None:
    """Into place at once or not at all. Content already there is only touched, so that the sweeper takes it as young."""
    if target.exists():
        target.touch()
        return
    target.parent.mkdir(exist_ok=True)
    temporary.chmod(0o640)
    temporary.replace(target)
