"""What answers say, and where two of them differ."""

import json
import re
import xmlrpc.client
from typing import Any

from rpc.tests.replay.ids import AnyId

DOCUMENT = re.compile(r"\b[A-Z0-9]+/\d{4}/(?:\d\d/)?\d+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?\Z")


def xml_answer(body: str) -> dict[str, Any]:
    """What an XML-RPC answer says: a result, or a fault with the last line of its text."""
    try:
        return {"result": xmlrpc.client.loads(body)[0][0]}
    except xmlrpc.client.Fault as fault:
        text = fault.faultString
        if text.startswith("Traceback"):
            text = text.rstrip().rsplit("\n", 1)[-1]
        return {"code": fault.faultCode, "text": text}


def json_answer(body: Any) -> Any:
    """What a JSON answer says; of an error, what clients read."""
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        data = body["error"]["data"]
        kept = {key: data[key] for key in ("name", "message", "arguments")}
        return {"code": body["error"]["code"], "says": body["error"]["message"], **kept}
    if isinstance(body, dict):
        return {key: value for key, value in body.items() if key != "debug"}
    return body


def differences(theirs: Any, ours: Any, at: str = "") -> list[str]:
    """Where two answers differ; dates only in being dates, unknown ids only in being ids."""
    if _is_alike(theirs, ours, at):
        return []
    if type(theirs) is not type(ours):
        return [f"{at}: {short(theirs)} ≠ {short(ours)}"]
    if isinstance(theirs, dict):
        return _of_dicts(theirs, ours, at)
    if isinstance(theirs, list) and len(theirs) == len(ours):
        pairs = enumerate(zip(theirs, ours, strict=True))
        return [text for i, (one, other) in pairs for text in differences(one, other, f"{at}[{i}]")]
    return [] if theirs == ours else [f"{at}: {short(theirs)} ≠ {short(ours)}"]


def _of_dicts(theirs: dict[str, Any], ours: dict[str, Any], at: str) -> list[str]:
    if not at and ("name" in theirs) != ("name" in ours):
        return [f"{short(theirs)} ≠ {short(ours)}"]
    found = [f"{at}.{key}: absent" for key in theirs.keys() - ours.keys()]
    found += [f"{at}.{key}: too much" for key in ours.keys() - theirs.keys()]
    for key in theirs.keys() & ours.keys():
        found += differences(theirs[key], ours[key], f"{at}.{key}")
    return sorted(found)


def _is_alike(theirs: Any, ours: Any, at: str) -> bool:
    if isinstance(theirs, AnyId):
        return theirs == ours
    if not (isinstance(theirs, str) and isinstance(ours, str)):
        return False
    if "{…" in theirs or DOCUMENT.sub("#", theirs) == DOCUMENT.sub("#", ours):
        return True
    return "date" in at and bool(MOMENT.match(theirs) and MOMENT.match(ours))


def short(value: Any) -> str:
    """A value for people."""
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 300 else f"{text[:300]}…"
