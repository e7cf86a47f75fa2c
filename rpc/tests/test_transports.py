"""The envelopes: what each transport looks like from outside, refusals included."""

import json
from datetime import UTC, date, datetime

import orjson
import pytest
from django.conf import settings

from rpc.faults import WireError
from rpc.protocols import marshal, unmarshal
from rpc.tests.conftest import SECRET, Program, Refusal

DB = "niaga"


def test_every_question_about_the_version_is_answered_without_credentials(rpc):
    version = {
        "server_version": "19.0",
        "server_version_info": [19, 0, 0, "final", 0, ""],
        "server_serie": "19.0",
        "protocol_version": 1,
    }
    assert rpc.service("common", "version") == version
    assert rpc.envelope("/web/webclient/version_info", {}) == version
    assert rpc.xml("/xmlrpc/2/common", "version") == version
    assert rpc.xml("/xmlrpc/2/db", "server_version") == "19.0"
    for path in ("/web/version", "/json/version", "/web/version/"):
        assert rpc.http.get(path).json() == {
            "version_info": version["server_version_info"],
            "version": "19.0",
        }
    assert rpc.service("db", "list") == [settings.RPC_DATABASE_NAME]
    assert rpc.envelope("/web/database/list", {}) == [settings.RPC_DATABASE_NAME]


def test_login_answers_an_id_or_false(rpc):
    name = settings.RPC_DATABASE_NAME
    assert rpc.service("common", "login", name, "admin", SECRET) == rpc.user_id
    assert rpc.service("common", "authenticate", name, "admin", SECRET, {}) == rpc.user_id
    assert rpc.service("common", "login", name, "admin", "wrong") is False
    assert rpc.service("common", "login", name, "nobody", SECRET) is False
    assert rpc.service("common", "login", name, "admin", "") is False
    with pytest.raises(Refusal, match='database "other" does not exist'):
        rpc.service("common", "login", "other", "admin", SECRET)


def test_login_is_slowed_down_after_ten_failures(rpc):
    name = settings.RPC_DATABASE_NAME
    for _ in range(10):
        assert rpc.service("common", "login", name, "admin", "wrong") is False
    assert rpc.service("common", "login", name, "admin", SECRET) is False
    guesser = Program(rpc.user_id, "guess")
    for _ in range(10):
        with pytest.raises(Refusal, match="Access Denied"):
            guesser("res.users", "context_get")
    with pytest.raises(Refusal, match="Too many login failures"):
        rpc("res.users", "context_get")


def test_jsonrpc_echoes_the_id_and_leaves_the_result_out_when_there_is_none(rpc, family):
    body = {"jsonrpc": "2.0", "id": "a1", "params": {"service": "common", "method": "version"}}
    assert rpc.post("/jsonrpc/", body).json()["id"] == "a1"
    tag = family.blue.pk
    params = {
        "service": "object",
        "method": "execute_kw",
        "args": [
            settings.RPC_DATABASE_NAME,
            rpc.user_id,
            SECRET,
            "res.partner.category",
            "action_archive",
            [[tag]],
        ],
    }
    reply = rpc.post("/jsonrpc", {"id": {"any": [1]}, "params": params}).json()
    assert reply == {"jsonrpc": "2.0", "id": {"any": [1]}}


def test_jsonrpc_refuses_what_is_not_a_call(rpc):
    response = rpc.post("/jsonrpc", b"{nope")
    assert (response.status_code, response.content) == (400, b"Invalid JSON data")
    response = rpc.post("/jsonrpc", b"[1, 2]")
    assert (response.status_code, response.content) == (400, b"Invalid JSON-RPC data")
    response = rpc.post("/jsonrpc", b"{}", "application/x-www-form-urlencoded")
    assert (response.status_code, response.headers["Accept"]) == (
        415,
        "application/json, application/json-rpc",
    )
    assert rpc.http.get("/jsonrpc").status_code == 415
    assert (
        rpc.post("/jsonrpc", {"params": {}}, "application/json; charset=utf-8").status_code == 200
    )


