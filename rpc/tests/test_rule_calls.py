"""How calls are made and refused: arguments as loosely as clients give them, and every refusal on every transport."""

import xmlrpc.client

import orjson
import pytest
from django.conf import settings
from django.db import OperationalError

from base.actors import Actor
from base.errors import AccessDenied, Conflict, Invalid, Missing, Refused
from base.models import Partner, PartnerTag
from base.services import api_keys
from base.verbs import verb
from rpc import registry, transactions
from rpc.faults import access_denied, access_error, missing_error, value_error
from rpc.methods.table import PRIVATE
from rpc.registry import expose
from rpc.tests.conftest import Refusal
from rpc.verbs import does

FALSY = [False, None, "", 0, {}, []]
ORDERED = [["ref", "=like", "F_"]]


class Overripe(Refused):
    """A rule of this test."""

    code = "overripe"
    message = "It is too late."


@pytest.mark.parametrize("nothing", FALSY, ids=str)
@pytest.mark.parametrize("name", ["limit", "offset", "order", "fields", "context"])
def test_nothing_given_means_the_default(rpc, family, name, nothing):
    asked = {"order": "ref", "fields": ["name"], "limit": 3, "offset": 1}
    expected = {key: value for key, value in asked.items() if key != name}
    assert rpc("res.partner", "search_read", ORDERED, **asked | {name: nothing}) == rpc(
        "res.partner", "search_read", ORDERED, **expected
    )


def test_positional_and_named_arguments_say_the_same(rpc, family):
    expected = rpc("res.partner", "search", ORDERED, 1, 2, "ref")
    assert expected == [family.beta.pk, family.gamma.pk]
    assert rpc("res.partner", "search", ORDERED, 1, limit=2, order="ref") == expected
    assert (
        rpc("res.partner", "search", domain=ORDERED, offset=1, limit="2", order="ref") == expected
    )
    args = [settings.RPC_DATABASE_NAME, str(rpc.user_id), rpc.secret, "res.partner", "search"]
    assert rpc.service("object", "execute", *args, ORDERED, 1, 2.0, "ref") == expected
    for kw in ([], [None], [{}]):
        assert len(rpc.service("object", "execute_kw", *args, [ORDERED], *kw)) == 5


def test_ids_are_one_or_several(rpc, family):
    one = [{"id": family.beta.pk, "name": "Beta"}]
    for ids in (family.beta.pk, [family.beta.pk], [float(family.beta.pk)]):
        assert rpc("res.partner", "read", ids, ["name"]) == one
    assert rpc("res.partner", "read", [], ["name"]) == []
    assert rpc("res.partner", "write", [], {"name": "x"}) is True
    assert rpc("res.partner.category", "action_archive", []) is None


@pytest.mark.parametrize("name", ["read", "unlink", "action_archive"])
def test_ids_in_a_list_too_many_are_refused_not_passed_over(rpc, family, name):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", name, [[family.alpha.pk]])
    assert refused.value.message == "unhashable type: 'list'"
    assert Partner.objects.get(pk=family.alpha.pk).is_active


def test_create_answers_as_it_was_asked(rpc, house):
    assert isinstance(rpc("res.partner.category", "create", {"name": "One"}), int)
    assert len(rpc("res.partner.category", "create", [{"name": "Two"}])) == 1
    assert len(rpc("res.partner.category", "create", [{"name": "Three"}, {"name": "Four"}])) == 2
    with pytest.raises(Refusal) as refused:
        rpc("res.partner.category", "create", vals_list={"name": "Five"})
    assert (refused.value.name, refused.value.message) == (
        "builtins.IndexError",
        "list index out of range",
    )


def test_a_list_of_rows_is_created_whole_or_not_at_all(rpc, house):
    with pytest.raises(Refusal):
        rpc("res.partner.category", "create", [{"name": "One"}, {"name": "Two", "nosuch": 1}])
    assert rpc("res.partner.category", "search_count", []) == 0


@pytest.mark.parametrize("name", [*sorted(PRIVATE), "_search", "__class__", "_name"])
def test_private_names_are_refused(rpc, name):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", name, [1])
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.AccessError",
        f"Private methods (such as 'res.partner.{name}') cannot be called remotely.",
    )


