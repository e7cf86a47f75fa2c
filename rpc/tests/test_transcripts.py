"""Calls recorded on another server of the contract, sent to ours: same status, same kind of answer, same shape.

The recordings are not part of this repository: `NIAGA_TRANSCRIPTS` says where they are. With `NIAGA_TRANSCRIPTS_SHOW`
every difference is shown.
"""

import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection

from base.actors import Actor
from base.models import Country, Role, User
from base.services import api_keys
from rpc import registry
from rpc.tests.conftest import SECRET, Refusal
from rpc.tests.replay.calls import xml_call
from rpc.tests.replay.notes import ADDED_WITH, BEFORE, DELIBERATE, HARMLESS, NOT_OURS, section_of
from rpc.tests.replay.replayer import Replayer
from rpc.tests.standins import standing_in

GIVEN = os.environ.get("NIAGA_TRANSCRIPTS", "")
PLACE = Path(GIVEN or settings.BASE_DIR.parent / "shared/reference/transcripts.json")
pytestmark = pytest.mark.skipif(not PLACE.exists(), reason=f"no recordings at {PLACE}")
GRAVE = ("status", "type ", "{", "beforehand", ".name:", ".result: too much", ".result: absent")
BOOKS = (
    ("account.journal", 6, [["type", "=", "bank"]]),
    ("account.journal", 1, [["type", "=", "sale"]]),
    ("account.tax", 1, [["type_tax_use", "=", "sale"]]),
)


FAR_APART = """
SELECT setval(seq.oid::regclass, 900000) FROM pg_class seq
 WHERE seq.relkind = 'S' AND seq.relnamespace = 'public'::regnamespace
"""


@pytest.fixture
def far_apart(db):
    """New rows get numbers that the recordings do not know: none is right by luck."""
    with connection.cursor() as cursor:
        cursor.execute(FAR_APART)


@pytest.fixture
def outsider(house):
    """Someone who may look at contacts and do nothing with them."""
    guests = Role.objects.create(name="Guest", module="base")
    looks = Permission.objects.filter(codename="view_partner", content_type__app_label="base")
    guests.permissions.set(looks)
    found = User.objects.create_user("portal", SECRET, name="Joel Willis", company=house.first)
    found.roles.set([guests])
    return found


@pytest.fixture
def replayer(far_apart, house, outsider):
    admin = house.admin
    admin.timezone = "Europe/Brussels"
    admin.save()
    key = api_keys.issue(name="replay", by=Actor.of(admin))[1]
    found = Replayer({2: admin.pk, 5: house.employee.pk, 6: outsider.pk}, key)
    us, be = (Country.objects.get(code=code) for code in ("US", "BE"))
    known = [("res.country", 233, us.pk), ("res.country", 20, be.pk)]
    known += [("res.currency", 1, house.first.currency_id), ("res.currency", 126, be.currency_id)]
    known += [("res.partner", 1, house.first.partner_id), ("res.partner", 3, admin.partner_id)]
    known += [("res.company", 1, house.first.pk), ("res.company", 2, house.second.pk)]
    for model, theirs, ours in known:
        found.ids.learn(model, theirs, ours)
    for model, theirs, domain in BOOKS:
        if registry.find(model):
            own = [["company_id", "=", house.first.pk], *domain]
            found.ids.learn(model, theirs, found.call(model, "search", [own], {"limit": 1})[0])
    return found


def test_recorded_calls_are_answered_alike(replayer, capsys):
    table, seen, recordings = defaultdict(Counter), {}, json.loads(PLACE.read_text())
    with standing_in():
        for recorded in recordings:
            name = recorded["name"]
            model = ADDED_WITH.get(name) or model_of(recorded)
            verdict = "not claimed"
            if name not in NOT_OURS and (not model or "zzt" in model or registry.find(model)):
                found = prepared(replayer, name) or replayer.compared(recorded)
                verdict = verdict_on(name, found)
                seen[name] = [verdict, *found]
            table[section_of(name)][verdict] += 1
    with capsys.disabled():
        print(printed(table, seen))  # noqa: T201 - the table is what one runs this for
    assert {name: lines for name, lines in seen.items() if lines[0] == "different"} == {}
    unclaimed = {
        recorded["name"] for recorded in recordings
    } - seen.keys()  # of a module that is not here
    told = {name: lines[0] for name, lines in seen.items()}
    assert [
        one for one in DELIBERATE if one not in unclaimed and told.get(one, "same") == "same"
    ] == []


def prepared(replayer, name):
    """Make the calls that the recordings leave out; answers what went wrong, as lines."""
    try:
        for step in BEFORE.get(name, ()):
            step(replayer)
    except Refusal as refused:
        return [f"beforehand: {refused}"]
    return []


def verdict_on(name, found):
    """Whether an answer is the same, differs on purpose and no more than on purpose, or differs."""
    if not found:
        return "same"
    if DELIBERATE.get(name) in HARMLESS and any(line.startswith(GRAVE) for line in found):
        return "different"
    return "deliberate" if name in DELIBERATE else "different"


def model_of(recorded):
    """The noun that a recorded call is about; empty for none."""
    body, path = recorded["request"].get("body"), recorded["request"]["path"]
    if recorded["transport"].startswith("xmlrpc"):
        call = xml_call(body)
        return call.model if call else ""
    if path.startswith("/json/2/"):
        return path.split("/")[3] if path.count("/") > 3 else ""
    params = body.get("params", {}) if isinstance(body, dict) else {}
    args = params.get("args") or []
    in_service = params.get("service") == "object" and len(args) > 4
    return params.get("model") or (args[3] if in_service else "")


def printed(table, seen):
    """The table, a row for each section of the contract; and the differences, if one wants to see them."""
    heads = ("same", "deliberate", "different", "not claimed")
    lines = [f"\n{'section':36}" + "".join(f"{head:>13}" for head in heads)]
    total = Counter()
    for name in sorted(table):
        total += table[name]
        lines.append(f"{name:36}" + "".join(f"{table[name][head]:13}" for head in heads))
    lines.append(f"{'all':36}" + "".join(f"{total[head]:13}" for head in heads))
    if os.environ.get("NIAGA_TRANSCRIPTS_SHOW"):
        for name, (verdict, *found) in seen.items():
            lines += [f"{verdict}: {name}", *(f"      {one}" for one in found)] if found else []
    return "\n".join(lines)
