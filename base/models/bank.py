"""Banks, and the accounts that partners have with them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from base import mailboxes
from base.models.noun import Noun
from base.triggers import remember


class Bank(Noun):
    """A bank, with the BIC under which others reach it."""

    company_path = None
    display_field = "name"
    search_fields = ("name", "bic")

    name = models.CharField(_("name"), max_length=120)
    bic = models.CharField(_("BIC (SWIFT)"), max_length=11, blank=True, default="", db_index=True)
    street = models.CharField(_("street"), max_length=240, blank=True, default="")
    city = models.CharField(_("city"), max_length=120, blank=True, default="")
    zip = models.CharField(_("postcode"), max_length=24, blank=True, default="")
    country = models.ForeignKey(
        "base.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    email = models.CharField(
        _("e-mail"), max_length=254, blank=True, default="", validators=[mailboxes.check]
    )
    phone = models.CharField(_("phone"), max_length=64, blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a BIC that is not written as one."""
        try:
            BIC(self.bic) if self.bic else None
        except SchwiftyException as error:
            message = _("%(bic)s is not a BIC.") % {"bic": self.bic}
            raise ValidationError({"bic": message}) from error


class PartnerBankAccount(Noun):
    """Where a partner receives money. A number that looks like an IBAN must be a right one."""

    company_path = "partner__company"
    display_field = "number"
    search_fields = ("sanitized_number", "number", "holder_name")

    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("holder"),
        on_delete=models.CASCADE,
        related_name="bank_accounts",
    )
    number = models.CharField(_("account number"), max_length=64)
    sanitized_number = models.GeneratedField(
        expression=Upper(
            Func(
                F("number"),
                Value("[^A-Za-z0-9]"),
                Value(""),
                Value("g"),
                function="regexp_replace",
                output_field=models.CharField(max_length=64),
            )
        ),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    holder_name = models.CharField(_("holder's name"), max_length=200, blank=True, default="")
    bank = models.ForeignKey(
        Bank,
        verbose_name=_("bank"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_trusted = models.BooleanField(_("money may be sent here"), default=False)
    sequence = models.IntegerField(_("sequence"), default=10)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_partnerbankaccount_once_per_partner",
                fields=("partner", "sanitized_number"),
                violation_error_message=_("The partner already has this account."),
            ),
            models.CheckConstraint(
                name="base_partnerbankaccount_is_numbered", condition=~Q(number="")
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.number

    @property
    def kind(self) -> str:
        """`iban` for an International Bank Account Number, else `bank`."""
        return "iban" if looks_like_iban(self.number) else "bank"

    def clean(self) -> None:
        """Refuse an IBAN with wrong check digits or length."""
        if looks_like_iban(self.number):
            try:
                IBAN(self.number, validate_bban=True)
            except SchwiftyException as error:
                message = _("%(number)s looks like an IBAN but is not a valid one.")
                raise ValidationError({"number": message % {"number": self.number}}) from error


def looks_like_iban(number: str) -> bool:
    """Whether a number begins with two letters and two digits and is as long as an IBAN can be."""
    bare = "".join(sign for sign in number if sign.isalnum())
    return 15 <= len(bare) <= 34 and bare[:2].isalpha() and bare[2:4].isdigit()
