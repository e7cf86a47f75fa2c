"""Partners: people, companies and addresses we deal with."""

from collections.abc import Callable, Iterable
from typing import Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, NullIf, Upper
from django.utils.translation import gettext_lazy as _

from base import mailboxes, tax_ids
from base.dates import known_zone
from base.html import HtmlField
from base.models.country import code_of
from base.models.noun import Noun
from base.money import ZERO, MoneyField
from base.search import Unaccented, name_index, search_index, search_text
from base.trees import no_circle
from base.triggers import remember

SEEN = ("company", "is_active")
"""What tells who meets a partner in lists: with these in an index, groups are counted without a look at the rows."""
GROUPED = {"created_at": "creation", "country": "country", "salesperson": "salesperson"}
SORTED = ("city", "email", "phone")
"""The columns by which lists of contacts are sorted, besides the name."""

FAMILY = pgtrigger.Trigger(
    name="family",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("name", "parent_id", "is_company", "kind", "commercial_partner_id"),
    declare=[("above", "base_partner")],
    func="""
        NEW.commercial_partner_id := NEW.id;
        NEW.complete_name := NEW.name;
        IF NEW.parent_id IS NOT NULL THEN
            SELECT * INTO above FROM base_partner WHERE id = NEW.parent_id;
            IF NOT NEW.is_company THEN
                NEW.commercial_partner_id := above.commercial_partner_id;
                NEW.complete_name := above.name || ', ' || coalesce(
                    nullif(NEW.name, ''),
                    CASE NEW.kind WHEN 'invoice' THEN 'Invoice Address'
                                  WHEN 'delivery' THEN 'Delivery Address' ELSE 'Other Address' END
                );
            END IF;
        END IF;
        RETURN NEW;
    """,
)
FAMILY_BELOW = pgtrigger.Trigger(
    name="family_below",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("name", "parent_id", "is_company", "commercial_partner_id"),
    func="""
        IF (OLD.name, OLD.commercial_partner_id) IS DISTINCT FROM (NEW.name, NEW.commercial_partner_id)
        THEN
            UPDATE base_partner SET parent_id = parent_id WHERE parent_id = NEW.id;
        END IF;
        RETURN NULL;
    """,
)
NAME_TO_COMPANY = pgtrigger.Trigger(
    name="name_to_company",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("name"),
    func="""
        UPDATE base_company SET name = NEW.name WHERE partner_id = NEW.id AND name <> NEW.name;
        RETURN NULL;
    """,
)


