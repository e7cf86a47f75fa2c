"""What can be done with API keys: issue one, and revoke it."""

import secrets
from datetime import datetime

from django.db.models import QuerySet

from base.actors import Actor
from base.errors import AccessDenied
from base.models import ApiKey
from base.services.credentials import hashed
from base.verbs import verb


@verb("base.add_apikey")
def issue(
    *, name: str, scope: str = ApiKey.Scope.RPC, expires_at: datetime | None = None, by: Actor
) -> tuple[ApiKey, str]:
    """Issue a key to the actor. Answers the key and its secret of 40 hexadecimal digits, which is never shown again."""
    secret = secrets.token_hex(20)
    key = ApiKey.objects.create(
        user_id=by.user_id,
        name=name,
        scope=scope,
        expires_at=expires_at,
        index=secret[:8],
        hashed=hashed(secret),
    )
    return key, secret


@verb("base.delete_apikey")
def revoke(keys: QuerySet[ApiKey], *, by: Actor) -> int:
    """Revoke keys at once. One may revoke one's own; an administrator anyone's. Refuses with `AccessDenied`."""
    if not by.is_superuser and keys.exclude(user_id=by.user_id).exists():
        raise AccessDenied(permission="base.delete_apikey")
    return keys.delete()[0]
