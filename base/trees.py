"""Rules for records that hang below one another: no circles, and full names such as "All / Food / Tea"."""

import pgtrigger
from django.utils.functional import Promise

from base.triggers import refusal


def no_circle(
    name: str, *, parent: str = "parent_id", sentence: str | Promise
) -> pgtrigger.Trigger:
    """Refuse a row that would come to hang below itself. `name` is `<table>_<rule>`.

    An advisory lock makes two people who move branches at the same moment wait for each other, so that they
    cannot close a circle together.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(parent),
        condition=pgtrigger.Condition(f'NEW."{parent}" IS NOT NULL'),
        declare=[("ancestor", "bigint")],
        func=pgtrigger.Func(f"""
            ancestor := NEW.{parent};
            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('{name}')); END IF;
            WHILE ancestor IS NOT NULL LOOP
                IF ancestor = NEW.id THEN {refusal(name, sentence)} END IF;
                SELECT {parent} INTO ancestor FROM {{meta.db_table}} WHERE id = ancestor;
            END LOOP;
            RETURN NEW;
        """),  # noqa: S608 - names of our own tables and columns
    )


def full_name(*languages: str) -> pgtrigger.Trigger:
    """Keep `complete_name` as "Parent / Child", in every language the name has (`en`, `ind`)."""
    suffixes = ("", *(f"_{language}" for language in languages))
    assignments = "\n".join(
        f"""
            NEW.complete_name{s} := concat_ws(' / ', (
                SELECT {_named("p.complete_name", s)} FROM {{meta.db_table}} p WHERE p.id = NEW.parent_id
            ), {_named("NEW.name", s)});"""  # noqa: S608 - likewise
        for s in suffixes
    )
    return pgtrigger.Trigger(
        name="full_name",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=pgtrigger.Func(f"{assignments}\n RETURN NEW;"),
    )


def full_name_below(*languages: str) -> pgtrigger.Trigger:
    """Pass a changed `complete_name` on to the children, and so to theirs."""
    columns = ["complete_name", *(f"complete_name_{language}" for language in languages)]
    was, now = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="full_name_below",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        func=pgtrigger.Func(f"""
            IF ({was}) IS DISTINCT FROM ({now}) THEN
                UPDATE {{meta.db_table}} SET parent_id = parent_id WHERE parent_id = NEW.id;
            END IF;
            RETURN NULL;
        """),  # noqa: S608 - likewise
    )


def _named(column: str, suffix: str) -> str:
    """The column in one language, or in the language the house always has."""
    return f"coalesce(nullif({column}{suffix}, ''), {column})" if suffix else column
