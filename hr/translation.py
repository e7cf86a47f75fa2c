"""What human resources say in both languages."""

from modeltranslation.translator import TranslationOptions, register

from hr.models import Department, Job, LeaveType


@register((Department, Job, LeaveType))
class Names(TranslationOptions):
    """These have a name in each language."""

    fields = ("name",)
