"""Import and export in the back office: all rows or none, found by name, seen only by whom they concern."""

import io

import pytest
from python_calamine import CalamineWorkbook

from base.models import Change, Country, ExternalId, Partner, PartnerTag, UnitOfMeasure, VerbRun
from base.tests.office import address, said

pytestmark = pytest.mark.django_db


def tried(client, model, text, name="file.csv"):
    """The page that a file leads to."""
    content = text.encode() if isinstance(text, str) else text
    file = io.BytesIO(content)
    file.name = name
    return client.post(
        address(model, "import"),
        {"resource": "0", "format": "1" if name.endswith("xlsx") else "0", "import_file": file},
    )


def imported(client, model, text, name="file.csv"):
    """The answer to a file that was tried and confirmed."""
    page = tried(client, model, text, name)
    form = page.context["confirm_form"]
    return client.post(address(model, "process_import"), form.initial, follow=True)


def complaints(page):
    result = page.context["result"]
    rows = [
        text for row in result.invalid_rows for text in [*row.error_dict.values()] for text in text
    ]
    return (
        [str(e.error) for e in result.base_errors]
        + [str(e.error) for _line, errors in result.row_errors() for e in errors]
        + [str(text) for text in rows]
    )


def test_a_file_makes_and_changes_records_in_one_run(boss):
    old = Partner.objects.create(name="Toko Lama", reference="T-1")
    before = VerbRun.objects.count()

    answer = imported(
        boss,
        Partner,
        "reference,name,country,email\nT-1,Toko Baru,ID,\nT-2,PT Dua,id,dua@example.com\n",
    )

    old.refresh_from_db()
    made = Partner.objects.get(reference="T-2")
    run = VerbRun.objects.latest("id")
    assert said(answer) == ["Import finished: 1 new, 1 updated, 0 deleted and 0 skipped partners."]
    assert (old.name, made.country.code, made.created_by_id) == ("Toko Baru", "ID", 2)
    assert (run.verb, run.door) == ("base.partner.import", "import")
    assert VerbRun.objects.count() == before + 1


def test_a_bad_row_is_reported_and_nothing_is_kept(boss):
    before = (Partner.objects.count(), Change.objects.count(), VerbRun.objects.count())

    page = tried(boss, Partner, "name,country\nPT Baik,ID\nPT Buruk,Atlantis\n")

    assert complaints(page) == ["There is no country “Atlantis”."]
    assert "confirm_form" not in page.context
    assert (Partner.objects.count(), Change.objects.count(), VerbRun.objects.count()) == before


def test_trying_a_good_file_keeps_nothing_either(boss):
    before = (Partner.objects.count(), VerbRun.objects.count())
    tried(boss, Partner, "name\nPT Baik\n")
    assert (Partner.objects.count(), VerbRun.objects.count()) == before


def test_what_the_database_refuses_is_said_of_its_row(boss):
    page = tried(boss, PartnerTag, "id,name_en,parent\n,Satu,\n")
    assert not page.context["result"].has_errors()
    tag = PartnerTag.objects.create(name="Induk")
    child = PartnerTag.objects.create(name="Anak", parent=tag)
    page = tried(boss, PartnerTag, f"id,name_en,parent\n{tag.pk},Induk,#{child.pk}\n,Lain,\n")
    assert complaints(page) == ["A tag cannot hang below itself."]


def test_unknown_columns_are_named(boss):
    page = tried(boss, Partner, "name,shoe_size\nA,42\n")
    assert complaints(page) == ["Unknown columns: shoe_size."]
    assert "Traceback" not in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00bad", b"PK\x03\x04 not a workbook"])
def test_a_file_that_cannot_be_read_is_said_to_be_so(boss, content):
    for name in ("file.csv", "file.xlsx"):
        page = tried(boss, Partner, content, name)
        assert page.status_code == 200
        assert page.context["form"].errors or page.context["result"].has_errors()


