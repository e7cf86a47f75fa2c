"""Who acts: the one answer to "by whom, through which door, for which companies, in which language"."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from base.errors import ForeignCompany

if TYPE_CHECKING:
    from base.models import User

SYSTEM_USER_ID = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Someone (or the house itself) who acts. Frozen and cheap: it can be cached and passed to threads.

    `company_id` is the current company, `company_ids` those switched on now (rows of others are not seen),
    `allowed_company_ids` all that the user belongs to. `permissions` are `"app.codename"`.
    `defaulted` are the nouns of which somebody has set defaults, where that is known.
    """

    user_id: int
    login: str
    partner_id: int | None = None
    is_superuser: bool = False
    permissions: frozenset[str] = frozenset()
    role_ids: frozenset[int] = frozenset()
    company_id: int | None = None
    company_ids: tuple[int, ...] = ()
    allowed_company_ids: tuple[int, ...] = ()
    language: str = "en"
    timezone: str = "Asia/Jakarta"
    door: str = "shell"
    access_version: int = 0
    may_view_all: bool = False
    defaulted: frozenset[str] | None = field(default=None, compare=False)

    DOORS: ClassVar[tuple[str, ...]] = ("web", "admin", "rpc", "job", "import", "shell")

    @classmethod
    def of(cls, user: "User", *, door: str = "web") -> "Actor":
        """Read everything about a user that decides what they may do. Three queries."""
        allowed = tuple(user.companies.order_by("pk").values_list("pk", flat=True))
        current = user.company_id if user.company_id in allowed else next(iter(allowed), None)
        role_ids = user.effective_role_ids()
        return cls(
            user_id=user.pk,
            login=user.username,
            partner_id=user.partner_id,
            is_superuser=user.is_superuser,
            permissions=user.permissions_of(role_ids),
            role_ids=role_ids,
            company_id=current,
            company_ids=allowed,
            allowed_company_ids=allowed,
            language=user.language,
            timezone=user.timezone or settings.TIME_ZONE,
            door=door,
            access_version=user.access_version,
        )

    @classmethod
    def system(cls, *, door: str = "job", company_ids: Iterable[int] = ()) -> "Actor":
        """The house itself: may do everything; sees the named companies, or all when none is named."""
        ids = tuple(company_ids)
        return cls(
            user_id=SYSTEM_USER_ID,
            login="system",
            is_superuser=True,
            company_id=next(iter(ids), None),
            company_ids=ids,
            allowed_company_ids=ids,
            door=door,
        )

    @property
    def is_system(self) -> bool:
        """Whether this is the house itself, which is not bound to companies unless some are named."""
        return self.user_id == SYSTEM_USER_ID

    @property
    def sees_all_companies(self) -> bool:
        """Whether company scope does not apply."""
        return self.is_system and not self.company_ids

    def has_perm(self, permission: str) -> bool:
        """Whether the actor holds a permission."""
        if self.is_superuser or permission in self.permissions:
            return True
        return self.may_view_all and permission.partition(".")[2].startswith("view_")

    def for_companies(self, company_ids: Iterable[int]) -> "Actor":
        """The same actor with only these companies switched on, the first one current.

        Refuses with `ForeignCompany`.
        """
        wanted = tuple(dict.fromkeys(company_ids))
        foreign = (
            []
            if self.sees_all_companies
            else [i for i in wanted if i not in self.allowed_company_ids]
        )
        if foreign:
            raise ForeignCompany(companies=", ".join(map(str, foreign)))
        return replace(self, company_id=wanted[0], company_ids=wanted) if wanted else self

    def through(self, door: str) -> "Actor":
        """The same actor at another door."""
        return replace(self, door=door)

    def reading_only(self) -> "Actor":
        """The same actor with nothing but rights to view."""
        views = frozenset(p for p in self.permissions if p.partition(".")[2].startswith("view_"))
        return replace(self, permissions=views, is_superuser=False, may_view_all=self.is_superuser)

    def speaking(self, language: str) -> "Actor":
        """The same actor in another language."""
        return replace(self, language=language)

    def today(self) -> date:
        """The actor's own calendar day now. Business days are the company's: see `base.dates`."""
        return timezone.now().astimezone(ZoneInfo(self.timezone)).date()
