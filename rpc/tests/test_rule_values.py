"""Values: what may be written, what is then read, and what is refused, for every type of field."""

from base64 import b64encode

import pytest
from django.conf import settings

from base.models import Country, Partner, PartnerTag
from rpc.tests.conftest import Refusal
from rpc.tests.standins import standing_in

DIGITS = "time data {!r} does not match format '%Y-%m-%d %H:%M:%S'"
BAD_DAY = "time data {!r} does not match format '%Y-%m-%d'"
NUL = "A string literal cannot contain NUL (0x00) characters."
TAKEN = [
    ("name", "Ani", "Ani"),
    ("name", "  a b ", "  a b "),
    ("name", "a\x01b\tc", "a\x01b\tc"),
    ("name", "ü😀<&>", "ü😀<&>"),
    ("name", 5, "5"),
    ("name", 1.5, "1.5"),
    ("note", "one\ntwo", "one\ntwo"),
    ("note", False, False),
    ("note", None, False),
    ("type", "lead", "lead"),
    ("is_hot", True, True),
    ("is_hot", "false", True),
    ("is_hot", "", False),
    ("is_hot", 0, False),
    ("is_hot", [], False),
    ("is_hot", None, False),
    ("priority", 3, 3),
    ("priority", 3.0, 3),
    ("priority", 3.7, 3),
    ("priority", -3.7, -3),
    ("priority", "4", 4),
    ("priority", True, 1),
    ("priority", None, 0),
    ("priority", False, 0),
    ("priority", 2**31 - 1, 2**31 - 1),
    ("probability", 12, 12.0),
    ("probability", "2.5", 2.5),
    ("probability", 1.236, 1.24),
    ("probability", None, 0.0),
    ("probability", False, 0.0),
    ("expected_revenue", 100.5, 100.5),
    ("expected_revenue", "7", 7.0),
    ("expected_revenue", False, 0.0),
    ("date_deadline", "2025-05-06", "2025-05-06"),
    ("date_deadline", "2025-05-06 13:00:00", "2025-05-06"),
    ("date_deadline", "2025-05-06T13:00:00", "2025-05-06"),
    ("date_deadline", False, False),
    ("date_deadline", None, False),
    ("date_deadline", "", False),
    ("date_closed", "2025-05-06 13:01:02", "2025-05-06 13:01:02"),
    ("date_closed", "2025-05-06 13:01", "2025-05-06 13:01:00"),
    ("date_closed", "2025-05-06", "2025-05-06 00:00:00"),
    ("date_closed", False, False),
    ("extra", {"a": [1, None, "x"]}, {"a": [1, None, "x"]}),
    ("extra", [1, 2], [1, 2]),
    ("extra", False, False),
    ("extra", None, False),
]
REFUSED = [
    ("name", "a\x00b", "ValueError", NUL),
    ("type", "zzt", "ValueError", "Wrong value for crm.lead.type: 'zzt'"),
    ("type", 7, "ValueError", "Wrong value for crm.lead.type: 7"),
    ("priority", "abc", "ValueError", "invalid literal for int() with base 10: 'abc'"),
    ("priority", 2**31, "psycopg2.errors.NumericValueOutOfRange", "integer out of range\n"),
    ("probability", "abc", "ValueError", "could not convert string to float: 'abc'"),
    ("date_deadline", "06/05/2025", "ValueError", BAD_DAY.format("06/05/2025")),
    ("date_deadline", "2025-02-30", "ValueError", BAD_DAY.format("2025-02-30")),
    ("date_closed", "2025-05-06T13:01:02", "ValueError", DIGITS.format("2025-05-06T13:01:02")),
    ("date_closed", "2025-05-06 13:01:02.123", "ValueError", "unconverted data remains: .123"),
    ("date_closed", "2025-05-06 13:01:02Z", "ValueError", "unconverted data remains: Z"),
    ("date_closed", "soon", "ValueError", DIGITS.format("soon")),
    ("tag_ids", 5, "ValueError", "Wrong value for crm.lead.tag_ids: 5"),
    ("tag_ids", "x", "ValueError", "Wrong value for crm.lead.tag_ids: 'x'"),
    ("nosuch", 1, "ValueError", "Invalid field 'nosuch' in 'crm.lead'"),
]


