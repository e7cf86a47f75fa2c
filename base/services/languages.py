"""What can be done with languages: put them into use, take them out."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Refused
from base.models import Language, Partner, User
from base.verbs import verb


class LanguageInUse(Refused):
    """People speak the language."""

    code = "language_in_use"
    message = _("%(language)s is the language of users or partners.")


@verb("base.change_language")
def activate(languages: QuerySet[Language], *, by: Actor) -> int:
    """Let people choose some languages; answers how many."""
    return languages.update(is_active=True)


@verb("base.change_language")
def deactivate(languages: QuerySet[Language], *, by: Actor) -> int:
    """Let nobody choose some languages any more; answers how many. Refuses with `LanguageInUse`."""
    for language in languages:
        code = language.django_code
        if (
            User.objects.filter(language=code).exists()
            or Partner.objects.filter(language=code).exists()
        ):
            raise LanguageInUse(language=language.name)
    return languages.update(is_active=False)


def installed() -> list[tuple[str, str]]:
    """Code and name of the languages in use."""
    return list(Language.objects.active().order_by("name").values_list("code", "name"))
