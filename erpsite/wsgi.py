"""The entry for web servers. Each process watches whether the house is open, and answers 503 while it is not."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from base.lifecycle.orphans import find_orphan
from base.presence import Watch
from erpsite.launch.processes import end_with_parent
from erpsite.renewal import foresee, renew_web, say_ready, say_up

# A worker whose server was killed would keep the port, and share it with the next start.
end_with_parent()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erpsite.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - load every page's code now, not during somebody's first request
watch = Watch("web", renew=renew_web, foresee=foresee, find=find_orphan, ready=say_ready)
watch.start()
say_up()
if (
    settings.MODULES.after is not None
):  # those whom we follow still serve; we take no connection before
    watch.wait_for_opening()
