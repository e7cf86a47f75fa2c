"""Calls that nobody in their right mind would make, and how each transport carries them."""

import json
import xmlrpc.client

from django.conf import settings
from hypothesis import strategies as st

from rpc.methods import everything as _every_method
from rpc.methods.table import GENERIC

assert _every_method

MODELS = ["res.partner", "res.users", "res.company", "res.country", "account.move", "ir.model"]
MODELS += [
    "res.partner.category",
    "product.template",
    "res.currency.rate",
    "account.payment.register",
]
METHODS = ["search", "search_read", "search_count", "read", "create", "write", "unlink", "copy"]
METHODS += ["name_search", "name_create", "fields_get", "default_get", "load", "export_data"]
METHODS += ["read_group", "formatted_read_group", "web_read_group", "web_search_read", "web_read"]
METHODS += ["web_save", "get_metadata", "get_external_id", "has_access", "check_access_rights"]
METHODS += ["get_field_translations", "update_field_translations", "action_archive", "copy_data"]
METHODS += ["formatted_read_grouping_sets", "web_name_search", "name_get", "toggle_active"]
METHODS += ["onchange", "get_view", "get_views"]
FIELDS = ["id", "name", "display_name", "parent_id", "child_ids", "category_id", "country_id"]
FIELDS += ["create_date", "active", "color", "comment", "nosuch", "parent_id.name", "company_id"]
OPERATORS = ["=", "!=", "<", ">=", "in", "not in", "like", "ilike", "=like", "=?", "child_of"]
OPERATORS += ["parent_of", "any", "not any", "any!", "~", "", "IN", "not =ilike"]
HUGE = [2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, 2**64, 10**40, 1e308, -1e308]
TEXTS = ["", "\x00", "a\x00b", "%", "_", "\\", "'; DROP TABLE base_partner; --", "{id}", "$1", "%s"]
TEXTS += [
    "\u202e",
    "😀",
    "é" * 300,
    "x" * 70_000,
    "id desc; select 1",
    "__class__",
    "today",
    "{{7*7}}",
]
CONTEXT = ["lang", "tz", "allowed_company_ids", "active_test", "uid", "active_id", "active_ids"]
CONTEXT += ["active_model", "default_name", "default_parent_id", "bin_size", "nosuch"]

words = st.sampled_from([*FIELDS, *TEXTS])
numbers = st.one_of(st.integers(-3, 5), st.sampled_from(HUGE), st.floats(allow_nan=False))
numbers = numbers.filter(lambda one: one not in (float("inf"), float("-inf")))
scalars = st.one_of(st.none(), st.booleans(), numbers, words, st.text(max_size=8))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=3)),
    max_leaves=12,
)
leaves = st.one_of(
    st.tuples(words, st.sampled_from(OPERATORS), values).map(list), st.sampled_from("&|!")
)
domains = st.one_of(values, st.lists(leaves, max_size=6))
contexts = st.one_of(values, st.dictionaries(st.sampled_from(CONTEXT), values, max_size=4))
arguments = st.one_of(values, domains, st.lists(st.integers(1, 9), max_size=3))
NAMES = ["domain", "fields", "ids", "limit", "offset", "order", "vals", "vals_list", "groupby"]
NAMES += ["aggregates", "having", "name", "operator", "specification", "data", "load", "args"]
NAMES += ["fields_to_export", "field_name", "translations", "count", "nosuch", "call", "self"]
named = st.dictionaries(st.sampled_from(NAMES), arguments, max_size=4)
senseless = st.tuples(
    st.one_of(st.sampled_from(MODELS), st.sampled_from(MODELS), values),
    st.one_of(st.sampled_from(METHODS), st.sampled_from(METHODS), words, values),
    st.one_of(st.lists(arguments, max_size=4), values),
    st.one_of(named, values),
    contexts,
)
XML_PIECES = [
    b"<methodCall>",
    b"</methodCall>",
    b"<methodName>execute_kw</methodName>",
    b"<params>",
]
XML_PIECES += [
    b"<param>",
    b"<value>",
    b"</value>",
    b"<int>",
    b"</int>",
    b"<nil/>",
    b"<array><data>",
]
XML_PIECES += [b"</data></array>", b"<struct>", b"<member><name>a</name>", b"</member></struct>"]
XML_PIECES += [
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#0;",
    b"<?xml version='1.0'?>",
    b"\xff",
]
XML_PIECES += [b"9" * 5000, b"<![CDATA[x]]>", b"<boolean>2</boolean>", b"<base64>%</base64>"]
JSON_PIECES = [b"{", b"}", b"[", b"]", b'"params"', b":", b",", b'"service"', b'"object"', b"null"]
JSON_PIECES += [
    b'"args"',
    b'"method"',
    b'"execute_kw"',
    b"1e999",
    b"-0",
    b'"\\ud800"',
    b'"\\u0000"',
]
JSON_PIECES += [b"9" * 400, b"\xff", b"\x00", b"NaN", b'"id"', b"[" * 300, b'{"a":' * 300]


