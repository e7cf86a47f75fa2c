"""Nouns with verbs of their own, wizards, tables and sidecars: what a module gets, and what a client gets back."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from base.errors import Conflict, Refused, Unconfirmed
from base.models import PartnerTag
from base.verbs import verb
from rpc import actions, registry
from rpc.fields import computed, field
from rpc.models import Wizard
from rpc.registry import expose, table, wizard
from rpc.tasks import sweep
from rpc.tests.conftest import Refusal
from rpc.verbs import Parts, does, model_method, record_method


class Overripe(Refused):
    """A rule of this test."""

    code = "overripe"
    message = "It is %(days)s days too late."


@pytest.fixture
def seen():
    """What the module's verbs were given."""
    return SimpleNamespace(calls=[])


@pytest.fixture
def fruit(seen):
    """A noun with verbs of its own, a wizard and a table, for the length of a test."""
    known = dict(registry._declarations)

    @verb("base.add_partnertag")
    def create(rows, *, by):
        seen.calls.append(("create", rows))
        return PartnerTag.objects.bulk_create([PartnerTag(name=row["name"]) for row in rows])

    @verb("base.change_partnertag")
    def write(rows, values, *, by):
        seen.calls.append(("write", sorted(rows.values_list("pk", flat=True)), values))

    @verb("base.change_partnertag")
    def ripen(rows, *, by, on, days=0):
        seen.calls.append(("ripen", rows.count(), by.user_id, on, days))
        if days > 9:
            raise Overripe(days=days)
        return [row.name for row in rows]

    def defaults(call):
        return {"amount": 10, "tag_ids": call.active_ids("test.fruit")}

    def apply(call, wizards):
        seen.calls.append(("apply", [(one.values, one.context) for one in wizards]))
        return actions.rows("test.fruit", wizards[0].values["tag_ids"])

    expose(
        "test.fruit",
        model=PartnerTag,
        label="Fruit",
        order="name",
        writes="name parent children color partner_ids=partners",
        computed=(
            computed(
                "loud",
                "char",
                label="Loud",
                function=lambda call, ids: {one: f"#{one}!" for one in ids},
            ),
            computed(
                "short",
                "char",
                label="Short",
                sql="left({name}, 2)",
                write=lambda text: {"name": f"{text}…"},
            ),
        ),
        create=create,
        write=write,
        defaults={"color": 4},
        verbs={
            "ripen": does(ripen, answers=False, takes={"number_of_days": "days"}),
            "name_all": does(
                ripen, answers=lambda result, call: {"names": result, "lang": call.language}
            ),
        },
        methods={
            "count_all": model_method(
                lambda call, prefix="": f"{prefix}{PartnerTag.objects.count()}", writes=False
            ),
            "double": record_method(
                lambda call, ids, times=2: [one * times for one in ids], writes=False
            ),
        },
    )
    wizard(
        "test.fruit.press",
        label="Press",
        permission="base.change_partnertag",
        fields=(
            field("amount", "monetary", "Amount"),
            field("press_date", "date", "Date"),
            field("tag_ids", "many2many", "Fruit", relation="test.fruit"),
            field("first_id", "many2one", "First", relation="test.fruit"),
            field("gentle", "boolean", "Gentle"),
        ),
        defaults=defaults,
        methods={"apply": apply},
    )
    table(
        "test.season",
        label="Seasons",
        order="name",
        fields=(field("name", "char", "Name"), field("months", "integer", "Months")),
        rows=lambda call: [
            {"id": 1, "name": "Kemarau", "months": 6},
            {"id": 2, "name": "Hujan", "months": 6},
        ],
    )
    yield
    registry._declarations.clear()
    registry._declarations.update(known)
    registry._exposures.clear()