def test_jsonrpc_error_has_the_shape_that_clients_read(rpc):
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "read", [1], ["nosuch"])
    message = "Invalid field 'nosuch' on 'res.partner'"
    assert refused.value.error == {
        "code": 0,
        "message": "Odoo Server Error",
        "data": {
            "name": "builtins.ValueError",
            "message": message,
            "arguments": [message],
            "context": {},
            "debug": f"Traceback (most recent call last):\n  …\nValueError: {message}",
        },
    }
    with pytest.raises(Refusal) as refused:
        Program(rpc.user_id, "wrong")("res.users", "context_get")
    assert refused.value.error["data"]["debug"] == "odoo.exceptions.AccessDenied: Access Denied\n"


def xml_call(rpc, path, model, method, *args):
    return rpc.xml(
        path, "execute_kw", settings.RPC_DATABASE_NAME, rpc.user_id, SECRET, model, method, *args
    )


def test_xmlrpc_reads_and_writes(rpc, family):
    found = xml_call(
        rpc,
        "/xmlrpc/2/object",
        "res.partner",
        "search_read",
        [[["ref", "=", "F1"]]],
        {"fields": ["name", "parent_id", "country_id", "category_id", "color", "credit_limit"]},
    )
    assert found == [
        {
            "id": family.alpha.pk,
            "name": "Alpha",
            "parent_id": False,
            "country_id": [family.alpha.country_id, "United States"],
            "category_id": [family.dark.pk, family.red.pk],
            "color": 5,
            "credit_limit": 0.0,
        }
    ]
    assert (
        xml_call(
            rpc, "/xmlrpc/object", "res.partner", "write", [[family.beta.pk], {"city": "a\tb"}]
        )
        is True
    )


FAULTS = [
    ("read", [[1], ["nosuch"]], 1, "Invalid field 'nosuch' on 'res.partner'", "ValueError"),
    ("nosuch", [[1]], 1, "The method 'res.partner.nosuch' does not exist", "AttributeError"),
]


@pytest.mark.parametrize(("method", "args", "code", "message", "kind"), FAULTS)
def test_xmlrpc_faults_for_generic_errors(rpc, method, args, code, message, kind):
    import xmlrpc.client

    with pytest.raises(xmlrpc.client.Fault) as fault:
        xml_call(rpc, "/xmlrpc/2/object", "res.partner", method, args)
    assert fault.value.faultCode == code
    assert fault.value.faultString == f"Traceback (most recent call last):\n  …\n{kind}: {message}"
    with pytest.raises(xmlrpc.client.Fault) as fault:
        xml_call(rpc, "/xmlrpc/object", "res.partner", method, args)
    assert fault.value.faultCode == message


def test_xmlrpc_faults_for_refusals_of_the_house(rpc):
    import xmlrpc.client

    private = "Private methods (such as 'res.partner.browse') cannot be called remotely."
    missing = f"Record does not exist or has been deleted.\n(Record: res.partner(99999999,), User: {rpc.user_id})"
    cases = [
        ("browse", [[1]], 4, private, f"warning -- AccessError\n\n{private}"),
        ("write", [[99999999], {"city": "x"}], 2, missing, f"warning -- MissingError\n\n{missing}"),
    ]
    for method, args, code, message, old in cases:
        with pytest.raises(xmlrpc.client.Fault) as fault:
            xml_call(rpc, "/xmlrpc/2/object", "res.partner", method, args)
        assert (fault.value.faultCode, fault.value.faultString) == (code, message)
        with pytest.raises(xmlrpc.client.Fault) as fault:
            xml_call(rpc, "/xmlrpc/object", "res.partner", method, args)
        assert (fault.value.faultCode, fault.value.faultString) == (old, "")
    with pytest.raises(xmlrpc.client.Fault) as fault:
        rpc.xml(
            "/xmlrpc/object",
            "execute_kw",
            settings.RPC_DATABASE_NAME,
            rpc.user_id,
            "x",
            "a",
            "b",
            [],
        )
    assert (fault.value.faultCode, fault.value.faultString) == ("AccessDenied", "Access Denied")


