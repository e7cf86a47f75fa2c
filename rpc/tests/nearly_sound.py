"""Calls that make sense but for a place or two: they get further in than those that make none."""

import json

from hypothesis import strategies as st

from rpc.tests.hostile import MODELS, arguments, senseless, words

SOUND = [
    (
        "search",
        [[["name", "ilike", "x"], ["parent_id.name", "=", "y"]]],
        {"limit": 3, "order": "name, id"},
    ),
    ("search", [["|", ["create_date", ">=", "today -1d"], ["color", "in", [1, 2]]]], {"offset": 1}),
    ("search_read", [[["child_ids", "any", [["name", "=", "x"]]]], ["name"]], {"load": None}),
    ("search_count", [[["id", "child_of", [1]]], 5], {}),
    ("read", [[1, 2], ["name", "parent_id"]], {"load": "_classic_read"}),
    (
        "create",
        [{"name": False, "child_ids": [[0, 0, {"name": "c"}]], "category_id": [[4, 1]]}],
        {},
    ),
    ("create", [[{"name": "", "color": 1, "country_id": 1}, {"name": "x", "nosuch": 1}]], {}),
    ("write", [[1], {"name": "", "parent_id": 1, "category_id": [[6, 0, [1]]]}], {}),
    ("write", [[999_999_999], {"child_ids": [[1, 5, {"name": "c"}], [2, 6], [3, 7], [5]]}], {}),
    ("unlink", [[999_999_999]], {}),
    ("copy", [[999_999_999], {"name": "x"}], {}),
    ("name_search", ["x", [["id", ">", 0]], "ilike", 5], {}),
    ("fields_get", [["name", "parent_id"], ["type", "string"]], {}),
    ("default_get", [["name", "color"]], {}),
    (
        "load",
        [["name", "parent_id/id", "child_ids/name"], [["", "base.x", "y"], ["", "", "z"]]],
        {},
    ),
    ("export_data", [[1, 2], ["name", "parent_id/name", "category_id/id", ".id"]], {}),
    (
        "read_group",
        [[], ["color:sum", "n:count(id)"], ["create_date:month", "parent_id"]],
        {"lazy": False},
    ),
    (
        "formatted_read_group",
        [[], ["create_date:week", "parent_id.name"], ["color:sum", "__count"]],
        {"having": [["color:sum", ">", 1]], "order": "color:sum desc", "limit": 2},
    ),
    ("formatted_read_grouping_sets", [[], [["parent_id"], ["color"]], ["__count"]], {}),
    ("web_read_group", [[], ["parent_id"], ["__count"]], {"limit": 2, "offset": 0}),
    (
        "web_search_read",
        [[], {"name": {}, "parent_id": {"fields": {"name": {}}}}],
        {"count_limit": 3},
    ),
    (
        "web_read",
        [[1], {"child_ids": {"fields": {"name": {}}, "limit": 1, "order": "name", "context": {}}}],
        {},
    ),
    ("web_save", [[999_999_999], {"name": ""}, {"name": {}}], {"next_id": 1}),
    ("web_name_search", ["x", {"display_name": {}}], {"limit": 3}),
    ("has_access", [[1], "read"], {}),
    ("check_access_rights", ["write"], {"raise_exception": False}),
    ("get_metadata", [[1]], {}),
    ("get_field_translations", [[1], "comment", ["en_US"]], {}),
    ("update_field_translations", [[999_999_999], "name", {"id_ID": "x"}], {}),
    ("action_archive", [[999_999_999]], {}),
    (
        "create",
        [
            {
                "move_type": "out_invoice",
                "partner_id": 1,
                "invoice_date": "2026-01-15",
                "invoice_line_ids": [
                    [0, 0, {"name": "x", "quantity": 1, "price_unit": 2.5, "tax_ids": [[6, 0, []]]}]
                ],
            }
        ],
        {},
    ),
    ("action_post", [[999_999_999]], {}),
    ("message_post", [[999_999_999]], {"body": "x", "partner_ids": [1]}),
    ("get_views", [[[False, "list"]]], {"options": {"toolbar": False}}),
    ("onchange", [[], {"name": "x"}, ["name"], {"name": {}}], {}),
]
LYING = {
    "lang": "en_US",
    "tz": "UTC",
    "allowed_company_ids": [1],
    "active_ids": [1],
    "default_color": 1,
}


@st.composite
def nearly_sound(draw):
    """A call that makes sense but for a place or two."""
    method, args, kwargs = draw(st.sampled_from(SOUND))
    whole = json.loads(json.dumps([args, kwargs, LYING]))
    for _ in range(draw(st.integers(1, 2))):
        _spoil(draw, whole)
    model = draw(st.sampled_from(MODELS)) if draw(st.booleans()) else "res.partner"
    return (model, method, *whole)


def _spoil(draw, whole):
    """Put something hostile into a place of a call."""
    places = list(_places(whole))
    holder, key = places[draw(st.integers(0, len(places) - 1))]
    if isinstance(holder, dict) and draw(st.integers(0, 3)) == 0:
        holder[draw(words)] = holder.pop(key)
    else:
        holder[key] = draw(arguments)


def _places(value):
    for key, one in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(one, dict | list):
            yield from _places(one)


calls = st.one_of(senseless, nearly_sound(), nearly_sound())
