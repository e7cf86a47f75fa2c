"""Files: kept once, read by those who see the record, swept when nobody needs them."""

import hashlib
from io import BytesIO

import pytest
from django.db import IntegrityError

from base.errors import AccessDenied, Missing
from base.models import Attachment, Partner
from base.policies import visible
from base.services import attachments
from base.services.attachments import FileLost, TooLarge, sniff

pytestmark = pytest.mark.django_db

TEXT = b"Terima kasih"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture(autouse=True)
def files(own_files):
    return own_files


@pytest.fixture
def kopi(db):
    return Partner.objects.create(name="PT Kopi", is_company=True)


def kept(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_store_keeps_the_same_content_once(admin, kopi, files):
    one = attachments.store("one.txt", TEXT, row=kopi, by=admin)
    two = attachments.store("two.txt", BytesIO(TEXT), by=admin)
    assert one.checksum == two.checksum == hashlib.sha256(TEXT).hexdigest()
    assert kept(files) == [one.checksum]
    assert (one.size, one.mimetype) == (12, "text/plain")


def test_read_gives_back_what_was_stored(admin, kopi):
    stored = attachments.store("a.png", PNG, row=kopi, by=admin)
    assert attachments.read(stored, by=admin) == PNG


def test_store_refuses_a_record_of_another_company_and_keeps_nothing(admin, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    with pytest.raises(Missing):
        attachments.store("a.txt", TEXT, row=theirs, by=admin)
    assert not Attachment.objects.exists()


def test_store_refuses_without_the_right(nobody, kopi):
    with pytest.raises(AccessDenied):
        attachments.store("a.txt", TEXT, row=kopi, by=nobody)


def test_files_are_seen_by_those_who_see_the_record(admin, kopi, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    seen = attachments.store("seen.txt", TEXT, row=kopi, by=admin)
    hidden = Attachment.objects.create(name="hidden.txt", row=theirs, checksum=seen.checksum)
    public = Attachment.objects.create(
        name="public.txt", row=theirs, checksum=seen.checksum, is_public=True
    )
    names = visible(Attachment.objects.all(), admin).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["seen.txt", "public.txt"]
    assert attachments.read(public, by=admin) == TEXT
    with pytest.raises(Missing):
        attachments.read(hidden, by=admin)


def test_loose_files_are_their_makers_own(admin):
    mine = attachments.store("mine.txt", TEXT, by=admin)
    Attachment.objects.create(name="loose.txt", created_by_id=1)
    assert list(visible(Attachment.objects.all(), admin)) == [mine]


def test_attach_puts_loose_files_on_a_record(admin, kopi):
    loose = attachments.store("loose.txt", TEXT, by=admin)
    assert attachments.attach(Attachment.objects.filter(pk=loose.pk), kopi, by=admin) == 1
    assert list(Attachment.objects.about(kopi)) == [loose]


def test_replace_puts_other_content_behind_it_and_closes_old_links(admin, kopi):
    stored = attachments.store("a.txt", TEXT, row=kopi, by=admin)
    token = attachments.open_to_others(stored, by=admin)
    attachments.replace(stored, PNG, by=admin)
    stored.refresh_from_db()
    assert len(token) == 32
    assert (stored.mimetype, stored.access_token) == ("image/png", "")
    assert attachments.read(stored, by=admin) == PNG


def test_delete_leaves_content_that_others_share(admin, kopi, files):
    one = attachments.store("one.txt", TEXT, row=kopi, by=admin)
    attachments.store("two.txt", TEXT, row=kopi, by=admin)
    assert attachments.delete(Attachment.objects.filter(pk=one.pk), by=admin) == 1
    assert attachments.sweep(now=2**40) == 0
    assert kept(files) == [one.checksum]


def test_sweep_deletes_what_nobody_names_but_not_what_is_young(admin, kopi, files):
    stored = attachments.store("one.txt", TEXT, row=kopi, by=admin)
    attachments.delete(Attachment.objects.filter(pk=stored.pk), by=admin)
    assert attachments.sweep() == 0
    assert attachments.sweep(now=2**40) == 1
    assert kept(files) == []


def test_a_lost_file_is_said_to_be_lost(admin, kopi):
    stored = attachments.store("one.txt", TEXT, row=kopi, by=admin)
    stored.path.unlink()
    with pytest.raises(FileLost) as caught:
        attachments.read(stored, by=admin)
    assert str(caught.value) == "The content of “one.txt” is not on disk. Restore it from a backup."


def test_too_large_a_file_is_refused_and_leaves_nothing(admin, settings, files):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 8
    with pytest.raises(TooLarge):
        attachments.store("big.txt", TEXT, by=admin)
    assert kept(files) == []


def test_a_link_has_no_content(admin, kopi):
    link = attachments.link("Site", "https://example.com", row=kopi, by=admin)
    assert (link.kind, link.checksum) == ("url", "")
    with pytest.raises(IntegrityError):
        Attachment.objects.create(name="both", url="https://example.com", checksum="0" * 64)


@pytest.mark.parametrize(
    ("name", "head", "mimetype"),
    [
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.txt", b"%PDF-1.7", "application/pdf"),
        ("a.png", b"<html>", "text/html"),
        ("a.png", b"hello", "text/plain"),
        ("a.svg", b"<svg xmlns='x'>", "image/svg+xml"),
        ("a.csv", b"a,b", "text/csv"),
        (
            "a.xlsx",
            b"PK\x03\x04",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.jpg", b"PK\x03\x04", "application/zip"),
        ("a", b"\x00\x01", "application/octet-stream"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
    ],
)
def test_sniff_believes_the_content_before_the_name(name, head, mimetype):
    assert sniff(name, head) == mimetype
