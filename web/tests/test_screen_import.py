"""Files taken in: what their columns mean, trial, problems that come back as a file, keys, undoing, hostile files."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from base import jobs
from base.models import Change, Country, ExternalId, ImportBatch, Partner, Role
from web.screens import importing
from web.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
AT = "/contacts/import/"
HEADS = "Name;City;Country;Our reference\n"


@pytest.fixture
def reader(tono):
    role = Role.objects.create(name="Looks", module="base")
    role.permissions.add(
        *Permission.objects.filter(codename__in=["view_partner", "add_attachment"])
    )
    tono.roles.add(role)
    return signed_in(tono)


def sent(client, content, name="shops.csv", **more):
    data = content.encode() if isinstance(content, str) else content
    return client.post(AT, {"file": SimpleUploadedFile(name, data), **more})


def batch_of(answer):
    assert (answer.status_code, bool(re.match(r"/imports/\d+/", answer.url))) == (302, True)
    return ImportBatch.objects.get(pk=int(answer.url.split("/")[2]))


def done(client, batch, does="take", keys=(), **more):
    """Press a button with the mapping as it was guessed; answers the import when its job has run."""
    columns = {f"column-{place}": path for place, path in enumerate(batch.mapping)}
    data = {"do": does, **columns, **{f"key-{place}": "1" for place in keys}, **more}
    answer = client.post(f"/imports/{batch.pk}/", data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    batch.refresh_from_db()
    jobs.run(batch.run_id)
    batch.refresh_from_db()
    assert (batch.run.state, batch.run.error) == ("done", "")
    return batch


def names(**found):
    return list(Partner.objects.filter(**found).order_by("name").values_list("name", flat=True))


def test_columns_are_known_by_label_in_either_language_and_as_they_were_last(boss):
    batch = batch_of(sent(boss, "Name;city;Country / External ID;What?\nA;Solo;base.id;x\n"))
    assert batch.mapping == ["name", "city", "country_id/id", ""]
    done(boss, batch, does="try", **{"column-3": "ref", "column-2": ""})
    again = batch_of(sent(boss, "what?;nama;name\nA;Solo;x\n"))
    assert again.mapping[0] == "ref"
    page = boss.get(f"/imports/{again.pk}/").content.decode()
    assert re.search(r'<option value="ref" selected>', page)


def test_a_trial_writes_nothing_and_says_what_is_wrong(boss):
    rows = HEADS + "Warung A;Solo;Indonesia;A1\nWarung B;Solo;Atlantis;A2\n;Solo;;A3\n"
    batch = done(boss, batch_of(sent(boss, rows)), does="try")
    assert (batch.state, batch.made, [one["line"] for one in batch.problems]) == (
        "tried",
        1,
        [3, 4],
    )
    assert names(name__startswith="Warung") == []
    page = boss.get(f"/imports/{batch.pk}/").content.decode()
    assert "nothing has been written" in page
    assert "Atlantis" in page


def test_bad_lines_come_back_as_a_file_are_mended_and_the_batch_is_undone(boss):
    rows = (
        HEADS + "Warung A;Solo;Indonesia;A1\nWarung B;Solo;Atlantis;A2\nWarung C;Solo;Nowhere;A3\n"
    )
    first = done(boss, batch_of(sent(boss, rows)))
    assert (first.state, first.made, names(name__startswith="Warung")) == ("done", 1, ["Warung A"])
    mend = boss.get(f"/imports/{first.pk}/mend/").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(mend), delimiter=";"))
    assert [one[0] for one in lines] == ["Name", "Warung B", "Warung C"]
    assert lines[0][4] == "Problem"
    again = batch_of(sent(boss, mend.replace("Atlantis", "ID").replace("Nowhere", "Indonesia")))
    assert again.mapping == ["name", "city", "country_id", "ref", ""]
    second = done(boss, again)
    assert (second.made, second.problems) == (2, [])
    assert names(name__startswith="Warung") == ["Warung A", "Warung B", "Warung C"]
    assert Partner.objects.get(name="Warung B").country == Country.objects.get(code="ID")
    done(boss, second, does="undo")
    assert (second.state, names(name__startswith="Warung")) == ("undone", ["Warung A"])
    assert boss.post(f"/imports/{second.pk}/", {"do": "undo"}).status_code == 422


def test_a_key_changes_what_is_there_and_undoing_sets_it_back(boss):
    old = Partner.objects.create(name="Toko Lama", reference="K-1", city="Solo")
    Partner.objects.create(name="Sama", reference="K-2")
    Partner.objects.create(name="Sama", reference="K-2")
    rows = "Our reference,Name,City\nK-1,Toko Baru,Bandung\nK-2,Sama,Medan\nK-3,Toko Segar,Medan\n"
    batch = done(boss, batch_of(sent(boss, rows)), keys=[0])
    assert (batch.made, batch.changed, [one["line"] for one in batch.problems]) == (1, 1, [3])
    old.refresh_from_db()
    assert (old.name, old.city) == ("Toko Baru", "Bandung")
    done(boss, batch, does="undo")
    old.refresh_from_db()
    assert (old.name, old.city, names(reference="K-3")) == ("Toko Lama", "Solo", [])


def test_undoing_leaves_what_somebody_has_changed_since(boss):
    batch = done(boss, batch_of(sent(boss, "Name,City\nToko A,Solo\nToko B,Solo\n")))
    Partner.objects.filter(name="Toko B").update(city="Medan")
    done(boss, batch, does="undo")
    assert (batch.state, [one["name"] for one in batch.kept_back]) == ("done", ["Toko B"])
    assert names(name__startswith="Toko ") == ["Toko A", "Toko B"]
    assert "Somebody has changed it since." in boss.get(f"/imports/{batch.pk}/").content.decode()
    done(boss, batch, does="undo-rest")
    assert (batch.state, names(name__startswith="Toko ")) == ("undone", ["Toko B"])


def test_what_was_taken_out_can_be_changed_and_taken_in_again(boss):
    made = Partner.objects.create(name="Warung +1", phone="+62 22 1", city="Solo")
    data = {"do": "file", "column": ["name", "phone", "city"], "kind": "csv", "reads_back": "1"}
    answer = boss.post("/contacts/export/", {**data, "row": str(made.pk)})
    text = b"".join(answer.streaming_content).decode("utf-8-sig").replace("Solo", "Medan")
    batch = done(boss, batch_of(sent(boss, text)))
    assert (batch.made, batch.changed) == (0, 1)
    made.refresh_from_db()
    assert (made.name, made.phone, made.city) == ("Warung +1", "+62 22 1", "Medan")


def test_workbooks_are_read_with_their_numbers_and_days(boss):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["External ID", "Name", "our reference", "Notes"])
        sheet.write_row(1, 0, ["shops.one", "Warung X", 4711, "=1+1"])
        sheet.write_datetime(1, 3, date(2026, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    batch = done(boss, batch_of(sent(boss, held.getvalue(), "shops.xlsx")))
    found = Partner.objects.get(name="Warung X")
    assert (batch.made, found.reference) == (1, "4711")
    assert ExternalId.objects.get(module="shops", name="one").row_id == found.pk


def test_letters_of_other_encodings_are_guessed(boss):
    batch = batch_of(sent(boss, "Name;City\nCafé Ö;Solo\n".encode("cp1252")))
    assert (batch.options["encoding"], batch.options["delimiter"]) == ("cp1252", ";")
    done(boss, batch)
    assert names(city="Solo") == ["Café Ö"]
    wide = batch_of(sent(boss, "Name\tCity\nKopi ☕\tMedan\n".encode("utf-16")))
    done(boss, wide)
    assert names(city="Medan") == ["Kopi ☕"]


def bomb(size, claim=None):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (size << 20))
    data = held.getvalue()
    return data if claim is None else data.replace((size << 20).to_bytes(4, "little"), claim)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"  \n ", "it is empty"),
        (b"\x7fELF\x00\x01\x02\x00binary", "it holds no text"),
        (b"PK\x03\x04 nothing of the kind", "it is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "it is no workbook"),
        (",".join(f"c{n}" for n in range(10_000)).encode(), "more than 500 columns"),
        (b'Name\n"' + b"x" * 200_000 + b'"', ""),
    ],
)
def test_files_that_are_not_what_they_say_are_refused_in_a_sentence(boss, content, said):
    answer = sent(boss, content, "shops.xlsx")
    if not said:
        assert answer.status_code == 302
        assert "its lines are damaged" in boss.get(answer.url).content.decode()
        return
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert ImportBatch.objects.count() == 0


def test_a_file_that_unpacks_without_end_is_refused(boss, monkeypatch):
    monkeypatch.setattr("web.screens.sheet_files.MOST_UNPACKED", 20 << 20)
    answer = sent(boss, bomb(40), "shops.xlsx")
    assert (answer.status_code, "too long" in answer.content.decode()) == (422, True)
    for claim in (1 << 30, 10):  # larger than it is, and smaller
        answer = sent(boss, bomb(4, claim.to_bytes(4, "little")), "shops.xlsx")
        assert (answer.status_code, "cannot be read" in answer.content.decode()) == (422, True)


def test_a_sheet_that_claims_to_be_endless_costs_its_own_process_only(boss):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 16_383, "far away")
    answer = sent(boss, held.getvalue(), "shops.xlsx")
    assert answer.status_code == 422
    assert ImportBatch.objects.count() == 0


def test_nobody_takes_in_what_the_right_forbids(reader, boss, sari_at_work):
    assert reader.get(AT).status_code == 403
    assert sent(reader, "Name\nA\n").status_code == 403
    assert sari_at_work.get("/users/import/").status_code == 403
    own = batch_of(sent(sari_at_work, "Name\nA\n"))
    assert sari_at_work.get(f"/imports/{own.pk}/").status_code == 200
    assert boss.get(f"/imports/{own.pk}/").status_code == 200
    batch = batch_of(sent(boss, "Name\nA\n"))
    assert sari_at_work.get(f"/imports/{batch.pk}/").status_code == 404
    assert sari_at_work.post(f"/imports/{batch.pk}/", {"do": "take"}).status_code == 404
    assert boss.post(f"/imports/{batch.pk}/", {"do": "take", "column-0": ""}).status_code == 422
    wrong = boss.post(f"/imports/{batch.pk}/", {"do": "take", "column-0": "nothing/at/all"})
    assert wrong.status_code == 422


def test_a_job_that_was_interrupted_goes_on_where_it_was(boss):
    rows = "Name\n" + "\n".join(f"Kios {n:03d}" for n in range(600))
    batch = batch_of(sent(boss, rows))
    batch.lines_done = 500
    batch.save()
    assert boss.post(f"/imports/{batch.pk}/", {"do": "take", "column-0": "name"}).status_code == 422
    ImportBatch.objects.filter(pk=batch.pk).update(lines_done=0)
    done(boss, batch)
    assert (batch.made, batch.lines_done, batch.created_at < datetime.now(UTC)) == (600, 600, True)


@pytest.mark.parametrize("at_once", [1, 7, 500])
def test_lines_taken_in_together_come_to_what_each_comes_to_alone(boss, monkeypatch, at_once):
    monkeypatch.setattr(importing, "AT_ONCE", at_once)
    old = Partner.objects.create(name="Lama", reference="B-3", city="Solo")
    heads = "External ID,Name,Email,Our reference,Country,City,Notes\n"
    lines = [
        f"bulk.b{n},Toko {n},b{n}@example.com,B-{n},Indonesia,Medan,note {n}" for n in range(40)
    ]
    lines[5] = "bulk.b5,Toko 5,no address,B-5,Indonesia,Medan,"  # refused when it is validated
    lines[9] = "bulk.b9,Toko 9,b9@example.com,B-9,Atlantis,Medan,"  # refused when it is read
    lines[12] = "bulk.b12,,b12@example.com,B-12,Indonesia,Medan,"  # refused by the database
    batch = done(boss, batch_of(sent(boss, heads + "\n".join(lines))), keys=[3])

    assert [one["line"] for one in batch.problems] == [7, 11, 14]
    assert (batch.made, batch.changed) == (36, 1)
    rows = Partner.objects.filter(reference__startswith="B-")
    assert sorted(rows.values_list("reference", "name", "email", "city", "comment")) == sorted(
        (f"B-{n}", f"Toko {n}", f"b{n}@example.com", "Medan", f"<p>note {n}</p>")
        for n in range(40)
        if n not in (5, 9, 12)
    )
    names = dict(ExternalId.objects.filter(module="bulk").values_list("name", "row_id"))
    assert {name: rows.get(pk=pk).reference for name, pk in names.items()} == {
        f"b{n}": f"B-{n}" for n in range(40) if n not in (5, 9, 12)
    }
    taken = {one.row_id: one for one in batch.rows.all()}
    assert taken.keys() == set(rows.values_list("pk", flat=True))
    assert [pk for pk, one in taken.items() if not one.is_new] == [old.pk]
    assert (taken[old.pk].before["city"], taken[old.pk].after["city"]) == ("Solo", "Medan")
    changes = Change.objects.filter(model="base_partner", row_id__in=taken)
    assert changes.filter(operation="I").count() == 37
    done(boss, batch, does="undo")
    assert list(rows.values_list("name", "city")) == [("Lama", "Solo")]