@pytest.fixture
def lead(house):
    """A row with a field of every type."""
    with standing_in() as (model, _event):
        yield model.objects.create(name="One", kind="lead").pk


@pytest.mark.parametrize(("field", "sent", "read"), TAKEN, ids=str)
def test_a_value_is_taken_and_read_back(rpc, lead, field, sent, read):
    made = rpc("crm.lead", "create", {"name": "Two", "type": "lead", field: sent})
    assert rpc("crm.lead", "write", [lead], {field: sent}) is True
    found = rpc("crm.lead", "read", [lead, made], [field])
    assert [row[field] for row in found] == [read, read]
    assert all(type(row[field]) is type(read) for row in found)


@pytest.mark.parametrize(("field", "sent", "name", "message"), REFUSED, ids=str)
def test_a_value_is_refused_and_nothing_written(rpc, lead, field, sent, name, message):
    named = name if "." in name else f"builtins.{name}"
    before = rpc("crm.lead", "read", [lead])
    for args in (
        [[lead], {"note": "x", field: sent}],
        [{"name": "T", "type": "lead", field: sent}],
    ):
        with pytest.raises(Refusal) as refused:
            rpc("crm.lead", "write" if len(args) == 2 else "create", *args)
        assert (refused.value.name, refused.value.message) == (named, message)
    assert rpc("crm.lead", "read", [lead]) == before
    assert rpc("crm.lead", "search_count", []) == 1


def test_a_moment_of_xml_rpc_is_taken_as_utc(rpc, lead):
    import xmlrpc.client

    moment = xmlrpc.client.DateTime("20250506T10:11:12")
    values = {"date_closed": moment, "date_deadline": moment}
    args = (
        settings.RPC_DATABASE_NAME,
        rpc.user_id,
        rpc.secret,
        "crm.lead",
        "write",
        [[lead], values],
    )
    assert rpc.xml("/xmlrpc/2/object", "execute_kw", *args) is True
    assert rpc("crm.lead", "read", [lead], ["date_closed", "date_deadline"]) == [
        {"id": lead, "date_closed": "2025-05-06 10:11:12", "date_deadline": "2025-05-06"}
    ]


LINKS = [
    (lambda pk: pk, True),
    (float, True),
    (str, True),
    (lambda pk: [pk, "whatever"], True),
    (lambda pk: False, False),
    (lambda pk: None, False),
    (lambda pk: 0, False),
]


@pytest.mark.parametrize(
    ("sent", "set_"), LINKS, ids=["id", "float", "text", "pair", "f", "n", "0"]
)
def test_a_link_is_an_id_or_nothing(rpc, lead, sent, set_):
    partner = Partner.objects.create(name="Budi")
    read = [partner.pk, "Budi"] if set_ else False
    rpc("crm.lead", "write", [lead], {"partner_id": sent(partner.pk)})
    made = rpc("crm.lead", "create", {"name": "T", "type": "lead", "partner_id": sent(partner.pk)})
    found = rpc("crm.lead", "read", [lead, made], ["partner_id"])
    assert [row["partner_id"] for row in found] == [read, read]
    plain = rpc("crm.lead", "read", [lead], ["partner_id"], load="_classic_write")
    assert plain == [{"id": lead, "partner_id": read and read[0]}]


