"""Texts in two languages: what the database does so that no door can leave one of them stale."""

import pgtrigger


def both_languages(*fields: str) -> pgtrigger.Trigger:
    """Keep the plain column of translated fields equal to the English one, and English never missing at birth.

    A door that knows only the plain column (SQL, COPY) sets English by it; a record made in Indonesian has that
    text in English too, until somebody translates it.
    """
    return pgtrigger.Trigger(
        name="both_languages",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="".join(_rule(field) for field in fields) + "\n    RETURN NEW;",
    )


def _rule(f: str) -> str:
    return f"""
    IF TG_OP = 'INSERT' THEN
        NEW.{f}_en := coalesce(nullif(NEW.{f}_en, ''), nullif(NEW.{f}, ''), NEW.{f}_ind);
    ELSIF NEW.{f} IS DISTINCT FROM OLD.{f} AND (NEW.{f}_en, NEW.{f}_ind)
        IS NOT DISTINCT FROM (OLD.{f}_en, OLD.{f}_ind) THEN
        NEW.{f}_en := NEW.{f};
    END IF;
    NEW.{f} := coalesce(nullif(NEW.{f}_en, ''), nullif(NEW.{f}_ind, ''), '');"""