class PartnerQuerySet(models.QuerySet["Partner"]):
    """The questions we ask of partners."""

    def active(self) -> Self:
        """Those that have not been archived."""
        return self.filter(is_active=True)

    def customers(self) -> Self:
        """Those we have sold to."""
        return self.filter(customer_rank__gt=0)

    def vendors(self) -> Self:
        """Those we have bought from."""
        return self.filter(supplier_rank__gt=0)

    def commercial(self) -> Self:
        """Those that owe and are owed: companies, and people who stand for themselves."""
        return self.filter(commercial_partner=F("id"))

    def with_email(self, address: str) -> Self:
        """Those with an e-mail address, whatever its case."""
        return self.alias(mailbox=Lower("email")).filter(mailbox=address.strip().lower())

    def with_tax_id(self, number: str) -> Self:
        """Those with a tax number, however it is written."""
        return self.filter(tax_id_compact=tax_ids.compact(number))

    def locked(self) -> Self:
        """The same rows, locked in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class Partner(Noun):
    """Anyone we deal with: a company, a person, or another address of one of them.

    People and addresses hang below their company; what they owe and are owed is the company's
    (`commercial_partner`), unless they stand for themselves. A partner without a company is shared by all.
    """

    display_field = "complete_name"
    search_fields = ("complete_name", "email", "reference", "tax_id", "barcode")

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Contact")
        INVOICE = "invoice", _("Invoice address")
        DELIVERY = "delivery", _("Delivery address")
        OTHER = "other", _("Other address")

    name = models.CharField(_("name"), max_length=240, blank=True)
    complete_name = models.CharField(_("full name"), max_length=500, editable=False, default="")
    sort_name = models.GeneratedField(
        expression=Lower(Unaccented(F("complete_name"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_text = search_text("complete_name", "email", "reference", "tax_id", "barcode")
    is_company = models.BooleanField(_("is a company"), default=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    commercial_partner = models.ForeignKey(
        "self",
        verbose_name=_("who owes and is owed"),
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.CONTACT)
    reference = models.CharField(_("our reference"), max_length=64, blank=True, default="")
    company_name = models.CharField(_("company name"), max_length=240, blank=True, default="")
    job_title = models.CharField(_("job title"), max_length=120, blank=True, default="")

    tax_id = models.CharField(_("tax number (NPWP, VAT)"), max_length=64, blank=True, default="")
    tax_id_compact = models.GeneratedField(
        expression=Upper(
            Func(
                F("tax_id"),
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
    nik = models.CharField(
        _("national identity number (NIK)"), max_length=24, blank=True, default=""
    )
    company_registry = models.CharField(
        _("company registry"), max_length=64, blank=True, default=""
    )

    email = models.CharField(
        _("e-mail"), max_length=254, blank=True, default="", validators=[mailboxes.check]
    )
    phone = models.CharField(_("phone"), max_length=64, blank=True, default="")
    website = models.CharField(_("website"), max_length=254, blank=True, default="")
    street = models.CharField(_("street"), max_length=240, blank=True, default="")
    street2 = models.CharField(_("street, second line"), max_length=240, blank=True, default="")
    city = models.CharField(_("city"), max_length=120, blank=True, default="")
    zip = models.CharField(_("postcode"), max_length=24, blank=True, default="")
    state = models.ForeignKey(
        "base.CountryState",
        verbose_name=_("state or province"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    country = models.ForeignKey(
        "base.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    tags = models.ManyToManyField(
        "base.PartnerTag", verbose_name=_("tags"), blank=True, related_name="partners"
    )
    industry = models.ForeignKey(
        "base.Industry",
        verbose_name=_("industry"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    comment = HtmlField(_("notes"), blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    timezone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="", validators=[known_zone]
    )
    salesperson = models.ForeignKey(
        "base.User",
        verbose_name=_("salesperson"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    barcode = models.CharField(_("barcode"), max_length=64, blank=True, default="")
    color = models.IntegerField(_("color"), default=0)
    is_employee = models.BooleanField(_("is an employee"), default=False)
    customer_rank = models.PositiveIntegerField(_("customer rank"), default=0)
    supplier_rank = models.PositiveIntegerField(_("vendor rank"), default=0)
    credit_limit = MoneyField(_("credit limit"), default=ZERO)
    image = models.ForeignKey(
        "base.Attachment",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = PartnerQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("sort_name", "-id")
        constraints = (
            models.CheckConstraint(
                name="base_partner_contact_is_named",
                condition=~Q(kind="contact") | ~Q(name=""),
                violation_error_message=_("A contact needs a name."),
            ),
            models.CheckConstraint(
                name="base_partner_kind_known",
                condition=Q(kind__in=("contact", "invoice", "delivery", "other")),
            ),
            models.CheckConstraint(
                name="base_partner_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A partner cannot belong to itself."),
            ),
            models.UniqueConstraint(
                name="base_partner_barcode_once",
                fields=("barcode",),
                condition=~Q(barcode=""),
                violation_error_message=_("Another partner already has this barcode."),
            ),
        )
        indexes = (
            models.Index(F("sort_name"), F("id").desc(), name="base_partner_by_name"),
            search_index("base_partner_search"),
            name_index("base_partner_name_like", "name"),
            models.Index(Lower("email"), name="base_partner_by_email", condition=~Q(email="")),
            models.Index(
                fields=("tax_id_compact",), name="base_partner_by_tax_id", condition=~Q(tax_id="")
            ),
            models.Index(
                fields=("reference",), name="base_partner_by_reference", condition=~Q(reference="")
            ),
            models.Index(
                fields=("image",), name="base_partner_by_image", condition=Q(image__isnull=False)
            ),
            models.Index(fields=("changed_at", "id"), name="base_partner_by_change"),
            *(
                models.Index(fields=(one,), include=SEEN, name=f"base_partner_by_{word}")
                for one, word in GROUPED.items()
            ),
            *(
                models.Index(NullIf(one, Value("")), F("id"), name=f"base_partner_in_{one}_order")
                for one in SORTED
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(but=("complete_name", "sort_name", "search_text", "tax_id_compact")),
            no_circle("base_partner_no_circle", sentence=_("A partner cannot belong to itself.")),
            FAMILY,
            FAMILY_BELOW,
            NAME_TO_COMPANY,
        )

    def __str__(self) -> str:
        return self.complete_name or self.name

    def clean(self) -> None:
        """Refuse tax and identity numbers that cannot be right."""
        wrong: dict[str, ValidationError] = {}
        if self.tax_id and self.country_id:
            _try(wrong, "tax_id", lambda: tax_ids.check(self.tax_id, code_of(self.country_id)))
        if self.nik:
            _try(wrong, "nik", lambda: tax_ids.check_nik(self.nik))
        if wrong:
            raise ValidationError(wrong)

    @property
    def address_lines(self) -> list[str]:
        """The postal address as printed, without the name, without empty lines."""
        state, country = self.state, self.country
        parts = {
            "street": self.street,
            "street2": self.street2,
            "city": self.city,
            "zip": self.zip,
            "state_code": state.code if state else "",
            "state_name": state.name if state else "",
            "country_code": country.code if country else "",
            "country_name": country.name if country else "",
            "company_name": self.company_name,
        }
        layout = country.address_format if country else "%(street)s\n%(street2)s\n%(zip)s %(city)s"
        return _without_gaps((layout % parts).splitlines())


def _without_gaps(lines: Iterable[str]) -> list[str]:
    """The lines that say something, without the separators of what is missing."""
    tidy = (" ".join(line.split()).strip(" ,-") for line in lines)
    return [line for line in tidy if line]


def _try(wrong: dict[str, ValidationError], field: str, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        wrong[field] = error
