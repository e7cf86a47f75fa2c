"""What pages cost the server: milliseconds and queries of each, beside the number of queries it may need."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

BASELINES = Path(__file__).with_name("pages.json")
ROUNDS = 25


@dataclass(frozen=True)
class Cost:
    """What one page costs: the median of its times, and its queries."""

    name: str
    milliseconds: float
    queries: int
    allowed: int


def costs(only: str = "") -> Iterator[Cost]:
    """Ask for each page inside this process, as the administrator. The baselines name the pages."""
    from django.test import Client
    from django.test.utils import override_settings

    from base.models import User

    client = Client()
    with override_settings(ALLOWED_HOSTS=["*"]):
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(User.objects.get(username="admin"), backend=backend)
        for name, page in json.loads(BASELINES.read_text()).items():
            if only in name:
                yield _cost(client, name, page)


def _cost(client: Any, name: str, page: dict[str, Any]) -> Cost:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(page["address"])
    if answer.status_code != 200:
        raise RuntimeError(f"{page['address']} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(page["address"])
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        client.get(page["address"])
        times.append((time.perf_counter() - begun) * 1000)
    return Cost(name, median(times), len(asked), page["queries"])
