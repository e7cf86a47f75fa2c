"""Sends recorded calls to our door, one after the other, as the clients of the recordings sent them."""

import json
from typing import Any

from django.conf import settings
from django.test import Client

from rpc.tests.conftest import SECRET, Refusal
from rpc.tests.replay.answers import differences, json_answer, xml_answer
from rpc.tests.replay.calls import THEIR_DATABASE, Call, xml_body, xml_call
from rpc.tests.replay.ids import Ids

PASSWORDS = frozenset(("admin", "portal", "demo"))
Recorded = dict[str, Any]


class Replayer:
    """Sends recorded calls in turn, and keeps what is known about rows."""

    def __init__(self, users: dict[int, int], key: str) -> None:
        self.ids = Ids()
        self.key = key
        self.users = users
        self.fresh, self.signed_in = Client(), Client()
        who = {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": SECRET}
        self.post(self.signed_in, "/web/session/authenticate", {"params": who})
        for theirs, ours in users.items():
            self.ids.learn("res.users", theirs, ours)

    @staticmethod
    def post(client: Client, path: str, body: Any) -> Any:
        """Send JSON, and read JSON."""
        return client.post(path, body, content_type="application/json").json()

    def call(self, model: str, method: str, args: list[Any], kwargs: Any = None) -> Any:
        """A call that the recordings leave out, with their ids in it."""
        call = Call(model, method, args, kwargs or {}).translated(self.ids)
        who = [settings.RPC_DATABASE_NAME, self.users[2], SECRET]
        args = [*who, model, method, call.args, call.kwargs]
        params = {"service": "object", "method": "execute_kw", "args": args}
        answer = self.post(self.fresh, "/jsonrpc", {"params": params})
        if "error" in answer:
            raise Refusal(answer["error"])
        return answer.get("result")

    def compared(self, recorded: Recorded) -> list[str]:
        """Send a recorded call; how our answer differs from theirs, as lines."""
        is_xml = recorded["transport"].startswith("xmlrpc")
        status, kind, theirs, ours = (self._xml if is_xml else self._json)(recorded)
        found = []
        if status != recorded["status"]:
            found.append(f"status {recorded['status']} ≠ {status}")
        if _plain(kind) != _plain(recorded["response"]["type"]):
            found.append(f"type {recorded['response']['type']} ≠ {kind}")
        return found + differences(theirs, ours)

    def _xml(self, recorded: Recorded) -> tuple[int, str, Any, Any]:
        body = recorded["request"]["body"]
        call = xml_call(body)
        status, kind, text = self._sent(recorded, xml_body(body, call, self.ids, SECRET))
        theirs, ours = xml_answer(recorded["response"]["body"]), xml_answer(text)
        if call and "result" in theirs:
            call.learn(self.ids, theirs["result"], ours.get("result"))
            theirs["result"] = call.answer(self.ids, theirs["result"])
        return status, kind, theirs, ours

    def _json(self, recorded: Recorded) -> tuple[int, str, Any, Any]:
        body, call = self._translated(recorded)
        payload = body if isinstance(body, str) else json.dumps(body)
        status, kind, text = self._sent(recorded, payload)
        if not kind.startswith("application/json"):
            return status, kind, None, None
        ours = json_answer(json.loads(text) if text else "")
        theirs = json_answer(recorded["response"]["body"])
        is_error = isinstance(theirs, dict) and ("says" in theirs or status >= 400)
        if call is None or is_error:
            return status, kind, theirs, ours
        if recorded["transport"] == "json2":
            call.learn(self.ids, theirs, ours)
            return status, kind, call.answer(self.ids, theirs), ours
        call.learn(self.ids, theirs.get("result"), ours.get("result"))
        if "result" in theirs:
            theirs = {**theirs, "result": call.answer(self.ids, theirs["result"])}
        return status, kind, theirs, ours

    def _translated(self, recorded: Recorded) -> tuple[Any, Call | None]:
        request = recorded["request"]
        body = request.get("body", "")
        if not isinstance(body, dict):
            return body, None
        if recorded["transport"] == "json2":
            steps = [*request["path"].split("/")[3:5], "", ""]
            call = Call(steps[0], steps[1], [], body).translated(self.ids)
            return call.kwargs, call
        params = dict(body.get("params") or {})
        call = self._of_session(params) or self._of_service(params)
        if params.get("db") == THEIR_DATABASE:
            params["db"] = settings.RPC_DATABASE_NAME
        if "password" in params:
            known = {"admin": SECRET, "{key}": self.key}
            params["password"] = known.get(params["password"], params["password"])
        return {**body, "params": params} if "params" in body else body, call

    def _of_session(self, params: dict[str, Any]) -> Call | None:
        """The call inside `call_kw`; puts our ids into the parameters."""
        if "model" not in params:
            return None
        call = Call(params["model"], params["method"], params["args"], params["kwargs"])
        call = call.translated(self.ids)
        params.update(args=call.args, kwargs=call.kwargs)
        return call

    def _of_service(self, params: dict[str, Any]) -> Call | None:
        """The call inside `/jsonrpc`; puts our database, user, secret and ids into the parameters."""
        if "args" not in params:
            return None
        args, call = list(params["args"]), None
        if params.get("method") == "execute_kw" and len(args) > 5:
            call = Call(args[3], args[4], args[5], (args[6:7] or [{}])[0]).translated(self.ids)
            args[5:7] = [call.args, call.kwargs][: len(args) - 5]
        if args and args[0] == THEIR_DATABASE:
            args[0] = settings.RPC_DATABASE_NAME
        if params.get("service") == "object" and not isinstance(args[1], bool):
            args[1] = type(args[1])(self.users.get(int(args[1]), args[1]))
        if len(args) > 2 and isinstance(args[2], str) and args[2] in PASSWORDS:
            args[2] = SECRET
        params["args"] = args
        return call

    def _sent(self, recorded: Recorded, payload: str) -> tuple[int, str, str]:
        request = recorded["request"]
        headers = dict(request.get("headers", {}))
        kind = headers.pop("Content-Type", "application/octet-stream")
        client = self.signed_in if headers.pop("Cookie", None) else self.fresh
        headers = {name: value.replace("{key}", self.key) for name, value in headers.items()}
        response = client.generic(
            request["method"], request["path"], payload.encode(), content_type=kind, headers=headers
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return response.status_code, response.headers["Content-Type"], body.decode(errors="replace")


def _plain(content_type: str) -> str:
    return content_type.replace(" ", "").lower()
