"""What inventory says in both languages."""

from modeltranslation.translator import TranslationOptions, register

from inventory.models import OperationType


@register(OperationType)
class OperationTypeTexts(TranslationOptions):
    """A kind of operation has a name in each language."""

    fields = ("name",)
