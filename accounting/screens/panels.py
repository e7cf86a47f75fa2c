"""What accounting shows on the pages of others: the documents of a contact."""

from decimal import Decimal

from django.db.models import F, Q, Sum

from accounting.models import JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.badges import badge
from accounting.screens.outstanding import KINDS, PAYABLE, RECEIVABLE
from base.models import Partner
from base.money import ZERO
from base.policies import visible
from web import places
from web.pages import PageRequest
from web.panels import Panel, panel

SHOWN = 8

places.show(JournalEntry, "accounting:about")


@panel(Partner)
def documents_of_partner(request: PageRequest, partner: Partner) -> Panel | None:
    """The last invoices and bills of a contact and its company, and what is open. Three queries."""
    actor = request.actor
    if not actor.has_perm("accounting.view_journalentry"):
        return None
    whole = Q(partner__commercial_partner=partner.commercial_partner_id)
    rows = visible(JournalEntry.objects.documents().with_parties(), actor).filter(whole)
    found = list(rows.order_by("-date", "-id")[:SHOWN])
    company = companies.current(actor)
    today = companies.today(company)
    open_items = visible(JournalItem.objects.open(), actor).filter(whole, company=company)
    sums = open_items.order_by().aggregate(
        receivable=Sum("residual", filter=Q(account__kind=KINDS[RECEIVABLE])),
        payable=Sum(-F("residual"), filter=Q(account__kind=KINDS[PAYABLE])),
    )
    amounts: dict[str, Decimal] = {name: value or ZERO for name, value in sums.items()}
    context = {
        "rows": [{"entry": row, "badge": badge(row, today)} for row in found],
        "company": company,
        "partner": partner,
        **amounts,
    }
    return Panel("accounting/partner_panel.html", context)
