"""`load`: sheets of text become rows, all of them or none, with messages about the lines that are wrong."""

import pytest
from django.db import connection

from base.models import Country, ExternalId, Partner, PartnerTag
from rpc.exchange.paths import steps_of
from rpc.tests.conftest import Refusal
from rpc.tests.test_reading import Counted


def loaded(rpc, fields, *lines, model="res.partner", **kwargs):
    return rpc(model, "load", fields, [list(line) for line in lines], **kwargs)


def ids_of(answer):
    assert answer == {"ids": answer["ids"], "messages": [], "nextrow": 0}
    return answer["ids"]


def test_rows_are_made_from_names_numbers_and_flags(rpc):
    [first, second] = ids_of(
        loaded(
            rpc,
            ["name", "ref", "color", "is_company", "country_id", "type", "credit_limit", "lang"],
            ("Toko", "L1", "3", "True", "Indonesia", "invoice", "12.50", ""),
            ("Warung", "L2", "", "0", "ID", "delivery", "", "id_ID"),
        )
    )
    one, two = Partner.objects.get(pk=first), Partner.objects.get(pk=second)
    indonesia = Country.objects.get(code="ID")
    assert (one.name, one.color, one.is_company, one.country, one.kind) == (
        "Toko",
        3,
        True,
        indonesia,
        "invoice",
    )
    assert (two.color, two.is_company, two.country, two.kind, two.language) == (
        0,
        False,
        indonesia,
        "delivery",
        "id",
    )


def test_cells_need_not_be_text_and_lines_may_be_short(rpc):
    (made,) = ids_of(loaded(rpc, ["name", "color", "is_company", "ref"], ("Toko", 4, True)))
    row = Partner.objects.get(pk=made)
    assert (row.color, row.is_company, row.reference) == (4, True, "")


def test_an_external_id_names_a_new_row_and_finds_it_again(rpc):
    fields = ["id", "name", "city"]
    first = ids_of(loaded(rpc, fields, ("imp.p1", "One", "Solo"), ("p2", "Two", "Tegal")))
    names = {
        name.complete_name: name.row_id for name in ExternalId.objects.filter(row_id__in=first)
    }
    assert names.items() >= {"imp.p1": first[0], "__import__.p2": first[1]}.items()
    again = ids_of(loaded(rpc, fields, ("p2", "Two!", ""), ("imp.p1", "One", "Solo")))
    assert again == first[::-1]
    row = Partner.objects.get(pk=first[1])
    assert (row.name, row.city) == ("Two!", "")


def test_a_number_finds_a_row(rpc, family):
    assert ids_of(loaded(rpc, [".id", "name"], (str(family.beta.pk), "Beta two"))) == [
        family.beta.pk
    ]
    family.beta.refresh_from_db()
    assert family.beta.name == "Beta two"
    answer = loaded(rpc, [".id", "name"], ("99999999", "x"), ("abc", "y"))
    assert answer["ids"] is False
    assert [(one["message"], one["field"], one["record"]) for one in answer["messages"]] == [
        ("Unknown database identifier '99999999'", ".id", 0),
        ("Unknown database identifier 'abc'", ".id", 1),
    ]


def test_links_are_found_by_name_external_id_and_number(rpc, family):
    belgium = Country.objects.get(code="BE").pk
    for column, cell in (
        ("country_id", "Belgium"),
        ("country_id/id", "base.be"),
        ("country_id:id", "base.be"),
        ("country_id/.id", str(belgium)),
        ("country_id.id", str(belgium)),
        ("country_id/name", "Belgium"),
    ):
        (made,) = ids_of(loaded(rpc, ["name", column], ("N", cell)))
        assert (column, Partner.objects.get(pk=made).country_id) == (column, belgium)
    fields = ["name", "category_id"]
    (made,) = ids_of(loaded(rpc, fields, ("N", "Red,Blue")))
    assert set(Partner.objects.get(pk=made).tags.all()) == {family.red, family.blue}
    (made,) = ids_of(loaded(rpc, ["name", "category_id/.id"], ("N", f"{family.red.pk}")))
    assert set(Partner.objects.get(pk=made).tags.all()) == {family.red}


