"""The back office of human resources."""

from django.contrib import admin

from base.admin.office import TranslatedOffice
from hr.models import Department, Job, LeaveType


@admin.register(Department)
class DepartmentOffice(TranslatedOffice):
    """Departments."""

    list_display = ("name", "parent", "company", "is_active")
    list_filter = ("company", "is_active")
    list_select_related = ("parent", "company")
    search_fields = ("name",)
    autocomplete_fields = ("parent", "company")


@admin.register(Job)
class JobOffice(TranslatedOffice):
    """Job positions."""

    list_display = ("name", "department", "wanted", "company", "is_active")
    list_filter = ("department", "company", "is_active")
    list_select_related = ("department", "company")
    search_fields = ("name",)
    autocomplete_fields = ("department", "company")


@admin.register(LeaveType)
class LeaveTypeOffice(TranslatedOffice):
    """Kinds of time off."""

    list_display = ("name", "unit", "approved_by", "requires_allocation", "is_unpaid", "is_active")
    list_filter = ("unit", "approved_by", "company", "is_active")
    search_fields = ("name",)
    autocomplete_fields = ("company",)


__all__ = ["DepartmentOffice", "JobOffice", "LeaveTypeOffice"]