def bodies(pieces):
    """Bytes that look a little like a call."""
    return st.one_of(
        st.binary(max_size=60), st.lists(st.sampled_from(pieces), max_size=14).map(b"".join)
    )


class Transport:
    """One way to send a call, signed in; `broken` is what its raw bodies are made of."""

    def __init__(self, name, program, key):
        self.name, self.program, self.key = name, program, key
        self.broken = bodies(XML_PIECES if name.startswith("xml") else JSON_PIECES)

    def send(self, model, method, args, kwargs, context):
        """Send a call; answers the status and the body."""
        if isinstance(kwargs, dict) and context is not None:
            kwargs = {**kwargs, "context": context}
        return self.post(*getattr(self, f"_{self.name}")(model, method, args, kwargs))

    def post(self, body, model="res.partner", method="search"):
        """Send a body as it is."""
        kind = "text/xml" if self.name.startswith("xml") else "application/json"
        headers = {"Authorization": f"bearer {self.key}"} if self.name == "json2" else {}
        answer = self.program.http.post(
            self.path(model, method), body, content_type=kind, headers=headers
        )
        return answer.status_code, answer.getvalue()

    def path(self, model, method):
        """Where to."""
        if self.name == "json2":
            return f"/json/2/{model}/{method}"
        return {
            "xml1": "/xmlrpc/object",
            "xml2": "/xmlrpc/2/object",
            "jsonrpc": "/jsonrpc",
            "call_kw": "/web/dataset/call_kw",
        }[self.name]

    def _who(self):
        return [settings.RPC_DATABASE_NAME, self.program.user_id, self.program.secret]

    def _jsonrpc(self, model, method, args, kwargs):
        full = [*self._who(), model, method, args, kwargs]
        params = {"service": "object", "method": "execute_kw", "args": full}
        return (json.dumps({"id": 1, "params": params}).encode(),)

    def _call_kw(self, model, method, args, kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return (json.dumps({"id": 1, "params": params}).encode(),)

    def _json2(self, model, method, args, kwargs):
        known = GENERIC.get(method) if isinstance(method, str) else None
        names = list(known.signature().parameters)[1:] if known else ["ids"]
        more = dict(zip(names, args, strict=False)) if isinstance(args, list) else {}
        given = {**more, **kwargs} if isinstance(kwargs, dict) else kwargs
        return json.dumps(given).encode(), _segment(model), _segment(method)

    def _xml2(self, model, method, args, kwargs):
        params = tuple(_for_xml([*self._who(), model, method, args, kwargs]))
        return (xmlrpc.client.dumps(params, "execute_kw", allow_none=True).encode(),)

    _xml1 = _xml2


def _segment(value):
    """A piece of a path, whatever it is."""
    from urllib.parse import quote

    return quote(str(value)[:200], safe="") or "x"


def _for_xml(value):
    """The same value, as XML-RPC can carry it."""
    if isinstance(value, dict):
        return {_clean(name): _for_xml(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_for_xml(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**31:
        return float(value)
    return _clean(value) if isinstance(value, str) else value


def _clean(text):
    return "".join(
        one
        for one in text
        if one >= " " and not 0xD800 <= ord(one) < 0xE000 and one not in "\ufffe\uffff"
    )
