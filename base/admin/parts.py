"""Parts of a record, edited in rows on its page under the same rules as the record itself."""

from collections import defaultdict
from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from modeltranslation.admin import TranslationTabularInline
from unfold.admin import StackedInline, TabularInline

from base.admin.access import acting
from base.admin.figures import with_figures
from base.admin.forms import OfficeForm
from base.admin.layout import is_kept, spread, translated_names

_joined: dict[type[Model], list[type["Together"]]] = defaultdict(list)


def join(model: type[Model], parts: type["Together"]) -> None:
    """Let a module show parts of its own on a noun of another module that it stands on."""
    _joined[model].append(parts)


def joined(model: type[Model]) -> list[type["Together"]]:
    """What other modules show on a noun."""
    return _joined[model]


class Together(InlineModelAdmin):
    """Parts of a record. They are added, changed and deleted by whoever may change it, while it is not final."""

    form = OfficeForm
    extra = 0
    tab = True
    hide_title = True
    own_rights = False
    """Whether the part has its own permissions; else those of the record decide."""
    may_add = True
    may_change = True
    may_delete = True

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Fields without the buttons that open what they link to: a row has no room for them."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        wrapper = getattr(field, "widget", None)
        if isinstance(wrapper, RelatedFieldWidgetWrapper):
            field.widget = wrapper.widget
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset, whose forms know who acts."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type(formset.form.__name__, (formset.form,), {"actor": acting(request)})
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The parts; those of a record that the actor sees are seen with it."""
        links = [f.name for f in self.opts.fields if f.related_model and f.name in self._shown()]
        return super().get_queryset(request).select_related(*links)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The columns, numbers that are only read as people read them."""
        return with_figures(super().get_fields(request, obj), self._figures(request, obj))

    def _figures(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        read_only = not self.has_change_permission(request, obj)
        fields = self.opts.concrete_fields
        return {
            f.name: f for f in fields if read_only or is_kept(f) or f.name in self.readonly_fields
        }

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Declared ones, and every field that only the system writes."""
        declared = spread(self.readonly_fields, translated_names(self.model))
        kept = [f.name for f in self.opts.concrete_fields if is_kept(f) and f.name in self._shown()]
        names = list(dict.fromkeys([*declared, *kept]))
        return with_figures(names, self._figures(request, obj))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Parts are seen with the record."""
        return self._holds(request, "view")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether parts may be added now."""
        return self.may_add and self._open(request, obj) and self._holds(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether parts may be changed now."""
        return self.may_change and self._open(request, obj) and self._holds(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether parts may be taken away now."""
        return self.may_delete and self._open(request, obj) and self._holds(request, "delete")

    def _holds(self, request: HttpRequest, action: str) -> bool:
        if self.own_rights:
            return acting(request).has_perm(
                f"{self.opts.app_label}.{action}_{self.opts.model_name}"
            )
        whole = self._whole()
        if action == "view":
            return whole.has_view_permission(request)
        return whole.has_change_permission(request) or whole.has_add_permission(request)

    def _open(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is None or self._whole().why_final(obj) is None

    def _whole(self) -> Any:
        return self.admin_site._registry[self.parent_model]

    def _shown(self) -> set[str]:
        return {
            n for name in self.fields or () for n in ([name] if isinstance(name, str) else name)
        }


class Parts(Together, TabularInline):
    """Parts as rows of a table."""


class Panel(Together, StackedInline):
    """The one part that another module adds to a record, as a panel of its own."""

    own_rights = True


class TranslatedParts(Parts, TranslationTabularInline):
    """Parts with texts in two languages."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One row, translated fields as a column for each language."""
        return [(None, {"fields": spread(self.fields or (), translated_names(self.model))})]


class SeenParts(Parts):
    """Parts that are only looked at."""

    may_add = may_change = may_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """All of them."""
        return self.get_fields(request, obj)