def test_a_link_to_nothing_is_missing_on_write_and_not_valid_on_create(rpc, house):
    tag = PartnerTag.objects.create(name="Red")
    with pytest.raises(Refusal) as refused:
        rpc("res.partner.category", "write", [tag.pk], {"parent_id": 99999999})
    record = f"(Record: res.partner.category(99999999,), User: {rpc.user_id})"
    assert refused.value.name == "odoo.exceptions.MissingError"
    assert refused.value.message == f"Record does not exist or has been deleted.\n{record}"
    with pytest.raises(Refusal) as refused:
        rpc("res.partner.category", "create", {"name": "Blue", "parent_id": 99999999})
    said = "'Below' (parent_id) refers to a record that does not exist."
    assert refused.value.name == "odoo.exceptions.ValidationError"
    assert refused.value.message == f"The operation cannot be completed: {said}"


SETS = [
    ("", [], ""),
    ("T1 T2", [[4, "T3"]], "T1 T2 T3"),
    ("T1 T2", [[4, "T2", 0]], "T1 T2"),
    ("T1 T2", [[3, "T1"]], "T2"),
    ("T1 T2", [[3, "T3", 0]], "T1 T2"),
    ("T1 T2", [[5]], ""),
    ("T1 T2", [[5, 0, 0], [4, "T3", 0]], "T3"),
    ("T1 T2", [[6, 0, ["T3"]]], "T3"),
    ("T1 T2", [[6, False, ["T3", "T1"]], [3, "T1"]], "T3"),
    ("T1 T2", ["T3", "T1"], "T1 T3"),
    ("T1 T2", [], "T1 T2"),
    ("T1 T2", False, ""),
    ("T1 T2", [[9, "T1", 0]], "T1 T2"),
    ("T1 T2", [[2, "T1", 0]], "T2"),
    ("T1", [[0, 0, {"name": "T4"}]], "T1 T4"),
    ("T1", [[0, "virtual_1", {"name": "T4"}], [4, "T2"]], "T1 T2 T4"),
    ("T1", [[1, "T2", {"name": "T5"}]], "T1"),
]


def with_ids(value, tags):
    """A value with the ids of tags in place of their names."""
    if isinstance(value, list):
        return [with_ids(one, tags) for one in value]
    return tags.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize(("before", "sent", "after"), SETS, ids=str)
def test_commands_change_a_set_in_order(rpc, family, before, sent, after):
    tags = {name: PartnerTag.objects.create(name=name).pk for name in ("T1", "T2", "T3")}
    family.gamma.tags.set([tags[name] for name in before.split()])
    rpc("res.partner", "write", [family.gamma.pk], {"category_id": with_ids(sent, tags)})
    found = rpc("res.partner", "read", [family.gamma.pk], ["category_id"])[0]["category_id"]
    names = [row["name"] for row in rpc("res.partner.category", "read", found, ["name"])]
    assert names == after.split()


def test_commands_delete_and_change_the_members_themselves(rpc, family):
    one, two = (PartnerTag.objects.create(name=name).pk for name in ("T1", "T2"))
    given = [[4, one], [4, two], [1, two, {"name": "T5"}], [2, one, 0]]
    rpc("res.partner", "write", [family.gamma.pk], {"category_id": given})
    assert rpc("res.partner.category", "search_read", [["id", "in", [one, two]]], ["name"]) == [
        {"id": two, "name": "T5"}
    ]


def test_a_set_cannot_hold_what_does_not_exist(rpc, family):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "write", [family.gamma.pk], {"category_id": [[4, 99999999]]})
    assert refused.value.name == "odoo.exceptions.ValidationError"
    assert refused.value.message.startswith("The operation cannot be completed: ")


