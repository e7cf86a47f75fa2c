"""Pictures: kept as they are, made smaller when too large, refused when they are none."""

from io import BytesIO

import pytest
from PIL import Image

from base.models import Attachment, Partner
from base.services import attachments, images
from base.services.images import NotAPicture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(own_files):
    return own_files


@pytest.fixture
def kopi(db):
    return Partner.objects.create(name="PT Kopi")


def picture(width, height, kind="PNG"):
    buffer = BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, kind)
    return buffer.getvalue()


def size_of(content):
    return Image.open(BytesIO(content)).size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_put_keeps_a_picture_byte_for_byte(admin, kopi, kind):
    content = picture(1, 1, kind)
    images.put(kopi, content, by=admin)
    kopi.refresh_from_db()
    assert attachments.read(kopi.image, by=admin) == content


def test_put_makes_a_large_picture_fit(admin, kopi):
    images.put(kopi, picture(4000, 1000), by=admin)
    assert size_of(attachments.read(kopi.image, by=admin)) == (1920, 480)


def test_put_again_leaves_one_and_none_takes_it_away(admin, kopi):
    images.put(kopi, picture(2, 2), by=admin)
    images.put(kopi, picture(3, 3), by=admin)
    assert Attachment.objects.count() == 1
    images.put(kopi, None, by=admin)
    kopi.refresh_from_db()
    assert (kopi.image, Attachment.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    "content",
    [b"hello", b"<svg onload='x'/>", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", picture(9, 9)[:40]],
)
def test_put_refuses_what_is_no_picture(admin, kopi, content):
    with pytest.raises(NotAPicture):
        images.put(kopi, content, by=admin)
    assert not Attachment.objects.exists()


def test_put_refuses_a_bomb(admin, kopi, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(NotAPicture):
        images.put(kopi, picture(15, 10), by=admin)


def test_small_sizes_are_made_once(admin, kopi, files):
    images.put(kopi, picture(400, 200), by=admin)
    assert size_of(images.small(kopi.image, 128)) == (128, 64)
    assert images.small(kopi.image, 128) == images.small(kopi.image, 128)
    assert images.small(kopi.image, 99) == attachments.read(kopi.image, by=admin)
    assert len([path for path in (files / "small").rglob("*") if path.is_file()]) == 1


def test_small_sizes_go_with_the_picture(admin, kopi, files):
    images.put(kopi, picture(400, 200), by=admin)
    images.small(kopi.image, 128)
    images.put(kopi, None, by=admin)
    assert attachments.sweep(now=2**40) == 1
    assert [path for path in files.rglob("*") if path.is_file()] == []
