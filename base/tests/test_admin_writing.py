"""Saving in the back office: audited, guarded, and every refusal a sentence."""

import pytest
from django.urls import reverse

from base.models import (
    Change,
    Company,
    Country,
    Partner,
    PartnerBankAccount,
    PartnerTag,
    User,
    VerbRun,
)
from base.tests.office import address, errors_of, filled, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def toko():
    return Partner.objects.create(name="Toko Maju", country=Country.objects.get(code="ID"))


def test_saving_a_record_is_one_run_through_the_door_admin(boss, toko):
    before = VerbRun.objects.count()
    page = boss.get(address(Partner, "change", toko.pk))

    answer = boss.post(address(Partner, "change", toko.pk), filled(page, name="Toko Jaya"))

    assert answer.status_code == 302
    toko.refresh_from_db()
    run = VerbRun.objects.latest("id")
    change = Change.objects.filter(model="base_partner", row_id=toko.pk).latest("id")
    assert (toko.name, toko.changed_by_id) == ("Toko Jaya", 2)
    assert VerbRun.objects.count() == before + 1
    assert (run.verb, run.door, run.user_id) == ("base.partner.change", "admin", 2)
    assert (change.run_id, change.old, change.new) == (
        run.pk,
        {"name": "Toko Maju"},
        {"name": "Toko Jaya"},
    )


def test_a_new_record_and_its_parts_belong_to_one_run(boss):
    page = boss.get(address(Partner, "add"))
    data = filled(page, name="PT Baru", kind="contact")
    data |= {"bank_accounts-TOTAL_FORMS": "1", "bank_accounts-0-number": "123 456"}

    assert boss.post(address(Partner, "add"), data).status_code == 302

    run = VerbRun.objects.latest("id")
    made = Partner.objects.get(name="PT Baru")
    assert run.verb == "base.partner.create"
    assert PartnerBankAccount.objects.get(partner=made).created_by_id == 2
    assert set(run.changes.values_list("model", flat=True)) == {
        "base_partner",
        "base_partnerbankaccount",
    }


def test_nothing_changed_leaves_no_change_behind(boss, toko):
    page = boss.get(address(Partner, "change", toko.pk))
    before = Change.objects.count()
    boss.post(address(Partner, "change", toko.pk), filled(page))
    assert Change.objects.count() == before


def test_what_is_wrong_is_said_at_its_field(boss, toko):
    page = boss.get(address(Partner, "change", toko.pk))
    answer = boss.post(address(Partner, "change", toko.pk), filled(page, tax_id="12"))
    assert list(answer.context["adminform"].form.errors) == ["tax_id"]


def test_what_the_database_refuses_is_a_sentence_and_changes_nothing(boss, toko):
    PartnerTag.objects.create(name="Grosir")
    below = Partner.objects.create(name="Cabang", parent=toko, is_company=True)
    page = boss.get(address(Partner, "change", toko.pk))

    answer = boss.post(
        address(Partner, "change", toko.pk), filled(page, parent=below.pk, name="Toko Lain")
    )

    assert errors_of(answer) == ["A partner cannot belong to itself."]
    toko.refresh_from_db()
    assert (toko.name, toko.parent_id) == ("Toko Maju", None)


def test_who_saves_an_old_page_is_told_that_someone_was_faster(boss, toko):
    page = boss.get(address(Partner, "change", toko.pk))
    old = filled(page, name="Toko Lama")
    old["office_read_at"] = "2020-01-01T00:00:00+00:00"

    answer = boss.post(address(Partner, "change", toko.pk), old)

    assert errors_of(answer) == ["Toko Maju has changed in the meantime. Reload it and try again."]
    toko.refresh_from_db()
    assert toko.name == "Toko Maju"


def test_a_refused_save_does_not_claim_success(boss, toko):
    page = boss.get(address(Partner, "change", toko.pk))
    data = filled(page, office_read_at="2020-01-01T00:00:00+00:00")
    assert said(boss.post(address(Partner, "change", toko.pk), data)) == []


