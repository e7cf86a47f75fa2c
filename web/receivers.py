"""What the door tells of modules that go."""

from base.lifecycle import belongings
from web.screens import registry

belongings.tell(belongings.SCREENS, registry.owned_by)
