"""Which texts of the nouns of accounting are kept in English and Indonesian."""

from modeltranslation.translator import TranslationOptions, register

from accounting.models import Account, AccountTag, Journal, PaymentTerm, Tax, TaxGroup


@register((Account, AccountTag, Journal))
class NameOptions(TranslationOptions):
    """The name."""

    fields = ("name",)


@register(Tax)
class TaxOptions(TranslationOptions):
    """The name and what documents say."""

    fields = ("name", "invoice_label", "description")


@register(TaxGroup)
class TaxGroupOptions(TranslationOptions):
    """The name and the subtotal before it."""

    fields = ("name", "preceding_subtotal")


@register(PaymentTerm)
class PaymentTermOptions(TranslationOptions):
    """The name and what documents say."""

    fields = ("name", "note")
