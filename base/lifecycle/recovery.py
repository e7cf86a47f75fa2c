"""What happens to an operation whose conductor has died: an installation is finished, an uninstallation was undone.

The database has undone what was not committed. Modules that were still to be installed or upgraded are; a module that
was to be uninstalled is there, unless it had gone wholly, because that ought to be asked for again.
"""

from base import upkeep
from base.lifecycle.conductor import Conductor, is_mine
from base.models import ModuleOperation


def recover() -> ModuleOperation | None:
    """Finish the operation that nobody carries out any more; answers it, or nothing where there is none."""
    with upkeep.connected("modules") as line:
        if not is_mine(line):
            return None
        operation = ModuleOperation.objects.unfinished().first()
        if operation:
            Conductor(operation, line).carry_out()
        return operation
