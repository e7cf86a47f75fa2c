"""Settings of the house by key."""

from base.actors import Actor
from base.models import Parameter
from base.verbs import verb


def value(key: str, default: str = "") -> str:
    """The text kept under a key, or the default."""
    found = Parameter.objects.filter(key=key).values_list("value", flat=True).first()
    return default if found is None else found


def number(key: str, default: int) -> int:
    """The whole number kept under a key; the default when there is none, or it is no number."""
    text = value(key).strip()
    return int(text) if text.lstrip("-").isdigit() else default


@verb("base.change_parameter")
def put(key: str, text: str | None, *, by: Actor) -> str | None:
    """Keep a text under a key, or forget the key with None. Answers what was kept before."""
    before = Parameter.objects.select_for_update(of=("self",)).filter(key=key).first()
    if text is None:
        Parameter.objects.filter(key=key).delete()
    else:
        Parameter.objects.update_or_create(key=key, defaults={"value": text})
    return before.value if before else None
