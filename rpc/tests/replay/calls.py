"""A recorded call of a method, and its answer, with our ids in place of theirs."""

import re
import xmlrpc.client
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

from rpc.tests.replay.ids import AnyId, Ids, relation_of

THEIR_DATABASE = "odoo19"
READS = frozenset(("read", "search_read"))
RECORDS = READS | {"web_read", "web_save"}
TAKES_VALUES = frozenset(("create", "write", "web_save", "copy"))
TAKES_DOMAIN = frozenset(("search", "search_read", "search_count", "read_group"))
TAKES_DOMAIN |= {"formatted_read_group", "web_search_read", "name_search"}
TAKES_NO_IDS = TAKES_DOMAIN | {
    "create",
    "name_create",
    "fields_get",
    "default_get",
    "load",
    "check",
}
INT = re.compile(r"<(int|i4)>(\d+)</(?:int|i4)>")
UNCLAIMED = {
    "res.partner": {"partner_latitude"},
    "product.product": {"is_storable", "qty_available", "virtual_available"},
    "account.move": {"invoice_payments_widget", "status_in_payment"},
    "crm.lead": {"contact_name", "email_from"},
}


@dataclass
class Call:
    """What is called: a method of a noun, with positional and named arguments."""

    model: str
    method: str
    args: Any
    kwargs: dict[str, Any]

    def translated(self, ids: Ids) -> "Call":
        """The same call about our rows."""
        named = {name: self._named(ids, name, value) for name, value in (self.kwargs or {}).items()}
        args = self._positional(ids, list(self.args)) if isinstance(self.args, list) else self.args
        return Call(self.model, self.method, args, named)

    def _positional(self, ids: Ids, args: list[Any]) -> list[Any]:
        if self.method in READS | {"create", "write"}:
            args = [bare(one, self.model) for one in args]
        if args and self.method not in TAKES_NO_IDS:
            args[0] = ids.some(self.model, args[0])
        if self.method in TAKES_DOMAIN:
            at = 1 if self.method == "name_search" else 0
            args[at : at + 1] = [ids.domain(self.model, one) for one in args[at : at + 1]]
        if self.method in TAKES_VALUES:
            args = [ids.values(self.model, one) for one in args]
        return args

    def _named(self, ids: Ids, name: str, value: Any) -> Any:
        if name == "context":
            return ids.context(value)
        found = {
            "domain": ids.domain,
            "vals": ids.values,
            "vals_list": ids.values,
            "ids": ids.some,
        }.get(name)
        if found:
            return found(self.model, value)
        return ids.some("res.partner", value) if name == "partner_ids" else value

    def answer(self, ids: Ids, result: Any) -> Any:
        """Their result, about our rows."""
        translate = ANSWERS.get(self.method)
        return translate(self.model, ids, result) if translate and result else result

    def learn(self, ids: Ids, theirs: Any, ours: Any) -> None:
        """Remember which rows of ours this call made for which of theirs."""
        if self.method == "load" and isinstance(theirs, dict) and isinstance(ours, dict):
            ids.learn(self.model, theirs["ids"], ours["ids"])
        elif self.method == "web_save" and theirs and isinstance(ours, list):
            ids.learn(self.model, theirs[0]["id"], ours[0]["id"])
        elif self.method == "name_create" and isinstance(ours, list):
            ids.learn(self.model, theirs[:1], ours[:1])
        elif self.method in {"create", "copy"}:
            ids.learn(self.model, theirs, ours)


def bare(value: Any, model: str) -> Any:
    """A list of names, or a row, without the fields that we do not have."""
    unclaimed = UNCLAIMED.get(model, set())
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if name not in unclaimed}
    if isinstance(value, list):
        return [one for one in value if not (isinstance(one, str) and one in unclaimed)]
    return value


def _ids(model: str, ids: Ids, result: Any) -> Any:
    return ids.some(model, result)


def _rows(model: str, ids: Ids, result: Any) -> Any:
    return ids.values(model, [bare(row, model) for row in result])


