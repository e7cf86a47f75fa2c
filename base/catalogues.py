"""The texts of the house in other languages: found in the code, kept in `locale/`, compiled for use.

All by Babel, so that no gettext need be installed. There is one catalogue for each language and for each of two
domains: `django` (Python and templates) and `djangojs` (browser code).
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_t": None,
    "_lt": None,
}
SKIPPED = {
    "node_modules",
    "var",
    "tests",
    "migrations",
    ".venv",
    ".git",
    "vendor",
    "artefacts",
    "bench",
    "locale",
}
PLURALS = {"id": "nplurals=1; plural=0;"}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(
    rf"(?<![A-Za-z])(_|gettext|ngettext|pgettext|npgettext)\(((?:\s*{TEXT}\s*,?)+)", re.DOTALL
)


@dataclass
class State:
    """How far a catalogue is behind the code."""

    language: str
    domain: str
    untranslated: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every text of the code is there, translated, and nothing else."""
        return not (self.untranslated or self.unknown or self.obsolete)


def found_in(root: Path, domain: str) -> Catalog:
    """Every text of the code, as a catalogue without translations."""
    catalogue = Catalog(charset="utf-8")
    for path, method in _sources(root, domain):
        with path.open("rb") as file:
            for line, texts, comments, context in extract(
                method, file, keywords=KEYWORDS, comment_tags=("Translators:",)
            ):
                place = (path.relative_to(root).as_posix(), line)
                catalogue.add(texts, None, [place], auto_comments=comments, context=context)
    return catalogue


def brought_up_to_date(found: Catalog, path: Path, language: str) -> Catalog:
    """The catalogue of a language with exactly the texts of the code; translations are kept, no guesses are made."""
    before = load(path, language)
    after = _empty(language)
    for message in sorted((m for m in found if m.id), key=_sort_key):
        known = before.get(message.id, context=message.context)
        after.add(
            message.id,
            known.string if known else None,
            sorted({(name, 0) for name, _line in message.locations}),
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return after


def state(found: Catalog, path: Path, language: str, domain: str) -> State:
    """Compare a catalogue with the code."""
    kept = load(path, language)
    answer = State(language, domain)
    for message in found:
        if not message.id:
            continue
        known = kept.get(message.id, context=message.context)
        if known is None:
            answer.unknown.append(_shown(message))
        elif not _is_translated(known):
            answer.untranslated.append(_shown(message))
    answer.obsolete = [
        _shown(m) for m in kept if m.id and found.get(m.id, context=m.context) is None
    ]
    return answer


def load(path: Path, language: str) -> Catalog:
    """Read a catalogue; an empty one when there is none."""
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def save(catalogue: Catalog, path: Path, language: str) -> bool:
    """Write a catalogue; answers whether anything is different from before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(
        buffer, catalogue, width=100, omit_header=True, sort_output=False, include_lineno=False
    )
    header = _header(language).encode()
    content = header + b"\n" + buffer.getvalue()
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def compiled(path: Path, language: str) -> bool:
    """Write the `.mo` beside a `.po`, unless it is newer already; answers whether it did."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    catalogue = load(path, language)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    target.write_bytes(buffer.getvalue())
    return True


def catalogues(root: Path, languages: Iterable[str]) -> Iterator[tuple[str, str, Path]]:
    """Language, domain and place of every catalogue of the house."""
    for language in languages:
        for domain in ("django", "djangojs"):
            yield language, domain, root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def django_template(fileobj: Any, *_wanted: Any, **_options: Any) -> Iterator[Any]:
    """The texts of a Django template. Babel calls it with what it looks for, which is always the same here."""
    source = templatize(fileobj.read().decode())
    for match in CALL.finditer(source):
        texts = ast.literal_eval(f"({match[2].rstrip().rstrip(',')},)")
        name = {"_": "gettext"}.get(match[1], match[1])
        line = source.count("\n", 0, match.start()) + 1
        yield line, name, texts if len(texts) > 1 else texts[0], []


def owl_template(fileobj: Any, *_wanted: Any, **_options: Any) -> Iterator[Any]:
    """The texts of browser templates: every call `_t("…")` in them."""
    source = fileobj.read().decode()
    for match in re.finditer(rf"(?<![A-Za-z])_t\(\s*({TEXT})\s*[,)]", source):
        text = match[1].replace("&quot;", '"').replace("&amp;", "&").replace("&lt;", "<")
        yield source.count("\n", 0, match.start()) + 1, "_t", ast.literal_eval(text), []


METHODS: dict[str, dict[str, Any]] = {
    "django": {".py": "python", ".html": django_template, ".txt": django_template},
    "djangojs": {".js": "javascript", ".mjs": "javascript", ".xml": owl_template},
}


def _sources(root: Path, domain: str) -> Iterator[tuple[Path, Any]]:
    methods = METHODS[domain]
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        for path in (Path(folder) / name for name in sorted(files)):
            if path.suffix in methods and (path.suffix != ".txt" or "templates" in path.parts):
                yield path, methods[path.suffix]


def _empty(language: str) -> Catalog:
    catalogue = Catalog(locale=language, charset="utf-8", header_comment="", fuzzy=False)
    if language in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def _header(language: str) -> str:
    plural = _empty(language).plural_forms
    return "\n".join(
        (
            'msgid ""',
            'msgstr ""',
            '"Project-Id-Version: Niaga\\n"',
            f'"Language: {language}\\n"',
            f'"Plural-Forms: {plural}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
            "",
        )
    )


def _is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(texts) and all(texts)


def _shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{text!r} ({', '.join(name for name, _line in message.locations[:2])})"


def _sort_key(message: Message) -> tuple[str, str]:
    first = min((name for name, _line in message.locations), default="")
    return first, message.id if isinstance(message.id, str) else message.id[0]
