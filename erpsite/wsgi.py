"""The entry for web servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from erpsite.launch.processes import end_with_parent

# A worker whose server was killed would keep the port, and share it with the next start.
end_with_parent()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erpsite.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - load every page's code now, not during somebody's first request