def test_rows_may_refer_to_rows_of_the_same_sheet(rpc):
    ids = ids_of(
        loaded(
            rpc,
            ["id", "name", "parent_id/id"],
            ("imp.child", "Child", "imp.parent"),
            ("imp.parent", "Parent", "imp.top"),
            ("imp.top", "Top", ""),
            ("imp.child", "Child two", "imp.top"),
        )
    )
    child, parent, top = (Partner.objects.get(pk=one) for one in ids[:3])
    assert ids[3] == child.pk
    assert (child.name, child.parent_id, parent.parent_id) == ("Child two", top.pk, top.pk)
    ids = ids_of(loaded(rpc, ["name", "parent_id"], ("Induk Baru", ""), ("Anak", "Induk Baru")))
    assert Partner.objects.get(pk=ids[1]).parent_id == ids[0]


def test_rows_that_wait_for_one_another_are_refused(rpc):
    answer = loaded(rpc, ["id", "name", "parent_id/id"], ("a.1", "A", "a.2"), ("a.2", "B", "a.1"))
    assert answer["ids"] is False
    assert answer["messages"][0]["message"] == "Line 1 refers to itself by way of others."


def test_further_lines_add_parts(rpc):
    ids = ids_of(
        loaded(
            rpc,
            ["name", "child_ids/name", "child_ids/country_id"],
            ("Induk", "Satu", "Indonesia"),
            ("", "Dua", ""),
            ("Lain", "", ""),
        )
    )
    assert len(ids) == 2
    children = Partner.objects.filter(parent_id=ids[0]).order_by("pk")
    assert [(one.name, bool(one.country_id)) for one in children] == [
        ("Satu", True),
        ("Dua", False),
    ]
    first = children[0]
    ids_of(
        loaded(
            rpc,
            [".id", "child_ids/.id", "child_ids/name"],
            (ids[0], first.pk, "Satu!"),
            ("", "", "Tiga"),
        )
    )
    assert set(children.values_list("name", flat=True)) == {"Satu!", "Dua", "Tiga"}


WRONG = [
    (
        ["name", "color"],
        ("Z", "abc"),
        {
            "field": "color",
            "field_name": "Color",
            "message": "'abc' does not seem to be an integer for field 'Color'",
        },
    ),
    (
        ["name", "credit_limit"],
        ("Z", "much"),
        {"message": "'much' does not seem to be a number for field 'Credit Limit'"},
    ),
    (
        ["name", "country_id/id"],
        ("Z", "base.zzt"),
        {
            "field": "country_id",
            "message": "No matching record found for external id 'base.zzt' in field 'Country'",
            "moreinfo": {
                "name": "Possible Values",
                "type": "ir.actions.act_window",
                "target": "new",
                "view_mode": "list,form",
                "views": [[False, "list"], [False, "form"]],
                "context": {"create": False},
                "help": "See all possible values",
                "res_model": "ir.model.data",
                "domain": [["model", "=", "res.country"]],
            },
        },
    ),
    (
        ["name", "country_id/.id"],
        ("Z", "abc"),
        {"message": "Invalid database id 'abc' for the field 'Country'"},
    ),
    (
        ["name", "country_id/.id"],
        ("Z", "99999999"),
        {"message": "No matching record found for database id '99999999' in field 'Country'"},
    ),
    (
        ["name", "country_id"],
        ("Z", "Atlantis"),
        {"message": "No matching record found for name 'Atlantis' in field 'Country'"},
    ),
    (
        ["name", "country_id/code"],
        ("Z", "BE"),
        {
            "message": "Can not create Many-To-One records indirectly, import the field separately",
        },
    ),
    (
        ["name", "country_id", "country_id/id"],
        ("Z", "Belgium", "base.be"),
        {
            "message": (
                "Ambiguous specification for field 'Country', only provide one of name, external id or database id"
            )
        },
    ),
    (
        ["name", "type"],
        ("Z", "Nope"),
        {"field": "type", "message": "Value 'Nope' not found in selection field 'Kind of address'"},
    ),
]


