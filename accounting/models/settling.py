"""The law of settling, kept by PostgreSQL: what is open on items and documents follows from their matches."""

import pgtrigger
from django.utils.translation import gettext_lazy as _

from accounting.models.law import ENTRY, ITEM, PARTIAL, condition
from base.triggers import forbid, refusal

# Which side an item is on. What lost its value in the company's currency still owes in its own.
DEBITS = "(d.debit > 0 OR (d.credit = 0 AND d.amount_currency > 0))"
CREDITS = "(c.credit > 0 OR (c.debit = 0 AND c.amount_currency < 0))"


def payment_states(entries: str) -> str:
    """The SQL that works out afresh what is open on documents; `entries` is an SQL array of their ids.

    A document settled by refunds alone (and the exchange differences of that) is reversed; one settled by a payment
    that the bank has not confirmed yet is in payment.
    """
    others = f"""
        {ITEM} i JOIN {PARTIAL} m ON i.id IN (m.debit_item_id, m.credit_item_id)
        JOIN {ITEM} o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END
        JOIN {ENTRY} c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term'"""
    return f"""
        UPDATE {ENTRY} e
           SET residual = open.amount,
               payment_state = CASE
                   WHEN e.total <> 0 AND open.amount = e.total THEN 'not_paid'
                   WHEN open.amount <> 0 THEN 'partial'
                   WHEN e.kind IN ('out_invoice', 'in_invoice')
                        AND EXISTS (SELECT FROM {others} AND c.kind IN ('out_refund', 'in_refund'))
                        AND NOT EXISTS (
                            SELECT FROM {others} AND c.kind NOT IN ('out_refund', 'in_refund')
                               AND NOT EXISTS (SELECT FROM {PARTIAL} x WHERE x.exchange_entry_id = c.id)
                        )
                        THEN 'reversed'
                   WHEN EXISTS (
                       SELECT FROM {others} AND EXISTS (
                           SELECT FROM accounting_payment p WHERE p.entry_id = c.id AND p.state = 'in_process'
                       )
                   ) THEN 'in_payment'
                   ELSE 'paid'
               END
          FROM (
              SELECT entry_id, abs(sum(residual_currency)) AS amount FROM {ITEM}
               WHERE entry_id = ANY ({entries}) AND display_type = 'payment_term' GROUP BY entry_id
          ) open
         WHERE e.id = ANY ({entries}) AND open.entry_id = e.id AND e.kind <> 'entry' AND e.state = 'posted';"""  # noqa: S608 - names of our own tables and columns


# Holds the entries first, so that none of them is taken back while it is being settled.
LIKE_WITH_LIKE = pgtrigger.Trigger(
    name="partial_joins_like_with_like",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        PERFORM FROM {ENTRY} WHERE id IN (
            SELECT entry_id FROM {ITEM} WHERE id IN (NEW.debit_item_id, NEW.credit_item_id)
        ) ORDER BY id FOR NO KEY UPDATE;
        IF NOT EXISTS (
            SELECT FROM {ITEM} d JOIN {ITEM} c ON c.id = NEW.credit_item_id
              JOIN accounting_account a ON a.id = d.account_id
              JOIN base_company o ON o.id = d.company_id
             WHERE d.id = NEW.debit_item_id AND d.account_id = c.account_id AND a.is_reconcilable
               AND d.company_id = c.company_id AND d.company_id = NEW.company_id
               AND d.state = 'posted' AND c.state = 'posted' AND {DEBITS} AND {CREDITS}
               AND (d.currency_id <> o.currency_id OR NEW.debit_amount_currency = NEW.amount)
               AND (c.currency_id <> o.currency_id OR NEW.credit_amount_currency = NEW.amount)
        ) THEN
            {refusal("partial_joins_like_with_like", _("Only posted debits and credits of one reconcilable account settle each other."))}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - names of our own tables and columns
)

IS_NOT_CHANGED = forbid(
    "partial_is_not_changed",
    pgtrigger.Update,
    when=condition(
        "(NEW.company_id, NEW.debit_item_id, NEW.credit_item_id, NEW.amount, NEW.debit_amount_currency,"
        " NEW.credit_amount_currency, NEW.date, NEW.exchange_entry_id) IS DISTINCT FROM (OLD.company_id,"
        " OLD.debit_item_id, OLD.credit_item_id, OLD.amount, OLD.debit_amount_currency, OLD.credit_amount_currency,"
        " OLD.date, OLD.exchange_entry_id)"
    ),
    sentence=_("A reconciliation is not changed: take it away and make another."),
)


def settles(
    name: str, operation: pgtrigger.Operation, *, rows: str, sign: str
) -> pgtrigger.Trigger:
    """Move residuals by the matches of a statement, then the documents they stand on."""
    other = "+" if sign == "-" else "-"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(**{rows.removesuffix("_rows"): rows}),
        declare=[("touched", "bigint[]"), ("documents", "bigint[]")],
        func=f"""
            touched := ARRAY(SELECT debit_item_id FROM {rows} UNION SELECT credit_item_id FROM {rows});
            IF cardinality(touched) = 0 THEN RETURN NULL; END IF;
            WITH moved AS (
                SELECT id, sum(amount) AS amount, sum(in_currency) AS in_currency FROM (
                    SELECT debit_item_id AS id, {sign}amount AS amount, {sign}debit_amount_currency AS in_currency
                      FROM {rows}
                    UNION ALL
                    SELECT credit_item_id, {other}amount, {other}credit_amount_currency FROM {rows}
                ) x GROUP BY id
            )
            UPDATE {ITEM} i
               SET residual = i.residual + m.amount, residual_currency = i.residual_currency + m.in_currency,
                   is_reconciled = i.residual + m.amount = 0 AND i.residual_currency + m.in_currency = 0
              FROM moved m WHERE i.id = ANY (touched) AND m.id = i.id;
            documents := ARRAY(SELECT DISTINCT entry_id FROM {ITEM} WHERE id = ANY (touched));
            {payment_states("documents")}
            RETURN NULL;
        """,  # noqa: S608 - names of our own tables and columns
    )
