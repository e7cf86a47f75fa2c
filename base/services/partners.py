"""What can be done with partners: archive, find or make by e-mail, and know which address to use."""

from collections.abc import Iterable, Iterator, Mapping
from email.utils import parseaddr
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from base import tax_ids
from base.actors import Actor
from base.errors import Refused
from base.models import Partner, User
from base.policies import visible
from base.scopes import check_changeable
from base.services import records
from base.verbs import verb


class BehindUser(Refused):
    """The partner belongs to somebody who may still sign in."""

    code = "behind_user"
    message = _("%(names)s may still sign in. Deactivate the user first.")


class NoAddress(Refused):
    """The text holds no e-mail address."""

    code = "no_address"
    message = _("“%(text)s” holds no e-mail address.")


@verb("base.change_partner")
def archive(partners: QuerySet[Partner], *, by: Actor) -> int:
    """Put partners away; they are kept, but nobody meets them in lists. Answers how many.

    Refuses with `BehindUser`.
    """
    rows = list(visible(partners, by).order_by("pk").select_for_update(of=("self",)))
    users = User.objects.active().filter(partner__in=rows).select_related("partner")
    if names := [user.name for user in users]:
        raise BehindUser(names=", ".join(names))
    return Partner.objects.filter(pk__in=[row.pk for row in rows]).update(is_active=False)


@verb("base.change_partner")
def unarchive(partners: QuerySet[Partner], *, by: Actor) -> int:
    """Bring archived partners back; answers how many."""
    return Partner.objects.filter(pk__in=visible(partners, by).values("pk")).update(is_active=True)


@verb("base.add_partner")
def find_or_create(text: str, *, by: Actor) -> Partner:
    """The partner with an e-mail address, or a new one. `text` is `ani@example.com` or `Ani <ani@example.com>`.

    Refuses with `NoAddress`.
    """
    name, address = parseaddr(text)
    if "@" not in address:
        raise NoAddress(text=text)
    found = visible(Partner.objects.with_email(address), by).order_by("-is_active", "id").first()
    if found:
        return found
    return create_named(name or address, email=address, by=by)


@verb("base.add_partner")
def create_named(name: str, *, email: str = "", by: Actor) -> Partner:
    """Make a partner from one line of text, as quick entry does: a name, or `Name <address>`."""
    written, address = parseaddr(name)
    if not email and "@" in address and written:
        name, email = written, address
    partner: Partner = records.create(Partner, [{"name": name, "email": email}], by=by)[0]
    return partner


@verb("base.add_partner")
def create_company(person: Partner, *, by: Actor) -> Partner:
    """Make a company from the company name written on a person, and let the person belong to it."""
    check_changeable(person, by=by)
    copied = ("street", "street2", "city", "zip", "state_id", "country_id", "tax_id", "company_id")
    company: Partner = records.create(
        Partner,
        [
            {
                "name": person.company_name or person.name,
                "is_company": True,
                **{name: getattr(person, name) for name in copied},
            }
        ],
        by=by,
    )[0]
    records.change(
        records.named(Partner, [person.pk]), {"parent_id": company.pk, "company_name": ""}, by=by
    )
    return company


def duplicates(partner: Partner, *, by: Actor) -> QuerySet[Partner]:
    """Others that may well be the same: with the same tax number, NIK, e-mail address or name. For doors that warn."""
    same = Q(complete_name__iexact=partner.complete_name or partner.name)
    if partner.tax_id:
        same |= Q(tax_id_compact=tax_ids.compact(partner.tax_id))
    if partner.nik:
        same |= Q(nik=partner.nik)
    if partner.email:
        same |= Q(pk__in=Partner.objects.with_email(partner.email).values("pk"))
    family = Q(commercial_partner=partner.commercial_partner_id or partner.pk or 0)
    return visible(Partner.objects.active().filter(same), by).exclude(pk=partner.pk).exclude(family)


class Kin(NamedTuple):
    """A partner as far as its family is concerned."""

    pk: int
    parent: int | None
    kind: str
    is_company: bool


def addresses(partner: Partner, kinds: Iterable[str]) -> Mapping[str, int]:
    """The address to use for each kind (`invoice`, `delivery`, …): the nearest below the partner, then below those
    it belongs to up to its company; without one, its contact address, else the partner itself. One query.
    """
    wanted = set(kinds) | {"contact"}
    family = _family(partner)
    found: dict[str, int] = {}
    start: int | None = partner.pk
    seen: set[int] = set()
    while start is not None and start in family:
        for kin in _below(start, family, seen):
            if kin.kind in wanted:
                found.setdefault(kin.kind, kin.pk)
        if wanted <= found.keys() or family[start].is_company:
            break
        start = family[start].parent
    default = found.get("contact", partner.pk)
    return {kind: found.get(kind, default) for kind in wanted}


def _family(partner: Partner) -> dict[int, Kin]:
    """Everyone who shares the partner's commercial partner, archived ones aside, but always the partner."""
    own = Partner.objects.filter(pk=partner.pk).values("commercial_partner")
    rows = Partner.objects.filter(Q(is_active=True) | Q(pk=partner.pk), commercial_partner__in=own)
    kin = map(Kin._make, rows.order_by("id").values_list("pk", "parent", "kind", "is_company"))
    return {one.pk: one for one in kin}


def _below(start: int, family: Mapping[int, Kin], seen: set[int]) -> Iterator[Kin]:
    """A partner and everyone below, the nearest first, not those seen before nor those below another company."""
    queue = [start]
    while queue:
        pk = queue.pop(0)
        if pk not in seen:
            seen.add(pk)
            yield family[pk]
            queue += [one.pk for one in family.values() if one.parent == pk and not one.is_company]
