"""What can be done with favourites: keep a search by name, forget it, and choose the columns of a list."""

from typing import Any

from base.actors import Actor
from base.errors import Missing
from base.models import ColumnChoice, Favourite
from base.policies import require
from base.verbs import verb

SHARE = "base.share_favourite"


@verb("base.add_favourite")
def keep(
    *,
    screen: str,
    name: str,
    query: str,
    is_shared: bool = False,
    is_default: bool = False,
    by: Actor,
    **wire: str,
) -> Favourite:
    """Keep a search under a name; one's own of that name is replaced. `wire` says it to programs: model, domain, context, sort.

    Refuses with `AccessDenied` where it is to be shared and the actor may not share.
    """
    if is_shared:
        require(by, SHARE)
    owner: Any = None if is_shared else by.user_id
    if is_default:
        Favourite.objects.filter(screen=screen, user=owner, is_default=True).update(
            is_default=False
        )
    found, _made = Favourite.objects.update_or_create(
        screen=screen,
        user_id=owner,
        name=name.strip(),
        defaults={"query": query, "is_default": is_default, **wire},
    )
    return found


@verb("base.delete_favourite")
def forget(pk: int, *, by: Actor) -> None:
    """Forget a favourite. Refuses with `Missing` where it is not the actor's, `AccessDenied` for a shared one."""
    found = Favourite.objects.filter(pk=pk).first()
    if found is None or found.user_id not in (None, by.user_id):
        raise Missing(model=Favourite._meta.verbose_name, ids=pk)
    if found.user_id is None:
        require(by, SHARE)
    found.delete()


@verb("base.add_favourite", audited=False)
def choose_columns(screen: str, names: list[str] | None, *, by: Actor) -> None:
    """Remember which columns the actor wants in a list; with None, those of the declaration again."""
    mine = ColumnChoice.objects.filter(user=by.user_id, screen=screen)
    if names is None:
        mine.delete()
        return
    ColumnChoice.objects.update_or_create(
        user_id=by.user_id, screen=screen, defaults={"columns": " ".join(names)}
    )
