"""Comparing what is exposed with what clients know."""

import json

import pytest
from django.core.management import CommandError, call_command

from rpc.coverage import compare, facts


@pytest.fixture
def few(tmp_path):
    """A short list of facts: what we have, what we have otherwise, and what we do not have."""
    path = tmp_path / "facts.json"
    known = {
        "res.country.state": {
            "fields": {
                "name": {"type": "char", "required": True},
                "code": {"type": "text", "required": True},
                "country_id": {"type": "many2one", "relation": "res.bank"},
                "planet_id": {"type": "many2one", "relation": "res.planet"},
                "weather": {"type": "char"},
            }
        },
        "res.planet": {"fields": {"name": {"type": "char"}, "mass": {"type": "float"}}},
    }
    path.write_text(json.dumps(known))
    return path


def test_compare_tells_apart_what_is_absent_what_waits_and_what_differs(few):
    state, planet = compare(facts(few))
    assert (state.present, state.fields) == (3, 5)
    assert state.absent == ["weather"]
    assert state.waiting == ["planet_id (res.planet)"]
    assert state.differing == [
        "code is char, known as text",
        "country_id leads to res.country, known to lead to res.bank",
    ]
    assert state.stricter == ["country_id is required here"]
    assert (planet.is_exposed, planet.absent) == (False, ["name", "mass"])


def test_facts_know_required_fields_relations_keys_and_methods():
    known = facts()
    partner = known["res.partner"]
    assert partner.fields["parent_id"].relation == "res.partner"
    assert partner.fields["company_type"].keys == ("person", "company")
    assert partner.methods == ("find_or_create", "address_get", "create_company")
    assert known["res.bank"].fields["name"].required
    assert known["mail.message"].fields["res_id"].type == "many2one_reference"


def test_command_prints_each_noun_and_a_total(few, capsys):
    call_command("rpc_coverage", "--reference", str(few), "--short")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "res.country.state: 3 of 5 fields (60 %)"
    assert lines[1] == "res.planet: not exposed (2 fields)"
    assert lines[-1].startswith("1 of 2 nouns, 3 of 7 fields (42 %)")


def test_command_fails_below_the_minimum(few):
    with pytest.raises(CommandError, match="42 % is less than 43 %"):
        call_command("rpc_coverage", "--reference", str(few), "--minimum", "43")


def test_command_fails_for_a_noun_that_nobody_knows(few):
    with pytest.raises(CommandError, match="knows no such noun"):
        call_command("rpc_coverage", "--reference", str(few), "--model", "res.moon")