def test_xmlrpc_cannot_say_none_and_says_so_after_the_commit(rpc, family):
    import xmlrpc.client

    with pytest.raises(
        xmlrpc.client.Fault, match="cannot marshal None unless allow_none is enabled"
    ):
        xml_call(
            rpc, "/xmlrpc/2/object", "res.partner.category", "action_archive", [[family.blue.pk]]
        )
    family.blue.refresh_from_db()
    assert family.blue.is_active is False


ODD = {
    "plain": ["a", "b"],
    "text": ["a & b <c>", "tab\tline\nü😀\x07\x85"],
    "part": [False, "x"],
    "flag": [True, False],
    "yes": [True, True],
    "number": [1, -(2**31)],
    "large": [2**31, 2**40],
    "share": [0.1, 1e300],
    "pair": [[1, "<one>"], False],
    "list": [[], [1, 2]],
    "mixed": [1, "one"],
    "inside": [{"a": 1}, {"b": [{"c": True}, {"c": False}]}],
}


def test_xmlrpc_writes_rows_as_it_writes_their_values():
    import xmlrpc.client

    rows = [{name: pair[i] for name, pair in ODD.items()} for i in (0, 1)]
    said = [{**row, "text": row["text"].replace("\x07", "")} for row in rows]
    for value in (rows, *rows, [rows], (rows[0], {}), [*rows, {"other": 1}], [{}, {}]):
        written = marshal.dumps(value)
        ((read,), _method) = xmlrpc.client.loads(written)
        expected = json.loads(json.dumps(value))
        assert read == json.loads(json.dumps(expected).replace("\\u0007", ""))
    assert xmlrpc.client.loads(marshal.dumps(rows))[0][0] == said


def test_xmlrpc_writes_what_json_writes():
    import xmlrpc.client

    assert xmlrpc.client.loads(
        marshal.dumps(
            [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5, 6, UTC), b"YQ==", {1: "int"}]
        )
    )[0][0] == ["2026-01-02", "2026-01-02 03:04:05", "YQ==", {"1": "int"}]
    for deep in (None, [None], {"a": None}, [{"a": 1}, {"a": None}]):
        with pytest.raises(WireError, match="cannot marshal None"):
            marshal.dumps(deep)


def test_xmlrpc_reads_every_type_that_clients_send():
    def read(value):
        return unmarshal.loads(
            f"<?xml version='1.0'?><methodCall><methodName>m</methodName><params><param>{value}</param>"
            f"</params></methodCall>".encode()
        )[1][0]

    for sent, meant in (
        ("<value><int>-7</int></value>", -7),
        ("<value><i4>7</i4></value>", 7),
        ("<value><i8>99999999999</i8></value>", 99999999999),
        ("<value><boolean>1</boolean></value>", True),
        ("<value><double>2.5</double></value>", 2.5),
        ("<value><string>a &lt;b&gt; ü</string></value>", "a <b> ü"),
        ("<value>untyped</value>", "untyped"),
        ("<value/>", ""),
        ("<value></value>", ""),
        ("<value><string/></value>", ""),
        ("<value><nil/></value>", None),
        ("<value><ex:nil xmlns:ex='x'/></value>", None),
        ("<value><base64>YWJj\nZA==</base64></value>", "YWJjZA=="),
        (
            "<value><dateTime.iso8601>20250131T12:34:56</dateTime.iso8601></value>",
            datetime.fromisoformat("2025-01-31T12:34:56"),
        ),
        ("<value><array><data/></array></value>", []),
        (
            "<value><array><data><value>a</value> <value><nil/></value></data></array></value>",
            ["a", None],
        ),
        ("<value><struct></struct></value>", {}),
        (
            "<value> <struct><member><name>n</name><value><int>1</int></value></member></struct> </value>",
            {"n": 1},
        ),
    ):
        assert read(sent) == meant
    for bad in ("<boolean>2</boolean>", "<int>x</int>", "<double>x</double>", "<int></int>"):
        with pytest.raises(WireError):
            read(f"<value>{bad}</value>")
    with pytest.raises(WireError, match="nested more than 100 levels"):
        read("<value><array><data>" * 101 + "</data></array></value>" * 101)