def test_anneighbours_record_is_neither_changed_nor_linked(boss, neighbour):
    theirs = Partner.objects.create(name="Rahasia", company=neighbour)

    changed = tried(boss, Partner, f"id,name\n{theirs.pk},Terbuka\n")
    linked = tried(boss, Partner, "name,parent\nCabang,Rahasia\n")
    moved = tried(boss, Partner, "name,company\nCabang,CV Lain\n")

    assert complaints(changed) == [f"There is no record {theirs.pk}."]
    assert complaints(linked) == ["There is no partner “Rahasia”."]
    assert complaints(moved) == ["There is no company “CV Lain”."]


def test_namesakes_must_be_told_apart(boss):
    one = Partner.objects.create(name="Kembar", is_company=True)
    Partner.objects.create(name="Kembar", is_company=True)
    page = tried(boss, Partner, "name,parent\nCabang,Kembar\n")
    assert complaints(page) == ["Several partners are called “Kembar”."]
    imported(boss, Partner, f"name,parent\nCabang,#{one.pk}\n")
    assert Partner.objects.get(name="Cabang").parent == one


def test_external_ids_name_rows_again_and_again(boss):
    imported(boss, Partner, "external_id,name\nshop.budi,Budi\n")
    imported(boss, Partner, "external_id,name\nshop.budi,Budi Santoso\n")
    assert list(Partner.objects.filter(name__startswith="Budi").values_list("name", flat=True)) == [
        "Budi Santoso"
    ]
    assert ExternalId.objects.named("shop.budi").count() == 1


def test_semicolons_and_tags_and_decimals_are_understood(boss):
    PartnerTag.objects.create(name="Grosir")
    PartnerTag.objects.create(name="Eceran")
    imported(boss, Partner, "\ufeffname;tags\nPT Titik Koma;Grosir | Eceran\n")
    assert Partner.objects.get(name="PT Titik Koma").tags.count() == 2
    imported(boss, UnitOfMeasure, "name_en,relative_factor,relative_unit\nKarung,50.5,kg\n")
    assert str(UnitOfMeasure.objects.get(name_en="Karung").relative_factor.normalize()) == "50.5"


def test_an_export_comes_back_as_it_went(boss):
    Partner.objects.create(
        name="=1+1", reference="-2", phone="+62 811", country=Country.objects.get(code="ID")
    )
    columns = {
        f"partnerresource_{name}": "on" for name in ("id", "name", "reference", "phone", "country")
    }
    for number, name in (("0", "file.csv"), ("1", "file.xlsx")):
        made = boss.post(
            address(Partner, "export") + "?archived=all",
            {"resource": "0", "format": number, **columns},
        )
        page = tried(boss, Partner, made.content, name)
        assert complaints(page) == []
        assert {row.import_type for row in page.context["result"].rows} == {"skip"}


def test_a_csv_never_holds_a_formula_and_a_workbook_never_runs_one(boss):
    Partner.objects.create(name='=HYPERLINK("http://evil")')
    columns = {f"partnerresource_{name}": "on" for name in ("id", "name")}
    text = boss.post(
        address(Partner, "export"), {"resource": "0", "format": "0", **columns}
    ).content.decode()
    book = boss.post(
        address(Partner, "export"), {"resource": "0", "format": "1", **columns}
    ).content
    assert [line for line in text.splitlines() if ",=" in line or ',"=' in line] == []
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert '=HYPERLINK("http://evil")' in [row[1] for row in rows]


def test_import_and_export_are_refused_without_the_right(client, person):
    client.force_login(person("sari", "Employee"))
    assert client.get(address(Country, "import")).status_code == 403
    assert client.get(address(Partner, "export")).status_code == 403
    assert (
        client.post(address(Partner, "export"), {"resource": "0", "format": "0"}).status_code == 403
    )


def test_an_export_holds_what_the_actor_sees(boss, neighbour):
    Partner.objects.create(name="Rahasia", company=neighbour)
    columns = {f"partnerresource_{name}": "on" for name in ("id", "name")}
    made = boss.post(address(Partner, "export"), {"resource": "0", "format": "0", **columns})
    assert "Rahasia" not in made.content.decode()
