"""What the back office asks before it runs a verb on the books: a day, a journal, an amount, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from accounting.models import Account, Journal
from base.actors import Actor
from base.admin.access import linkable
from base.admin.deeds import DeedForm
from base.dates import today_in
from base.models import Company


def business_day(actor: Actor) -> date:
    """Today on the wall of the actor's current company."""
    company = Company.objects.filter(pk=actor.company_id or 0).first()
    return today_in(company.timezone) if company else actor.today()


class DayForm(DeedForm):
    """On which day."""

    on = forms.DateField(label=_("Date"), widget=UnfoldAdminSingleDateWidget)

    def __init__(self, *args: Any, rows: QuerySet[Any], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, actor=actor, **kwargs)
        self.fields["on"].initial = business_day(actor)


class PostForm(DayForm):
    """On which day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = _("For sales documents without a date of their own.")


class JournalForm(DayForm):
    """On which day, and in which of the journals of the rows' company."""

    kinds: tuple[str, ...] = ()
    journal = forms.ModelChoiceField(
        Journal.objects.none(),
        label=_("Journal"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, actor=actor, **kwargs)
        journals = linkable(Journal.objects.filter(is_active=True), actor)
        companies = rows.order_by().values("company").distinct()
        journals = journals.filter(company__in=companies)
        if self.kinds:
            journals = journals.filter(kind__in=self.kinds)
        self.fields["journal"].queryset = journals  # type: ignore[attr-defined]


class ReverseForm(JournalForm):
    """What a reversal needs."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, widget=UnfoldAdminTextInputWidget
    )
    settles = forms.BooleanField(
        label=_("Post it and settle the original with it"),
        required=False,
        widget=UnfoldBooleanWidget,
    )


class RegisterPaymentForm(JournalForm):
    """How the documents are paid."""

    kinds = tuple(Journal.LIQUID)
    amount = forms.DecimalField(
        label=_("Amount"),
        required=False,
        min_value=0,
        max_digits=20,
        decimal_places=4,
        widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("Empty: all that is open."),
    )
    is_grouped = forms.BooleanField(
        label=_("One payment for each partner"), required=False, widget=UnfoldBooleanWidget
    )
    memo = forms.CharField(
        label=_("Memo"), required=False, max_length=240, widget=UnfoldAdminTextInputWidget
    )
    difference_account = forms.ModelChoiceField(
        Account.objects.none(),
        label=_("Account for the difference"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Empty: what is not paid stays open."),
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, actor=actor, **kwargs)
        companies = rows.order_by().values("company").distinct()
        accounts = linkable(Account.objects.active(), actor).filter(company__in=companies)
        self.fields["difference_account"].queryset = accounts  # type: ignore[attr-defined]


class LockForm(DeedForm):
    """Up to which days the books are locked."""

    lock_date = forms.DateField(
        label=_("Everything is locked up to"), required=False, widget=UnfoldAdminSingleDateWidget
    )
    sale_lock_date = forms.DateField(
        label=_("Sales are locked up to"), required=False, widget=UnfoldAdminSingleDateWidget
    )
    purchase_lock_date = forms.DateField(
        label=_("Purchases are locked up to"), required=False, widget=UnfoldAdminSingleDateWidget
    )
    tax_lock_date = forms.DateField(
        label=_("Taxes are locked up to"), required=False, widget=UnfoldAdminSingleDateWidget
    )
    hard_lock_date = forms.DateField(
        label=_("Locked for ever up to"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("This one never moves back."),
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, actor=actor, **kwargs)
        alone = rows.first() if rows.count() == 1 else None
        for name in self.fields if alone else ():
            self.fields[name].initial = getattr(alone, name)
