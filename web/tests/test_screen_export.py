"""Rows of a screen as files: which columns, which rows, as what, for whom."""

import csv
import io
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from python_calamine import CalamineWorkbook

from base.models import Country, ExternalId, Favourite, Partner, PartnerTag, Role
from web.screens.sheets import written
from web.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
AT = "/contacts/export/"
COLUMNS = ["name", "phone", "country_id", "country_id/code", "is_company", "credit_limit"]


@pytest.fixture
def shops(db):
    indonesia = Country.objects.get(code="ID")
    rows = [Partner(name=f"Warung {n:03d}", phone="+62 22 1", country=indonesia) for n in range(90)]
    return Partner.objects.bulk_create(rows)


def asked(column, **more):
    return {"do": "file", "column": column, "kind": "csv", **more}


def sent(answer):
    return b"".join(answer.streaming_content)


def lines(answer, delimiter=","):
    return list(csv.reader(io.StringIO(sent(answer).decode("utf-8-sig")), delimiter=delimiter))


def test_all_rows_of_the_address_are_taken_out_in_its_order(boss, shops):
    answer = boss.post(f"{AT}?s=name:warung&sort=-name", asked(["name", "country_id/code"]))
    found = lines(answer)
    assert found[0] == ["Name", "Country / Code"]
    assert [one[0] for one in found[1:]] == [f"Warung {n:03d}" for n in reversed(range(90))]
    assert {one[1] for one in found[1:]} == {"ID"}


def test_ticked_rows_alone_are_taken_out(boss, shops):
    ids = [one.pk for one in shops[:2]]
    page = boss.post(f"{AT}?s=name:warung", {"row": ids})
    assert f'name="row" value="{ids[0]},{ids[1]}"' in page.content.decode()
    data = asked(["name"], row=f"{ids[0]},{ids[1]}")
    assert lines(boss.post(f"{AT}?s=name:warung", data))[1:] == [["Warung 000"], ["Warung 001"]]


def test_a_text_cell_is_never_a_formula(boss, shops):
    Partner.objects.filter(pk=shops[0].pk).update(city="=cmd|'/c calc'!A1", reference='Toko; "A"')
    data = asked(["city", "phone", "ref"], row=str(shops[0].pk), kind="csv2")
    assert lines(boss.post(AT, data), ";")[1] == ["'=cmd|'/c calc'!A1", "'+62 22 1", 'Toko; "A"']
    answer = boss.post(AT, {**data, "kind": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(sent(answer))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == ["=cmd|'/c calc'!A1", "+62 22 1", 'Toko; "A"']


def test_numbers_days_moments_and_flags_are_such_in_a_workbook(boss):
    query = "/currencies/export/?s=name:IDR"
    column = ["name", "rate", "create_date", "active"]
    answer = boss.post(query, {"do": "file", "kind": "xlsx", "column": column})
    rows = CalamineWorkbook.from_filelike(BytesIO(sent(answer))).get_sheet_by_index(0).to_python()
    assert [type(value) for value in rows[1]] == [str, float, datetime, bool]


def test_days_are_days_and_what_is_too_exact_for_a_workbook_is_text():
    row = [date(2026, 1, 31), Decimal("12.50"), Decimal("12345678901234567.89"), "=1", None]
    with written("xlsx", "a/b", list("abcde"), [[row]]) as file:
        [_heads, found] = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert found[:4] == [date(2026, 1, 31), 12.5, "12345678901234567.89", "=1"]


def test_a_file_that_can_be_read_back_names_each_record(boss, shops):
    tag = PartnerTag.objects.create(name="Grosir")
    shops[0].tags.add(tag)
    data = asked(["name", "category_id"], row=str(shops[0].pk), reads_back="1")
    [heads, row] = lines(boss.post(AT, data))
    assert (heads[0], row[1:]) == ("External ID", ["Warung 000", "Grosir"])
    module, _dot, name = row[0].partition(".")
    assert ExternalId.objects.get(module=module, name=name).row_id == shops[0].pk


def test_nobody_takes_out_what_the_right_or_the_eye_forbids(shops, tono, guarded):
    role = Role.objects.create(name="Looks", module="base")
    role.permissions.add(Permission.objects.get(codename="view_partner"))
    tono.roles.add(role)
    assert signed_in(tono).get(AT).status_code == 403
    role.permissions.add(Permission.objects.get(codename="export_records"))
    tono.save()
    reader = signed_in(tono)
    page = reader.get(AT).content.decode()
    assert f'value="{guarded}"' not in page
    refused = reader.post(AT, asked([guarded]))
    assert (refused.status_code, "that you may take out" in refused.content.decode()) == (422, True)
    assert reader.post(AT, asked(["user_id/password"])).status_code == 422
    assert reader.get("/users/export/").status_code == 403
    role.permissions.add(Permission.objects.get(codename="manage_modules"))
    tono.save()
    assert f'value="{guarded}"' in signed_in(tono).get(AT).content.decode()


def test_columns_are_kept_by_name_for_oneself_or_for_all(boss, sari_at_work, shops):
    keep = {"do": "keep", "name": "Letters", "column": ["name", "country_id/code"], "shared": "1"}
    assert boss.post(AT, keep).status_code == 200
    kept = Favourite.objects.get()
    assert (kept.query, kept.user, kept.screen) == ("name country_id/code", None, "contacts#export")
    again = boss.post(AT, {"do": "choose", "set": kept.pk}).content.decode()
    assert 'value="country_id/code" checked' in again
    assert "Letters" not in boss.get("/contacts/").content.decode()
    boss.post(AT, {"do": "forget", "set": kept.pk})
    assert not Favourite.objects.exists()


def test_columns_are_wanted(boss, shops):
    assert boss.post(AT, asked([])).status_code == 422
    assert boss.get(f"{AT}?f=nothing").status_code == 422
    assert (
        boss.post(AT, {"do": "link", "link": "country_id", "column": ["name"]}).status_code == 200
    )


@pytest.mark.once
def test_memory_does_not_grow_with_the_rows(boss, shops):
    def peak(count):
        Partner.objects.bulk_create(
            [Partner(name=f"Pabrik {n}", city="Solo" * 20) for n in range(count)], batch_size=1000
        )
        tracemalloc.start()
        data = asked(["name", "city", "country_id"], kind="xlsx")
        assert len(sent(boss.post(f"{AT}?s=name:pabrik", data))) > 9000
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few = peak(2000)
    assert peak(6000) < few * 1.5
