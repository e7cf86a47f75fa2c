"""The jobs of accounting: auditing the books at night, folding balances."""

from typing import Any

from accounting.models import CompanyAccounting
from accounting.services import balances, books
from base import jobs
from base.actors import Actor
from base.models import Company


@jobs.job("accounting.audit_books")
def audit_books(*, by: Actor) -> dict[str, Any]:
    """Audit the books of every company; answers how many were sound and the names of those that were not."""
    keeping = Company.objects.filter(pk__in=CompanyAccounting.objects.values("company"))
    audits = books.audit(keeping, by=by, on=by.today())
    return {
        "audited": len(audits),
        "unsound": [str(audit.company) for audit in audits if not audit.is_sound],
    }


@jobs.job("accounting.fold_balances")
def fold_balances(*, by: Actor) -> dict[str, int]:
    """Fold balance deltas; answers how many balances changed."""
    return {"balances": balances.fold(by=by)}