UNKNOWN = [
    ("/xmlrpc/2/report", "x", [], "KeyError: 'report'"),
    (
        "/xmlrpc/2/object",
        "exec_workflow",
        [1, 2, 3, 4, 5],
        "NameError: Method not available exec_workflow",
    ),
    ("/xmlrpc/2/common", "zzt", [], "Exception: Method not found: zzt"),
    ("/xmlrpc/2/db", "zzt", [], "KeyError: 'Method not found: zzt'"),
    (
        "/xmlrpc/2/object",
        "zzt",
        [1],
        "ValueError: not enough values to unpack (expected at least 5, got 1)",
    ),
]


@pytest.mark.parametrize(("path", "method", "args", "last"), UNKNOWN)
def test_xmlrpc_services_and_methods_that_are_not_there(rpc, path, method, args, last):
    import xmlrpc.client

    with pytest.raises(xmlrpc.client.Fault) as fault:
        rpc.xml(path, method, *args)
    assert (fault.value.faultCode, fault.value.faultString.splitlines()[-1]) == (1, last)
    with pytest.raises(xmlrpc.client.Fault) as fault:
        rpc.xml(path.replace("/2/", "/"), method, *args)
    assert fault.value.faultCode == last.partition(": ")[2].strip("'")
    assert fault.value.faultString.splitlines()[-1] == last


def test_xmlrpc_refuses_what_is_not_a_call(rpc):
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
        b"<methodCall><methodName>&lol2;</methodName></methodCall>"
    )
    for body, said in (
        (b"<oops", b"ExpatError: unclosed token: line 1, column 0"),
        (
            b"<methodCall><methodName>version</methodName>",
            b"ExpatError: no element found: line 1, column 44",
        ),
        (bomb, b"XML with a document type or entities is refused."),
        (b"<a><value></a>", b"ExpatError: mismatched tag"),
        (b"", b"ExpatError: no element found"),
        (
            b"<methodCall><params><param></param></params></methodCall>",
            b"This is not an XML-RPC call.",
        ),
    ):
        response = rpc.post("/xmlrpc/2/common", body, "text/xml")
        assert response.status_code == 200
        assert b"<name>faultCode</name><value><int>1</int></value>" in response.content
        assert said in response.content
    response = rpc.http.get("/xmlrpc/2/common")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST, OPTIONS")


def test_a_body_that_is_too_large_is_not_read(rpc, settings):
    settings.RPC_MAX_BODY = 100
    for path in (
        "/jsonrpc",
        "/xmlrpc/2/object",
        "/json/2/res.partner/search",
        "/web/dataset/call_kw",
    ):
        assert rpc.post(path, b" " * 101).status_code == 413


def test_other_paths_are_passed_on(rpc):
    assert rpc.http.get("/xmlrpcx").status_code == 404


def test_a_bug_is_logged_and_tells_nothing_but_a_number(rpc, family, monkeypatch, caplog):
    from rpc.reading import rows

    def broken(*_arguments, **_more):
        raise RuntimeError("SELECT secret FROM /etc/passwd")

    monkeypatch.setattr(rows, "search", broken)
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [])
    said = orjson.dumps(refused.value.error).decode()
    assert "SELECT" not in said
    assert "passwd" not in said
    number = refused.value.message.rsplit(" ", 1)[1]
    assert [record.getMessage() for record in caplog.records] == [f"bug {number}"]
    assert SECRET not in caplog.text
