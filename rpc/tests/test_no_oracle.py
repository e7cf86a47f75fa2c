"""What somebody may not see, no question about it answers: for every noun, through every way of asking."""

import pytest

from base.models import Role
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.fields import DATES
from rpc.methods import everything as _every_method
from rpc.methods.table import GENERIC
from rpc.registry import extend
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of
from rpc.tests.conftest import Program, Refusal

assert _every_method
NOBODY = "base.nobody_has_this"


@pytest.fixture
def reader(house):
    """Somebody who may read everything and change everything, but has one right less than there are."""
    from django.contrib.auth.models import Permission

    role = Role.objects.create(name="Nearly everything")
    role.permissions.set(Permission.objects.all())
    house.employee.roles.set([role])
    return Program(house.employee.pk)


@pytest.fixture
def secrets(db):
    """A field of every noun that nobody has the right to: the first text of its own table, under another name."""
    shown = {}
    for one in list(registry.everything()):
        if one.kind == "model" and (python := _text_of(one)):
            extend(one.name, reads=f"zz_secret={python}", restricted={"zz_secret": NOBODY})
            shown[one.name] = "zz_secret"
    yield shown
    for name in shown:
        registry._declarations[name].pop()
    registry._exposures.clear()


def _text_of(exposure):
    return next(
        (
            one.python
            for one in exposure.fields.values()
            if one.type == "char" and one.sql == f"{{{one.python}}}" and not one.is_path
        ),
        None,
    )


def questions(name):
    """Every way of asking about a field."""
    leaf = [[name, "!=", "x"]]
    return [
        ("search", leaf),
        ("search", [["|", [1, "=", 1], *leaf]][0]),
        ("search", ["!", *leaf]),
        ("search_count", leaf),
        ("search_read", leaf, ["id"]),
        ("search_read", [], [name]),
        ("name_search", "", leaf),
        ("read", [1], [name]),
        ("web_read", [1], {name: {}}),
        ("onchange", [], {}, [], {name: {}}),
        ("onchange", [1], {}, [], {name: {}}),
        ("web_search_read", leaf, {}),
        ("web_search_read", [], {name: {}}),
        ("web_name_search", "", {name: {}}),
        ("formatted_read_group", leaf, [], ["__count"]),
        ("formatted_read_group", [], [name], ["__count"]),
        ("formatted_read_group", [], [], [f"{name}:max"]),
        ("formatted_read_group", [], [], [f"{name}:count_distinct"]),
        ("web_read_group", [], [name], ["__count"]),
        ("formatted_read_grouping_sets", [], [[name]], ["__count"]),
        ("read_group", [], [f"{name}:max"], []),
        ("read_group", [], [], [name]),
        ("export_data", [1], [name]),
        ("load", [".id", name], []),
        ("write", [1], {name: "x"}),
        ("create", {name: "x"}),
        ("get_field_translations", [1], name),
        ("update_field_translations", [1], name, {"en_US": "x"}),
    ]


def test_a_field_without_the_right_to_it_answers_no_question_of_any_noun(reader, secrets):
    assert len(secrets) > 30
    open_to_question = []
    for noun, name in secrets.items():
        for method, *args in questions(name):
            try:
                answer = reader(noun, method, *args)
            except Refusal as refused:
                if f'the field "{name}"' in refused.message or "not allowed to" in refused.message:
                    continue
                if method == "write" and refused.name == "odoo.exceptions.MissingError":
                    continue  # there is no such row, whatever was to be written
                open_to_question.append((noun, method, refused.name, refused.message[:80]))
            else:
                open_to_question.append((noun, method, args, answer))
        with pytest.raises(Refusal, match=f'the field "{name}"|not allowed to'):
            reader(noun, "search", [], order=name)
    assert open_to_question == []


def test_a_field_without_the_right_to_it_is_in_no_answer(reader, secrets):
    for noun, name in secrets.items():
        assert name not in reader(noun, "fields_get")
        assert name not in reader(noun, "fields_get_keys")
        if reader(noun, "check_access_rights", "read", False):
            drawn = reader(noun, "get_views", [[False, "form"], [False, "search"]])
            assert name not in str(drawn)
        if reader(noun, "check_access_rights", "create", False):
            assert name not in reader(noun, "default_get", [name])
        if reader(noun, "check_access_rights", "read", False):
            assert [row for row in reader(noun, "search_read", [], limit=2) if name in row] == []


def test_links_lead_to_no_field_without_the_right_to_it(reader, secrets):
    """Over every link of every noun, in domains, groups, sheets and specifications."""
    open_to_question = []
    tried = 0
    for one in list(registry.everything()):
        for field in one.fields.values():
            name = secrets.get(field.relation)
            if name is None or one.kind != "model" or not field.searchable:
                continue
            far = f"{field.name}.{name}"
            asked = [
                ("search", [[far, "=", "x"]]),
                ("search", [[field.name, "any", [[name, "=", "x"]]]]),
                ("search", [[field.name, "not any", [[name, "=", "x"]]]]),
                ("export_data", [1], [f"{field.name}/{name}"]),
                ("load", ["id", f"{field.name}/{name}"], []),
            ]
            if field.groupable and field.type not in DATES:
                asked.append(("formatted_read_group", [], [far], ["__count"]))
            for method, *args in asked:
                tried += 1
                try:
                    answer = reader(one.name, method, *args)
                except Refusal as refused:
                    if f'the field "{name}"' in refused.message or "not allowed" in refused.message:
                        continue
                    answer = refused.message[:90]
                open_to_question.append((one.name, field.name, method, answer))
    assert tried > 300
    assert open_to_question == []


def test_every_question_over_a_link_is_asked_within_the_rows_one_sees(house, monkeypatch):
    """Whatever leads to rows of a noun narrows them to the actor's: names, paths, members, hierarchies."""
    from base.actors import Actor

    actor = Actor.of(house.employee, door="rpc")
    narrowed = []
    scope = access.scope

    def noting(call, exposure, frame):
        narrowed.append(exposure.name)
        return scope(call, exposure, frame)

    monkeypatch.setattr(access, "scope", noting)
    wide = []
    for one in list(registry.everything()):
        for field in one.fields.values():
            target = registry.find(field.relation) if field.is_relation else None
            if target is None or one.kind != "model" or not field.searchable:
                continue
            superuser = Call(one, _superuser(actor))
            for domain in (
                [[f"{field.name}.id", "!=", 0]],
                [[field.name, "any", [["id", "!=", 0]]]],
                [[field.name, "ilike", "a"]],
                [[field.name, "=", "a"]],
                [[field.name, "child_of", "a"]],
            ):
                narrowed.clear()
                statement = Statement("en")
                where = Where(superuser, one, frame_of(superuser, one, statement))
                where.conditions(parse(domain), active_test=False)
                if target.name not in narrowed:
                    wide.append((one.name, field.name, domain))
    assert wide == []


def _superuser(actor):
    """Somebody with every right, but no more companies than before."""
    from dataclasses import replace

    return replace(actor, is_superuser=True)


def test_generic_methods_are_all_among_the_questions(secrets):
    """A new method must be asked too, or be said to answer nothing about fields."""
    asked = {method for method, *_args in questions("x")}
    silent = {
        *("unlink", "copy", "copy_data", "name_create", "name_get", "toggle_active"),
        *("action_archive", "action_unarchive", "check_access_rights", "check_access_rule"),
        *("has_access", "get_metadata", "get_external_id", "fields_get", "fields_get_keys"),
        *("default_get", "web_save", "web_save_multi", "get_view", "get_views"),
    }
    assert set(GENERIC) - asked - silent == set()
