"""What the README prints runs as printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from accounting.models import JournalEntry
from accounting.services import charts
from base.actors import Actor
from base.models import Company

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo_books(transactional_db):
    """What the script expects of the demo company: an administrator, and books with PPN."""
    admin = get_user_model().objects.get(pk=2)
    admin.set_password("admin")
    admin.save(update_fields=["password"])
    charts.load(Company.objects.filter(pk=1), "id_sak_ep", by=Actor.system(door="shell"))


def script_of(readme):
    [script] = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(), re.DOTALL)
    return script


def test_the_script_in_the_readme_posts_an_invoice(demo_books, live_server, settings):
    port = live_server.url.rsplit(":", 1)[1]
    script = (
        script_of("README.md")
        .replace("port=8069", f"port={port}")
        .replace("127.0.0.1", "localhost")
    )

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.stderr == ""
    number, state, untaxed, tax, total = ran.stdout.split()
    assert (state, untaxed, tax, total) == ("posted", "1250000.0", "132000.0", "1382000.0")
    entry = JournalEntry.objects.get(number=number)
    assert entry.state == "posted"
    assert sum(item.debit for item in entry.items.all()) == 1382000


def test_both_readmes_print_the_same_script():
    assert script_of("README.md") == script_of("README.id.md")
