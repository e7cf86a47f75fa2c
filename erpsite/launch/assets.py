"""What the browser needs, fetched and built: third-party libraries, and our templates compiled ahead of time."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from erpsite.launch.console import CannotStart, say
from erpsite.launch.digests import digest, packages
from erpsite.launch.locks import in_turn
from erpsite.launch.node import run_node, run_npm
from erpsite.launch.places import ROOT
from erpsite.launch.steps import FileMarks

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = ROOT / "static" / "build" / "templates.js"

# Folder below static/vendor: the files that go there, below node_modules.
LIBRARIES = {
    "bootstrap": [
        "bootstrap/dist/css/bootstrap.min.css",
        "bootstrap/dist/js/bootstrap.bundle.min.js",
    ],
    "bootstrap-icons": ["bootstrap-icons/bootstrap-icons.svg"],
    "chart": ["chart.js/dist/chart.umd.min.js"],
    "htmx": ["htmx.org/dist/htmx.min.js"],
    "inter": [
        f"@fontsource-variable/inter/files/inter-{subset}-wght-{style}.woff2"
        for subset in ("latin", "latin-ext")
        for style in ("normal", "italic")
    ],
    "owl": ["@odoo/owl/dist/owl.iife.min.js"],
    "sortable": ["sortablejs/Sortable.min.js"],
    "swagger-ui": [
        "swagger-ui-dist/swagger-ui.css",
        "swagger-ui-dist/swagger-ui-bundle.js",
    ],
}
_PARTS = ("version", "keycode", "unique-id", "widget", "widgets/tabs")
JOINED = {"jquery-ui/tabs.js": [f"jquery-ui/ui/{part}.js" for part in _PARTS]}
"""Files that are made of several: the part of a library that is used, where the whole of it is large."""
_MAP_COMMENT = re.compile(rb"(//|/\*)# sourceMappingURL=.*?(\*/)?\s*$")


def build(*, for_tests: bool = False) -> None:
    """Do what is due of fetching, copying and compiling. What only tests use is fetched for them alone.

    Raises `CannotStart`.
    """
    with in_turn(ROOT / "package.json"):
        _build(for_tests=for_tests)


def _build(*, for_tests: bool) -> None:
    locked = digest([ROOT / "package-lock.json"])
    _fetch(locked, for_tests=for_tests)
    copied = FileMarks(VENDOR)
    wanted = digest([], locked, repr((LIBRARIES, JOINED)))
    if not copied.fresh(".niaga", wanted):
        _copy_libraries()
        copied.done(".niaga", wanted)
    _compile_templates(locked)


def _fetch(locked: str, *, for_tests: bool) -> None:
    fetched = FileMarks(MODULES)
    if fetched.fresh(".niaga-tests" if for_tests else ".niaga", locked):
        return
    say("fetching the browser's libraries …")
    more = [] if for_tests else ["--omit=dev"]
    run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *more)
    fetched.done(".niaga", locked)
    if for_tests:
        fetched.done(".niaga-tests", locked)


def _copy_libraries() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for folder, sources in LIBRARIES.items():
        (VENDOR / folder).mkdir(parents=True)
        for source in sources:
            content = (MODULES / source).read_bytes()
            if source.endswith((".js", ".css")):
                content = _MAP_COMMENT.sub(b"", content)  # it would name a file that is not served
            (VENDOR / folder / Path(source).name).write_bytes(content)
    for name, parts in JOINED.items():
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        (VENDOR / name).write_bytes(b"\n".join((MODULES / part).read_bytes() for part in parts))


def _compile_templates(locked: str) -> None:
    """OWL's templates as plain functions: its compiler in the browser needs `unsafe-eval`, which we do not allow."""
    sources = list(_template_files())
    marks, wanted = FileMarks(TEMPLATES.parent), digest(sources, locked)
    if marks.fresh(".niaga", wanted, [TEMPLATES]):
        return
    if sources:
        compiler = MODULES / "@odoo" / "owl" / "tools" / "compile_owl_templates.mjs"
        if complaints := run_node(compiler, *sources, "-o", TEMPLATES):  # it exits with 0 even then
            raise CannotStart(
                f"The templates of the browser's components do not compile:\n{complaints}"
            )
    else:
        TEMPLATES.parent.mkdir(parents=True, exist_ok=True)
        TEMPLATES.write_text("export const templates = {};\n")
    marks.done(".niaga", wanted)


def _template_files() -> Iterator[Path]:
    for folder in [ROOT / "static", *(package / "static" for package in packages())]:
        yield from sorted(folder.glob("src/**/*.xml"))
        yield from sorted(folder.glob("*/src/**/*.xml"))