def test_anneighbours_record_is_not_there(boss, neighbour):
    theirs = Partner.objects.create(name="Rahasia", company=neighbour)

    shown = boss.get(address(Partner, "change", theirs.pk))
    changed = boss.post(address(Partner, "change", theirs.pk), {"name": "x"})
    deleted = boss.post(address(Partner, "delete", theirs.pk), {"post": "yes"})
    history = boss.get(address(Partner, "history", theirs.pk))

    assert {answer.status_code for answer in (shown, changed, deleted, history)} == {302}
    assert Partner.objects.get(pk=theirs.pk).name == "Rahasia"
    assert "Rahasia" not in boss.get(address(Partner, "changelist")).content.decode()


def test_anneighbours_record_cannot_be_linked(boss, toko, neighbour):
    theirs = Partner.objects.create(name="Rahasia", company=neighbour)
    page = boss.get(address(Partner, "change", toko.pk))

    answer = boss.post(address(Partner, "change", toko.pk), filled(page, parent=theirs.pk))
    company = boss.post(address(Partner, "change", toko.pk), filled(page, company=neighbour.pk))

    assert list(answer.context["adminform"].form.errors) == ["parent"]
    assert list(company.context["adminform"].form.errors) == ["company"]


def test_autocomplete_offers_only_what_the_actor_sees(boss, neighbour):
    Partner.objects.create(name="Rahasia", company=neighbour)
    found = boss.get(
        reverse("admin:autocomplete"),
        {"term": "Rahasia", "app_label": "base", "model_name": "partner", "field_name": "parent"},
    )
    assert found.json()["results"] == []


def test_links_the_actor_does_not_see_survive_a_save(boss, person, neighbour):
    sari = person()
    sari.companies.add(neighbour)
    page = boss.get(address(User, "change", sari.pk))

    answer = boss.post(address(User, "change", sari.pk), filled(page, language="id", companies=[1]))

    assert answer.status_code == 302, errors_of(answer)
    assert set(sari.companies.values_list("pk", flat=True)) == {1, neighbour.pk}


def test_deleting_is_an_audited_run(boss):
    tag = PartnerTag.objects.create(name="Sekali")
    boss.post(address(PartnerTag, "delete", tag.pk), {"post": "yes"})
    assert not PartnerTag.objects.filter(pk=tag.pk).exists()
    assert VerbRun.objects.latest("id").verb == "base.partnertag.delete"


def test_deleting_what_is_used_is_refused_with_a_sentence(boss):
    partner = Company.objects.get(pk=1).partner
    answer = boss.post(address(Partner, "delete", partner.pk), {"post": "yes"}, follow=True)
    assert said(answer) != []
    assert Partner.objects.filter(pk=partner.pk).exists()


def test_deleting_from_the_list_is_all_or_nothing(boss):
    free = Partner.objects.create(name="Bebas")
    used = Company.objects.get(pk=1).partner
    chosen = {"action": "delete_selected", "_selected_action": [free.pk, used.pk], "post": "yes"}
    boss.post(address(Partner, "changelist"), chosen)
    assert Partner.objects.filter(pk__in=[free.pk, used.pk]).count() == 2


def test_who_may_only_look_cannot_save(client, person, toko):
    client.force_login(person("sari", "Employee"))
    country = Country.objects.get(code="ID")

    assert client.get(address(Country, "change", country.pk)).status_code == 200
    assert client.post(address(Country, "change", country.pk), {"name_en": "x"}).status_code == 403
    assert client.post(address(Country, "delete", country.pk), {"post": "yes"}).status_code == 403
    country.refresh_from_db()
    assert country.name_en == "Indonesia"


def test_script_in_a_name_is_shown_as_text(boss):
    evil = Partner.objects.create(name="<script>alert(1)</script>{{ 7*7 }}")
    pages = [
        boss.get(address(Partner, "changelist")),
        boss.get(address(Partner, "change", evil.pk)),
        boss.get(address(Partner, "history", evil.pk)),
        boss.get(address(Partner, "delete", evil.pk)),
    ]
    assert [page.content.decode().count("<script>alert(1)") for page in pages] == [0, 0, 0, 0]


def test_history_tells_old_and_new_by_whom_and_through_which_door(boss, toko):
    page = boss.get(address(Partner, "change", toko.pk))
    boss.post(address(Partner, "change", toko.pk), filled(page, city="Bandung"))

    shown = boss.get(address(Partner, "history", toko.pk)).context["happenings"]

    latest = shown[0]
    assert [(d.label, d.old, d.new) for d in latest.differences] == [("City", "—", "Bandung")]
    assert (latest.change.run.user_id, latest.change.run.door) == (2, "admin")
