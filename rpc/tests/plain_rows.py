"""Rows with everything and with nothing in them, in the database and as plain dictionaries."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from base.models import Country, Partner, PartnerTag
from rpc.tests.plain_domains import Table
from rpc.tests.standins import standing_in

TEXTS = ["Ani", "ani", "50%", "a_b", "Budi Ani", "x"]
NUMBERS = [-3, 0, 7]
AMOUNTS = ["0.00", "12.50", "-4.25"]
DAYS = ["2024-02-29", "2025-03-30", "2025-12-31"]
MOMENTS = ["2025-03-30 22:30:00", "2025-03-31 10:00:00", "2024-12-31 23:59:59"]
ZONES = ["UTC", "Asia/Jakarta", "America/New_York"]
TYPES = {
    "id": "integer",
    "name": "char",
    "note": "text",
    "type": "selection",
    "priority": "integer",
    "probability": "float",
    "expected_revenue": "monetary",
    "is_hot": "boolean",
    "date_deadline": "date",
    "date_closed": "datetime",
    "partner_id": "many2one",
    "parent_id": "many2one",
    "child_ids": "one2many",
    "tag_ids": "many2many",
    "active": "boolean",
}


@pytest.fixture
def tables(house):
    """Some rows with everything and with nothing in them, and the same rows as plain dictionaries."""
    belgium = Country.objects.get(code="BE")
    partners = [
        Partner.objects.create(name=name, city=city, country=country)
        for name, city, country in (
            ("Ani", "Solo", belgium),
            ("Budi", "", None),
            ("50%", "x", None),
        )
    ]
    tags = [PartnerTag.objects.create(name=name) for name in ("Red", "Blue", "Dark")]
    tags[2].parent = tags[0]
    tags[2].save()
    with standing_in() as (lead, _event):
        rows = []
        for i in range(14):
            parent = rows[(i - 1) // 3] if 0 < i < 9 else None
            filled = i % 7 != 6
            row = lead.objects.create(
                name=TEXTS[i % 6],
                kind=["lead", "opportunity"][i % 2],
                note=[None, "", "Ani x", "a_b"][i % 4],
                priority=NUMBERS[i % 3] if filled else None,
                probability=Decimal(AMOUNTS[i % 3]),
                expected_revenue=Decimal(AMOUNTS[(i + 1) % 3]),
                is_hot=[True, False, None][i % 3],
                date_deadline=date.fromisoformat(DAYS[i % 3]) if filled else None,
                date_closed=datetime.fromisoformat(MOMENTS[i % 3]).replace(tzinfo=UTC)
                if i % 4
                else None,
                partner=[*partners, None][i % 4],
                parent=parent,
            )
            row.tagged = [tag.pk for j, tag in enumerate(tags) if i & (1 << j)]
            tie = lead.tags.through
            tie.objects.bulk_create([tie(opportunity=row, partnertag_id=pk) for pk in row.tagged])
            rows.append(row)
        yield _plain(rows, partners, tags)


def _plain(rows, partners, tags):
    far = Table(
        {"id": "integer", "name": "char", "city": "char", "country_id": "many2one"},
        {
            p.pk: {"id": p.pk, "name": p.name, "city": p.city, "country_id": p.country_id}
            for p in partners
        },
    )
    codes = {
        c.pk: {"id": c.pk, "name": c.name, "code": c.code, "called": [c.name, c.code]}
        for c in Country.objects.all()
    }
    far.links = {"country_id": Table({"id": "integer", "name": "char", "code": "char"}, codes)}
    labels = Table(
        {"id": "integer", "name": "char", "parent_id": "many2one"},
        {
            t.pk: {
                "id": t.pk,
                "name": t.name,
                "parent_id": t.parent_id,
                "called": [t.complete_name],
            }
            for t in PartnerTag.objects.filter(pk__in=[t.pk for t in tags])
        },
    )
    labels.links = {"parent_id": labels}
    own = Table(
        TYPES,
        {
            r.pk: {
                "id": r.pk,
                "name": r.name,
                "note": r.note,
                "type": r.kind,
                "priority": r.priority,
                "probability": r.probability,
                "expected_revenue": r.expected_revenue,
                "is_hot": r.is_hot,
                "date_deadline": r.date_deadline,
                "date_closed": r.date_closed,
                "partner_id": r.partner_id,
                "parent_id": r.parent_id,
                "child_ids": [c.pk for c in rows if c.parent_id == r.pk],
                "tag_ids": r.tagged,
                "active": True,
            }
            for r in rows
        },
    )
    own.links = {"partner_id": far, "tag_ids": labels, "parent_id": own, "child_ids": own}
    ids = {"partners": [*far.rows], "tags": [*labels.rows], "leads": [*own.rows]}
    return own, ids
