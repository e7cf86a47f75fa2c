"""Files on pages: attached, opened, taken away; never run in the reader's browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from base.models import Attachment, Partner

PDF = b"%PDF-1.7 faktur"
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True)


def address(row):
    return reverse("web:file_add", args=["base.partner", row.pk])


def attached(client, row, *files):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(address(row), {"files": sent})


def test_files_are_attached_shown_and_opened(sari_at_work, toko):
    answer = attached(sari_at_work, toko, ("kontrak.pdf", PDF), ("catatan.txt", b"Halo"))
    assert answer["Location"] == reverse("web:screen-contacts-record", args=[toko.pk])
    page = sari_at_work.get(answer["Location"]).content.decode()
    kontrak, catatan = Attachment.objects.about(toko).order_by("pk")
    assert "2 files are attached." in page
    assert (f">{kontrak.name}</a>" in page, f">{catatan.name}</a>" in page) == (True, True)
    opened = sari_at_work.get(reverse("web:file", args=[kontrak.pk]))
    assert b"".join(opened.streaming_content) == PDF
    assert (opened["Content-Type"], opened["Content-Disposition"]) == (
        "application/pdf",
        'inline; filename="kontrak.pdf"',
    )


@pytest.mark.parametrize("name", ["page.html", "picture.png", "picture.svg"])
def test_what_a_browser_would_run_is_only_saved(sari_at_work, toko, name):
    attached(sari_at_work, toko, (name, HTML))
    answer = sari_at_work.get(reverse("web:file", args=[Attachment.objects.get().pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_nothing_chosen_is_said_and_nothing_kept(sari_at_work, toko):
    answer = sari_at_work.post(address(toko), follow=True)
    assert "Choose a file first." in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_one_file_too_large_keeps_none(sari_at_work, toko, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    sent = [SimpleUploadedFile("small.txt", b"x"), SimpleUploadedFile("large.txt", b"x" * 3000)]
    answer = sari_at_work.post(address(toko), {"files": sent}, follow=True)
    assert "at most" in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_file_is_taken_away(sari_at_work, toko):
    attached(sari_at_work, toko, ("kontrak.pdf", PDF))
    file = Attachment.objects.get()
    answer = sari_at_work.post(reverse("web:file_remove", args=[file.pk]))
    assert answer["Location"] == reverse("web:screen-contacts-record", args=[toko.pk])
    assert Attachment.objects.count() == 0


def test_files_of_a_record_that_one_does_not_see_do_not_exist(sari_at_work, toko, branch):
    attached(sari_at_work, toko, ("kontrak.pdf", PDF))
    Partner.objects.filter(pk=toko.pk).update(company=branch)
    file = Attachment.objects.get()
    answers = [
        sari_at_work.get(reverse("web:file", args=[file.pk])),
        sari_at_work.post(reverse("web:file_remove", args=[file.pk])),
        attached(sari_at_work, toko, ("more.pdf", PDF)),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Attachment.objects.count() == 1


def test_whoever_has_no_role_opens_no_file(tono_at_work, sari_at_work, toko):
    attached(sari_at_work, toko, ("kontrak.pdf", PDF))
    file = Attachment.objects.get()
    assert tono_at_work.get(reverse("web:file", args=[file.pk])).status_code == 403
    assert attached(tono_at_work, toko, ("mine.pdf", PDF)).status_code == 403
