"""Modules, and what has been done to them: installing, upgrading and uninstalling from the back office."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldBooleanWidget

from base.actors import Actor
from base.admin.audit import SHELF
from base.admin.deeds import Deed, DeedForm
from base.admin.filters import CHOICE, MOMENTS
from base.admin.office import SeenOffice
from base.lifecycle.catalogue import is_kernel, refresh
from base.models import Module, ModuleOperation
from base.modules import imported
from base.services import modules

SECONDS_BETWEEN_LOOKS = 2


class UninstallForm(DeedForm):
    """What would go, and whether that is meant."""

    confirmed = forms.BooleanField(
        label=_("Yes, uninstall it with all of this"), required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        self.preview = modules.preview(rows.values_list("name", flat=True))
        self.fields["confirmed"].help_text = _told(self.preview)


def _told(seen: modules.Preview) -> SafeString:
    """A preview as a list."""
    goes = {**seen.rows, **seen.about, **seen.shared}
    lines = [(name, f"{count:,}") for name, count in goes.items() if count]
    lines += [(pointer.table, f"← {pointer.rows:,}") for pointer in seen.pointers]
    sentences = format_html_join("", "<p role='alert'>{}</p>", ((text,) for text in seen.refusals))
    listed = format_html_join("", "<li>{}: {}</li>", lines)
    return format_html("{}<ul>{}</ul>", sentences, listed)


def _asking(verb: Callable[..., ModuleOperation]) -> Callable[..., HttpResponse]:
    """A deed that asks for an operation and leads to the page that shows how far it is."""

    def run(rows: QuerySet[Module], *, by: Actor, **told: Any) -> HttpResponse:
        operation = verb(list(rows.values_list("name", flat=True)), by=by, **told)
        return HttpResponseRedirect(
            reverse("admin:base_moduleoperation_change", args=[operation.pk])
        )

    return run


@admin.register(Module)
class ModuleOffice(SeenOffice):
    """The modules there are."""

    icon = "apps"
    shelf = SHELF
    record_fields = False
    list_display = ("called", "name", "shown_state", "version", "code_version", "does")
    list_filter = (("state", CHOICE), "is_bridge")
    fieldsets = (
        (None, {"fields": ("called", "name", "does", "state", ("version", "code_version"))}),
        (_("Stands on"), {"fields": ("stands_on", "is_bridge", "package", "path")}),
        (_("Brings"), {"fields": ("brings", "does_by_itself", "installed_at", "changed_at")}),
    )
    deeds = (
        Deed(
            name="install",
            label=_("Install"),
            question=_("It is installed with all that it needs. Everybody waits for a moment."),
            permission=modules.PERMISSION,
            run=_asking(modules.request_install),
            icon="download",
            fits=lambda module: not module.is_installed and module.is_available,
        ),
        Deed(
            name="upgrade",
            label=_("Upgrade"),
            question=_("What people have changed in its records stays as it is, and is shown."),
            permission=modules.PERMISSION,
            run=_asking(modules.request_upgrade),
            icon="upgrade",
            fits=lambda module: module.is_outdated,
        ),
        Deed(
            name="uninstall",
            label=_("Uninstall"),
            question=_("Its tables go with all their rows. A copy is kept in a file first."),
            permission=modules.PERMISSION,
            run=_asking(modules.request_uninstall),
            form=UninstallForm,
            icon="delete",
            variant=ActionVariant.DANGER,
            fits=lambda module: module.is_installed and not is_kernel(module.name),
        ),
    )

    readonly_fields = ("called", "does", "stands_on", "brings", "does_by_itself")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with packages that have come since."""
        refresh()
        return super().changelist_view(request, extra_context)

    @display(description=_("name"), ordering="title")
    def called(self, module: Module) -> str:
        """What people call it, in the language of whoever reads."""
        known = imported(module.path) if module.is_available else None
        return str(known.verbose_name if known else module)

    @display(description=_("summary"))
    def does(self, module: Module) -> str:
        """What it is for, likewise."""
        known = imported(module.path) if module.is_available else None
        return str(known.manifest.summary if known else module.summary)

    @display(description=_("requires"))
    def stands_on(self, module: Module) -> str:
        """What it requires, in a line."""
        return ", ".join(module.requires)

    @display(description=_("tables"))
    def brings(self, module: Module) -> str:
        """Its tables, in a line."""
        return ", ".join(module.tables)

    @display(description=_("jobs"))
    def does_by_itself(self, module: Module) -> str:
        """Its jobs, in a line."""
        return ", ".join(module.jobs)

    @display(
        description=_("state"),
        ordering="state",
        label={"installed": "success", "outdated": "warning", "uninstalled": "info"},
    )
    def shown_state(self, module: Module) -> tuple[str, Any]:
        """The state, in its color; a newer version is told."""
        if module.is_outdated:
            return "outdated", _("Can be upgraded")
        return module.state, module.get_state_display()


@admin.register(ModuleOperation)
class ModuleOperationOffice(SeenOffice):
    """What has been done to modules, by whom, and how it ended."""

    icon = "published_with_changes"
    shelf = SHELF
    record_fields = False
    list_display = ("shown", "shown_state", "asked_by", "asked_at", "finished_at", "error")
    list_filter = (("kind", CHOICE), ("state", CHOICE), ("asked_at", MOMENTS))
    search_fields = ("kind", "error")
    date_hierarchy = "asked_at"
    fieldsets = (
        (None, {"fields": ("shown", "state", "phase", "current", "finished")}),
        (_("Times"), {"fields": ("asked_by", "asked_at", "started_at", "finished_at", "attempts")}),
        (_("Outcome"), {"fields": ("error", "left_as_edited", "stays", "export")}),
    )
    readonly_fields = ("shown", "finished", "left_as_edited", "stays")

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page of an operation; while it is under way the browser asks again by itself."""
        response: HttpResponse = super().change_view(request, *args, **kwargs)
        row = getattr(response, "context_data", {}).get("original")
        if row is not None and row.is_unfinished:
            response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return response

    @display(description=_("operation"), ordering="id")
    def shown(self, operation: ModuleOperation) -> str:
        """What was asked for."""
        return str(operation)

    @display(description=_("finished"))
    def finished(self, operation: ModuleOperation) -> str:
        """The modules that are done, in a line."""
        return ", ".join(operation.finished_names)

    @display(description=_("left as people have changed it"))
    def left_as_edited(self, operation: ModuleOperation) -> SafeString:
        """The seeded rows that an upgrade left alone: theirs, and what the module has now."""
        return format_html_join(
            "",
            "<p>{}: {}: <strong>{}</strong> ({})</p>",
            (
                (one["record"] or one["name"], one["field"], one["yours"], one["seed"])
                for one in operation.differences
            ),
        )

    @display(description=_("stays, because something uses it"))
    def stays(self, operation: ModuleOperation) -> SafeString:
        """Rows that an uninstalled module had brought into other modules' tables."""
        rows = ((note["record"], note["model"]) for note in operation.notes)
        return format_html_join("", "<p>{} ({})</p>", rows)

    @display(
        description=_("state"),
        ordering="state",
        label={
            ModuleOperation.State.DONE.value: "success",
            ModuleOperation.State.FAILED.value: "danger",
            ModuleOperation.State.RUNNING.value: "info",
            ModuleOperation.State.ASKED.value: "warning",
        },
    )
    def shown_state(self, operation: ModuleOperation) -> tuple[str, str]:
        """The state, in its color."""
        return operation.state, operation.get_state_display()
