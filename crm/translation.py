"""What the pipeline says in both languages."""

from modeltranslation.translator import TranslationOptions, register

from crm.models import LostReason, Stage, Team


@register(Stage)
class StageTexts(TranslationOptions):
    """A stage has a name and requirements in each language."""

    fields = ("name", "requirements")


@register((Team, LostReason))
class Names(TranslationOptions):
    """These have a name in each language."""

    fields = ("name",)
