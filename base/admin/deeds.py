"""Deeds: what people do to records in the back office besides editing them. Each calls one verb."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.enums import ActionVariant

from base.actors import Actor
from base.admin.access import acting
from base.admin.writing import REFUSALS, check_deferred_rules
from base.errors import translated

SHOWN_AT_MOST = 20


class DeedForm(forms.Form):
    """What a deed needs to be told. Knows the rows and who acts."""

    def __init__(self, *args: Any, rows: QuerySet[Any], actor: Actor, **kwargs: Any) -> None:
        self.rows = rows
        self.actor = actor
        super().__init__(*args, **kwargs)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that is done to one record or to several at once.

    `run(rows, by=actor, **data)` calls the verb; `data` is what `form` was told. `question` is asked first.
    `fits(row)` says whether the button stands on the page of a row; the verb has the last word.
    """

    name: str
    label: str | Promise
    permission: str
    run: Callable[..., Any]
    question: str | Promise = ""
    form: type[DeedForm] = DeedForm
    icon: str = "play_arrow"
    variant: ActionVariant = ActionVariant.DEFAULT
    fits: Callable[[Any], bool] = lambda _row: True
    together: bool = True
    """Whether it can be done to several records at once, from the list."""
    done: str | Promise = ""


_offered: dict[type[Model], list[Deed]] = defaultdict(list)


def offer(model: type[Model], deed: Deed) -> None:
    """Let a module offer a deed on a noun of another module that it stands on."""
    _offered[model].append(deed)


class Doing(ModelAdmin):
    """Offers deeds: in the list for chosen rows, on a record's page as buttons. All go through one page that asks."""

    deeds: tuple[Deed, ...] = ()

    def get_deeds(self, request: HttpRequest) -> list[Deed]:
        """The deeds that the actor may do."""
        known = [*self.deeds, *_offered[self.model]]
        return [deed for deed in known if acting(request).has_perm(deed.permission)]

    def get_urls(self) -> list[URLPattern]:
        """One address for each deed."""
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "do/<slug:name>/", self.admin_site.admin_view(self.deed_view), name=f"{info}_deed"
            ),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's actions and our deeds, for the list. Deleting from the list stays Django's."""
        actions: dict[str, Any] = super().get_actions(request)
        if not self.has_delete_permission(request):
            actions.pop("delete_selected", None)
        for deed in self.get_deeds(request):
            if deed.together:
                actions[deed.name] = (_from_list(deed), deed.name, deed.label)
        return actions

    def deed_url(self, deed: Deed, rows: Iterable[Any]) -> str:
        """Where a deed is done to rows."""
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        place = reverse(f"{self.admin_site.name}:{info}_deed", args=[deed.name])
        return f"{place}?ids={','.join(str(row.pk) for row in rows)}"

    def buttons(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        """The deeds that fit a row, as its page shows them."""
        return [
            {
                "title": deed.label,
                "icon": deed.icon,
                "variant": deed.variant,
                "attrs": {},
                "path": self.deed_url(deed, [row]),
            }
            for deed in self.get_deeds(request)
            if deed.fits(row)
        ]

    def deed_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Ask what the deed needs to be told, then do it. Refusals are shown and change nothing."""
        deed = next((deed for deed in self.get_deeds(request) if deed.name == name), None)
        if deed is None:
            raise PermissionDenied
        ids = _ids(request)
        rows = self.get_queryset(request).filter(pk__in=ids)
        if not ids or rows.count() != len(ids):
            messages.error(request, _("Some of these records do not exist any more."))
            return HttpResponseRedirect(self._list_url())
        told = request.POST if "sure" in request.POST else None
        form = deed.form(told, rows=rows, actor=acting(request))
        if told is not None and form.is_valid():
            response = self._do(request, deed, rows, form)
            if response is not None:
                return response
        return self._ask(request, deed, rows, form, ids)

    def _do(
        self, request: HttpRequest, deed: Deed, rows: QuerySet[Any], form: DeedForm
    ) -> HttpResponse | None:
        first = list(rows[:2])
        try:
            answer = deed.run(rows, by=acting(request), **form.cleaned_data)
            check_deferred_rules()
        except REFUSALS as error:
            form.add_error(None, str(translated(error)))
            return None
        if isinstance(answer, HttpResponse):
            return answer
        messages.success(request, str(deed.done) or _("Done: %(deed)s.") % {"deed": deed.label})
        if len(first) == 1 and self.get_queryset(request).filter(pk=first[0].pk).exists():
            info = f"{self.opts.app_label}_{self.opts.model_name}"
            place = reverse(f"{self.admin_site.name}:{info}_change", args=[first[0].pk])
            return HttpResponseRedirect(place)
        return HttpResponseRedirect(self._list_url())

    def _ask(
        self,
        request: HttpRequest,
        deed: Deed,
        rows: QuerySet[Any],
        form: DeedForm,
        ids: list[int],
    ) -> HttpResponse:
        shown = list(rows[:SHOWN_AT_MOST])
        count = len(ids)
        context = {
            **self.admin_site.each_context(request),
            "title": deed.label,
            "subtitle": str(shown[0]) if count == 1 else None,
            "opts": self.opts,
            "media": self.media + form.media,
            "deed": deed,
            "form": form,
            "ids": ",".join(map(str, ids)),
            "rows": shown,
            "more": count - len(shown),
            "counted": ngettext("%(count)d record", "%(count)d records", count) % {"count": count},
            "back": self._list_url(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/deed.html", context)

    def _list_url(self) -> str:
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{self.admin_site.name}:{info}_changelist")


def _from_list(deed: Deed) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse]:
    def offer(office: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Lead to the page of the deed, with the chosen rows."""
        form = deed.form(None, rows=queryset, actor=acting(request))
        return office._ask(
            request, deed, queryset, form, list(queryset.values_list("pk", flat=True))
        )

    return offer


def _ids(request: HttpRequest) -> list[int]:
    """The ids of the rows, from the form or the address; empty when they are no numbers."""
    words = (request.POST.get("ids") or request.GET.get("ids") or "").split(",")
    return [int(word) for word in dict.fromkeys(words) if word.isascii() and word.isdigit()]
