"""The settings under test: the site's own, on a PostgreSQL and a Valkey apart from those that people use.

Importing this brings the servers up (under `var/test`, or where `DATABASE_URL` and `REDIS_URL` point), so that plain
`pytest` needs no preparation. Whoever leaves last stops them.
"""

import atexit
import os
import re

from erpsite.launch.locks import first_free
from erpsite.launch.places import data_directory
from erpsite.launch.servers import Servers
from erpsite.launch.valkey import DATABASES as VALKEY_DATABASES

_servers = Servers(data_directory() / "test", for_tests=True)
_servers.start()
atexit.register(_servers.stop)
os.environ.update(_servers.environment)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # Playwright keeps an event loop of its own in the test's thread
)

from erpsite.settings import *  # noqa: E402, F403 - the site reads the variables set above
from erpsite.settings import BROKER_URL, CACHE_URL, CACHES, DATABASES, STATIC_ROOT  # noqa: E402

# Each test process has two numbered databases of Valkey to itself, and may empty them.
_number, _taken = first_free(data_directory() / "test", "valkey", range(1, VALKEY_DATABASES // 2))
atexit.register(_taken.close)
CACHES["default"]["LOCATION"] = re.sub(r"\d+$", str(2 * _number), CACHE_URL)
CELERY_BROKER_URL = re.sub(r"\d+$", str(2 * _number + 1), BROKER_URL)
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
