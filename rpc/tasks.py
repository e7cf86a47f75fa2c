"""The door's own job: sweeping away wizards that nobody came back to."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base import jobs
from base.actors import Actor
from base.verbs import verb
from rpc.models import Wizard


@jobs.job("rpc.sweep", label=_("Sweep away forgotten wizards"))
@verb("rpc.delete_wizard")
def sweep(*, by: Actor) -> dict[str, int]:
    """Delete wizards begun more than a day ago."""
    wizards, _kinds = Wizard.objects.forgotten(timezone.now()).delete()
    return {"wizards": wizards}
