"""What pages cost the server: milliseconds and queries of each, beside the number of queries it may need."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

BASELINES = Path(__file__).with_name("pages.json")
ROUNDS, FEWEST, LONGEST = 25, 5, 4.0


@dataclass(frozen=True)
class Cost:
    """What one page costs: the median of its times and the shortest of them, and its queries."""

    name: str
    milliseconds: float
    best: float
    queries: int
    allowed: int


def costs(only: str = "") -> Iterator[Cost]:
    """The costs of the pages that the baselines name."""
    with signed_in() as client:
        for name, page in json.loads(BASELINES.read_text()).items():
            if only in name:
                yield cost_of(client, name, page)


@contextmanager
def signed_in() -> Iterator[Any]:
    """A client that asks for pages inside this process, as the administrator."""
    from django.test import Client
    from django.test.utils import override_settings

    from base.models import User

    client = Client()
    with override_settings(ALLOWED_HOSTS=["*"]):
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(User.objects.get(username="admin"), backend=backend)
        yield client


def cost_of(client: Any, name: str, page: Mapping[str, Any]) -> Cost:
    """The cost of a page, which has an `address` and a number of `queries` that it may need."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(page["address"])
    if answer.status_code != 200:
        raise RuntimeError(f"{page['address']} answers {answer.status_code}")
    counts = []
    for _try in range(2):  # what is remembered for some minutes may just have been forgotten
        with CaptureQueriesContext(connection) as asked:
            client.get(page["address"])
        counts.append(len(asked))  # the next request clears what was written down
    times: list[float] = []
    ends = time.monotonic() + LONGEST
    while len(times) < ROUNDS and (len(times) < FEWEST or time.monotonic() < ends):
        begun = time.perf_counter()
        client.get(page["address"])
        times.append((time.perf_counter() - begun) * 1000)
    return Cost(name, median(times), min(times), min(counts), page["queries"])