@pytest.mark.parametrize(("fields", "line", "said"), WRONG, ids=lambda value: str(value)[:40])
def test_a_cell_that_cannot_be_understood_is_told_and_nothing_is_written(rpc, fields, line, said):
    before = Partner.objects.count()
    answer = loaded(rpc, fields, ("Good",), line)
    assert (answer["ids"], answer["nextrow"]) == (False, 0)
    (message,) = answer["messages"]
    assert message["rows"] == {"from": 1, "to": 1}
    assert (message["type"], message["record"]) == ("error", 1)
    if "Kind of address" in said["message"]:
        said = {
            **said,
            "message": said["message"].replace("Kind of address", message["field_name"]),
        }
    assert {name: message.get(name) for name in said} == said
    assert Partner.objects.count() == before


def test_dates_and_moments_are_read(rpc, house):
    usd = rpc("res.currency", "search", [["name", "=", "USD"]])[0]
    fields = ["currency_id/.id", "name", "rate"]
    made = ids_of(loaded(rpc, fields, (usd, "2025-01-31", "2.5"), model="res.currency.rate"))
    assert rpc("res.currency.rate", "read", made, ["name", "rate"]) == [
        {"id": made[0], "name": "2025-01-31", "rate": 2.5}
    ]
    answer = loaded(rpc, fields, (usd, "soon", "2.5"), model="res.currency.rate")
    assert (
        answer["messages"][0]["message"].partition(" for field")[0]
        == "'soon' does not seem to be a valid date"
    )


def test_a_doubtful_flag_is_taken_for_yes_with_a_warning(rpc):
    answer = loaded(rpc, ["name", "is_company"], ("Z", "perhaps"))
    (warning,) = answer["messages"]
    assert (warning["type"], warning["moreinfo"]) == (
        "warning",
        "Use '1' for yes and '0' for no",
    )
    assert Partner.objects.get(pk=answer["ids"][0]).is_company is True


def test_a_name_that_several_rows_have_is_told(rpc, family):
    PartnerTag.objects.create(name="Red", parent=family.blue)
    answer = loaded(rpc, ["name", "category_id"], ("Z", "Red"))
    assert [one["type"] for one in answer["messages"]] == ["warning"] * len(answer["messages"])
    assert len(Partner.objects.get(pk=answer["ids"][0]).tags.all()) == 1


def test_what_a_row_lacks_is_told_line_by_line_and_all_is_undone(rpc):
    before = Partner.objects.count()
    answer = loaded(rpc, ["name", "city"], ("Good", "Solo"), ("", "Tegal"), ("", "Pati"))
    assert answer["ids"] is False
    assert [one["rows"]["from"] for one in answer["messages"]] == [1, 2]
    assert Partner.objects.count() == before
    answer = loaded(rpc, ["acc_number"], ("123-456",), model="res.partner.bank")
    assert answer["messages"] == [
        {
            "rows": {"from": 0, "to": 0},
            "record": 0,
            "type": "error",
            "message": (
                "Missing required value for the field 'Holder' (partner_id).\n"
                f"Model: '{label_of(rpc, 'res.partner.bank')}' (res.partner.bank)\n"
                "- create/update: a mandatory field is not set\n"
                "- delete: another model requires the record being deleted, you can archive it instead\n"
            ),
            "field": "partner_id",
        }
    ]


def test_a_selection_is_known_by_its_label_too(rpc):
    (label,) = [
        label
        for key, label in rpc("res.partner", "fields_get", ["type"])["type"]["selection"]
        if key == "invoice"
    ]
    (made,) = ids_of(loaded(rpc, ["name", "type"], ("Z", label)))
    assert Partner.objects.get(pk=made).kind == "invoice"


def label_of(rpc, model):
    return rpc("ir.model", "search_read", [["model", "=", model]], ["name"])[0]["name"]


