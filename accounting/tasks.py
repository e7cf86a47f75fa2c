"""The jobs of accounting: auditing the books at night, folding balances, reminding of what is overdue."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.models import CompanyAccounting, JournalEntry
from accounting.reports.invoice_pdf import file_name, invoice_pdf
from accounting.services import balances, books, reminders
from base import jobs
from base.actors import Actor
from base.dates import today_in
from base.errors import ERPError
from base.models import Company


@jobs.job("accounting.audit_books", label=_("Audit the books"))
def audit_books(*, by: Actor) -> dict[str, Any]:
    """Audit the books of every company; answers how many were sound and the names of those that were not."""
    keeping = list(_keeping_books())
    audits = []
    for number, company in enumerate(keeping):
        jobs.progress(number, len(keeping), company.name)
        ours = Company.objects.filter(pk=company.pk)
        audits += books.audit(ours, by=by, on=today_in(company.timezone))
    return {
        "audited": len(audits),
        "unsound": [str(audit.company) for audit in audits if not audit.is_sound],
    }


@jobs.job("accounting.fold_balances", label=_("Fold account balances"))
def fold_balances(*, by: Actor) -> dict[str, int]:
    """Fold balance deltas; answers how many balances changed."""
    return {"balances": balances.fold(by=by)}


@jobs.job(
    "accounting.remind_overdue",
    label=_("Remind of overdue invoices"),
    whole=False,
    delay=timedelta(minutes=5),
)
def remind_overdue(*, by: Actor) -> dict[str, Any]:
    """Remind the customers of every company, each invoice in a step of its own; answers how many of which sort.

    One that is refused does not keep the others from being reminded of; its number is answered.
    """
    due = [
        (entry, today_in(company.timezone))
        for company in _keeping_books()
        for entry in reminders.overdue(company, on=today_in(company.timezone)).select_related(
            "partner"
        )
    ]
    answer: dict[str, Any] = {"reminded": 0, "without_address": 0, "refused": []}
    for number, (entry, today) in enumerate(due):
        jobs.progress(number, len(due), entry.number)
        if not (entry.partner and entry.partner.email):
            answer["without_address"] += 1
            continue
        try:
            with jobs.step():
                one = JournalEntry.objects.filter(pk=entry.pk)
                answer["reminded"] += len(reminders.remind(one, _paper, by=by, on=today))
        except jobs.Interruption:
            raise
        except ERPError as refusal:
            answer["refused"].append(f"{entry.number}: {refusal}")
    return answer


def _keeping_books() -> QuerySet[Company]:
    keeping = Company.objects.filter(pk__in=CompanyAccounting.objects.values("company"))
    return keeping.order_by("pk")


def _paper(entry: JournalEntry) -> tuple[str, bytes]:
    return file_name(entry), invoice_pdf(entry)