@pytest.mark.parametrize("limit", [-1, "-1", -1.0])
def test_a_negative_limit_is_an_error_of_the_database(rpc, limit):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [], limit=limit)
    assert refused.value.name == "psycopg2.errors.InvalidRowCountInLimitClause"


def test_older_names_are_still_known(rpc, family):
    alpha = family.alpha.pk
    assert rpc("res.partner", "name_get", [alpha]) == [[alpha, "Alpha"]]
    assert rpc("res.partner", "fields_get_keys") == sorted(rpc("res.partner", "fields_get"))
    assert rpc("res.partner", "search", ORDERED, count=True) == 5
    assert rpc("res.partner", "name_search", "Alpha", args=[["is_company", "=", True]]) == [
        [alpha, "Alpha"]
    ]
    assert len(rpc("res.partner", "search_read", ORDERED, fields=[])[0]) > 20


def raising(error):
    """A verb that says no."""

    @verb("base.change_partnertag")
    def say_no(rows, *, by):
        raise error

    return say_no


KINDS = {
    "user": (Overripe(), "UserError", 2, "warning -- UserError", 422),
    "invalid": (
        Invalid({"name": ["Too long."]}),
        "ValidationError",
        2,
        "warning -- UserError",
        422,
    ),
    "access": (access_error("No."), "AccessError", 4, "warning -- AccessError", 403),
    "policy": (AccessDenied(permission="x"), "AccessError", 4, "warning -- AccessError", 403),
    "denied": (access_denied(), "AccessDenied", 3, "AccessDenied", 403),
    "missing": (missing_error("x", [9], 2), "MissingError", 2, "warning -- MissingError", 404),
    "lost": (Missing(model="x", ids="9"), "MissingError", 2, "warning -- MissingError", 404),
    "lock": (Conflict(record="x"), "LockError", 2, "warning -- UserError", 409),
    "value": (value_error("What?"), "builtins.ValueError", 1, None, 500),
}


@pytest.fixture
def stubborn(house):
    """A noun whose every method says no, each in another way; a row of it, and a key."""
    known = dict(registry._declarations)
    verbs = {name: does(raising(error)) for name, (error, *_more) in KINDS.items()}
    expose("test.stubborn", model=PartnerTag, label="Stubborn", writes="name", verbs=verbs)
    yield (
        PartnerTag.objects.create(name="No").pk,
        api_keys.issue(name="k", by=Actor.of(house.admin))[1],
    )
    registry._declarations.clear()
    registry._declarations.update(known)
    registry._exposures.clear()


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_has_its_form_on_every_transport(rpc, stubborn, kind):
    error, name, code, old, status = KINDS[kind]
    pk, key = stubborn
    full = name if "." in name else f"odoo.exceptions.{name}"
    with pytest.raises(Refusal) as refused:
        rpc("test.stubborn", kind, [pk])
    message = refused.value.message
    data = refused.value.error["data"]
    assert refused.value.error["code"] == 0
    assert (data["name"], data["arguments"], data["context"]) == (full, [message], {})
    assert data["debug"].rstrip("\n").endswith(message)

    found, body = rpc.json2("test.stubborn", kind, key, ids=[pk])
    assert (found, body["name"], body["message"], body["arguments"]) == (
        status,
        full,
        message,
        [message],
    )

    args = [settings.RPC_DATABASE_NAME, rpc.user_id, rpc.secret, "test.stubborn", kind, [[pk]]]
    with pytest.raises(xmlrpc.client.Fault) as fault:
        rpc.xml("/xmlrpc/2/object", "execute_kw", *args)
    text = fault.value.faultString if code > 1 else fault.value.faultString.rsplit(": ", 1)[-1]
    assert (fault.value.faultCode, text) == (code, message)

    with pytest.raises(xmlrpc.client.Fault) as fault:
        rpc.xml("/xmlrpc/object", "execute_kw", *args)
    expected = {None: message, "AccessDenied": old}.get(old, f"{old}\n\n{message}")
    assert fault.value.faultCode == expected
    assert (fault.value.faultString == "") == (old not in (None, "AccessDenied"))
    assert str(error) is not None


def failing(times):
    """A piece of work that meets another transaction some times before it is done."""
    tried = []

    class Deadlock(Exception):
        sqlstate = "40P01"

    def work():
        tried.append(1)
        if len(tried) <= times:
            raise OperationalError from Deadlock()
        return len(tried)

    return work


