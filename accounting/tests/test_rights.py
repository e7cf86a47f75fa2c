"""Who may do what with the books, and that no link leaves its company."""

import importlib
import pkgutil
from decimal import Decimal

import pytest

from accounting import services
from accounting.models import Account, Payment, Tax
from accounting.tests.conftest import TODAY, user
from base.actors import Actor
from base.errors import AccessDenied
from base.models import User
from base.services import records
from base.services.records import OtherCompany

CLERK, ACCOUNTANT = {"Invoicing", "Accountant"}, {"Accountant"}
RIGHTS = {
    "balances.fold": ACCOUNTANT,
    "balances.rebuild": ACCOUNTANT,
    "books.audit": ACCOUNTANT,
    "charts.load": ACCOUNTANT,
    "entries.cancel": ACCOUNTANT,
    "entries.post": CLERK,
    "entries.reset_to_draft": ACCOUNTANT,
    "entries.reverse": CLERK,
    "invoices.delete": CLERK,
    "invoices.draft": CLERK,
    "invoices.duplicate": CLERK,
    "invoices.edit": CLERK,
    "payments.cancel": CLERK,
    "payments.confirm": CLERK,
    "payments.draft": CLERK,
    "payments.post": CLERK,
    "payments.register": CLERK,
    "payments.reset_to_draft": CLERK,
    "periods.close": ACCOUNTANT,
    "periods.lock": ACCOUNTANT,
    "periods.reopen": ACCOUNTANT,
    "reconciliation.reconcile": CLERK,
    "reconciliation.take_away": CLERK,
    "reconciliation.unreconcile": CLERK,
}


def verbs():
    """Every verb of accounting's services by name."""
    for info in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"accounting.services.{info.name}")
        for name, function in vars(module).items():
            if hasattr(function, "permission") and function.__module__ == module.__name__:
                yield f"{info.name}.{name}", function


def test_each_verb_is_for_those_it_is_meant_for(company):
    roles = {
        role: user(role.lower(), company, role) for role in ("Invoicing", "Accountant", "Auditor")
    }

    found = {
        name: {role for role, actor in roles.items() if actor.has_perm(verb.permission)}
        for name, verb in verbs()
    }

    assert {name: found[name] for name in RIGHTS} == RIGHTS
    assert {name for name in found if "Auditor" in found[name]} == set()


@pytest.mark.parametrize("name", RIGHTS)
def test_each_verb_refuses_whoever_has_no_right(company, name):
    nobody = user("tamu", company)

    with pytest.raises(AccessDenied):
        dict(verbs())[name](None, by=nobody)


@pytest.fixture
def of_both(company, other_company):
    someone = User.objects.get(pk=user("dewi", company, "Accountant").user_id)
    someone.companies.add(other_company)
    return Actor.of(someone)


def test_taxes_of_an_account_are_of_its_company(of_both, account, other_company, tax):
    theirs = Tax.objects.filter(company=other_company).first()
    rows = records.named(Account, [account("4101").pk])

    with pytest.raises(OtherCompany):
        records.change(rows, {"taxes": [theirs.pk]}, by=of_both)
    records.change(rows, {"taxes": [tax("PPN 12% (11/12)").pk]}, by=of_both)
    assert account("4101").taxes.count() == 1


def test_a_payment_that_moves_to_another_company_leaves_no_link_behind(
    of_both, company, other_company, customer, journal, account
):
    draft = Payment.objects.create(
        company=company,
        journal=journal("CSH1"),
        partner=customer,
        amount=Decimal(5),
        currency=company.currency,
        date=TODAY,
        destination_account=account("1201"),
    )
    there = {"company_id": other_company.pk, "journal_id": journal("CSH1", other_company).pk}

    with pytest.raises(OtherCompany):
        records.change(records.named(Payment, [draft.pk]), there, by=of_both)
    rows = records.named(Payment, [draft.pk])
    records.change(rows, {**there, "destination_account_id": None}, by=of_both)
    draft.refresh_from_db()
    assert draft.company == other_company
