"""What clients that draw screens of their own are told of a noun."""

from xml.etree import ElementTree as ET

import pytest

from rpc.tests.conftest import Refusal


def fields_in(arch):
    return [one.get("name") for one in ET.fromstring(arch).iter("field")]


def test_views_say_which_fields_they_show_and_what_those_are(rpc, wati):
    wanted = [[False, "list"], [False, "form"], [False, "search"], [False, "kanban"]]
    told = rpc("res.partner", "get_views", wanted, {"toolbar": True, "load_filters": True})
    fields = told["models"]["res.partner"]["fields"]
    for kind, view in told["views"].items():
        assert ET.fromstring(view["arch"]).tag == kind
        assert set(fields_in(view["arch"])) <= fields.keys()
        assert view["model"] == "res.partner"
    assert fields["name"] == rpc("res.partner", "fields_get", ["name"])["name"]
    assert told["views"]["search"]["filters"] == []
    assert told["views"]["form"]["toolbar"] == {}
    names = fields_in(told["views"]["form"]["arch"])
    assert {"name", "parent_id", "child_ids", "category_id"} <= set(names)
    assert "filters" not in rpc("res.partner", "get_views", [[False, "search"]])["views"]["search"]


def test_a_view_is_the_one_that_ir_ui_view_holds(rpc):
    view = rpc("res.country", "get_view", view_type="form")
    assert list(view) == ["arch", "id", "model", "models"]
    [kept] = rpc("ir.ui.view", "read", [view["id"]], ["arch", "type", "model"])
    assert (kept["arch"], kept["type"], kept["model"]) == (view["arch"], "form", "res.country")
    assert set(fields_in(view["arch"])) <= set(view["models"]["res.country"])
    assert rpc("res.country", "get_view", view["id"], "form") == view
    assert rpc("res.country", "get_view", False, "tree")["arch"].startswith("<list")
    with pytest.raises(Refusal) as refused:
        rpc("res.country", "get_view", 7, "form")
    assert refused.value.name == "odoo.exceptions.MissingError"
    with pytest.raises(Refusal) as refused:
        rpc("res.country", "get_view", False, "gantt")
    assert refused.value.message == "No default view of type 'gantt' could be found!"


def test_a_view_says_what_its_reader_may_not_do(rpc, wati):
    mine, theirs = (
        ET.fromstring(each("res.company", "get_view", view_type="form")["arch"]).attrib
        for each in (wati, rpc)
    )
    assert mine == {"create": "0", "edit": "0", "delete": "0"}
    assert "edit" not in theirs
    with pytest.raises(Refusal) as refused:
        wati("ir.config_parameter", "get_views", [[False, "list"]])
    assert refused.value.name == "odoo.exceptions.AccessError"


@pytest.mark.parametrize("wrong", [None, 5, [5], [[1, 2, 3]]])
def test_views_are_asked_for_in_pairs(rpc, wrong):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "get_views", wrong)
    assert refused.value.name == "builtins.TypeError"
