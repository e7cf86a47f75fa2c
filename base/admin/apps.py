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
    list_display = ("title", "name", "shown_state", "version", "code_version", "summary")
    list_filter = (("state", CHOICE), "is_bridge")
    fieldsets = (
        (None, {"fields": ("title", "name", "summary", "state", ("version", "code_version"))}),
        (_("Stands on"), {"fields": ("requires", "is_bridge", "package", "path")}),
        (_("Brings"), {"fields": ("tables", "jobs", "installed_at", "changed_at")}),
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

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with packages that have come since."""
        refresh()
        return super().changelist_view(request, extra_context)

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
        (None, {"fields": ("kind", "names", "state", "phase", "current", "finished_names")}),
        (_("Times"), {"fields": ("asked_by", "asked_at", "started_at", "finished_at", "attempts")}),
        (_("Outcome"), {"fields": ("error", "differences", "notes", "export")}),
    )

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