def test_create_gives_the_verb_python_values(rpc, fruit, seen):
    made = rpc(
        "test.fruit",
        "create",
        {
            "name": "Mangga",
            "parent_id": False,
            "child_ids": [[0, 0, {"name": "Kecil"}]],
            "partner_ids": [[6, 0, [1]]],
        },
    )
    name, (row,) = seen.calls[0]
    assert (name, isinstance(made, int)) == ("create", True)
    assert row == {
        "name": "Mangga",
        "parent_id": None,
        "color": 4,
        "children": Parts(add=[{"name": "Kecil"}]),
        "partners": [1],
    }


def test_write_gives_the_verb_the_rows_and_only_what_was_sent(rpc, fruit, seen, family):
    ids = [family.red.pk, family.blue.pk]
    commands = [[1, family.dark.pk, {"color": "7"}], [2, 9], [4, 8], [0, 0, {"name": "X"}]]
    assert rpc("test.fruit", "write", ids, {"child_ids": commands, "short": "Ap"}) is True
    parts = Parts(add=[{"name": "X"}], change={family.dark.pk: {"color": 7}}, link=[8], remove=[9])
    assert seen.calls == [("write", sorted(ids), {"children": parts, "name": "Ap…"})]
    rpc("test.fruit", "write", ids[:1], {"child_ids": [[6, 0, [5]]]})
    assert seen.calls[1][2] == {"children": Parts(link=[5], replace=True)}


def test_a_verb_is_told_who_and_on_which_day(rpc, fruit, seen, family, house):
    assert rpc("test.fruit", "ripen", [family.red.pk], number_of_days=3) is False
    today = timezone.localdate(timezone=timezone.get_fixed_timezone(7 * 60))
    assert seen.calls == [("ripen", 1, house.admin.pk, today, 3)]
    answer = rpc(
        "test.fruit", "name_all", [family.red.pk, family.blue.pk], context={"lang": "id_ID"}
    )
    assert (sorted(answer["names"]), answer["lang"]) == (["Blue", "Red"], "id")
    with pytest.raises(Refusal) as refused:
        rpc("test.fruit", "ripen", [family.red.pk], number_of_days=10)
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.UserError",
        "It is 10 days too late.",
    )
    with pytest.raises(Refusal, match="got an unexpected keyword argument 'nosuch'"):
        rpc("test.fruit", "ripen", [family.red.pk], nosuch=1)
    with pytest.raises(Refusal, match="Record does not exist or has been deleted"):
        rpc("test.fruit", "ripen", [99_999_999])


def test_every_kind_of_no_has_its_place_on_the_wire(rpc, fruit, monkeypatch):
    from rpc import refusals

    cases = [
        (Overripe(days=1), "odoo.exceptions.UserError"),
        (Conflict(record="Fruit"), "odoo.exceptions.LockError"),
        (Unconfirmed(question="Sure?"), "odoo.exceptions.UserError"),
    ]
    assert [refusals.refusal_of(error).kind.name for error, _name in cases] == [
        name for _error, name in cases
    ]


def test_methods_take_what_they_say(rpc, fruit, family):
    assert rpc("test.fruit", "count_all", prefix="n=") == f"n={PartnerTag.objects.count()}"
    assert rpc("test.fruit", "double", [1, 2]) == [2, 4]
    assert rpc("test.fruit", "double", [1], 3) == [3]
    with pytest.raises(Refusal, match="IndexError: list index out of range"):
        rpc("test.fruit", "double")


def test_computed_fields_are_read_and_those_in_sql_are_found(rpc, fruit, family):
    found = rpc("test.fruit", "search_read", [["short", "=", "Bl"]], ["loud", "short"])
    assert found == [{"id": family.blue.pk, "loud": f"#{family.blue.pk}!", "short": "Bl"}]
    for call in (
        ("search", [["loud", "=", "x"]]),
        ("search", [], 0, 1, "loud"),
        ("formatted_read_group", [], ["loud"], ["__count"]),
    ):
        with pytest.raises(
            Refusal, match=r"Cannot convert test.fruit.loud to SQL because it is not stored"
        ):
            rpc("test.fruit", *call)


