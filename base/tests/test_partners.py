"""Partners: names, families, addresses, tax numbers, finding them."""

import pytest
from django.db import IntegrityError, connection, transaction

from base.errors import Invalid, RuleBroken, translated
from base.models import (
    Bank,
    Company,
    Country,
    CountryState,
    Partner,
    PartnerBankAccount,
    PartnerTag,
)
from base.search import needle
from base.services import companies, partners, records
from base.services.partners import BehindUser, NoAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def indonesia(db):
    return Country.objects.get(code="ID")


@pytest.fixture
def kopi(indonesia):
    """A company with a buyer, an invoice address, and a warehouse below the buyer."""
    company = Partner.objects.create(name="PT Kopi Séjati", is_company=True, country=indonesia)
    Partner.objects.create(name="Dewi", parent=company)
    Partner.objects.create(kind="invoice", parent=company)
    return company


def names_of(rows):
    return list(rows.order_by("pk").values_list("complete_name", flat=True))


def test_people_and_addresses_are_named_after_their_company(kopi):
    assert names_of(Partner.objects.filter(commercial_partner=kopi)) == [
        "PT Kopi Séjati",
        "PT Kopi Séjati, Dewi",
        "PT Kopi Séjati, Invoice Address",
    ]


def test_a_new_name_of_the_company_reaches_everyone_below(kopi):
    Partner.objects.filter(pk=kopi.pk).update(name="PT Baru")
    assert names_of(kopi.children) == ["PT Baru, Dewi", "PT Baru, Invoice Address"]


def test_a_company_below_a_company_stands_for_itself(kopi):
    branch = Partner.objects.create(name="Branch", is_company=True, parent=kopi)
    clerk = Partner.objects.create(name="Clerk", parent=branch)
    found = Partner.objects.in_bulk([branch.pk, clerk.pk])
    assert found[branch.pk].commercial_partner_id == branch.pk
    assert found[clerk.pk].commercial_partner_id == branch.pk
    assert found[branch.pk].complete_name == "Branch"


def test_people_stand_for_themselves_once_their_company_is_gone(kopi):
    dewi = kopi.children.get(name="Dewi")
    kopi.children.exclude(pk=dewi.pk).delete()
    kopi.delete()
    dewi.refresh_from_db()
    assert (dewi.complete_name, dewi.commercial_partner_id) == ("Dewi", dewi.pk)


def test_a_partner_cannot_come_to_belong_to_itself(kopi, admin):
    dewi = kopi.children.get(name="Dewi")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        records.change(records.named(Partner, [kopi.pk]), {"parent_id": dewi.pk}, by=admin)
    assert str(translated(caught.value)) == "A partner cannot belong to itself."
    kopi.refresh_from_db()
    assert kopi.parent_id is None


def test_a_contact_needs_a_name(kopi):
    with pytest.raises(IntegrityError) as caught:
        Partner.objects.create(parent=kopi)
    assert str(translated(caught.value)) == "A contact needs a name."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tax_id": "01.312.166.1-091.000"}, "tax_id"),
        ({"nik": "9971011708450001"}, "nik"),
        ({"email": "nowhere"}, "email"),
        ({"email": "a@b.example; c d@e"}, "email"),
    ],
)
def test_create_refuses_numbers_and_addresses_that_cannot_be_right(admin, indonesia, values, field):
    with pytest.raises(Invalid) as caught:
        records.create(Partner, [{"name": "X", "country": indonesia, **values}], by=admin)
    assert list(caught.value.fields) == [field]
    assert not Partner.objects.filter(name="X").exists()


def test_create_checks_many_tax_numbers_with_few_queries(
    admin, indonesia, django_assert_max_num_queries
):
    rows = [
        {"name": f"P{n}", "country_id": indonesia.pk, "tax_id": "013121660091000"}
        for n in range(50)
    ]
    with django_assert_max_num_queries(7):
        records.create(Partner, rows, by=admin)


def test_tax_numbers_are_found_however_they_are_written(indonesia):
    partner = Partner.objects.create(name="X", country=indonesia, tax_id="01.312.166.0-091.000")
    assert Partner.objects.with_tax_id("013121660091000").get() == partner


