"""Writing: what values become, what commands do, what is refused, and that refusals change nothing."""

import pytest
from django.db import connection

from base.models import Country, Currency, Partner, PartnerTag, User
from rpc.tests.conftest import Refusal, country
from rpc.tests.test_reading import Counted

ROUND_TRIPS = [
    ("city", "Solo", "Solo"),
    ("city", "  a b ", "  a b "),
    ("city", "", False),
    ("city", False, False),
    ("city", None, False),
    ("city", 12, "12"),
    ("city", "ü😀<&>", "ü😀<&>"),
    ("color", 3.7, 3),
    ("color", "4", 4),
    ("color", True, 1),
    ("color", None, 0),
    ("credit_limit", 12, 12.0),
    ("credit_limit", "2.5", 2.5),
    ("credit_limit", False, 0.0),
    ("credit_limit", 1.23456, 1.2346),
    ("is_company", "false", True),
    ("is_company", 0, False),
    ("is_company", None, False),
    ("type", "invoice", "invoice"),
    ("lang", "id_ID", "id_ID"),
    ("lang", False, False),
    ("comment", "plain & text", "<p>plain &amp; text</p>"),
    ("comment", '<p>x<script>alert(1)</script><b onclick="x()">y</b></p>', "<p>x<b>y</b></p>"),
    ("company_type", "company", "company"),
]


@pytest.mark.parametrize(
    ("field", "given", "read"), ROUND_TRIPS, ids=lambda value: repr(value)[:40]
)
def test_write_then_read(rpc, family, field, given, read):
    assert rpc("res.partner", "write", [family.alpha.pk], {field: given}) is True
    assert rpc("res.partner", "read", [family.alpha.pk], [field]) == [
        {"id": family.alpha.pk, field: read}
    ]


def test_many2one_takes_ids_and_what_clients_read(rpc, family):
    us = country("US")
    for given in (us, float(us), str(us), [us, "United States"]):
        rpc("res.partner", "write", [family.beta.pk], {"country_id": False})
        rpc("res.partner", "write", [family.beta.pk], {"country_id": given})
        assert (
            rpc("res.partner", "read", [family.beta.pk], ["country_id"], load=None)[0]["country_id"]
            == us
        )
    for given in (False, None, 0, "", []):
        rpc("res.partner", "write", [family.beta.pk], {"country_id": given})
        assert (
            rpc("res.partner", "read", [family.beta.pk], ["country_id"])[0]["country_id"] is False
        )


REFUSED = [
    ({"nosuch": 1}, "builtins.ValueError", "Invalid field 'nosuch' in 'res.partner'"),
    ({"color": "abc"}, "builtins.ValueError", "invalid literal for int() with base 10: 'abc'"),
    ({"color": 2**31}, "psycopg2.errors.NumericValueOutOfRange", "integer out of range\n"),
    ({"credit_limit": "many"}, "builtins.ValueError", "could not convert string to float: 'many'"),
    ({"credit_limit": 1e30}, "psycopg2.errors.NumericValueOutOfRange", "numeric field overflow\n"),
    (
        {"city": "a\x00b"},
        "builtins.ValueError",
        "A string literal cannot contain NUL (0x00) characters.",
    ),
    ({"city": ["a"]}, "builtins.TypeError", "Wrong value for res.partner.city: ['a']"),
    ({"type": "nope"}, "builtins.ValueError", "Wrong value for res.partner.type: 'nope'"),
    (
        {"country_id": {"id": 1}},
        "builtins.ValueError",
        "Wrong value for res.partner.country_id: {'id': 1}",
    ),
    (
        {"country_id": "Belgium"},
        "builtins.ValueError",
        "Wrong value for res.partner.country_id: 'Belgium'",
    ),
    ({"category_id": "x"}, "builtins.ValueError", "Wrong value for res.partner.category_id: 'x'"),
    (
        {"category_id": [["a"]]},
        "builtins.ValueError",
        "Wrong value for res.partner.category_id: [['a']]",
    ),
    (
        {"complete_name": "x"},
        "odoo.exceptions.UserError",
        "The field “full name” cannot be written directly.",
    ),
    (
        {"name": ""},
        "odoo.exceptions.ValidationError",
        "The operation cannot be completed: A contact needs a name.",
    ),
    (
        {"country_id": 99999999},
        "odoo.exceptions.MissingError",
        "Record does not exist or has been deleted.\n(Record: res.country(99999999,), User: 2)",
    ),
]


