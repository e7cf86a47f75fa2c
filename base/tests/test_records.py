"""Generic verbs for nouns without rules of their own."""

from dataclasses import replace

import pytest

from base.actors import Actor
from base.errors import AccessDenied, Invalid, Missing
from base.models import Company, Partner, PartnerTag, User, VerbRun
from base.services import records
from base.services.records import NotEditable, OtherCompany

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return Actor.of(User.objects.get(pk=2), door="rpc")


@pytest.fixture
def other_company():
    partner = Partner.objects.create(name="Other Ltd", is_company=True)
    ours = Company.objects.get(pk=1)
    return Company.objects.create(name="Other Ltd", partner=partner, currency=ours.currency)


def test_create_makes_rows_with_links_in_few_queries(admin, django_assert_max_num_queries):
    tags = [PartnerTag.objects.create(name=name).pk for name in ("a", "b")]
    with django_assert_max_num_queries(5):
        one, two = records.create(
            Partner,
            [{"name": "One", "tags": tags}, {"name": "Two", "email": "two@example.com"}],
            by=admin,
        )
    assert sorted(one.tags.values_list("pk", flat=True)) == tags
    assert Partner.objects.get(pk=two.pk).created_by_id == admin.user_id


def test_create_refuses_a_bad_value_and_writes_nothing(admin):
    runs = VerbRun.objects.count()
    with pytest.raises(Invalid) as caught:
        records.create(Partner, [{"name": "One"}, {"name": "Two", "email": "no address"}], by=admin)
    assert list(caught.value.fields) == ["email"]
    assert not Partner.objects.filter(name="One").exists()
    assert VerbRun.objects.count() == runs


def test_create_refuses_without_the_right(admin):
    nobody = replace(admin, is_superuser=False, permissions=frozenset())
    with pytest.raises(AccessDenied):
        records.create(Partner, [{"name": "One"}], by=nobody)


def test_change_refuses_rows_of_a_company_that_is_not_mine(admin, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    with pytest.raises(Missing):
        records.change(records.named(Partner, [theirs.pk]), {"name": "Mine"}, by=admin)
    theirs.refresh_from_db()
    assert theirs.name == "Theirs"


def test_create_refuses_a_link_to_another_company(admin, other_company):
    theirs = Partner.objects.create(name="Theirs", company=other_company)
    both = replace(
        admin, company_ids=(1, other_company.pk), allowed_company_ids=(1, other_company.pk)
    )
    with pytest.raises(Missing):
        records.create(Partner, [{"name": "Child", "parent_id": theirs.pk}], by=admin)
    with pytest.raises(OtherCompany):
        records.create(
            Partner, [{"name": "Child", "parent_id": theirs.pk, "company_id": 1}], by=both
        )


def test_change_writes_in_the_language_of_the_actor_and_leaves_the_other(admin):
    [tag] = records.create(PartnerTag, [{"name": "Gold"}], by=admin.speaking("en"))
    records.change(records.named(PartnerTag, [tag.pk]), {"name": "Emas"}, by=admin.speaking("id"))
    tag.refresh_from_db()
    assert (tag.name_en, tag.name_ind) == ("Gold", "Emas")


def test_what_only_a_verb_may_change_is_refused(admin):
    with pytest.raises(NotEditable):
        records.change(records.named(Partner, [1]), {"created_at": "2020-01-01"}, by=admin)


def test_delete_answers_how_many_and_refuses_what_is_not_there(admin):
    [tag] = records.create(PartnerTag, [{"name": "Gold"}], by=admin)
    assert records.delete(records.named(PartnerTag, [tag.pk]), by=admin) == 1
    with pytest.raises(Missing):
        records.delete(records.named(PartnerTag, [tag.pk]), by=admin)
