"""How much of what clients know is exposed: nouns, fields, their types, and methods, compared with a list of facts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rpc import registry
from rpc.exposure import Exposure
from rpc.fields import Field
from rpc.methods import everything as _every_method  # noqa: F401 - importing registers the generic methods
from rpc.methods.table import GENERIC

TYPES = {"many2onereference": "many2one_reference"}
FACTS = Path(__file__).parent / "data" / "contract.txt"
EVERY, THREAD = "*", "*thread"
WORD = re.compile(
    r"(?P<name>\w+) (?P<type>\w+)(?P<star>\*?)(?:>(?P<relation>[\w.]+))?(?:\{(?P<keys>.*)\})?"
)
MODULES = {
    "base": ("base", "ir", "res", "mail", "product", "uom"),
    "accounting": ("account",),
    "inventory": ("stock",),
    "crm": ("crm",),
    "hr": ("hr",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field as clients know it."""

    name: str
    type: str
    required: bool = False
    relation: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """One noun as clients know it."""

    name: str
    fields: Mapping[str, Wanted] = field(default_factory=dict)
    methods: tuple[str, ...] = ()


@dataclass(slots=True)
class Gap:
    """What of a noun is not exposed as clients know it."""

    name: str
    is_exposed: bool
    fields: int
    absent: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    stricter: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)

    @property
    def present(self) -> int:
        """How many of the known fields are exposed."""
        return self.fields - len(self.absent) - len(self.waiting)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is absent or of another type."""
        return self.is_exposed and not (
            self.absent or self.waiting or self.differing or self.methods
        )


def facts(path: Path | None = None) -> dict[str, Known]:
    """Read the list of facts: our own, or a JSON file `{noun: {"fields": {name: {type, relation, …}}}}`.

    A JSON file says nothing about methods; those of our own list are taken.
    """
    own = _read_own(FACTS.read_text())
    if path is None:
        return own
    found = {}
    for name, said in json.loads(path.read_text()).items():
        fields = {one: _from_json(one, how) for one, how in said["fields"].items()}
        found[name] = Known(name, fields, own[name].methods if name in own else ())
    return found | {name: own[name] for name in (EVERY, THREAD)}


def compare(known: Mapping[str, Known], *, module: str = "", model: str = "") -> Iterator[Gap]:
    """Walk over the nouns that clients know (of a module, or one), with what is absent from each."""
    thread = known[THREAD].methods
    for name, one in known.items():
        if name in {EVERY, THREAD} or (model and name != model):
            continue
        if module and name.partition(".")[0] not in MODULES.get(module, (module,)):
            continue
        exposure = registry.find(name)
        if exposure is None:
            yield Gap(name, is_exposed=False, fields=len(one.fields), absent=list(one.fields))
            continue
        asked = (*one.methods, *thread) if "message_ids" in exposure.fields else one.methods
        yield _gap(exposure, one, asked)


def general_gap(known: Mapping[str, Known]) -> list[str]:
    """The methods of every noun that are absent."""
    return [name for name in known[EVERY].methods if name not in GENERIC]


def _gap(exposure: Exposure, known: Known, methods: tuple[str, ...]) -> Gap:
    gap = Gap(known.name, is_exposed=True, fields=len(known.fields))
    for wanted in known.fields.values():
        ours = exposure.fields.get(wanted.name)
        if ours is not None:
            _compare_field(gap, wanted, ours)
        elif wanted.relation and registry.find(wanted.relation) is None:
            gap.waiting.append(f"{wanted.name} ({wanted.relation})")
        else:
            gap.absent.append(wanted.name)
    callable_names = {*GENERIC, *exposure.methods, *exposure.verbs}
    gap.methods = [name for name in methods if name not in callable_names]
    return gap


def _compare_field(gap: Gap, wanted: Wanted, ours: Field) -> None:
    if ours.type != wanted.type:
        gap.differing.append(f"{wanted.name} is {ours.type}, known as {wanted.type}")
    elif wanted.relation and ours.relation != wanted.relation:
        gap.differing.append(
            f"{wanted.name} leads to {ours.relation}, known to lead to {wanted.relation}"
        )
    elif wanted.keys and (
        lacking := set(wanted.keys) - {str(key) for key, _label in ours.selection()}
    ):
        gap.differing.append(f"{wanted.name} lacks {', '.join(sorted(lacking))}")
    if wanted.required != ours.required and not ours.readonly:
        gap.stricter.append(f"{wanted.name} is {'' if ours.required else 'not '}required here")


def _read_own(text: str) -> dict[str, Known]:
    found: dict[str, Known] = {}
    name, fields = "", dict[str, Wanted]()
    methods: tuple[str, ...] = ()
    for line in (*text.splitlines(), ""):
        if not line and name:
            found[name] = Known(name, fields, methods)
            name, fields, methods = "", {}, ()
        elif line.startswith("  ()"):
            methods = tuple(line[4:].split())
        elif line.startswith("  ") and (match := WORD.fullmatch(line.strip())):
            fields[match["name"]] = _from_word(match)
        elif line and not line.startswith("#"):
            name = line
    return found


def _from_word(match: re.Match[str]) -> Wanted:
    return Wanted(
        name=match["name"],
        type=TYPES.get(match["type"], match["type"]),
        required=bool(match["star"]),
        relation=match["relation"] or "",
        keys=tuple((match["keys"] or "").split("|")) if match["keys"] else (),
    )


def _from_json(name: str, how: Mapping[str, Any]) -> Wanted:
    return Wanted(
        name=name,
        type=TYPES.get(how["type"], how["type"]),
        required=bool(how.get("required")),
        relation=how.get("relation", ""),
        keys=tuple(str(key) for key in how.get("selection", ())),
    )
