"""The law of the books over tables that are not the books' own: companies, currencies and partners they stand on.

Written as plain SQL and laid by a migration, because a trigger declared on a model belongs to the app of the model.
"""

from typing import NamedTuple

from django.db import migrations
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.triggers import refusal

NUMBERED = "SELECT FROM accounting_journalentry WHERE number <> ''"


class Rule(NamedTuple):
    """What a change of one column of a table of `base` may not do to books."""

    name: str
    table: str
    column: str
    broken: str
    sentence: str | Promise

    def laid(self) -> migrations.RunSQL:
        """The operation that lays it, and takes it away again."""
        return migrations.RunSQL(
            f"""
            CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {self.broken} THEN {refusal(self.name, self.sentence)} END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER {self.name} BEFORE UPDATE OF {self.column} ON {self.table} FOR EACH ROW
              WHEN (NEW.{self.column} IS DISTINCT FROM OLD.{self.column}) EXECUTE FUNCTION {self.name}();
            """,
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}; DROP FUNCTION IF EXISTS {self.name}()",
        )


RULES = (
    Rule(
        "company_keeps_its_currency",
        "base_company",
        "currency_id",
        f"EXISTS ({NUMBERED} AND company_id = NEW.id)",
        _("A company keeps its currency once it keeps books."),
    ),
    Rule(
        "currency_keeps_its_decimals",
        "base_currency",
        "decimal_places",
        f"""EXISTS (
            SELECT FROM base_company c WHERE c.currency_id = NEW.id AND EXISTS ({NUMBERED} AND company_id = c.id)
        )""",
        _("A currency keeps its decimals once books are kept in it."),
    ),
    Rule(
        "partner_stays_with_its_books",
        "base_partner",
        "company_id",
        """NEW.company_id IS NOT NULL AND (
            EXISTS (SELECT FROM accounting_journalentry WHERE partner_id = NEW.id AND company_id <> NEW.company_id)
            OR EXISTS (SELECT FROM accounting_journalitem WHERE partner_id = NEW.id AND company_id <> NEW.company_id)
        )""",
        _("The partner stands in the books of another company, and so belongs to all."),
    ),
)
GROUNDWORK = [rule.laid() for rule in RULES]
