"""E-mail addresses as people write them: one or several, with or without a name."""

import re
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PLAIN = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)*", re.ASCII)
ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")


def check(text: str) -> None:
    """Refuse what is no e-mail address, nor several with commas or semicolons between.

    `ani@kantor` is one: a house may have mailboxes that the rest of the world does not reach.
    """
    if PLAIN.fullmatch(text):
        return
    for part in re.split(r"[,;]", text):
        if not ADDRESS.fullmatch(parseaddr(part.strip())[1]):
            raise ValidationError(
                _("“%(text)s” is not an e-mail address."),
                code="email",
                params={"text": part.strip()},
            )


def normalized(text: str) -> str:
    """The first address alone, in small letters; empty when there is none."""
    address = parseaddr(re.split(r"[,;]", text)[0].strip())[1]
    return address.lower() if ADDRESS.fullmatch(address) else ""
