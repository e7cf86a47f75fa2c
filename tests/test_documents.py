"""What the documents say is there is there, and what operators can set is written down."""

import re
from pathlib import Path

import pytest

from erpsite.launch.digests import packages
from erpsite.launch.places import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
VARIABLE = re.compile(r"\bNIAGA_[A-Z]+(?:_[A-Z]+)*\b")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_documents_lead_somewhere(document):
    targets = LINK.findall(document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_variable_that_is_read_is_written_down():
    code = [path for package in packages() for path in package.rglob("*.py")]
    read = {
        name
        for path in [ROOT / "niaga", *code]
        if "tests" not in path.parts
        for name in VARIABLE.findall(Path(path).read_text())
    }
    told = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text()))
    assert sorted(read - told) == []
    assert sorted(told - read) == []
