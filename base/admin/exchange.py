"""Import and export: one sheet per noun. An import is one verb run: all rows are written, or none."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.admin import ImportExportMixin
from import_export.tmp_storages import CacheStorage
from modeltranslation.utils import get_translation_fields
from unfold.contrib.import_export.forms import ImportForm, SelectableFieldsExportForm

from base.actors import Actor
from base.admin.access import acting
from base.admin.formats import Csv, Xlsx
from base.admin.layout import AUTHORSHIP, NEVER_SHOWN, is_kept, translated_names
from base.admin.links import LinksWidget, LinkWidget
from base.admin.writing import REFUSALS, check_deferred_rules
from base.errors import ERPError, Invalid, translated
from base.models import ExternalId
from base.modules import on_the_wire
from base.policies import require, row_filter
from base.services import records
from base.verbs import running

LARGEST_FILE = 10 * 1024 * 1024
IDENTITY = ("id", "external_id")


class NumberWidget(widgets.DecimalWidget):
    """Numbers with a point and without thousands separators, whatever language is spoken."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The cell for a number."""
        return "" if value is None else format(value.normalize(), "f")


class WholeNumberWidget(widgets.IntegerWidget):
    """Whole numbers, likewise."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The cell for a number."""
        return "" if value is None else str(value)


class Sheet(resources.ModelResource):
    """How a noun stands in a file. A row with an `id` or an `external_id` changes that record, another makes a new one.

    `keys` name fields that together identify a record, for files that carry neither.
    """

    keys: ClassVar[tuple[str, ...]] = ()

    WIDGETS_MAP = {
        **resources.ModelResource.WIDGETS_MAP,
        "DecimalField": NumberWidget,
        **dict.fromkeys(
            (
                "IntegerField",
                "BigIntegerField",
                "SmallIntegerField",
                "PositiveIntegerField",
                "PositiveSmallIntegerField",
                "PositiveBigIntegerField",
                "BigAutoField",
            ),
            WholeNumberWidget,
        ),
    }

    def __init__(self, *, actor: Actor | None = None, office: Any = None, **kwargs: Any) -> None:
        """Without an actor, for forms that only ask which columns there are."""
        super().__init__(**kwargs)
        self.office = office
        if actor is None:
            return
        self.actor = actor.through("import")
        for field in self.fields.values():
            if isinstance(field.widget, LinkWidget | LinksWidget):
                field.widget.finder.actor = self.actor

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Any:
        """Links are rows here, not numbers."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        if django_field.many_to_one or django_field.one_to_one:
            field.attribute = field_name
        return field

    @classmethod
    def get_fk_widget(cls, field: Any) -> Any:
        """Links are written by name or code."""
        return partial(LinkWidget, model=field.related_model)

    @classmethod
    def get_m2m_widget(cls, field: Any) -> Any:
        """Links are written by name or code."""
        return partial(LinksWidget, model=field.related_model)

    def get_queryset(self) -> Any:
        """The records that a file may change."""
        model = self._meta.model
        return model._default_manager.filter(row_filter(model, self.actor))

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """The records with everything they link to, so that no row asks for itself."""
        fields = [self._meta.model._meta.get_field(f.attribute) for f in self.fields.values()]
        ones = [f.name for f in fields if f.is_relation and not f.many_to_many]
        sets = [f.name for f in fields if f.many_to_many]
        return queryset.select_related(*ones).prefetch_related(*sets)

    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """Write the rows as one verb run. Tried first, and nothing is kept when any row fails."""
        meta = self._meta.model._meta
        require(self.actor, f"{meta.app_label}.add_{meta.model_name}")
        change = f"{meta.app_label}.change_{meta.model_name}"
        kwargs = {
            **kwargs,
            "use_transactions": True,
            "rollback_on_validation_errors": True,
            "raise_errors": False,
        }
        with transaction.atomic():
            with running(f"{meta.label_lower}.import", by=self.actor, permission=change):
                result = super().import_data(dataset, dry_run=dry_run, **kwargs)
            if dry_run or result.has_errors() or result.has_validation_errors():
                transaction.set_rollback(True)
        return result

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a file without any column we know, or with some we do not."""
        known = {*IDENTITY, *(field.column_name for field in self.get_import_fields())}
        unknown = [header for header in dataset.headers or () if header not in known]
        if unknown:
            raise ValueError(_("Unknown columns: %(columns)s.") % {"columns": ", ".join(unknown)})

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The record that a row is about, or None for a new one."""
        number = str(row.get("id") or "").strip()
        name = str(row.get("external_id") or "").strip()
        if number:
            rows = self.get_queryset().filter(pk=int(number)) if number.isdigit() else None
            found = rows.first() if rows is not None else None
            if found is None:
                raise ValidationError(_("There is no record %(id)s.") % {"id": number})
            return found
        if name:
            named = ExternalId.objects.named(name).values_list("row_id", flat=True).first()
            return self.get_queryset().filter(pk=named).first() if named else None
        return self._keyed(row)

    def _keyed(self, row: Any) -> Any:
        if not self.keys or any(not str(row.get(key) or "").strip() for key in self.keys):
            return None
        values = {key: self.fields[key].clean(row) for key in self.keys}
        if "company" not in values and self._must_have_company():
            values["company"] = self.actor.company_id
        found = list(self.get_queryset().filter(**values)[:2])
        if len(found) > 1:
            keys = ", ".join(str(row[key]) for key in self.keys)
            raise ValidationError(_("Several records have “%(keys)s”.") % {"keys": keys})
        return found[0] if found else None

    def _must_have_company(self) -> bool:
        fields = self._meta.model._meta.fields
        return any(field.name == "company" and not field.null for field in fields)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """A new record belongs to the current company; a final one is not changed."""
        if new and self._must_have_company():
            instance.company_id = self.actor.company_id
        why = None if new or self.office is None else self.office.why_final(instance)
        if why:
            raise ValidationError(str(why))

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Save a record; what refuses it is said of its row."""
        try:
            with transaction.atomic():
                records.check_links(type(instance), [instance], self.actor)
                super().save_instance(instance, is_create, row, **kwargs)
                self._name(instance, row)
        except REFUSALS as error:
            raise _as_validation(translated(error)) from None

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Save sets of links, likewise."""
        try:
            with transaction.atomic():
                super().save_m2m(instance, row, **kwargs)
        except REFUSALS as error:
            raise _as_validation(translated(error)) from None
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def _name(self, instance: Any, row: Any) -> None:
        name = str(row.get("external_id") or "").strip()
        if name and not ExternalId.objects.named(name).exists():
            module, _dot, short = on_the_wire(name).rpartition(".")
            ExternalId.objects.create(module=module, name=short, row=instance)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Ask the database about the rules that look at several rows."""
        try:
            check_deferred_rules()
        except REFUSALS as error:
            raise ValueError(str(translated(error))) from None


