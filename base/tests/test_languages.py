"""Texts in two languages stay right whatever door writes them."""

import pytest
from django.db import connection
from django.utils import translation

from base.models import Language, ProductTag, UnitOfMeasure
from base.services import languages
from base.services.languages import LanguageInUse

pytestmark = pytest.mark.django_db


def columns(tag):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, name_en, name_ind FROM base_producttag WHERE id = %s", [tag.pk]
        )
        return cursor.fetchone()


def test_the_plain_column_is_the_english_one_after_writing_in_indonesian():
    tag = ProductTag.objects.create(name="New")
    with translation.override("id"):
        tag.name = "Baru"
        tag.save()
    assert columns(tag) == ("New", "New", "Baru")


def test_a_text_born_in_indonesian_is_english_too_until_it_is_translated():
    with translation.override("id"):
        tag = ProductTag.objects.create(name="Baru")
    assert columns(tag) == ("Baru", "Baru", "Baru")
    ProductTag.objects.filter(pk=tag.pk).update(name_en="New")
    assert columns(tag) == ("New", "New", "Baru")


def test_sql_that_knows_one_column_writes_english():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_producttag (name, color, sequence) VALUES ('Raw', '', 1) RETURNING id"
        )
        tag = ProductTag(pk=cursor.fetchone()[0])
        assert columns(tag) == ("Raw", "Raw", None)
        cursor.execute("UPDATE base_producttag SET name = 'Rough' WHERE id = %s", [tag.pk])
    assert columns(tag) == ("Rough", "Rough", None)


def test_reading_falls_back_to_the_other_language():
    unit = UnitOfMeasure.objects.create(name="Crate")
    with translation.override("id"):
        assert UnitOfMeasure.objects.get(pk=unit.pk).name == "Crate"


def test_languages_come_into_use_and_go_out(admin):
    french = Language.objects.filter(code="fr_FR")
    assert languages.activate(french, by=admin) == 1
    assert ("fr_FR", "French / Français") in languages.installed()
    assert languages.deactivate(french, by=admin) == 1


def test_deactivate_refuses_a_language_that_somebody_speaks(admin):
    with pytest.raises(LanguageInUse):
        languages.deactivate(Language.objects.filter(code="en_US"), by=admin)
    assert Language.objects.get(code="en_US").is_active
