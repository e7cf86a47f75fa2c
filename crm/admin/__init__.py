"""The back office of the pipeline."""

from django.contrib import admin

from base.admin.office import TranslatedOffice
from crm.models import LostReason, Stage, Team


@admin.register(Stage)
class StageOffice(TranslatedOffice):
    """Stages, in the order of the pipeline."""

    list_display = ("name", "sequence", "is_won", "is_folded", "team")
    list_editable = ("sequence",)
    list_select_related = ("team",)
    search_fields = ("name",)
    autocomplete_fields = ("team",)


@admin.register(Team)
class TeamOffice(TranslatedOffice):
    """Sales teams and who is in them."""

    list_display = ("name", "leader", "company", "is_active")
    list_filter = ("company", "is_active")
    list_select_related = ("leader", "company")
    search_fields = ("name",)
    autocomplete_fields = ("leader", "company")
    filter_horizontal = ("members",)


@admin.register(LostReason)
class LostReasonOffice(TranslatedOffice):
    """Reasons for losing."""

    list_display = ("name", "is_active")
    search_fields = ("name",)


__all__ = ["LostReasonOffice", "StageOffice", "TeamOffice"]
