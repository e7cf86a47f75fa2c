"""The rights of a role as a table: a line for each noun, a column for seeing, adding, changing and deleting."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from base.modules import installed

ACTIONS = ("view", "add", "change", "delete")


class PermissionTable(CheckboxSelectMultiple):
    """Checkboxes in a table, grouped by module."""

    template_name = "admin/permission_table.html"

    @staticmethod
    def offered() -> QuerySet[Permission]:
        """The rights that mean something here: those on nouns of the installed modules."""
        labels = [module.label for module in installed()]
        return Permission.objects.filter(content_type__app_label__in=labels).select_related(
            "content_type"
        )

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The table as HTML, by the site's own templates."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The table: modules, nouns, rights. One query."""
        context = super().get_context(name, value, attrs)
        choices: Any = self.choices
        chosen = {str(item) for item in value or ()}
        lines: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        for right in choices.queryset.order_by("content_type__app_label", "pk"):
            kind = right.content_type
            action, _dash, rest = right.codename.partition("_")
            column = action if action in ACTIONS and rest == kind.model else right.codename
            lines[(kind.app_label, kind.model)][column] = {
                "value": str(right.pk),
                "checked": str(right.pk) in chosen,
                "label": right.name,
            }
        context["modules"] = self._modules(lines)
        context["actions"] = [_("See"), _("Add"), _("Change"), _("Delete")]
        context["disabled"] = bool((attrs or {}).get("disabled"))
        return context

    def _modules(self, lines: dict[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
        modules = []
        for module in installed():
            nouns = [
                {
                    "name": capfirst(self._name(label, model)),
                    "usual": [rights.get(action) for action in ACTIONS],
                    "verbs": [right for key, right in rights.items() if key not in ACTIONS],
                }
                for (label, model), rights in lines.items()
                if label == module.label
            ]
            if nouns:
                nouns.sort(key=lambda noun: str(noun["name"]).lower())
                modules.append({"name": module.verbose_name, "nouns": nouns})
        return modules

    def _name(self, label: str, model: str) -> str:
        try:
            return str(apps.get_model(label, model)._meta.verbose_name_plural)
        except LookupError:
            return model
