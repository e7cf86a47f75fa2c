"""Modules as the database knows them, and what is done to them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ModuleQuerySet(models.QuerySet["Module"]):
    """The questions we ask of modules."""

    def installed(self) -> Self:
        """Those whose tables are here."""
        return self.filter(state=Module.State.INSTALLED)

    def outdated(self) -> Self:
        """Installed ones whose code is of another version than their tables and seeds."""
        return self.installed().exclude(code_version="").exclude(version=models.F("code_version"))


class Module(models.Model):
    """A module of the house, installed or not. Which ones are installed is decided here: processes ask it at start.

    Kept by the life cycle (`base.lifecycle`) alone. `version` is that of its tables and seeds, `code_version` that of
    the code that lies here, empty where there is none any more. `wire_name` is what programs call it. `tables` and `jobs` are what it has
    brought into the database, `names` the nouns and screens by which rows of others know it: written down so that it can
    be taken out even when its code is gone.
    """

    company_path = None
    display_field = "title"
    search_fields = ("name", "title", "summary")

    class State(models.TextChoices):
        UNINSTALLED = "uninstalled", _("Not installed")
        INSTALLED = "installed", _("Installed")

    name = models.CharField(_("technical name"), max_length=64, unique=True)
    wire_name = models.CharField(_("name for programs"), max_length=64, blank=True, default="")
    title = models.CharField(_("name"), max_length=120, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="")
    icon = models.CharField(_("icon"), max_length=60, blank=True, default="box")
    path = models.CharField(_("configuration"), max_length=200, blank=True, default="")
    package = models.CharField(_("package"), max_length=120, blank=True, default="")
    requires = models.JSONField(_("requires"), default=list, blank=True)
    is_bridge = models.BooleanField(_("bridge"), default=False)
    is_application = models.BooleanField(_("application"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UNINSTALLED
    )
    version = models.CharField(_("installed version"), max_length=40, blank=True, default="")
    code_version = models.CharField(_("available version"), max_length=40, blank=True, default="")
    installed_at = models.DateTimeField(_("installed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())
    tables = models.JSONField(_("tables"), default=list, blank=True)
    jobs = models.JSONField(_("jobs"), default=list, blank=True)
    names = models.JSONField(_("nouns and screens"), default=dict, blank=True, editable=False)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ("name",)
        permissions = (("manage_modules", _("Can install, upgrade and uninstall modules")),)
        constraints = (
            models.CheckConstraint(
                name="base_module_state_known", condition=Q(state__in=("uninstalled", "installed"))
            ),
            models.CheckConstraint(name="base_module_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_installed(self) -> bool:
        """Whether its tables are here."""
        return self.state == self.State.INSTALLED

    @property
    def is_available(self) -> bool:
        """Whether its code is here."""
        return self.code_version != ""

    @property
    def is_outdated(self) -> bool:
        """Whether its code is of another version than its tables and seeds."""
        return self.is_installed and self.is_available and self.version != self.code_version


class ModuleOperationQuerySet(models.QuerySet["ModuleOperation"]):
    """The questions we ask of operations on modules."""

    def unfinished(self) -> Self:
        """The one that has been asked for or is under way; there is never a second."""
        return self.filter(is_unfinished=True)


class ModuleOperation(models.Model):
    """Somebody has asked to install, upgrade or uninstall modules: what for, how far it is, and how it ended.

    There is at most one unfinished operation. `finished_names` are the modules done so far: each is done wholly or not
    at all. `differences` are the seeded rows that an upgrade left as people have edited them, `notes` what else is
    worth knowing, `export` where an uninstalled module's rows are kept.
    """

    company_path = None

    class Kind(models.TextChoices):
        INSTALL = "install", _("Install")
        UPGRADE = "upgrade", _("Upgrade")
        UNINSTALL = "uninstall", _("Uninstall")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Phase(models.TextChoices):
        PREPARING = "preparing", _("Checking what is asked")
        CLOSING = "closing", _("Waiting until everybody has finished")
        EXPORTING = "exporting", _("Keeping a copy of the rows")
        CHANGING = "changing", _("Changing the database")
        OPENING = "opening", _("Starting anew")

    kind = models.CharField(_("operation"), max_length=9, choices=Kind.choices)
    names = models.JSONField(_("modules"), default=list)
    finished_names = models.JSONField(_("finished"), default=list)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.ASKED)
    is_unfinished = models.BooleanField(_("unfinished"), default=True, editable=False)
    phase = models.CharField(
        _("phase"), max_length=9, choices=Phase.choices, default=Phase.PREPARING
    )
    current = models.CharField(_("current module"), max_length=64, blank=True, default="")
    asked_by = models.ForeignKey(
        "base.User",
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error_code = models.CharField(_("kind of error"), max_length=60, blank=True, default="")
    error = models.TextField(_("error"), blank=True, default="")
    export = models.CharField(_("export"), max_length=400, blank=True, default="")
    differences = models.JSONField(_("differences"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)

    objects = ModuleOperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("operation on modules")
        verbose_name_plural = _("operations on modules")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="base_moduleoperation_state_known",
                condition=Q(state__in=("asked", "running", "done", "failed")),
            ),
            models.CheckConstraint(
                name="base_moduleoperation_unfinished_means_asked_or_running",
                condition=Q(is_unfinished=True, state__in=("asked", "running"))
                | Q(is_unfinished=False, state__in=("done", "failed")),
            ),
            models.UniqueConstraint(
                name="base_moduleoperation_one_at_a_time",
                fields=("is_unfinished",),
                condition=Q(is_unfinished=True),
                violation_error_message=_("Another operation on modules is under way."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {', '.join(self.names)}"

    @property
    def language(self) -> str:
        """The language of whoever has asked for it."""
        return self.asked_by.language if self.asked_by else "en"

    @property
    def progress(self) -> dict[str, Any]:
        """How far it is, for pages that show it: the phase in words, the module it is at, and how many are done."""
        return {
            "phase": str(self.Phase(self.phase).label),
            "module": self.current,
            "done": len(self.finished_names),
            "of": len(self.names),
        }
