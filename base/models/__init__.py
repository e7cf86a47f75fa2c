"""The nouns every module shares, and the records of the kernel."""

from base.models.activity import Activity, ActivityType
from base.models.activity_plan import ActivityPlan, ActivityPlanStep
from base.models.api_key import ApiKey
from base.models.attachment import Attachment
from base.models.audit import Change, VerbRun
from base.models.bank import Bank, PartnerBankAccount
from base.models.company import Company
from base.models.counter import Counter
from base.models.country import Country, CountryState
from base.models.currency import Currency, CurrencyRate
from base.models.default_value import DefaultValue
from base.models.external_id import ExternalId
from base.models.favourite import ColumnChoice, Favourite
from base.models.importing import ImportBatch, ImportedRow
from base.models.job_run import JobRun
from base.models.language import Language
from base.models.mail_template import MailTemplate
from base.models.message import Follower, Message, MessageSubtype, Notification
from base.models.module import Module, ModuleOperation
from base.models.noun import Noun
from base.models.outgoing_mail import OutgoingMail
from base.models.parameter import Parameter
from base.models.partner import Partner
from base.models.partner_tag import Industry, PartnerTag
from base.models.preference import Preference
from base.models.product import Product
from base.models.product_attribute import ProductAttribute, ProductAttributeValue
from base.models.product_category import ProductCategory, ProductTag
from base.models.product_template import ProductTemplate
from base.models.product_variant import ProductTemplateAttributeLine, ProductTemplateAttributeValue
from base.models.role import Role, RoleImplication
from base.models.scheduled_job import ScheduledJob
from base.models.sequence import Sequence, SequenceRange
from base.models.unit import UnitOfMeasure
from base.models.user import User

__all__ = [
    "Activity",
    "ActivityPlan",
    "ActivityPlanStep",
    "ActivityType",
    "ApiKey",
    "Attachment",
    "Bank",
    "Change",
    "ColumnChoice",
    "Company",
    "Counter",
    "Country",
    "CountryState",
    "Currency",
    "CurrencyRate",
    "DefaultValue",
    "ExternalId",
    "Favourite",
    "Follower",
    "ImportBatch",
    "ImportedRow",
    "Industry",
    "JobRun",
    "Language",
    "MailTemplate",
    "Message",
    "MessageSubtype",
    "Module",
    "ModuleOperation",
    "Notification",
    "Noun",
    "OutgoingMail",
    "Parameter",
    "Partner",
    "PartnerBankAccount",
    "PartnerTag",
    "Preference",
    "Product",
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductTag",
    "ProductTemplate",
    "ProductTemplateAttributeLine",
    "ProductTemplateAttributeValue",
    "Role",
    "RoleImplication",
    "ScheduledJob",
    "Sequence",
    "SequenceRange",
    "UnitOfMeasure",
    "User",
    "VerbRun",
]
