"""Whether the house can serve: asked by load balancers and by the launcher."""

import logging

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

logger = logging.getLogger("niaga.health")


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer `{"status": "pass"}` when the database and Valkey answer, else 503 and `{"status": "fail"}`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("health")
    except (DatabaseError, RedisError, OSError) as error:
        logger.error("Health: %s", error)  # noqa: TRY400 - a line a second, not a traceback
        return JsonResponse({"status": "fail"}, status=503)
    response = JsonResponse({"status": "pass"})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay out."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
