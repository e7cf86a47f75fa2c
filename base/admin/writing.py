"""Saving and deleting in the back office: each is one audited run of a verb, and a refusal is a sentence on the form."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.db import IntegrityError, connection
from django.db.models import Model, QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from base.admin.access import acting
from base.admin.forms import OfficeForm
from base.errors import Conflict, ERPError, translated
from base.models.noun import Noun
from base.services import records
from base.verbs import running

REFUSALS = (ERPError, IntegrityError, ProtectedError, RestrictedError)


def check_deferred_rules() -> None:
    """Ask the database now about the rules it would check at commit, while there is still a form to show them on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Written(ModelAdmin):
    """Saves through verbs. What Django logs of its own is left out: `base_verbrun` and `base_change` are the trail."""

    form = OfficeForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[OfficeForm]:
        """The form class, knowing who acts and what was refused a moment ago."""
        form = super().get_form(request, obj, change=change, **kwargs)
        told = {"actor": acting(request), "refusal": getattr(request, "office_refusal", None)}
        return type(form.__name__, (form,), told)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; when a verb or the database refuses, show it again with the reason."""
        extra_context = {**(extra_context or {}), **self._told(request, object_id)}
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as error:
            request.office_refusal = translated(error)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _told(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        return {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Wait: the record and its parts are saved in one run, by `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the record and its parts as one audited run, then ask the database whether it agrees."""
        action = "change" if change else "add"
        name = f"{self.opts.label_lower}.{'change' if change else 'create'}"
        permission = f"{self.opts.app_label}.{action}_{self.opts.model_name}"
        with running(name, by=acting(request), permission=permission):
            if change:
                self._check_unchanged(request, form.instance)
            self.write(request, form, formsets, change)
        check_deferred_rules()

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write a record with its sets of links and its parts. Nouns with verbs of their own call those here."""
        row = form.instance
        if change:
            own = {f.name for f in self.opts.concrete_fields if not f.primary_key}
            row.save(update_fields=[name for name in form.cleaned_data if name in own])
        else:
            row.save()
        form.save_m2m()
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def _check_unchanged(self, request: HttpRequest, row: Any) -> None:
        """Refuse with `Conflict` when someone else has saved the record since the form was read."""
        read_at = request.POST.get("office_read_at")
        if not read_at or not isinstance(row, Noun):
            return
        rows = type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk)
        now = rows.values_list("changed_at", flat=True).first()
        if now is None or now.isoformat() != read_at:
            raise Conflict(record=str(row))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """What is asked about before deleting: the chosen records. What hangs on them is the database's to refuse."""
        rows = list(objs)
        forbidden = any(not self.has_delete_permission(request, row) for row in rows)
        names = {str(self.opts.verbose_name)} if forbidden else set()
        return [str(row) for row in rows], {self.opts.verbose_name_plural: len(rows)}, names, []

    def delete_rows(self, rows: QuerySet[Any], request: HttpRequest) -> None:
        """Delete rows by the generic verb. Nouns with a verb of their own call that here."""
        records.delete(rows, by=acting(request))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete one record."""
        self.delete_rows(records.named(self.model, [obj.pk]), request)
        check_deferred_rules()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete the chosen records, all or none."""
        self.delete_rows(records.named(self.model, queryset.values_list("pk", flat=True)), request)
        check_deferred_rules()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask, then delete; a refusal leads back to the record with the reason."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except REFUSALS as error:
            messages.error(request, str(translated(error)))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[object_id]))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List rows and run actions; a refusal of an action is a message above the list."""
        try:
            return super().changelist_view(request, extra_context)
        except REFUSALS as error:
            messages.error(request, str(translated(error)))
        return HttpResponseRedirect(request.get_full_path())

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Nothing: the audit trail has it."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Nothing: the audit trail has it."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Nothing: the audit trail has it."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Nothing: the audit trail has it."""
