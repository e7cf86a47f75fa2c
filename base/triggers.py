"""Rules the database keeps by itself, reported like any other constraint, and the trigger that remembers changes."""

from typing import Any

import pgtrigger
from django.utils.functional import Promise

from base.errors import explain


def refusal(name: str, sentence: str | Promise | None = None) -> str:
    """The PL/pgSQL that refuses under a constraint name, and registers the sentence people read."""
    if sentence is not None:
        explain(name, sentence)
    return (
        f"RAISE EXCEPTION '{name}' USING "
        f"ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = TG_TABLE_NAME;"
    )


def forbid(
    name: str,
    operation: Any,
    *,
    when: Any = None,
    sql: str = "TRUE",
    sentence: str | Promise | None = None,
) -> pgtrigger.Trigger:
    """Refuse an operation on rows that meet a condition. `name` is `<noun>_<rule>`."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=when,
        func=f"IF {sql} THEN {refusal(name, sentence)} END IF; RETURN COALESCE(NEW, OLD);",
    )


def require_at_commit(
    name: str,
    *,
    when: Any,
    sql: str,
    operation: Any = None,
    sentence: str | Promise | None = None,
) -> pgtrigger.Trigger:
    """Require a SQL condition to hold at commit, for rows that meet a condition."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation or (pgtrigger.Insert | pgtrigger.Update),
        condition=when,
        func=f"IF NOT ({sql}) THEN {refusal(name, sentence)} END IF; RETURN NULL;",
    )


def remember(*, inserts: bool = True, but: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Write every change of a row to `base_change`: old and new values of what changed, and the run it belongs to.

    `but` names columns that are not worth remembering (derived ones) or must not be kept (hashes).
    Deletions keep the whole old row; insertions keep what was given (`inserts=False`: not remembered, for parts
    that are born with their whole). Catches bulk statements and raw SQL alike.
    """
    unwanted = ("created_at", "created_by_id", "changed_at", "changed_by_id", *but)
    drop = "ARRAY[" + ", ".join(f"'{column}'" for column in unwanted) + "]::text[]"
    operation = pgtrigger.Update | pgtrigger.Delete
    if inserts:
        operation = pgtrigger.Insert | operation
    return pgtrigger.Trigger(
        name="remember",
        when=pgtrigger.After,
        operation=operation,
        declare=[("was", "jsonb"), ("now", "jsonb")],
        func=pgtrigger.Func(f"""
            IF TG_OP = 'INSERT' THEN
                now := jsonb_strip_nulls(to_jsonb(NEW)) - {drop};
            ELSIF TG_OP = 'DELETE' THEN
                was := jsonb_strip_nulls(to_jsonb(OLD)) - {drop};
            ELSE
                was := to_jsonb(OLD) - {drop};
                now := to_jsonb(NEW) - {drop};
                IF was = now THEN RETURN NULL; END IF;
                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),
                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))
                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;
            END IF;
            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)
            VALUES (
                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,
                CASE TG_OP WHEN 'DELETE' THEN OLD.{{meta.pk.column}} ELSE NEW.{{meta.pk.column}} END,
                left(TG_OP, 1), was, now, clock_timestamp()
            );
            RETURN NULL;
        """),  # noqa: S608 - column names of our own code, never of a caller
    )


AUTHORSHIP = """
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());
        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);
    END IF;
    NEW.changed_at := statement_timestamp();
    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);
    RETURN NEW;
"""


def authorship() -> pgtrigger.Trigger:
    """Keep `created_at`, `created_by`, `changed_at` and `changed_by` right, whoever writes and by whatever door."""
    return pgtrigger.Trigger(
        name="authorship",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=AUTHORSHIP,
    )


ANNOUNCED = "niaga_changed"


def announce(*keys: str, operation: Any = None) -> pgtrigger.Trigger:
    """Say at commit that a row has changed, to whoever listens by `base.announcing`.

    `keys` are SQL expressions over `NEW`, or over `OLD` of a row that goes: a word for the kind and a number.
    """
    told = " ".join(f"PERFORM pg_notify('{ANNOUNCED}', {key});" for key in keys)
    if operation is None:
        before = told.replace("NEW.", "OLD.")
        told = (
            f"IF TG_OP <> 'INSERT' THEN {before} END IF; IF TG_OP <> 'DELETE' THEN {told} END IF;"
        )
    return pgtrigger.Trigger(
        name="announce",
        when=pgtrigger.After,
        operation=operation or (pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete),
        func=f"{told} RETURN NULL;",
    )