@pytest.mark.parametrize(("values", "name", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_write_that_is_refused_changes_nothing(rpc, family, values, name, message):
    before = rpc("res.partner", "read", [family.alpha.pk])
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "write", [family.alpha.pk], {"street": "changed", **values})
    assert (refused.value.name, refused.value.message) == (name, message)
    assert rpc("res.partner", "read", [family.alpha.pk]) == before


def test_create_answers_an_id_for_a_mapping_and_a_list_for_a_list(rpc):
    one = rpc("res.partner", "create", {"name": "One"})
    two, three = rpc("res.partner", "create", [{"name": "Two"}, {"name": "Three"}])
    assert rpc("res.partner", "create", []) == []
    assert [row["name"] for row in rpc("res.partner", "read", [one, two, three], ["name"])] == [
        "One",
        "Two",
        "Three",
    ]


def test_create_ignores_what_the_house_itself_writes(rpc):
    tag = rpc(
        "res.partner.category",
        "create",
        {"name": "T", "id": 5, "create_uid": 1, "create_date": "2001-01-01"},
    )
    (row,) = rpc("res.partner.category", "read", [tag], ["create_uid", "create_date"])
    assert tag != 5
    assert row["create_uid"][0] == rpc.user_id
    assert row["create_date"] > "2020"


def test_create_takes_defaults_from_the_context(rpc):
    made = rpc(
        "res.partner",
        "create",
        {"name": "D"},
        context={"default_city": "Depok", "default_nosuch": 1},
    )
    assert rpc("res.partner", "read", [made], ["city", "type"])[0] == {
        "id": made,
        "city": "Depok",
        "type": "contact",
    }
    asked = ["city", "color", "is_company", "nosuch", "category_id", "company_id"]
    assert rpc("res.partner", "default_get", asked, context={"default_city": "Depok"}) == {
        "city": "Depok",
        "color": 0,
        "is_company": False,
    }


def test_create_is_all_or_nothing(rpc):
    before = Partner.objects.count()
    for rows in (
        [{"name": "A"}, {"name": "B", "nosuch": 1}],
        [{"name": "A"}, {"type": "contact"}],
        "x",
        [5],
    ):
        with pytest.raises(Refusal):
            rpc("res.partner", "create", rows)
    assert Partner.objects.count() == before


def test_write_of_no_rows_is_true_and_of_missing_rows_is_refused(rpc, family):
    assert rpc("res.partner", "write", [], {"city": "x"}) is True
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "write", [family.beta.pk, 99_999_999], {"city": "x"})
    assert refused.value.message == (
        f"Record does not exist or has been deleted.\n(Record: res.partner(99999999,), User: {rpc.user_id})"
    )
    family.beta.refresh_from_db()
    assert family.beta.city == "100%_pure"


def test_unlink_deletes_and_does_not_mind_what_is_gone(rpc, family):
    assert rpc("res.partner", "unlink", [family.gamma.pk]) is True
    assert rpc("res.partner", "unlink", [family.gamma.pk]) is True
    assert not Partner.objects.filter(pk=family.gamma.pk).exists()
    with pytest.raises(Refusal) as refused:
        rpc("res.currency", "unlink", [Currency.objects.get(code="IDR").pk])
    assert refused.value.name == "odoo.exceptions.ValidationError"
    assert refused.value.message.startswith("The operation cannot be completed: ")