@pytest.mark.parametrize("typed", ["kopi sejati", "SÉJATI", "sejat", "dewi"])
def test_search_does_not_mind_accents_and_case(kopi, typed):
    found = Partner.objects.filter(search_text__contains=needle(typed), commercial_partner=kopi)
    assert kopi.pk in set(found.values_list("commercial_partner", flat=True))


def test_search_can_use_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Partner.objects.filter(search_text__contains=needle("number 2718")).order_by().explain()
    assert "Bitmap Index Scan on base_partner_search" in plan


def test_names_sort_without_regard_to_case_and_accents():
    for name in ("zebra", "Éclair", "apple", "Banana"):
        Partner.objects.create(name=name, reference="sorted")
    rows = Partner.objects.filter(reference="sorted")
    assert list(rows.values_list("name", flat=True)) == ["apple", "Banana", "Éclair", "zebra"]


def test_archive_refuses_somebody_who_may_still_sign_in(admin):
    with pytest.raises(BehindUser) as caught:
        partners.archive(Partner.objects.filter(pk=admin.partner_id), by=admin)
    assert str(caught.value) == "Administrator may still sign in. Deactivate the user first."
    assert Partner.objects.get(pk=admin.partner_id).is_active


def test_archive_and_unarchive(admin, kopi):
    assert partners.archive(Partner.objects.filter(pk=kopi.pk), by=admin) == 1
    assert not Partner.objects.active().filter(pk=kopi.pk).exists()
    assert partners.unarchive(Partner.objects.filter(pk=kopi.pk), by=admin) == 1
    assert Partner.objects.active().filter(pk=kopi.pk).exists()


def test_find_or_create_finds_by_address_whatever_its_case(admin):
    first = partners.find_or_create("Ani Suryani <Ani@Example.com>", by=admin)
    again = partners.find_or_create("ani@example.com", by=admin)
    assert (first.name, again.pk) == ("Ani Suryani", first.pk)


def test_find_or_create_refuses_text_without_an_address(admin):
    with pytest.raises(NoAddress):
        partners.find_or_create("Ani Suryani", by=admin)


def test_addresses_go_down_the_family_first_and_then_up(kopi):
    dewi = kopi.children.get(name="Dewi")
    invoice = kopi.children.get(kind="invoice")
    warehouse = Partner.objects.create(kind="delivery", parent=dewi)
    kinds = ["invoice", "delivery", "other"]
    assert partners.addresses(kopi, kinds) == {
        "invoice": invoice.pk,
        "delivery": warehouse.pk,
        "other": kopi.pk,
        "contact": kopi.pk,
    }
    dewi.refresh_from_db()
    assert partners.addresses(dewi, kinds)["invoice"] == invoice.pk
    invoice.refresh_from_db()
    assert partners.addresses(invoice, ["delivery"])["delivery"] == warehouse.pk


def test_create_company_lifts_a_company_out_of_a_person(admin, indonesia):
    person = Partner.objects.create(
        name="Rudi", company_name="CV Rudi Jaya", city="Medan", country=indonesia
    )
    company = partners.create_company(person, by=admin)
    person.refresh_from_db()
    assert (company.name, company.city, company.is_company) == ("CV Rudi Jaya", "Medan", True)
    assert (person.parent_id, person.company_name) == (company.pk, "")


def test_address_lines_are_those_of_the_country(indonesia):
    jakarta = CountryState.objects.get(country=indonesia, code="JK")
    partner = Partner(
        name="X", street="Jl. A", city="Jakarta", zip="12940", state=jakarta, country=indonesia
    )
    assert partner.address_lines == ["Jl. A", "Jakarta, Jakarta Raya 12940", "Indonesia"]
    assert Partner(name="X", city="Bonn", zip="53111").address_lines == ["53111 Bonn"]
    assert Partner(name="X", city="Jakarta", country=indonesia).address_lines == [
        "Jakarta",
        "Indonesia",
    ]
    assert Partner(name="X", country=indonesia).address_lines == ["Indonesia"]


def test_a_company_and_its_partner_have_one_name(house):
    Partner.objects.filter(pk=house.partner_id).update(name="PT Satu")
    assert Company.objects.get(pk=house.pk).name == "PT Satu"
    Company.objects.filter(pk=house.pk).update(name="PT Dua")
    assert Partner.objects.get(pk=house.partner_id).name == "PT Dua"