def test_commands_change_parts_in_order(rpc, family):
    def parts(command):
        rpc("res.partner", "write", [family.beta.pk], {"child_ids": command})
        found = rpc("res.partner", "read", [family.beta.pk], ["child_ids"])[0]["child_ids"]
        return [row["name"] for row in rpc("res.partner", "read", found, ["name"])]

    assert parts([[0, 0, {"name": "C1"}], [0, "virtual_2", {"name": "C2"}]]) == ["C1", "C2"]
    one, two = rpc("res.partner", "read", [family.beta.pk], ["child_ids"])[0]["child_ids"]
    assert parts([[1, one, {"name": "C3"}]]) == ["C2", "C3"]
    assert parts([[4, one]]) == ["C2", "C3"]
    assert parts([[6, 0, [two]]]) == ["C2"]
    assert rpc("res.partner", "read", [one], ["parent_id"]) == [{"id": one, "parent_id": False}]
    assert parts([[5]]) == []
    assert parts([one, two]) == ["C2", "C3"]
    assert parts([[3, one], [9, one]]) == ["C2"]
    assert parts([[2, two]]) == []
    assert rpc("res.partner", "read", [two], ["name"]) == []
    assert parts([[4, one]]) == ["C3"]
    assert parts(False) == []


def test_whatever_is_read_may_be_written_again(rpc, lead):
    tag, partner = PartnerTag.objects.create(name="Red"), Partner.objects.create(name="Budi")
    values = {
        "note": "x",
        "is_hot": True,
        "priority": 3,
        "probability": 2.5,
        "expected_revenue": 7.25,
        "date_deadline": "2025-05-06",
        "date_closed": "2025-05-06 13:01:02",
        "extra": {"a": 1},
        "partner_id": partner.pk,
        "tag_ids": [[6, 0, [tag.pk]]],
    }
    rpc("crm.lead", "write", [lead], values)
    described = rpc("crm.lead", "fields_get")
    names = [name for name, one in described.items() if not one["readonly"]]
    before = rpc("crm.lead", "read", [lead], names)[0]
    rpc("crm.lead", "write", [lead], {name: before[name] for name in names})
    assert rpc("crm.lead", "read", [lead], names)[0] == before


def test_rich_text_is_cleaned(rpc, family):
    sent = '<p>x<script>alert(1)</script><b onclick="x()">y</b></p>'
    rpc("res.partner", "write", [family.beta.pk], {"comment": sent})
    assert rpc("res.partner", "read", [family.beta.pk], ["comment"]) == [
        {"id": family.beta.pk, "comment": "<p>x<b>y</b></p>"}
    ]
    rpc("res.partner", "write", [family.beta.pk], {"comment": "plain & text"})
    found = rpc("res.partner", "read", [family.beta.pk], ["comment"])[0]
    assert found["comment"] == "<p>plain &amp; text</p>"


def test_contents_read_back_byte_for_byte(rpc, house):
    text = b64encode(bytes(range(256))).decode()
    file = rpc("ir.attachment", "create", {"name": "all.bin", "datas": text})
    assert rpc("ir.attachment", "read", [file], ["datas"]) == [{"id": file, "datas": text}]
    sized = rpc("ir.attachment", "read", [file], ["datas"], context={"bin_size": True})
    assert sized == [{"id": file, "datas": "256.00 bytes"}]


def test_a_language_is_written_without_changing_the_other(rpc, house):
    def read(lang):
        context = {"lang": lang} if lang else {}
        return rpc("res.country", "read", [pk], ["name"], context=context)[0]["name"]

    pk = Country.objects.get(code="BE").pk
    rpc("res.country", "write", [pk], {"name": "Belgium!"})
    rpc("res.country", "write", [pk], {"name": "Belgia!"}, context={"lang": "id_ID"})
    assert [read("en_US"), read("id_ID"), read("")] == ["Belgium!", "Belgia!", "Belgium!"]
    rpc("res.country", "write", [pk], {"name": "Belgium?"}, context={"lang": "en_US"})
    assert [read("en_US"), read("id_ID"), read("")] == ["Belgium?", "Belgia!", "Belgium?"]
    tag = rpc("res.partner.category", "create", {"name": "Merah"}, context={"lang": "id_ID"})
    for lang in ("en_US", "id_ID"):
        found = rpc("res.partner.category", "read", [tag], ["name"], context={"lang": lang})
        assert found[0]["name"] == "Merah"