@pytest.mark.django_db(transaction=True)
def test_a_call_that_met_another_is_tried_again():
    assert transactions.in_one(failing(2)) == 3
    with pytest.raises(OperationalError):
        transactions.in_one(failing(9))


COUNTRY = (
    "Missing required value for the field 'Country' (country_id).\n"
    "Model: 'Country state' (res.country.state)\n"
)
INTEGRITY = [
    (
        "res.country",
        {"name": "Land", "code": "BE"},
        "The value for 'code' (Code) already exists.",
    ),
    (
        "res.country.state",
        {"name": "Land", "code": "LL"},
        COUNTRY,
    ),
    ("res.partner", {"ref": "x"}, "A contact needs a name."),
]


@pytest.mark.parametrize(("model", "values", "said"), INTEGRITY, ids=lambda value: str(value)[:20])
def test_the_database_refuses_in_the_words_of_the_wire(rpc, model, values, said):
    with pytest.raises(Refusal) as refused:
        rpc(model, "create", values)
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.ValidationError",
        f"The operation cannot be completed: {said}",
    )


def test_what_is_in_use_cannot_be_deleted(rpc, family):
    with pytest.raises(Refusal) as refused:
        rpc("res.country", "unlink", [family.beta.country_id])
    assert refused.value.name == "odoo.exceptions.ValidationError"
    assert refused.value.message == (
        "The operation cannot be completed: "
        "Another model is using the record you are trying to delete.\n\n"
        "It is used by: 'Contact' (res.partner)"
    )


def test_json_2_checks_names_of_arguments_first(rpc, stubborn):
    _pk, key = stubborn
    for named, said in [
        ({}, "missing a required argument: 'domain'"),
        ({"domain": [], "foo": 1}, "got an unexpected keyword argument 'foo'"),
        ({"domain": [], "ids": [1]}, "cannot call res.partner.search with ids"),
    ]:
        status, body = rpc.json2("res.partner", "search", key, **named)
        assert (status, body["message"], body["arguments"]) == (422, said, [said, 422])
    for named in ({"domain": [["id", "=", 1]], "ids": []}, {"domain": [["id", "=", 1]]}):
        assert rpc.json2("res.partner", "search", key, **named) == (200, [1])
    response = rpc.post(
        "/json/2/res.partner/search/", {"domain": False}, Authorization=f"Bearer {key}"
    )
    assert orjson.loads(response.content) == []


@pytest.mark.parametrize("load", [{"lang": "en_US"}, ["x"], "exact", "_classic_write", None, 7])
def test_anything_but_the_usual_load_shows_links_as_ids(rpc, family, load):
    kid, parent = family.kid.pk, family.alpha.pk
    row = {"id": kid, "parent_id": parent}
    assert rpc("res.partner", "read", [kid], ["parent_id"], load) == [row]
    found = rpc("res.partner", "search_read", [["id", "=", kid]], ["parent_id"], load=load)
    assert found == [row]


def test_a_context_may_be_the_last_argument_as_clients_of_long_ago_send_it(rpc, family):
    indonesian, named = {"lang": "id_ID"}, [["name", "=", "Alpha"]]
    alpha = [family.alpha.pk]

    def execute(method, *arguments):
        credentials = (settings.RPC_DATABASE_NAME, rpc.user_id, rpc.secret)
        return rpc.service("object", "execute", *credentials, "res.partner", method, *arguments)

    assert execute("search", named, 0, None, None, indonesian, False) == alpha
    assert execute("search", named, 0, None, None, {"active_test": False}) == alpha
    made = execute("create", {}, {"default_name": "By context"})
    assert execute("write", [made], {"city": "Solo"}, indonesian) is True
    assert execute("read", [made], ["name", "city"]) == [
        {"id": made, "name": "By context", "city": "Solo"}
    ]
    assert execute("unlink", [made], indonesian) is True
    for wrong in (("search", named, 0, None, None, "x"), ("create", {}, {}, {}), ("unlink", [], 5)):
        with pytest.raises(Refusal) as refused:
            execute(*wrong)
        assert refused.value.name == "builtins.TypeError"