def test_open_company_makes_its_partner_and_lets_in_who_opened_it(admin, house):
    company = companies.open_company(
        {"name": "PT Baru", "currency": house.currency, "city": "Malang"}, by=admin
    )
    assert (company.partner.name, company.partner.city, company.partner.is_company) == (
        "PT Baru",
        "Malang",
        True,
    )
    assert list(company.users.order_by("pk").values_list("pk", flat=True)) == [1, 2]


def test_open_company_refuses_a_name_that_is_taken(admin, house):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        companies.open_company({"name": house.name, "currency": house.currency}, by=admin)
    refusal = translated(caught.value)
    assert isinstance(refusal, RuleBroken)
    assert str(refusal) == "There is already a company with this name."


def test_a_company_cannot_be_a_branch_of_its_own_branch(house, other_company):
    Company.objects.filter(pk=other_company.pk).update(parent=house)
    with pytest.raises(IntegrityError) as caught:
        Company.objects.filter(pk=house.pk).update(parent=other_company)
    assert str(translated(caught.value)) == "A company cannot be a branch of itself."


@pytest.mark.parametrize(
    ("number", "kind"),
    [("DE89 3704 0044 0532 0130 00", "iban"), ("117-00-0451234-5", "bank"), ("ID12", "bank")],
)
def test_bank_account_numbers(kopi, admin, number, kind):
    (account,) = records.create(PartnerBankAccount, [{"partner": kopi, "number": number}], by=admin)
    account.refresh_from_db()
    assert account.kind == kind
    assert account.sanitized_number == "".join(sign for sign in number if sign.isalnum())


def test_a_wrong_iban_is_refused(kopi, admin):
    with pytest.raises(Invalid) as caught:
        records.create(
            PartnerBankAccount,
            [{"partner": kopi, "number": "DE89 3704 0044 0532 0130 01"}],
            by=admin,
        )
    assert list(caught.value.fields) == ["number"]


def test_a_partner_has_an_account_once_however_it_is_written(kopi):
    PartnerBankAccount.objects.create(partner=kopi, number="117-00-0451")
    with pytest.raises(IntegrityError):
        PartnerBankAccount.objects.create(partner=kopi, number="117000451")


def test_every_seeded_bank_has_a_right_bic():
    for bank in Bank.objects.all():
        bank.clean()


def test_tags_carry_the_names_of_those_above(db):
    region = PartnerTag.objects.create(name_en="Region", name_ind="Wilayah")
    java = PartnerTag.objects.create(name="Java", parent=region)
    java.refresh_from_db()
    assert (java.complete_name_en, java.complete_name_ind) == ("Region / Java", "Wilayah / Java")
    PartnerTag.objects.filter(pk=region.pk).update(name_en="Area")
    java.refresh_from_db()
    assert java.complete_name_en == "Area / Java"


@pytest.mark.parametrize("email", ["a@b.example", "a@kantor", "A <a@b.example>, b@c.example", ""])
def test_create_takes_addresses_as_people_write_them(admin, email):
    (partner,) = records.create(Partner, [{"name": "X", "email": email}], by=admin)
    assert partner.email == email


@pytest.mark.parametrize(
    "values",
    [
        {"name": "pt kopi séjati"},
        {"name": "X", "tax_id": "01.312.166.0-091.000"},
        {"name": "X", "email": "Halo@Kopi.example"},
        {"name": "X", "nik": "3171011708450001"},
    ],
)
def test_duplicates_are_those_of_the_same_name_number_or_address(admin, kopi, values):
    Partner.objects.filter(pk=kopi.pk).update(
        tax_id="013121660091000", email="halo@kopi.example", nik="3171011708450001"
    )
    assert list(partners.duplicates(Partner(**values), by=admin)) == [kopi]


def test_nobody_is_a_duplicate_of_themselves_or_their_own_people(admin, kopi):
    Partner.objects.filter(parent=kopi).update(email="halo@kopi.example")
    kopi.refresh_from_db()
    kopi.email = "halo@kopi.example"
    assert list(partners.duplicates(kopi, by=admin)) == []
