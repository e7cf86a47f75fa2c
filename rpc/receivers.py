"""What the door does when something is announced elsewhere, and what it tells of modules that go."""

from typing import Any

from allauth.mfa.signals import authenticator_added
from django.db.models import F
from django.dispatch import receiver

from base.lifecycle import belongings
from base.models import User
from rpc import registry
from rpc.models import Wizard

belongings.tell(belongings.NOUNS, registry.owned_by)
belongings.said(Wizard, "model", belongings.NOUNS)


@receiver(authenticator_added)
def forget_password(user: Any, **_more: Any) -> None:
    """From now on the password alone opens nothing: programs that came by it are to be asked anew, in every process."""
    User.objects.filter(pk=user.pk).update(access_version=F("access_version") + 1)
