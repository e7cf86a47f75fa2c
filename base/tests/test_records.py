"""Generic verbs for nouns without rules of their own."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from base.actors import Actor
from base.errors import AccessDenied, Invalid, Missing
from base.models import Change, Company, Partner, PartnerTag, User, VerbRun
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


def kept_of(rows):
    """Everything that the database holds of some partners, and what it remembers of them, without numbers and moments."""
    own = ("id", "created_at", "changed_at", "commercial_partner_id")
    found = []
    for row in Partner.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"):
        values = {
            field.attname: getattr(row, field.attname)
            for field in Partner._meta.concrete_fields
            if field.attname not in own
        }
        changes = Change.objects.filter(model="base_partner", row_id=row.pk)
        kept = changes.values_list("operation", "old", "new")
        told = [(a, b, {k: v for k, v in c.items() if k not in own}) for a, b, c in kept]
        found.append((values, sorted(row.tags.values_list("name_en", flat=True)), told))
    return found


def test_many_rows_are_kept_exactly_as_one_by_one(admin):
    tag = PartnerTag.objects.create(name="many")
    parent = Partner.objects.create(name="Above", is_company=True)
    rows = [
        {
            "name": f"Orang {n}\tdan \\N",
            "comment": ["", "plain & <b>bold</b>", "two\nlines", "<script>x</script>y"][n % 4],
            "email": f"o{n}@example.com" if n % 3 else "",
            "parent_id": parent.pk if n % 2 else None,
            "credit_limit": Decimal("1.2345") * n,
            "tags": [tag.pk] if n % 5 else [],
        }
        for n in range(records.MANY)
    ]
    at_once = records.create(Partner, rows, by=admin)
    by_themselves = [records.create(Partner, [row], by=admin)[0] for row in rows]
    assert kept_of(at_once) == kept_of(by_themselves)
    assert {row.created_by_id for row in Partner.objects.filter(name__startswith="Orang")} == {2}
    assert [row.pk for row in at_once] == sorted(row.pk for row in at_once)
    assert at_once[3].created_at == Partner.objects.get(pk=at_once[3].pk).created_at


def test_many_rows_are_refused_like_one(admin):
    good = [{"name": f"Orang {n}"} for n in range(records.MANY)]
    bad = {"name": "X", "email": "no address"}
    with pytest.raises(Invalid) as alone:
        records.create(Partner, [bad], by=admin)
    with pytest.raises(Invalid) as among:
        records.create(Partner, [*good, bad], by=admin)
    assert among.value.fields == alone.value.fields
    with pytest.raises(Invalid) as lacking:
        records.create(
            PartnerTag, [*({"name": f"T{n}"} for n in range(30)), {"color": 1}], by=admin
        )
    assert [*lacking.value.fields] == ["name"]
    twice = [{"name": f"Orang {n}", "barcode": "899"} for n in range(records.MANY)]
    with pytest.raises(IntegrityError, match="base_partner_barcode_once"), transaction.atomic():
        records.create(Partner, twice, by=admin)
    assert not Partner.objects.filter(name__startswith="Orang").exists()