def test_many_wrong_lines_end_the_trial(rpc):
    answer = loaded(rpc, ["name", "city"], *[("", f"City {n}") for n in range(40)])
    assert [one["type"] for one in answer["messages"]] == ["error"] * 10 + ["warning"]


def test_an_unknown_column_is_no_message(rpc):
    for column in ("nosuch", "nosuch/id", "name/x", "country_id/nosuch"):
        with pytest.raises(Refusal) as refused:
            loaded(rpc, ["name", column], ("Z", "x"))
        assert refused.value.name == "builtins.ValueError"
        assert refused.value.message.startswith("Invalid field name '")
    for data in ("x", [5], ["abc"], None):
        with pytest.raises(Refusal, match="TypeError"):
            rpc("res.partner", "load", ["name"], data)


def test_five_hundred_rows_take_few_queries(rpc, family):
    fields = ["id", "ref", "name", "email", "street", "city", "country_id", "is_company"]
    fields += ["category_id", "parent_id"]
    lines = [
        [
            *(
                f"bulk.p{n}",
                f"B{n}",
                f"Bulk {n}",
                f"b{n}@example.com",
                f"{n} Street",
                f"City {n % 50}",
            ),
            *("Indonesia", str(n % 3 == 0), "Red,Blue" if n % 2 else "", "" if n % 5 else "Alpha"),
        ]
        for n in range(500)
    ]
    loaded(rpc, fields, *lines[:2])
    with Counted(connection) as found:
        ids = ids_of(loaded(rpc, fields, *lines[2:]))
    assert len(set(ids)) == 498
    assert len(found) < 30, [one["sql"][:100] for one in found]
    with Counted(connection) as found:
        again = ids_of(loaded(rpc, fields, *lines))
    assert again[2:] == ids
    assert len(found) < 30, [one["sql"][:100] for one in found]


def test_only_what_differs_is_written_and_alike_rows_together(rpc):
    lines = [[f"same.p{n}", f"Same {n}", "Solo"] for n in range(60)]
    ids = ids_of(loaded(rpc, ["id", "name", "city"], *lines))
    before = dict(Partner.objects.filter(pk__in=ids).values_list("pk", "changed_at"))
    lines = [[line[0], line[1], "Tegal" if n < 40 else "Solo"] for n, line in enumerate(lines)]
    with Counted(connection) as found:
        ids_of(loaded(rpc, ["id", "name", "city"], *lines))
    assert len(found) < 30
    now = dict(Partner.objects.filter(pk__in=ids).values_list("pk", "changed_at"))
    assert [now[pk] == before[pk] for pk in ids] == [False] * 40 + [True] * 20


def test_whoever_may_not_write_may_not_load(rpc, wati, house, family):
    with pytest.raises(Refusal, match="not allowed to create 'Country'"):
        loaded(wati, ["name", "code"], ("X", "XX"), model="res.country")
    hidden = Partner.objects.create(name="Rahasia", company=house.second)
    ExternalId.objects.create(module="imp", name="hidden", row=hidden)
    for fields, line, told in (
        ([".id", "name"], (hidden.pk, "x"), f"Unknown database identifier '{hidden.pk}'"),
        (
            ["id", "name"],
            ("imp.hidden", "x"),
            "The external id 'imp.hidden' belongs to something else.",
        ),
        (
            ["name", "parent_id/id"],
            ("x", "imp.hidden"),
            "No matching record found for external id 'imp.hidden' in field ",
        ),
        (
            ["name", "parent_id"],
            ("x", "Rahasia"),
            "No matching record found for name 'Rahasia' in field ",
        ),
    ):
        answer = loaded(wati, fields, line)
        assert answer["ids"] is False
        assert answer["messages"][0]["message"].startswith(told)
    hidden.refresh_from_db()
    assert hidden.name == "Rahasia"


def test_paths_as_older_clients_write_them():
    assert steps_of("country_id:id") == ["country_id", "id"]
    assert steps_of("country_id.id") == ["country_id", ".id"]
    assert steps_of(".id") == [".id"]
    assert steps_of("child_ids/parent_id/.id") == ["child_ids", "parent_id", ".id"]
