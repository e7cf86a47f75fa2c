"""Which texts of the base nouns are kept in English and Indonesian."""

from modeltranslation.translator import TranslationOptions, register

from base.models import (
    ActivityPlan,
    ActivityPlanStep,
    ActivityType,
    Country,
    Currency,
    Industry,
    MailTemplate,
    MessageSubtype,
    PartnerTag,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductTag,
    ProductTemplate,
    Role,
    UnitOfMeasure,
)


@register(
    (ActivityPlan, Country, ProductAttribute, ProductAttributeValue, ProductTag, UnitOfMeasure)
)
class NameOptions(TranslationOptions):
    """The name."""

    fields = ("name",)


@register(Role)
class RoleOptions(TranslationOptions):
    """The name and what the role allows."""

    fields = ("name", "summary")


@register(Currency)
class CurrencyOptions(TranslationOptions):
    """The names of the currency and its parts."""

    fields = ("full_name", "unit_label", "subunit_label")


@register(Industry)
class IndustryOptions(TranslationOptions):
    """Both names."""

    fields = ("name", "full_name")


@register((PartnerTag, ProductCategory))
class TreeOptions(TranslationOptions):
    """The name, and the full name that the database makes of it."""

    fields = ("name", "complete_name")


@register(ProductTemplate)
class ProductTemplateOptions(TranslationOptions):
    """The name, and the texts that go on documents."""

    fields = ("name", "sale_description", "purchase_description")


@register(Product)
class ProductOptions(TranslationOptions):
    """The full name that the database makes."""

    fields = ("full_name",)


@register(ActivityType)
class ActivityTypeOptions(TranslationOptions):
    """The name and the usual summary."""

    fields = ("name", "summary")


@register(MessageSubtype)
class MessageSubtypeOptions(TranslationOptions):
    """The name and the description."""

    fields = ("name", "description")


@register(ActivityPlanStep)
class ActivityPlanStepOptions(TranslationOptions):
    """What is to be done."""

    fields = ("summary",)


@register(MailTemplate)
class MailTemplateOptions(TranslationOptions):
    """What the template is called, and what it says."""

    fields = ("name", "subject", "body")