def test_a_wizard_keeps_what_is_filled_in_and_does_it(rpc, fruit, seen, family):
    context = {"active_model": "test.fruit", "active_ids": [family.red.pk], "uid": 5}
    made = rpc(
        "test.fruit.press", "create", {"press_date": "2026-11-05", "gentle": True}, context=context
    )
    (row,) = rpc(
        "test.fruit.press",
        "read",
        [made],
        ["amount", "press_date", "tag_ids", "first_id", "gentle"],
    )
    assert row == {
        "id": made,
        "amount": 10.0,
        "press_date": "2026-11-05",
        "tag_ids": [family.red.pk],
        "first_id": False,
        "gentle": True,
    }
    change = {"amount": "12.50", "first_id": family.blue.pk, "tag_ids": [[4, family.blue.pk]]}
    assert rpc("test.fruit.press", "write", [made], change) is True
    assert rpc("test.fruit.press", "read", [made], ["first_id"])[0]["first_id"] == [
        family.blue.pk,
        "Blue",
    ]
    action = rpc("test.fruit.press", "apply", [made])
    assert (action["type"], action["res_model"]) == ("ir.actions.act_window", "test.fruit")
    assert action["domain"] == [["id", "in", [family.red.pk, family.blue.pk]]]
    values, kept = seen.calls[-1][1][0]
    assert values == {
        "amount": Decimal("12.50"),
        "press_date": date(2026, 11, 5),
        "tag_ids": [family.red.pk, family.blue.pk],
        "first_id": family.blue.pk,
        "gentle": True,
    }
    assert kept == {"active_model": "test.fruit", "active_ids": [family.red.pk]}
    assert rpc("test.fruit.press", "search", [["amount", ">", 12]]) == [made]
    assert rpc("test.fruit.press", "default_get", ["amount", "gentle"]) == {"amount": 10.0}


def test_a_wizard_is_seen_only_by_whoever_began_it(rpc, wati, fruit, house):
    made = rpc("test.fruit.press", "create", {})
    house.employee.roles.model.objects.get(pk=house.employee.roles.get().pk).permissions.add(
        *_tag_rights()
    )
    assert wati("test.fruit.press", "search", []) == []
    assert wati("test.fruit.press", "read", [made], ["amount"]) == []
    for call in (("write", [made], {"amount": 1}), ("apply", [made])):
        with pytest.raises(Refusal, match="MissingError"):
            wati("test.fruit.press", *call)
    assert rpc("test.fruit.press", "unlink", [made]) is True
    assert not Wizard.objects.filter(pk=made).exists()


def _tag_rights():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="change_partnertag")


def test_wizards_take_only_what_they_know(rpc, fruit):
    for values in (
        {"nosuch": 1},
        {"amount": "x"},
        {"press_date": "tomorrow"},
        {"first_id": "x"},
        {"tag_ids": "x"},
    ):
        with pytest.raises(Refusal, match="ValueError"):
            rpc("test.fruit.press", "create", values)
    assert Wizard.objects.count() == 0


def test_forgotten_wizards_are_swept_away(rpc, fruit, actor):
    old, new = rpc("test.fruit.press", "create", [{}, {}])
    Wizard.objects.filter(pk=old).update(created_at=timezone.now() - timezone.timedelta(days=2))
    assert sweep(by=actor) == {"wizards": 1}
    assert list(Wizard.objects.values_list("pk", flat=True)) == [new]


def test_a_table_without_a_table_is_searched_sorted_and_grouped(rpc, fruit):
    assert rpc("test.season", "search_read", [["months", "=", 6]], ["name"], order="name") == [
        {"id": 2, "name": "Hujan"},
        {"id": 1, "name": "Kemarau"},
    ]
    assert rpc("test.season", "name_search", "kem") == [[1, "Kemarau"]]
    assert (
        rpc("test.season", "formatted_read_group", [], ["months"], ["__count"])[0]["__count"] == 2
    )
    for call in (("create", {"name": "x"}), ("write", [1], {"name": "x"}), ("unlink", [1])):
        with pytest.raises(Refusal, match="No group currently allows this operation"):
            rpc("test.season", *call)
