"""The accounting module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, Menu, ModuleConfig, Role, Schedule

EVERYTHING = "accounting.*:view"


class AccountingConfig(ModuleConfig):
    """Double-entry books, documents, payments and tax."""

    name = "accounting"
    verbose_name = _("Accounting")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Double-entry books, invoices, payments and tax."),
        icon="journal-check",
        wire_name="account",
        home="accounting:home",
        menu=(
            Menu(
                label=_("Dashboard"),
                url="accounting:home",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Invoices"),
                url="web:screen-invoices",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Credit notes"),
                url="web:screen-credit-notes",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Bills"),
                url="web:screen-bills",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Vendor credit notes"),
                url="web:screen-vendor-credit-notes",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Payments"),
                url="web:screen-payments",
                permission="accounting.view_payment",
            ),
            Menu(
                label=_("Journal entries"),
                url="web:screen-journal-entries",
                permission="accounting.view_journalentry",
            ),
            Menu(
                label=_("Journal items"),
                url="web:screen-journal-items",
                permission="accounting.view_journalitem",
            ),
            Menu(
                label=_("Chart of accounts"),
                url="web:screen-chart-of-accounts",
                permission="accounting.view_account",
            ),
            Menu(
                label=_("Journals"),
                url="web:screen-journals",
                permission="accounting.view_journal",
            ),
            Menu(
                label=_("Taxes"),
                url="web:screen-taxes",
                permission="accounting.view_tax",
            ),
            Menu(
                label=_("Trial balance"),
                url="accounting:trial_balance",
                permission="accounting.view_journalitem",
            ),
        ),
        roles=(
            Role(
                key="group_account_invoice",
                name=_("Invoicing"),
                summary=_("Writes and posts invoices and bills, registers payments."),
                permissions=(
                    EVERYTHING,
                    "accounting.journalentry:add",
                    "accounting.journalentry:change",
                    "accounting.journalentry:delete",
                    "accounting.post_entry",
                    "accounting.reverse_entry",
                    "accounting.payment:*",
                    "accounting.reconcile_items",
                ),
                implies=("base.group_user",),
            ),
            Role(
                key="group_account_user",
                name=_("Accountant"),
                summary=_("Keeps the books: journals, corrections, reconciliation, periods."),
                permissions=("accounting.*",),
                implies=("accounting.group_account_invoice", "accounting.group_account_readonly"),
                also=("account.group_account_manager", "account.group_account_basic"),
            ),
            Role(
                key="group_account_readonly",
                name=_("Auditor"),
                summary=_("Reads everything, changes nothing."),
                permissions=(EVERYTHING,),
                implies=("base.group_user",),
            ),
        ),
        seeds=("accounting.data.seeds.load",),
        demo=("accounting.data.demo.load",),
        schedules=(
            Schedule(
                key="audit_books",
                name=_("Audit the books"),
                task="accounting.audit_books",
                cron="30 1 * * *",
            ),
            Schedule(
                key="fold_balances",
                name=_("Fold account balances"),
                task="accounting.fold_balances",
                cron="*/10 * * * *",
            ),
            Schedule(
                key="remind_overdue",
                name=_("Remind of overdue invoices"),
                task="accounting.remind_overdue",
                cron="0 8 * * *",
            ),
        ),
    )
