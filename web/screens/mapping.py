"""What the columns of a file mean: fields by name, by label in either language, and as it was the last time."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from base.models import ImportBatch
from rpc.context import Call
from rpc.exchange.paths import EXTERNAL_ID, NUMBER, tree_of
from rpc.faults import WireError
from rpc.fields import Field
from web.screens.exporting import BETWEEN, Choice, identities

NEVER = frozenset(("binary", "json"))
PROBLEM = "problem"
LANGUAGES = ("en", "id")


def choices(call: Call) -> list[Choice]:
    """What a column may be: what identifies a record, then the fields that can be written, links in three ways."""
    found = [Choice(path, label) for path, label in identities().items()]
    fields = sorted(_writable(call), key=lambda one: (one.heading.casefold(), one.name))
    for one in fields:
        found.append(Choice(one.name, one.heading))
        if one.is_relation:
            for path, label in identities().items():
                found.append(Choice(f"{one.name}/{path}", f"{one.heading}{BETWEEN}{label}"))
    return found


def _writable(call: Call) -> list[Field]:
    return [
        one
        for one in call.exposure.fields.values()
        if not one.readonly and one.type not in NEVER and one.type != "one2many" and call.may(one)
    ]


def guessed(call: Call, heads: Sequence[str], user_id: int) -> list[str]:
    """The field of each column, or nothing: as the same heads were mapped last, else by name or label. No field twice."""
    known = {**_known(call), **_remembered(call, user_id)}
    taken: set[str] = set()
    found = []
    for head in heads:
        path = known.get(_plain(head), "") or _path(head.strip())
        if path.partition("/")[0] in taken or not _fits(call, path):
            path = ""
        if path:
            taken.add(path if path.startswith("child") else path.partition("/")[0])
        found.append(path)
    return found


def _known(call: Call) -> dict[str, str]:
    """Every way a column may be called, in both languages, and the field that it then is."""
    found: dict[str, str] = {}
    writable = _writable(call)
    for language in LANGUAGES:
        with override(language):
            for path, label in identities().items():
                found.setdefault(_plain(label), path)
            for one in writable:
                found.setdefault(_plain(one.heading), one.name)
                if one.is_relation:
                    found.setdefault(_plain(f"{one.heading}{BETWEEN}{_('Code')}"), one.name)
                    for path, label in identities().items():
                        found.setdefault(
                            _plain(f"{one.heading}{BETWEEN}{label}"), f"{one.name}/{path}"
                        )
            found[_plain(_("Problem"))] = PROBLEM
    for one in writable:
        found[one.name] = one.name
    return {**found, EXTERNAL_ID: EXTERNAL_ID, NUMBER: NUMBER}


def _remembered(call: Call, user_id: int) -> dict[str, str]:
    """What heads meant in the actor's last imports of the noun, the latest first."""
    rows = ImportBatch.objects.filter(noun=call.exposure.name, created_by=user_id).exclude(
        mapping=[]
    )[:20]
    found: dict[str, str] = {}
    for heads, mapping in rows.values_list("heads", "mapping"):
        for head, path in zip(heads, mapping, strict=False):
            if path:
                found.setdefault(_plain(head), path)
    return found


def _path(head: str) -> str:
    """A head that is a path of fields as programs write it."""
    return head if "/" in head and head.isascii() else ""


def _fits(call: Call, path: str) -> bool:
    if not path or path == PROBLEM:
        return False
    try:
        tree_of(call, [path], writing=True)
    except WireError:
        return False
    return True


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().removesuffix("*").strip()
