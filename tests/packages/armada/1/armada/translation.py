"""Which texts of the fleet are kept in English and Indonesian."""

from modeltranslation.translator import TranslationOptions, register

from armada.models import VehicleKind


@register(VehicleKind)
class KindTexts(TranslationOptions):
    """The name."""

    fields = ("name",)
