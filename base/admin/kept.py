"""What people keep about their pages, and the files that were taken in: looked at here, made where it is used."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin.audit import SHELF
from base.admin.filters import CHOICE, LinkFilter
from base.admin.office import SeenOffice, TranslatedOffice
from base.models import (
    ActivityPlanStep,
    ColumnChoice,
    DefaultValue,
    Favourite,
    ImportBatch,
    ImportedRow,
    Preference,
)


class KeptOffice(SeenOffice):
    """Something that belongs to one person's pages."""

    shelf = _("Pages")
    may_delete = True


@admin.register(Favourite)
class FavouriteOffice(KeptOffice):
    """Searches that were kept."""

    icon = "star"
    list_display = ("name", "screen", "user", "is_default")
    list_filter = (("user", LinkFilter), "is_default")
    search_fields = ("name", "screen")


@admin.register(ColumnChoice)
class ColumnChoiceOffice(KeptOffice):
    """Columns that were chosen."""

    icon = "view_column"
    list_display = ("screen", "columns", "user")
    list_filter = (("user", LinkFilter),)
    search_fields = ("screen", "columns")


@admin.register(DefaultValue)
class DefaultValueOffice(KeptOffice):
    """What new records hold."""

    icon = "edit_note"
    list_display = ("model", "field", "value", "user", "company")
    list_filter = (("user", LinkFilter), ("company", LinkFilter))
    search_fields = ("model", "field")


@admin.register(Preference)
class PreferenceOffice(KeptOffice):
    """How pages look to people."""

    icon = "palette"
    list_display = ("user", "theme", "density")
    list_filter = (("theme", CHOICE), ("density", CHOICE))
    search_fields = ("user__username",)


@admin.register(ActivityPlanStep)
class ActivityPlanStepOffice(TranslatedOffice):
    """Steps of activity plans; they are written with their plan."""

    may_add = may_change = may_delete = False
    warn_unsaved_form = False

    icon = "checklist"
    shelf = _("Messages and files")
    list_display = ("plan", "type", "summary", "days", "user")
    list_filter = (("plan", LinkFilter), ("type", LinkFilter))
    search_fields = ("summary_en", "summary_ind", "plan__name_en", "plan__name_ind")


@admin.register(ImportBatch)
class ImportBatchOffice(SeenOffice):
    """Files that were taken in."""

    icon = "upload_file"
    shelf = SHELF
    list_display = ("file", "noun", "state", "lines_done", "made", "changed", "unchanged")
    list_filter = (("state", CHOICE),)
    search_fields = ("noun", "screen", "file__name")


@admin.register(ImportedRow)
class ImportedRowOffice(SeenOffice):
    """Records that an import made or changed."""

    icon = "playlist_add_check"
    shelf = SHELF
    list_display = ("batch", "row_id", "is_new")
    list_filter = (("batch", LinkFilter), "is_new")
    search_fields = ("=row_id",)