def _as_validation(error: ERPError) -> ValidationError:
    return ValidationError(error.fields if isinstance(error, Invalid) else str(error))


def sheet_for(
    model: Any,
    *,
    fields: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> type[Sheet]:
    """The sheet of a noun: its number, then the given fields, or all that people may edit."""
    translated = translated_names(model)
    names = fields or tuple(
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not is_kept(field) and field.name not in {*NEVER_SHOWN, *AUTHORSHIP, *without}
    )
    columns: list[str] = []
    for name in names:
        columns += get_translation_fields(name) if name in translated else [name]
    options = {
        "fields": list(dict.fromkeys(["id", *columns])),
        "clean_model_instances": True,
        "skip_unchanged": True,
        "report_skipped": True,
        "import_id_fields": ["id"],
    }
    made = resources.modelresource_factory(model, resource_class=Sheet, meta_options=options)
    return type(made.__name__, (made,), {"keys": keys})


class FileForm(ImportForm):
    """The form that takes a file."""

    def clean_import_file(self) -> Any:
        """Refuse files that are too big to be tried out in one go."""
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than %(mb)d MB.") % {"mb": LARGEST_FILE >> 20}
            )
        return file


class Exchanged(ImportExportMixin):
    """Takes a noun in and out as a file. `sheet` names how; without it the noun is neither imported nor exported."""

    sheet: type[Sheet] | None = None
    may_import = True
    import_form_class = FileForm
    export_form_class = SelectableFieldsExportForm
    tmp_storage_class = CacheStorage
    skip_admin_log = True

    def get_resource_classes(self, request: HttpRequest) -> list[type[Sheet]]:
        """The one sheet."""
        return [self.sheet] if self.sheet else []

    def get_resource_kwargs(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Tell the sheet who acts."""
        return {"actor": acting(request), "office": self}

    def get_import_formats(self) -> list[Any]:
        """CSV and XLSX."""
        return [Csv, Xlsx]

    get_export_formats = get_import_formats

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether the actor may make and change records, and the noun is meant to be imported."""
        if self.sheet is None or not self.may_import:
            return False
        return self.holds(request, "add") and self.holds(request, "change")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether the actor may take lists out of the system."""
        if self.sheet is None:
            return False
        return acting(request).has_perm("base.export_records") and self.has_view_permission(request)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say how the import went; one that failed at the last moment changed nothing."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        messages.error(
            request,
            _("Nothing was imported: the records have changed since you looked. Try again."),
        )
        info = "_".join(self.get_model_info())
        return HttpResponseRedirect(reverse(f"admin:{info}_import"))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what was tried; a file that was kept too long is asked for again."""
        form: Form = self.create_confirm_form(request)
        if not self.has_import_permission(request):
            raise PermissionDenied
        if (
            form.is_valid()
            and CacheStorage(name=form.cleaned_data["import_file_name"]).read() is None
        ):
            messages.error(request, _("The file is not there any more. Please choose it again."))
            return HttpResponseRedirect(reverse(f"admin:{'_'.join(self.get_model_info())}_import"))
        return super().process_import(request, **kwargs)
