"""Descriptions of fields: every key that clients iterate over, for every field of every noun that is exposed."""

import pytest

from rpc import registry
from rpc.fields import TYPES
from rpc.tests.standins import standing_in

ALWAYS = {
    "name": str,
    "type": str,
    "string": str,
    "readonly": bool,
    "required": bool,
    "store": bool,
    "searchable": bool,
    "sortable": bool,
    "groupable": bool,
    "manual": bool,
    "company_dependent": bool,
    "depends": list,
    "change_default": bool,
    "default_export_compatible": bool,
    "exportable": bool,
}
SOMETIMES = {"help": str, "aggregator": str, "related": str, "groups": str}
LINK = {"relation": str, "context": dict, "domain": list, "allow_hierachy_operators": bool}
RICH = ("sanitize", "sanitize_tags", "sanitize_attributes", "sanitize_style")
BY_TYPE = {
    "many2one": LINK,
    "many2many": LINK,
    "one2many": LINK,
    "selection": {"selection": list},
    "monetary": {},
    "float": {},
    "char": {"trim": bool, "translate": bool},
    "text": {"translate": bool},
    "html": {"translate": bool, **dict.fromkeys((*RICH, "strip_style", "strip_classes"), bool)},
    "binary": {"attachment": bool},
}
MAY_HAVE = {
    "one2many": {"relation_field": str},
    "monetary": {"currency_field": str},
    "float": {"digits": list},
    "char": {"size": int},
}
STANDARD = ("id", "display_name", "create_uid", "create_date", "write_uid", "write_date")
FAKE = ("crm.lead", "calendar.event")


def wrong(described, keys):
    """The keys that are absent or hold something else than they should."""
    return [key for key, kind in keys.items() if type(described.get(key)) is not kind]


def test_every_field_of_every_noun_is_described_in_full(rpc):
    odd = []
    for exposure in registry.everything():
        if not rpc("ir.model.access", "check", exposure.name, "read", False):
            continue
        fields = rpc(exposure.name, "fields_get")
        for name, one in fields.items():
            kind = one.get("type")
            needed = {**ALWAYS, **BY_TYPE.get(kind, {})}
            allowed = {**needed, **SOMETIMES, **MAY_HAVE.get(kind, {})}
            given = {key: allowed[key] for key in one if key in allowed}
            odd += [(exposure.name, name, key) for key in wrong(one, needed | given)]
            odd += [(exposure.name, name, key) for key in one.keys() - allowed.keys()]
            odd += [(exposure.name, name, why) for why in unfounded(exposure, fields, one)]
    assert odd == []


def unfounded(exposure, fields, one):
    """What a description promises that is not there."""
    if one["type"] not in TYPES or one["name"] not in fields:
        yield "type"
    if "relation" in one and registry.find(one["relation"]) is None:
        yield "relation"
    if "relation_field" in one:
        far = registry.find(one["relation"])
        if one["relation_field"] not in far.fields:
            yield "relation_field"
    if one.get("currency_field", "") and one["currency_field"] not in fields:
        yield "currency_field"
    for pair in one.get("selection", ()):
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str)):
            yield "selection"


def test_every_noun_has_the_fields_that_all_have(rpc):
    lacking = []
    for exposure in registry.everything():
        names = STANDARD if exposure.kind == "model" else STANDARD[:2]
        lacking += [(exposure.name, name) for name in names if name not in exposure.fields]
    assert lacking == []


FLAGS = [
    # field: stored, searchable, sortable, groupable, readonly
    ("id", True, True, True, True, True),
    ("name", True, True, True, True, False),
    ("note", True, True, True, True, False),
    ("type", True, True, True, True, False),
    ("priority", True, True, True, True, False),
    ("expected_revenue", True, True, True, True, False),
    ("date_deadline", True, True, True, True, False),
    ("date_closed", True, True, True, True, False),
    ("is_hot", True, True, True, True, False),
    ("partner_id", True, True, True, True, False),
    ("tag_ids", True, True, False, True, False),
    ("child_ids", True, True, False, False, False),
    ("partner_name", False, True, True, True, True),
]


@pytest.fixture
def described(rpc):
    with standing_in():
        yield rpc("crm.lead", "fields_get")


@pytest.mark.parametrize(("name", "store", "search", "sort", "group", "readonly"), FLAGS, ids=str)
def test_flags_say_what_can_be_done(described, name, store, search, sort, group, readonly):
    one = described[name]
    flags = (one["store"], one["searchable"], one["sortable"], one["groupable"], one["readonly"])
    assert flags == (store, search, sort, group, readonly)


def test_types_say_their_own(described):
    assert described["type"]["selection"] == [["lead", "Lead"], ["opportunity", "Opportunity"]]
    assert described["probability"]["digits"] == [16, 2]
    assert described["expected_revenue"]["currency_field"] == "currency_id"
    assert described["expected_revenue"]["aggregator"] == "sum"
    assert described["child_ids"]["relation_field"] == "parent_id"
    assert described["parent_id"]["allow_hierachy_operators"] is True
    assert described["partner_id"]["relation"] == "res.partner"
    assert described["partner_name"]["related"] == "partner.name"
    assert described["name"]["required"] is True
    assert (
        described["create_date"]["string"] == "Created on" if "create_date" in described else True
    )


@pytest.mark.parametrize("nothing", [[], None, ""], ids=str)
def test_nothing_named_means_everything(rpc, nothing):
    everything = rpc("res.country", "fields_get")
    assert rpc("res.country", "fields_get", nothing) == everything
    assert rpc("res.country", "fields_get", nothing, None) == everything
    assert rpc("res.country", "fields_get", allfields=nothing, attributes=nothing) == everything


def test_fields_and_attributes_may_be_chosen(rpc):
    assert rpc("res.country", "fields_get", ["name", "nosuch"], ["string", "type", "nosuch"]) == {
        "name": {"string": "Name", "type": "char"}
    }
    named = rpc("res.country", "fields_get", attributes=["type"])
    assert {tuple(one) for one in named.values()} == {("type",)}


def test_labels_come_in_the_language_of_the_context(rpc):
    said = rpc("res.country", "fields_get", ["name"], ["string"], context={"lang": "id_ID"})
    assert said == {"name": {"string": "Nama"}}