def _row(model: str, ids: Ids, result: Any) -> Any:
    return ids.values(model, bare(result, model))


def _page(model: str, ids: Ids, result: Any) -> Any:
    return {**result, "records": ids.values(model, result["records"])}


def _names(model: str, ids: Ids, result: Any) -> Any:
    return [[ids.one(model, one), name] for one, name in result]


def _named(model: str, ids: Ids, result: Any) -> Any:
    return [ids.one(model, result[0]), result[1]]


def _reference(_model: str, ids: Ids, result: Any) -> Any:
    return [result[0], ids.one(result[0], result[1])]


def _by_id(model: str, ids: Ids, result: Any) -> Any:
    return {str(ids.one(model, int(one))): name for one, name in result.items()}


def _new(_model: str, _ids: Ids, result: Any) -> Any:
    return [AnyId() for _one in result]


def _action(_model: str, _ids: Ids, result: Any) -> Any:
    return {**result, "res_id": AnyId()}


def _loaded(model: str, ids: Ids, result: Any) -> Any:
    return {**result, "ids": ids.some(model, result["ids"])}


def _groups(model: str, ids: Ids, result: Any) -> Any:
    def value(name: str, found: Any) -> Any:
        if name in {"__domain", "__extra_domain"}:
            return ids.domain(model, found)
        relation = relation_of(model, name.partition(":")[0])
        return ids.linked(relation, found) if relation else found

    return [{name: value(name, found) for name, found in row.items()} for row in result]


ANSWERS: dict[str, Callable[[str, Ids, Any], Any]] = {
    **dict.fromkeys(RECORDS, _rows),
    **dict.fromkeys(("search", "create", "copy"), _ids),
    **dict.fromkeys(("get_metadata", "copy_data"), _rows),
    **dict.fromkeys(("message_post", "activity_schedule"), _new),
    **dict.fromkeys(("read_group", "formatted_read_group"), _groups),
    "default_get": _row,
    "web_search_read": _page,
    "name_search": _names,
    "name_create": _named,
    "check_object_reference": _reference,
    "get_external_id": _by_id,
    "make_key": _action,
    "load": _loaded,
}


def xml_call(body: str) -> Call | None:
    """The call inside an XML-RPC request, if it is one of `execute_kw`."""
    try:
        params, method = xmlrpc.client.loads(body)
    except Exception:  # noqa: BLE001 - some recordings are of what is no XML
        return None
    if method != "execute_kw" or len(params) < 6:
        return None
    named: Any = params[6] if len(params) > 6 else {}
    args: Any = params[5]
    return Call(str(params[3]), str(params[4]), list(args), dict(named))


def xml_body(body: str, call: Call | None, ids: Ids, secret: str) -> str:
    """An XML-RPC request with our database, secret and ids in it; everything else as it was sent."""
    end = "</string></value></param>"
    body = body.replace(THEIR_DATABASE, settings.RPC_DATABASE_NAME)
    for theirs in ("admin", "portal", "demo"):
        body = body.replace(f"<string>{theirs}{end}", f"<string>{escape(secret)}{end}")
    twice = f"<string>{escape(secret)}{end}<param><value><string>{escape(secret)}"
    body = body.replace(twice, f"<string>admin{end}<param><value><string>{escape(secret)}")
    if call is None:
        return body
    models = [call.model, "res.partner", "res.partner.category", "res.country"]
    head, sep, rest = body.partition(f"<string>{call.model}</string>")
    return _numbers(head, ids, ["res.users"]) + sep + _numbers(rest, ids, models)


def _numbers(text: str, ids: Ids, models: list[str]) -> str:
    def known(match: re.Match[str]) -> str:
        number = int(match[2])
        pairs = [ids.known[model, number] for model in models if (model, number) in ids.known]
        return f"<{match[1]}>{[*pairs, number][0]}</{match[1]}>"

    return INT.sub(known, text)
