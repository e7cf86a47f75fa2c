"""The law of the books, kept by PostgreSQL: final, balanced, numbered, inside open periods, settled only by matching.

The SQL stands here, beside each other, because the rules lean on one another:

* an entry begins as a draft; its items follow it (company, journal, date, state are copied down);
* posting moves the amounts into the balance deltas; only the reset verb, which says so in the transaction's setting
  `niaga.reset`, takes an entry back, and never one that is reconciled or in a locked period;
* residuals and payment states are moved by matches alone, which is told by the depth of the trigger.
"""

from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _

from base.triggers import forbid, refusal, require_at_commit

ENTRY, ITEM, PARTIAL = (
    "accounting_journalentry",
    "accounting_journalitem",
    "accounting_partialreconciliation",
)

FREE_ENTRY_COLUMNS = (
    "state",
    "residual",
    "payment_state",
    "reference",
    "payment_reference",
    "narration",
    "salesperson_id",
    "bank_account_id",
    "is_sent",
    "is_checked",
    "changed_at",
    "changed_by_id",
)
FREE_ITEM_COLUMNS = (
    "residual",
    "residual_currency",
    "is_reconciled",
    "full_reconciliation_id",
    "matching",
    "company_id",
    "journal_id",
    "date",
    "state",
    "balance",
    "changed_at",
    "changed_by_id",
)


def condition(sql: str) -> pgtrigger.Condition:
    """The SQL condition under which a trigger fires."""
    return pgtrigger.Condition(f"({sql})")


