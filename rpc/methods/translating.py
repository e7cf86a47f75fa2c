"""Texts in each language: get_field_translations and update_field_translations."""

from collections.abc import Mapping
from typing import Any

from base.models import Language
from rpc import access
from rpc.context import Call
from rpc.faults import builtin, user_error, value_error
from rpc.fields import Field
from rpc.methods.table import generic, row_ids
from rpc.reading import rows
from rpc.writing import records

SOURCE = "en_US"


@generic(takes_ids=True, writes=False)
def get_field_translations(
    call: Call, ids: Any, field_name: Any = None, langs: Any = None, *, field: Any = None
) -> list[Any]:
    """What a text field of rows says in each language, beside what it says in English; and what kind of text it is.

    `field` is another name for `field_name`.
    """
    found = _text_field(call, field_name or field)
    codes = [str(one) for one in langs] if isinstance(langs, list | tuple) else _installed()
    source = _texts(call, row_ids(ids), found, SOURCE)
    said = [
        {"lang": code, "source": source[pk], "value": text}
        for code in codes
        for pk, text in _texts(call, row_ids(ids), found, code).items()
    ]
    kind = "char" if found.type == "char" else "text"
    return [said, {"translation_type": kind, "translation_show_source": False}]


@generic(takes_ids=True, writes=True)
def update_field_translations(
    call: Call,
    ids: Any,
    field_name: Any = None,
    translations: Any = None,
    source_lang: Any = "",
    *,
    field: Any = None,
) -> bool:
    """Write a text field of rows in some languages; false takes a translation away, and the English text stands in.

    `field` is another name for `field_name`.
    """
    del source_lang
    found = _text_field(call, field_name or field)
    if not isinstance(translations, Mapping):
        raise value_error(f"Invalid translations: {translations!r:.200}")
    if not found.translated:
        return False
    for code, text in translations.items():
        if text is not None and text is not False and not isinstance(text, str):
            raise value_error(f"Invalid translations: {translations!r:.200}")
        records.write(_in(call, code), row_ids(ids), {found.name: text or False})
    return True


def _text_field(call: Call, name: Any) -> Field:
    found = call.exposure.fields.get(name) if isinstance(name, str) else None
    if found is None:
        raise builtin("KeyError", str(name))
    return access.visible_field(call, call.exposure, found)


def _installed() -> list[str]:
    return list(Language.objects.active().order_by("code").values_list("code", flat=True))


def _texts(call: Call, ids: list[int], field: Field, code: Any) -> dict[int, Any]:
    return {
        row["id"]: row[field.name] for row in rows.read(_in(call, code), ids, [field.name], None)
    }


def _in(call: Call, code: Any) -> Call:
    """The same call in another language. Raises the contract's UserError for one that is not spoken here."""
    if not isinstance(code, str) or not code:
        raise user_error(f"Invalid language code: {code}")
    return Call(call.exposure, call.actor, {**call.context, "lang": code})
