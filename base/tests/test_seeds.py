"""The rows that every installation begins with, and the demo company."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from base.data import demo, seeds
from base.models import (
    Company,
    Country,
    CountryState,
    Currency,
    ExternalId,
    Language,
    Partner,
    PartnerBankAccount,
    Product,
    User,
)
from base.seeds import bringing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "model", "pk"),
    [
        ("base.main_company", Company, 1),
        ("base.main_partner", Partner, 1),
        ("base.partner_root", Partner, 2),
        ("base.partner_admin", Partner, 3),
        ("base.public_partner", Partner, 4),
        ("base.user_root", User, 1),
        ("base.user_admin", User, 2),
        ("base.lang_en", Language, 1),
    ],
)
def test_well_known_rows_have_the_numbers_that_programs_count_on(known, name, model, pk):
    assert known(name) == model.objects.get(pk=pk)


@pytest.mark.parametrize(
    "name",
    [
        "base.us", "base.id", "base.uk", "base.USD", "base.EUR", "base.IDR", "base.state_id_jk", "base.lang_id",
        "base.group_user", "base.group_system", "uom.product_uom_unit", "uom.product_uom_dozen",
        "uom.product_uom_kgm", "uom.product_uom_hour", "mail.mt_note", "mail.mt_comment",
        "mail.mail_activity_data_todo", "mail.mail_activity_data_call", "product.product_category_goods",
    ],
)  # fmt: skip
def test_well_known_names_stand_for_something(known, name):
    assert known(name).pk


def test_the_next_row_gets_a_free_number():
    assert Partner.objects.create(name="Next").pk > 4
    assert Company.objects.count() == 1


def test_countries_and_currencies_speak_both_languages():
    germany = Country.objects.get(code="DE")
    assert (germany.name_en, germany.name_ind, germany.phone_code) == ("Germany", "Jerman", 49)
    assert germany.currency.code == "EUR"
    rupiah = Currency.objects.get(code="IDR")
    assert (rupiah.full_name_en, rupiah.full_name_ind, rupiah.symbol) == (
        "Indonesian Rupiah",
        "Rupiah Indonesia",
        "Rp",
    )
    assert (rupiah.decimal_places, rupiah.rounding) == (0, 1)


def test_indonesia_has_its_38_provinces_and_no_islands():
    provinces = CountryState.objects.filter(country__code="ID")
    assert provinces.count() == 38
    assert str(provinces.get(code="PD")) == "Papua Barat Daya (ID)"
    assert not provinces.filter(code="JW").exists()


def test_every_short_code_of_a_language_is_known_once_in_use():
    active = Language.objects.active().order_by("django_code")
    assert list(active.values_list("code", "django_code")) == [("en_US", "en"), ("id_ID", "id")]


def test_the_administrator_has_no_password_until_somebody_gives_one(monkeypatch):
    admin = User.objects.get(pk=2)
    assert not admin.has_usable_password()
    monkeypatch.setenv("NIAGA_ADMIN_PASSWORD", "correct horse battery")
    seeds.load()
    admin.refresh_from_db()
    assert admin.check_password("correct horse battery")
    monkeypatch.setenv("NIAGA_ADMIN_PASSWORD", "another one altogether")
    seeds.load()
    admin.refresh_from_db()
    assert admin.check_password("correct horse battery")


def test_loading_again_changes_nothing(django_assert_max_num_queries):
    before = list(ExternalId.objects.order_by("pk").values_list("pk", "row_id"))
    with django_assert_max_num_queries(90):
        seeds.load()
    assert list(ExternalId.objects.order_by("pk").values_list("pk", "row_id")) == before


def test_loading_again_leaves_what_a_user_has_edited():
    Currency.objects.filter(code="USD").update(symbol="US$")
    Country.objects.filter(code="ID").update(name_ind="Republik Indonesia")
    seeds.load()
    assert Currency.objects.get(code="USD").symbol == "US$"
    assert Country.objects.get(code="ID").name_ind == "Republik Indonesia"


def test_demo_is_refused_where_passwords_must_be_secret(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
    assert Company.objects.count() == 1


def test_demo_makes_a_company_that_holds_to_the_rules_and_may_run_again():
    demo.load()
    counts = (Partner.objects.count(), Product.objects.count(), User.objects.count())
    demo.load()
    assert (Partner.objects.count(), Product.objects.count(), User.objects.count()) == counts
    for partner in Partner.objects.all():
        partner.clean()
    for account in PartnerBankAccount.objects.all():
        account.clean()
    assert Company.objects.get(pk=1).name == "PT Niaga Sentosa"
    assert Product.objects.filter(template__name_en="Staff T-Shirt").count() == 12
    assert not Product.objects.filter(full_name_ind="").exists()


def test_demo_keeps_the_second_company_apart():
    demo.load()
    second = Company.objects.get(name="CV Cahaya Timur")
    rina = User.objects.get(username="rina")
    assert list(rina.companies.all()) == [second]
    assert Partner.objects.filter(company=second).count() == 3


def test_demo_passwords_are_the_logins():
    demo.load()
    logins = ["admin", "andi", "budi", "joko", "maya", "rina", "sari"]
    users = User.objects.active().order_by("username")
    assert [user.username for user in users if user.check_password(user.username)] == logins


def test_no_seed_leaves_a_text_without_its_indonesian():
    with connection.cursor() as cursor:
        for table in (
            "base_country",
            "base_unitofmeasure",
            "base_activitytype",
            "base_messagesubtype",
        ):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE coalesce(name_ind, '') = ''")
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_a_seed_that_the_law_refuses_by_now_stays_as_it_is_and_is_told():
    """A house whose books were kept to the sen goes on so; all else of the seed is brought up to date."""
    known = ExternalId.objects.get(module="base", name="IDR")
    known.seeded |= {"decimal_places": 2, "symbol": "IDR"}
    known.save()
    Currency.objects.filter(code="IDR").update(decimal_places=2, symbol="IDR")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE base_currency ADD CONSTRAINT kept CHECK (code <> 'IDR' OR decimal_places = 2)"
        )
    with bringing("base") as brought:
        seeds.load()
    rupiah = Currency.objects.get(code="IDR")
    assert (rupiah.decimal_places, rupiah.symbol) == (2, "Rp")
    [told] = [one for one in brought.differences if one["name"] == "base.IDR"]
    assert (told["field"], told["yours"], told["seed"]) == ("decimal_places", 2, 0)