def _text_array(names: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(f"'{name}'" for name in names) + "]::text[]"


def _changed_beyond(free: tuple[str, ...]) -> str:
    columns = _text_array(free)
    return f"to_jsonb(NEW) - {columns} IS DISTINCT FROM to_jsonb(OLD) - {columns}"


def closing_waits_for_postings(noun: str, *, when: str, inserts: bool = False) -> pgtrigger.Trigger:
    """Let whoever closes books wait for postings under way, so that none slips in behind the lock."""
    operation = pgtrigger.Insert | pgtrigger.Update if inserts else pgtrigger.Update
    return pgtrigger.Trigger(
        name=f"{noun}_closing_waits",
        when=pgtrigger.Before,
        operation=operation,
        condition=condition(when),
        func=f"LOCK TABLE {ENTRY} IN SHARE ROW EXCLUSIVE MODE; RETURN NEW;",
    )


LOCKED = f"""
    EXISTS (
        SELECT FROM accounting_fiscalperiod p
         WHERE p.company_id = NEW.company_id AND p.days @> NEW.date AND p.closed_at IS NOT NULL
    ) OR EXISTS (
        SELECT FROM accounting_companyaccounting s JOIN accounting_journal j ON j.id = NEW.journal_id
         WHERE s.company_id = NEW.company_id AND NEW.date <= greatest(
            s.lock_date, s.hard_lock_date,
            CASE j.kind WHEN 'sale' THEN s.sale_lock_date WHEN 'purchase' THEN s.purchase_lock_date END,
            CASE WHEN s.tax_lock_date >= NEW.date AND EXISTS (
                SELECT FROM {ITEM} i WHERE i.entry_id = NEW.id AND (
                    i.tax_id IS NOT NULL OR EXISTS (SELECT FROM accounting_itemtax t WHERE t.item_id = i.id)
                    OR EXISTS (SELECT FROM accounting_itemtag t WHERE t.item_id = i.id)
                )
            ) THEN s.tax_lock_date END
        )
    )"""  # noqa: S608 - names of our own tables and columns

ENTRY_STARTS_AS_DRAFT = forbid(
    "entry_starts_as_draft",
    pgtrigger.Insert,
    when=condition("NEW.state <> 'draft' OR NEW.number <> ''"),
    sentence=_("An entry begins as a draft without a number; posting gives it one."),
)

ENTRY_IS_FINAL = pgtrigger.Trigger(
    name="entry_posted_is_final",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=condition("OLD.state <> 'draft'"),
    func=f"""
        IF {_changed_beyond(FREE_ENTRY_COLUMNS)} THEN
            {refusal("entry_posted_is_final", _("A posted entry is final. Correct it with a reversal."))}
        END IF;
        IF (NEW.residual, NEW.payment_state) IS DISTINCT FROM (OLD.residual, OLD.payment_state)
            AND NEW.state = OLD.state AND pg_trigger_depth() = 1
        THEN
            {refusal("entry_is_paid_by_matching", _("What is open on an entry changes only when it is reconciled."))}
        END IF;
        IF NEW.state <> OLD.state AND coalesce(current_setting('niaga.reset', true), '') <> 'on' THEN
            {refusal("entry_posted_is_final")}
        END IF;
        IF OLD.state = 'posted' AND NEW.state <> 'posted' AND EXISTS (
            SELECT FROM {PARTIAL} m JOIN {ITEM} i ON i.id IN (m.debit_item_id, m.credit_item_id)
             WHERE i.entry_id = OLD.id
        ) THEN
            {refusal("entry_reset_while_reconciled", _("The entry is reconciled with others. Undo that first."))}
        END IF;
        RETURN NEW;
    """,
)

ENTRY_IS_KEPT = forbid(
    "entry_numbered_is_kept",
    pgtrigger.Delete,
    when=condition("OLD.number <> '' OR OLD.state = 'posted'"),
    sentence=_(
        "An entry that has a number is kept, so that numbers have no gaps. Cancel it instead."
    ),
)

ENTRY_NUMBER_IS_FOR_EVER = forbid(
    "entry_number_is_for_ever",
    pgtrigger.Update,
    when=condition(
        "(OLD.number <> '' AND (NEW.number, NEW.journal_id, NEW.kind, date_part('year', NEW.date)) IS DISTINCT FROM"
        " (OLD.number, OLD.journal_id, OLD.kind, date_part('year', OLD.date)))"
        " OR (OLD.number = '' AND NEW.number <> '' AND NEW.state <> 'posted')"
    ),
    sentence=_(
        "A number is given at posting and stays, with its journal and year. Cancel this entry and make another."
    ),
)

ENTRY_OUTSIDE_LOCKED_BOOKS = forbid(
    "entry_outside_locked_books",
    pgtrigger.Update,
    when=condition("NEW.state <> OLD.state AND 'posted' IN (NEW.state, OLD.state)"),
    sql=LOCKED,
    sentence=_("The books are closed on the entry's date."),
)

ENTRY_JOURNAL_OF_COMPANY = forbid(
    "entry_journal_of_company",
    pgtrigger.Insert | pgtrigger.Update,
    sql="(SELECT company_id FROM accounting_journal WHERE id = NEW.journal_id) <> NEW.company_id",
    sentence=_("The journal belongs to another company than the entry."),
)

ENTRY_PARTNER_OF_COMPANY = forbid(
    "entry_partner_of_company",
    pgtrigger.Insert | pgtrigger.UpdateOf("company_id", "partner_id", "delivery_partner_id"),
    sql="""EXISTS (SELECT FROM base_partner WHERE id IN (NEW.partner_id, NEW.delivery_partner_id)
                      AND company_id <> NEW.company_id)""",
    sentence=_("The partner belongs to another company than the entry."),
)

ENTRY_TERM_OF_COMPANY = forbid(
    "entry_term_of_company",
    pgtrigger.Insert | pgtrigger.UpdateOf("company_id", "payment_term_id"),
    when=condition("NEW.payment_term_id IS NOT NULL"),
    sql="(SELECT company_id FROM accounting_paymentterm WHERE id = NEW.payment_term_id) <> NEW.company_id",
    sentence=_("The payment term belongs to another company than the entry."),
)

# What is open on a document at posting is all of it; from then on matches move it.
ENTRY_OPENS_UNPAID = pgtrigger.Trigger(
    name="entry_opens_unpaid",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=condition("NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.kind <> 'entry'"),
    func="""
        NEW.residual := NEW.total;
        NEW.payment_state := CASE WHEN NEW.total = 0 THEN 'paid' ELSE 'not_paid' END;
        RETURN NEW;
    """,
)

ENTRY_IS_BALANCED = pgtrigger.Trigger(
    name="entry_posted_is_balanced",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Update,
    condition=condition("NEW.state = 'posted' AND OLD.state <> 'posted'"),
    declare=[("entry", "record"), ("sums", "record")],
    func=f"""
        SELECT e.*, c.currency_id AS own_currency, CASE WHEN e.kind IN ('out_invoice', 'in_refund') THEN 1 ELSE -1 END AS sign
          INTO entry FROM {ENTRY} e JOIN base_company c ON c.id = e.company_id WHERE e.id = NEW.id;
        IF entry.state IS DISTINCT FROM 'posted' THEN RETURN NULL; END IF;
        SELECT count(account_id) AS amounts, sum(debit - credit) AS difference,
               coalesce(sum(amount_currency) FILTER (WHERE display_type = 'payment_term'), 0) AS due,
               coalesce(sum(amount_currency) FILTER (WHERE display_type = 'tax'), 0) AS tax,
               bool_or(currency_id = entry.own_currency AND amount_currency <> debit - credit) AS is_mixed,
               bool_or(currency_id <> entry.currency_id) AS is_foreign
          INTO sums FROM {ITEM} WHERE entry_id = NEW.id;
        IF sums.amounts = 0 OR sums.difference <> 0 THEN
            {refusal("entry_posted_is_balanced", _("Debits and credits of a posted entry are equal, and there is at least one of them."))}
        END IF;
        IF sums.is_mixed THEN
            {refusal("item_amount_in_own_currency", _("An amount in the company's own currency is the same in both columns."))}
        END IF;
        IF entry.kind <> 'entry' AND (
            sums.is_foreign OR entry.total <> entry.sign * sums.due OR entry.tax <> -entry.sign * sums.tax
            OR entry.total <> entry.untaxed + entry.tax
        ) THEN
            {refusal("entry_document_adds_up", _("The totals of a document are those of its lines, in its currency."))}
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - names of our own tables and columns
)

AGREEMENT = """(CASE p.state WHEN 'draft' THEN coalesce(e.state, 'draft') = 'draft'
                            WHEN 'canceled' THEN coalesce(e.state, 'cancel') = 'cancel'
                            ELSE e.state IS NOT DISTINCT FROM 'posted' END)"""


def agreeing(
    name: str, operation: pgtrigger.Operation, payment: str, **when: Any
) -> pgtrigger.Trigger:
    """Require at commit that a payment and its entry stand or fall together."""
    return require_at_commit(
        name,
        operation=operation,
        sql=f"""NOT EXISTS (
            SELECT FROM accounting_payment p LEFT JOIN {ENTRY} e ON e.id = p.entry_id WHERE {payment} AND NOT {AGREEMENT}
        )""",
        sentence=_(
            "The entry belongs to a payment. Take back, post or cancel the payment instead."
        ),
        **when,
    )


ENTRY_AND_PAYMENT_AGREE = agreeing(
    "entry_and_payment_agree",
    pgtrigger.Update,
    "p.entry_id = NEW.id",
    when=condition("NEW.state <> OLD.state"),
)

ITEMS_FOLLOW = pgtrigger.Trigger(
    name="entry_items_follow",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(old="before", new="after"),
    declare=[("moved", "bigint[]"), ("posted", "bigint[]"), ("taken_back", "bigint[]")],
    func=f"""
        moved := ARRAY(
            SELECT id FROM (
                SELECT id, company_id, journal_id, date, state FROM after
                EXCEPT SELECT id, company_id, journal_id, date, state FROM before
            ) x
        );
        IF cardinality(moved) = 0 THEN RETURN NULL; END IF;
        posted := ARRAY(
            SELECT id FROM after WHERE state = 'posted' EXCEPT SELECT id FROM before WHERE state = 'posted'
        );
        taken_back := ARRAY(
            SELECT id FROM before WHERE state = 'posted' EXCEPT SELECT id FROM after WHERE state = 'posted'
        );
        UPDATE {ITEM} i
           SET company_id = e.company_id, journal_id = e.journal_id, date = e.date, state = e.state
          FROM {ENTRY} e WHERE i.entry_id = ANY (moved) AND e.id = i.entry_id;
        INSERT INTO accounting_accountbalancedelta (company_id, account_id, period, debit, credit)
        SELECT company_id, account_id, period, sum(debit), sum(credit) FROM (
            SELECT company_id, account_id, date_part('year', date) * 100 + date_part('month', date) AS period,
                   debit, credit
              FROM {ITEM} WHERE entry_id = ANY (posted) AND account_id IS NOT NULL
            UNION ALL
            SELECT company_id, account_id, date_part('year', date) * 100 + date_part('month', date),
                   -debit, -credit
              FROM {ITEM} WHERE entry_id = ANY (taken_back) AND account_id IS NOT NULL
        ) x GROUP BY company_id, account_id, period ORDER BY company_id, account_id, period;
        RETURN NULL;
    """,  # noqa: S608 - names of our own tables and columns
)

ITEM_FOLLOWS = pgtrigger.Trigger(
    name="item_follows_its_entry",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("entry", "record"), ("reconcilable", "boolean")],
    func=f"""
        IF TG_OP = 'INSERT' THEN  -- nobody posts the entry meanwhile
            PERFORM FROM {ENTRY} WHERE id = NEW.entry_id FOR SHARE;
        END IF;
        SELECT e.company_id, e.journal_id, e.date, e.state, a.company_id AS account_company, a.is_reconcilable,
               a.currency_id AS account_currency, p.company_id AS partner_company
          INTO entry FROM {ENTRY} e LEFT JOIN accounting_account a ON a.id = NEW.account_id
          LEFT JOIN base_partner p ON p.id = NEW.partner_id AND NEW.partner_id IS DISTINCT FROM e.partner_id
         WHERE e.id = NEW.entry_id;
        IF entry.account_company <> entry.company_id THEN
            {refusal("item_account_of_company", _("The account belongs to another company than the entry."))}
        END IF;
        IF entry.state <> 'draft' THEN
            IF TG_OP = 'INSERT' THEN
                {refusal("item_posted_is_final", _("The items of a posted entry are final. Correct it with a reversal."))}
            END IF;
            IF {_changed_beyond(FREE_ITEM_COLUMNS)} OR (NEW.company_id, NEW.journal_id, NEW.date, NEW.state)
                IS DISTINCT FROM (entry.company_id, entry.journal_id, entry.date, entry.state)
            THEN
                {refusal("item_posted_is_final")}
            END IF;
            IF pg_trigger_depth() = 1 AND (NEW.residual, NEW.residual_currency, NEW.is_reconciled)
                IS DISTINCT FROM (OLD.residual, OLD.residual_currency, OLD.is_reconciled)
            THEN
                {refusal("item_is_settled_by_matching", _("What is open on an item changes only when it is matched."))}
            END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.entry_id <> NEW.entry_id THEN
            {refusal("item_stays_in_its_entry", _("An item stays in its entry."))}
        END IF;
        IF entry.partner_company <> entry.company_id THEN
            {refusal("item_partner_of_company", _("The partner belongs to another company than the entry."))}
        END IF;
        IF entry.account_currency <> NEW.currency_id THEN
            {refusal("item_currency_of_account", _("The account takes amounts of its own currency only."))}
        END IF;
        NEW.company_id := entry.company_id;
        NEW.journal_id := entry.journal_id;
        NEW.date := entry.date;
        NEW.state := entry.state;
        reconcilable := coalesce(entry.is_reconcilable, false);
        NEW.residual := CASE WHEN reconcilable THEN NEW.debit - NEW.credit ELSE 0 END;
        NEW.residual_currency := CASE WHEN reconcilable THEN NEW.amount_currency ELSE 0 END;
        NEW.is_reconciled := false;
        RETURN NEW;
    """,  # noqa: S608 - names of our own tables and columns
)

ITEM_IS_KEPT = forbid(
    "item_posted_is_final",
    pgtrigger.Delete,
    sql=f"(SELECT state FROM {ENTRY} WHERE id = OLD.entry_id) <> 'draft'",  # noqa: S608 - names of our own tables and columns
)


def part_of_item_is_final(noun: str, column: str = "item_id") -> pgtrigger.Trigger:
    """Keep the links of an item (its taxes, its tags) as final as the item itself."""
    return forbid(
        f"{noun}_posted_is_final",
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        sql=f"(SELECT state FROM {ITEM} WHERE id = coalesce(NEW.{column}, OLD.{column}) FOR SHARE) <> 'draft'",  # noqa: S608 - names of our own tables and columns
        sentence=_("The items of a posted entry are final. Correct it with a reversal."),
    )


ITEM_TAX_OF_COMPANY = forbid(
    "itemtax_tax_of_company",
    pgtrigger.Insert | pgtrigger.Update,
    sql=f"""(SELECT company_id FROM accounting_tax WHERE id = NEW.tax_id)
            <> (SELECT company_id FROM {ITEM} WHERE id = NEW.item_id)""",  # noqa: S608 - names of our own tables and columns
    sentence=_("The tax belongs to another company than the entry."),
)

ITEM_OWN_TAX_OF_COMPANY = forbid(
    "item_tax_of_company",
    pgtrigger.Insert | pgtrigger.UpdateOf("tax_id"),
    when=condition("NEW.tax_id IS NOT NULL"),
    sql=f"""(SELECT company_id FROM accounting_tax WHERE id = NEW.tax_id)
            <> (SELECT company_id FROM {ENTRY} WHERE id = NEW.entry_id)""",  # noqa: S608 - names of our own tables and columns
    sentence=_("The tax belongs to another company than the entry."),
)


def kept_whole(noun: str) -> pgtrigger.Trigger:
    """Refuse to empty a table, which would pass by every rule about its rows."""
    return pgtrigger.Trigger(
        name=f"{noun}_table_is_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func=refusal(f"{noun}_table_is_kept", _("Books are never emptied as a whole.")),
    )
