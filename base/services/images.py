"""Pictures of partners, products and companies: checked, made no larger than needed, shown in small sizes."""

import warnings
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from base.actors import Actor
from base.errors import Refused
from base.models import Attachment
from base.services import attachments, records
from base.verbs import running

LARGEST = 1920
SIZES = (1024, 512, 256, 128)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")


class NotAPicture(Refused):
    """The file cannot be shown as a picture."""

    code = "not_a_picture"
    message = _("This is no picture that can be shown. Use JPEG, PNG, GIF or WebP.")


def put(row: Model, content: bytes | None, *, field: str = "image", by: Actor) -> None:
    """Give a record a picture, or take it away with None. What is not larger than 1920 pixels stays byte for byte.

    Refuses with `NotAPicture`, and like `attachments.store`.
    """
    meta = row._meta
    permission = f"{meta.app_label}.change_{meta.model_name}"
    with running("base.images.put", by=by, permission=permission):
        before: Attachment | None = getattr(row, field)
        after = None
        if content:
            name = f"{field}_{row.pk}"
            after = attachments.store(name, fitted(content), row=row, field=field, by=by)
        values = {f"{field}_id": after.pk if after else None}
        records.change(records.named(type(row), [row.pk]), values, by=by)
        if before is not None:
            before.delete()
    setattr(row, field, after)


def fitted(content: bytes) -> bytes:
    """The picture itself, or a smaller one when it is larger than 1920 pixels. Refuses with `NotAPicture`."""
    with _opened(content) as picture:
        if max(picture.size) <= LARGEST:
            return content
        return _scaled(picture, LARGEST)


def small(attachment: Attachment, size: int) -> bytes:
    """The picture at most `size` pixels wide and high, made when first asked for. Refuses with `NotAPicture`."""
    if size not in SIZES:
        return attachments.existing(attachment).read_bytes()
    place = _place(attachment.checksum, size)
    if not place.exists():
        with _opened(attachments.existing(attachment).read_bytes()) as picture:
            content = _scaled(picture, size)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return place.read_bytes()


def _place(checksum: str, size: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "small" / str(size) / checksum[:2] / checksum


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.open(BytesIO(content), formats=FORMATS).verify()
            return Image.open(BytesIO(content), formats=FORMATS)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as error:
        raise NotAPicture from error


def _scaled(picture: Image.Image, size: int) -> bytes:
    kind = "PNG" if picture.format in {"PNG", "GIF", "BMP"} else picture.format or "PNG"
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((size, size), Image.Resampling.LANCZOS)
        if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
            upright = upright.convert("RGB")
        buffer = BytesIO()
        upright.save(buffer, format=kind, optimize=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error
    return buffer.getvalue()