def test_commands_on_a_many2many(rpc, family):
    def tags(*commands):
        rpc(
            "res.partner",
            "write",
            [family.gamma.pk],
            {"category_id": commands[0] if len(commands) == 1 else commands},
        )
        found = rpc("res.partner", "read", [family.gamma.pk], ["category_id"])[0]["category_id"]
        return set(found)

    red, dark, blue = family.red.pk, family.dark.pk, family.blue.pk
    assert tags([[4, red]]) == {red}
    assert tags([[4, dark, 0]]) == {red, dark}
    assert tags([[3, red]]) == {dark}
    assert tags([[6, 0, [blue, red]]]) == {blue, red}
    assert tags([[9, 1, 0]]) == {blue, red}
    assert tags([[5]]) == set()
    assert tags([red, dark]) == {red, dark}
    assert tags(False) == set()
    (made,) = tags([[0, 0, {"name": "New"}]])
    assert tags([[1, made, {"name": "Newer"}], [4, red]]) == {made, red}
    assert PartnerTag.objects.get(pk=made).name == "Newer"
    assert tags([[2, made]]) == {red}
    assert not PartnerTag.objects.filter(pk=made).exists()
    assert tags([[6, 0, []]]) == set()
    with pytest.raises(Refusal) as refused:
        tags([[4, 99_999_999]])
    assert refused.value.name == "odoo.exceptions.ValidationError"


def test_commands_add_to_what_each_row_has(rpc, family):
    rows = [family.alpha.pk, family.beta.pk]
    rpc("res.partner", "write", rows, {"category_id": [[4, family.red.pk]]})
    assert set(family.alpha.tags.values_list("pk", flat=True)) == {family.red.pk, family.dark.pk}
    assert set(family.beta.tags.values_list("pk", flat=True)) == {family.blue.pk, family.red.pk}


def test_commands_on_a_one2many(rpc, family):
    def kids(commands):
        rpc("res.partner", "write", [family.beta.pk], {"child_ids": commands})
        return rpc("res.partner", "read", [family.beta.pk], ["child_ids"])[0]["child_ids"]

    first, second = kids([[0, 0, {"name": "C1"}], [0, "virtual_1", {"name": "C2"}]])
    assert kids([[1, first, {"city": "up"}]]) == [first, second]
    assert Partner.objects.get(pk=first).city == "up"
    assert kids([[6, 0, [second]]]) == [second]
    assert Partner.objects.get(pk=first).parent_id is None
    assert kids([[4, first]]) == [first, second]
    assert kids([[3, first]]) == [second]
    assert kids([[5]]) == []
    assert kids([first, second]) == [first, second]
    assert kids([[2, first]]) == [second]
    assert not Partner.objects.filter(pk=first).exists()


def test_a_part_that_cannot_be_without_its_whole_goes_with_it(rpc, family):
    bank = rpc(
        "res.partner", "write", [family.alpha.pk], {"bank_ids": [[0, 0, {"acc_number": "123-456"}]]}
    )
    assert bank is True
    (account,) = rpc("res.partner", "read", [family.alpha.pk], ["bank_ids"])[0]["bank_ids"]
    rpc("res.partner", "write", [family.alpha.pk], {"bank_ids": [[3, account]]})
    assert rpc("res.partner.bank", "search", [["id", "=", account]]) == []


def test_copy_makes_a_list_and_leaves_out_what_is_one_of_a_kind(rpc, family):
    rpc("res.partner", "write", [family.beta.pk], {"barcode": "8991234"})
    (copy,) = rpc("res.partner", "copy", [family.beta.pk])
    (row,) = rpc(
        "res.partner", "read", [copy], ["name", "ref", "category_id", "barcode", "child_ids"]
    )
    assert row == {
        "id": copy,
        "name": "Beta (copy)",
        "ref": "F2",
        "category_id": [family.blue.pk],
        "barcode": False,
        "child_ids": [],
    }
    (other,) = rpc("res.partner", "copy", [family.beta.pk], {"name": "Other"})
    assert Partner.objects.get(pk=other).name == "Other"


def test_archiving_answers_nothing(rpc, family):
    assert rpc("res.partner.category", "action_archive", [family.red.pk, family.blue.pk]) is None
    assert rpc(
        "res.partner.category", "search", [["id", "in", [family.red.pk, family.dark.pk]]]
    ) == [family.dark.pk]
    assert rpc("res.partner.category", "toggle_active", [family.red.pk]) is None
    assert rpc("res.partner.category", "action_archive", []) is None
    with pytest.raises(Refusal, match="Country cannot be archived"):
        rpc("res.country", "action_archive", [1])


