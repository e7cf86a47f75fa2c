"""The back office of the wire: the wizards that other programs have open."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin.office import SeenOffice
from rpc.models import Wizard


@admin.register(Wizard)
class WizardOffice(SeenOffice):
    """Questions that a program is in the middle of answering."""

    icon = "conversion_path"
    shelf = _("Audit and jobs")
    list_display = ("id", "model", "user", "created_at")
    search_fields = ("model", "user__username")
    record_fields = False
