"""The rule by which Python names become names on the wire."""

from django.db.models import Field, ForeignKey, OneToOneRel

IRREGULAR = {
    "children": "child",
    "people": "person",
    "taxes": "tax",
    "addresses": "address",
    "statuses": "status",
}
ES = ("ses", "xes", "zes", "ches", "shes")


def singular(plural: str) -> str:
    """The singular of the last word of a name: `tax_lines` → `tax_line`."""
    head, _, last = plural.rpartition("_")
    if last in IRREGULAR:
        word = IRREGULAR[last]
    elif last.endswith("ies"):
        word = last[:-3] + "y"
    elif last.endswith(ES):
        word = last[:-2]
    else:
        word = last.removesuffix("s")
    return f"{head}_{word}" if head else word


def wire_name(python_name: str, field: object) -> str:
    """A foreign key `partner` is `partner_id`, a set `lines` is `line_ids`, anything else keeps its name."""
    if isinstance(field, ForeignKey | OneToOneRel):
        return f"{python_name}_id"
    if isinstance(field, Field) and not field.many_to_many:
        return python_name
    return f"{singular(python_name)}_ids"