def test_names_make_rows(rpc):
    made, name = rpc("res.partner", "name_create", "Sari <sari@example.com>")
    assert (name, Partner.objects.get(pk=made).email) == ("Sari", "sari@example.com")
    assert rpc("res.partner.category", "name_create", "Fresh")[1] == "Fresh"
    assert rpc("res.partner", "find_or_create", "Sari <sari@example.com>") == [made]


def test_texts_are_written_in_the_language_of_the_context(rpc):
    germany = country("DE")
    rpc("res.country", "write", [germany], {"name": "Jerman Raya"}, context={"lang": "id_ID"})
    row = Country.objects.get(pk=germany)
    assert (row.name_en, row.name_ind) == ("Germany", "Jerman Raya")
    made = rpc("res.partner.category", "create", {"name": "Merah"}, context={"lang": "id_ID"})
    tag = PartnerTag.objects.get(pk=made)
    assert (tag.name_en, tag.name_ind) == ("Merah", "Merah")


def test_a_user_is_also_a_partner(rpc, house):
    made = rpc(
        "res.users",
        "create",
        {"name": "Budi", "login": "budi", "email": "budi@example.com", "city": "Garut"},
    )
    user = User.objects.get(pk=made)
    assert (user.partner.name, user.partner.email, user.partner.city) == (
        "Budi",
        "budi@example.com",
        "Garut",
    )
    assert (
        rpc("res.users", "write", [made], {"name": "Budi S", "lang": "id_ID", "phone": "0812"})
        is True
    )
    (row,) = rpc("res.users", "read", [made], ["name", "lang", "phone", "login", "company_ids"])
    assert row == {
        "id": made,
        "name": "Budi S",
        "lang": "id_ID",
        "phone": "0812",
        "login": "budi",
        "company_ids": [house.first.pk],
    }
    with pytest.raises(Refusal, match="You cannot have two users with the same login"):
        rpc("res.users", "create", {"name": "Budi", "login": "budi"})
    assert rpc("res.users", "write", [made], {"password": "rahasia-besar-9"}) is True
    user.refresh_from_db()
    assert user.check_password("rahasia-besar-9")
    assert rpc("res.users", "read", [made], ["password"])[0]["password"] is False


def test_a_product_is_made_with_its_template(rpc):
    made = rpc(
        "product.product",
        "create",
        {"name": "Teh", "default_code": "T1", "list_price": 20, "standard_price": 8},
    )
    (row,) = rpc(
        "product.product",
        "read",
        [made],
        ["name", "display_name", "lst_price", "standard_price", "type"],
    )
    assert row == {
        "id": made,
        "name": "Teh",
        "display_name": "[T1] Teh",
        "lst_price": 20.0,
        "standard_price": 8.0,
        "type": "consu",
    }
    template = rpc(
        "product.template", "create", {"name": "Kopi", "default_code": "K1", "barcode": "899"}
    )
    (row,) = rpc(
        "product.template", "read", [template], ["default_code", "barcode", "product_variant_count"]
    )
    assert row == {
        "id": template,
        "default_code": "K1",
        "barcode": "899",
        "product_variant_count": 1,
    }
    rpc("product.template", "write", [template], {"default_code": "K2", "list_price": 5})
    variant = rpc("product.product", "search", [["product_tmpl_id", "=", template]])
    assert rpc("product.product", "read", variant, ["default_code", "list_price"], load=None) == [
        {"id": variant[0], "default_code": "K2", "list_price": 5.0}
    ]


def test_writing_takes_few_queries(rpc, family):
    vals = {
        "name": "Q",
        "ref": "Q",
        "email": "q@example.com",
        "country_id": country("US"),
        "comment": "made",
    }
    for call, most in (
        (("create", vals), 6),
        (("create", [vals] * 100), 6),
        (("write", [family.beta.pk], {"phone": "1", "comment": "w"}), 6),
    ):
        rpc("res.partner", *call)
        with Counted(connection) as found:
            rpc("res.partner", *call)
        asked = [
            one["sql"]
            for one in found
            if not str(one["sql"]).startswith(("SAVEPOINT", "RELEASE", "SET CONSTRAINTS"))
        ]
        assert len(asked) <= most, asked
