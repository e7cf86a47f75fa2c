"""Audits of the books."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.admin.deeds import business_day
from accounting.models import BooksAudit, BooksFinding
from accounting.services import books
from base.actors import Actor
from base.admin.audit import SHELF
from base.admin.deeds import Deed, offer
from base.admin.filters import CHOICE, COMPANY, DAYS
from base.admin.office import SeenOffice
from base.admin.parts import SeenParts
from base.models import Company


class FindingParts(SeenParts):
    """What was found wrong."""

    model = BooksFinding
    fields = ("rule", "subject", "expected", "found")


@admin.register(BooksAudit)
class BooksAuditOffice(SeenOffice):
    """Examinations of the books against their own rules."""

    icon = "verified"
    shelf = SHELF
    list_display = ("date", "company", "is_sound", "entry_count", "item_count", "seconds")
    list_filter = ("is_sound", ("date", DAYS), COMPANY)
    search_fields = ("company__name",)
    inlines = (FindingParts,)
    always_with = ("company",)


@admin.register(BooksFinding)
class BooksFindingOffice(SeenOffice):
    """What audits of the books found wrong."""

    icon = "report"
    shelf = SHELF
    list_display = ("audit", "rule", "subject", "expected", "found")
    list_filter = (("rule", CHOICE),)
    search_fields = ("subject",)
    always_with = ("audit__company",)
    record_fields = False


def _audit(rows: QuerySet[Company], *, by: Actor) -> Any:
    return books.audit(rows, by=by, on=business_day(by))


offer(
    Company,
    Deed(
        name="audit",
        label=_("Audit the books"),
        question=_("All posted entries are examined. With many of them this takes a while."),
        permission="accounting.audit_books",
        run=_audit,
        icon="fact_check",
        done=_("The books were examined. What was found stands under “Audits of the books”."),
    ),
)
