"""What inventory says in both languages."""

from modeltranslation.translator import TranslationOptions, register

from inventory.models import Location, OperationType


@register(OperationType)
class OperationTypeTexts(TranslationOptions):
    """A kind of operation has a name in each language."""

    fields = ("name",)


@register(Location)
class LocationTexts(TranslationOptions):
    """The name, and the full name that the database makes of it."""

    fields = ("name", "complete_name")
