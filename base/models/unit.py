"""Units of measure: pieces and dozens, grams and kilograms, hours and days."""

from decimal import Decimal
from fractions import Fraction

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.money import RateField, round_half_up
from base.trees import no_circle
from base.triggers import refusal, remember

ABSOLUTE = pgtrigger.Trigger(
    name="absolute",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.relative_unit_id IS NULL THEN
            NEW.relative_factor := 1;
            NEW.factor := 1;
            NEW.family_id := NEW.id;
        ELSE
            SELECT NEW.relative_factor * factor, family_id INTO NEW.factor, NEW.family_id
              FROM base_unitofmeasure WHERE id = NEW.relative_unit_id;
        END IF;
        RETURN NEW;
    """,
)
ABSOLUTE_BELOW = pgtrigger.Trigger(
    name="absolute_below",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    func="""
        IF (OLD.factor, OLD.family_id) IS DISTINCT FROM (NEW.factor, NEW.family_id) THEN
            UPDATE base_unitofmeasure SET relative_unit_id = relative_unit_id
             WHERE relative_unit_id = NEW.id;
        END IF;
        RETURN NULL;
    """,
)
FIXED_ONCE_USED = pgtrigger.Trigger(
    name="base_unitofmeasure_fixed_once_used",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("relative_factor", "relative_unit"),
    func=f"""
        IF EXISTS (
            WITH RECURSIVE counted(id) AS (
                SELECT OLD.id
                UNION
                SELECT u.id FROM base_unitofmeasure u JOIN counted ON u.relative_unit_id = counted.id
            )
            SELECT FROM counted
             WHERE EXISTS (SELECT FROM base_producttemplate t WHERE t.unit_id = counted.id)
                OR EXISTS (SELECT FROM base_producttemplate_more_units m
                            WHERE m.unitofmeasure_id = counted.id)
        ) THEN {
        refusal(
            "base_unitofmeasure_fixed_once_used",
            _(
                "Products are counted in this unit: its factor cannot change. Make a new unit instead."
            ),
        )
    } END IF;
        RETURN NEW;
    """,  # noqa: S608 - nothing but our own rule is put in
)


class UnitOfMeasure(Noun):
    """What things are counted in. A unit is so many of another one (a dozen is 12 pieces); units that hang together
    form a family, and quantities convert only inside it. `factor` and `family` are kept by the database."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=80)
    relative_factor = RateField(_("contains"), default=Decimal(1))
    relative_unit = models.ForeignKey(
        "self",
        verbose_name=_("of the unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="related_units",
    )
    factor = RateField(
        _("contains, in the family's first unit"), default=Decimal(1), editable=False
    )
    family = models.ForeignKey(
        "self",
        verbose_name=_("family"),
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    rounding = RateField(_("smallest quantity"), default=Decimal("0.01"))
    sequence = models.IntegerField(_("sequence"), default=10)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("unit of measure")
        verbose_name_plural = _("units of measure")
        ordering = ("sequence", "relative_unit_id", "id")
        constraints = (
            models.CheckConstraint(
                name="base_unitofmeasure_factor_positive",
                condition=Q(relative_factor__gt=0),
                violation_error_message=_("A unit contains more than nothing of the other unit."),
            ),
            models.CheckConstraint(
                name="base_unitofmeasure_rounding_positive",
                condition=Q(rounding__gt=0),
                violation_error_message=_("The smallest quantity must be greater than zero."),
            ),
            models.CheckConstraint(
                name="base_unitofmeasure_not_relative_to_itself",
                condition=Q(relative_unit__isnull=True) | ~Q(relative_unit=F("id")),
                violation_error_message=_("A unit cannot be so many of itself."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            remember(but=("factor", "family_id")),
            no_circle(
                "base_unitofmeasure_no_circle",
                parent="relative_unit_id",
                sentence=_("A unit cannot be so many of itself."),
            ),
            ABSOLUTE,
            ABSOLUTE_BELOW,
            FIXED_ONCE_USED,
        )

    def __str__(self) -> str:
        return self.name

    def is_convertible_to(self, other: "UnitOfMeasure") -> bool:
        """Whether both units belong to one family."""
        return self.family_id == other.family_id

    def round(self, quantity: Decimal | Fraction, *, up: bool = False) -> Decimal:
        """Round a quantity to this unit's smallest one, half up, or always up for what must suffice."""
        steps = Fraction(quantity) / Fraction(self.rounding)
        whole = Decimal(-(-steps.numerator // steps.denominator)) if up else round_half_up(steps, 0)
        return whole * Decimal(self.rounding)
