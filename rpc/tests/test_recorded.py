"""Answers that another server of the contract gave, and ours: refusals word for word."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from rpc.tests.conftest import SECRET, Refusal

RECORDED = json.loads((Path(__file__).parent / "data" / "recorded.json").read_text())


def ours(params, user_id):
    """The recorded call with our database, user and secret in it."""
    if not isinstance(params, dict):
        return params
    args = list(params["args"])
    if params["service"] == "object":
        known = {2: user_id}.get(args[1], args[1])
        args[:3] = [settings.RPC_DATABASE_NAME, known, SECRET if args[2] == "admin" else args[2]]
    elif args and args[0] == "odoo19":
        args[0] = settings.RPC_DATABASE_NAME
    return {**params, "args": args}


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["name"])
def test_answer_is_the_recorded_one(rpc, case):
    params = ours(case["params"], rpc.user_id)
    if "error" in case:
        with pytest.raises(Refusal) as refused:
            rpc.envelope("/jsonrpc", params)
        assert {"name": refused.value.name, "message": refused.value.message} == case["error"]
    else:
        assert rpc.envelope("/jsonrpc", params) == case.get("result")
