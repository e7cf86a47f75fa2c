"""Every way the life cycle of modules says no."""

from django.utils.translation import gettext_lazy as _

from base.errors import Conflict, ERPError, Refused, Unconfirmed


class UnknownModule(Refused):
    """There is no module of that name, neither here nor in the database."""

    code = "unknown_module"
    message = _(
        "There is no module %(names)s. `./niaga manage modules list` shows those there are."
    )


class NotInstalled(Refused):
    """Only what is installed can be upgraded or uninstalled."""

    code = "module_not_installed"
    message = _("%(names)s is not installed.")


class RequirementMissing(Refused):
    """A module stands on another one whose code is not here."""

    code = "module_requirement_missing"
    message = _("%(module)s requires %(missing)s, which is not here. Install its package first.")


class CodeMissing(Refused):
    """The package of a third-party module has been removed, or cannot be loaded."""

    code = "module_code_missing"
    message = _(
        "The code of %(names)s is not here, or cannot be loaded. Install its package again, or uninstall the module."
    )


class KernelModule(Refused):
    """The house stands on it."""

    code = "kernel_module"
    message = _("%(names)s cannot be uninstalled: everything else stands on it.")


class NeededByOthers(Refused):
    """An installed module requires the one that is to go."""

    code = "module_needed"
    message = _(
        "%(names)s cannot be uninstalled, because %(others)s needs it. Uninstall them together, or those first."
    )


class RowsReferToIt(Refused):
    """Rows of a module that stays point into its tables."""

    code = "module_rows_referred_to"
    message = _("%(names)s cannot be uninstalled: rows of %(tables)s refer to its rows.")


class NotInOneTransaction(Refused):
    """A migration asks to run outside of a transaction, so the module could arrive by halves."""

    code = "migration_not_atomic"
    message = _(
        "The migration %(migration)s of %(module)s wants to run outside of a transaction (atomic = False). "
        "A module arrives wholly or not at all; ask its author to split the migration."
    )


class DoesNotStart(Refused):
    """The house does not start with the module in it."""

    code = "module_does_not_start"
    message = _("Niaga does not start with %(module)s in it: %(reason)s")


class DoesNotApply(Refused):
    """The migrations or the seeds of a module ended in an error."""

    code = "module_does_not_apply"
    message = _("%(module)s could not be applied, and nothing of it was left behind: %(reason)s")


class DidNotStart(ERPError):
    """The process that was to carry an operation out did not come up."""

    code = "operation_did_not_start"
    status = 500
    message = _(
        "Niaga does not start with the code of the modules as it is now (%(reason)s). "
        "Mend the package or put the former one back, and try again."
    )


class OperationUnderWay(Conflict):
    """Somebody else is changing modules already."""

    code = "operation_under_way"
    message = _("Another operation is under way: %(operation)s. Try again when it has ended.")


class StillBusy(Refused):
    """Requests or jobs did not end in time."""

    code = "still_busy"
    message = _(
        "Nothing was changed: after %(seconds)s seconds these were still at work: %(who)s. "
        "Try again when they have finished."
    )


class NothingToDo(Refused):
    """What was asked for is so already."""

    code = "nothing_to_do"
    message = _("There is nothing to do: %(names)s is so already.")


class Interrupted(ERPError):
    """The process that carried an operation out has died."""

    code = "operation_interrupted"
    status = 500
    message = _("It was interrupted. Nothing was left half done.")


class ContradictoryMigrations(Refused):
    """Two migrations of a module both claim to be the last."""

    code = "migrations_contradictory"
    message = _("The migrations of %(module)s contradict each other: %(migrations)s.")


class UninstallSure(Unconfirmed):
    """Rows go for good; an export is kept."""

    code = "uninstall_unconfirmed"
    message = _(
        "Uninstalling %(names)s drops %(tables)s tables with %(rows)s rows. They are exported first. Are you sure?"
    )
