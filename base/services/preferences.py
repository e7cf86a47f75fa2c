"""What can be done with one's preferences: choose how the pages look."""

from base.actors import Actor
from base.models import Preference
from base.verbs import verb


@verb("base.view_user", audited=False)
def choose(*, theme: str | None = None, density: str | None = None, by: Actor) -> Preference:
    """Keep how the actor likes the pages; what is not named stays. Refuses with `Invalid`."""
    told = {"theme": theme, "density": density}
    chosen = {name: value for name, value in told.items() if value is not None}
    kept: Preference = Preference.objects.update_or_create(user_id=by.user_id, defaults=chosen)[0]
    return kept
