"""Journal entries, invoices and bills: drafts are written, the rest is looked at and acted on by verbs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant

from accounting.admin.deeds import PostForm, RegisterPaymentForm, ReverseForm, business_day
from accounting.admin.lines import BookedItems, DocumentLines, EntryLines, line_changes
from accounting.models import Account, Journal, JournalEntry
from accounting.models.entry import JournalEntryQuerySet
from accounting.services import entries, invoices, payments
from base.actors import Actor
from base.admin.access import acting
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, COMPANY, DAYS, SEARCHED_LINK, LinkFilter
from base.admin.forms import OfficeForm
from base.admin.office import Office

Kind, State = JournalEntry.Kind, JournalEntry.State
FINAL = {
    State.POSTED.value: _(
        "Posted entries are final. Reverse it, or take it back to draft while nothing is reconciled with it."
    ),
    State.CANCEL.value: _("This entry is cancelled. Take it back to draft to work on it again."),
}


def _reverse(rows: JournalEntryQuerySet, *, by: Actor, journal: Journal | None, **told: Any) -> Any:
    return entries.reverse(rows, by=by, journal_id=journal.pk if journal else None, **told)


def _register(
    rows: JournalEntryQuerySet,
    *,
    by: Actor,
    journal: Journal | None,
    difference_account: Account | None,
    **told: Any,
) -> Any:
    return payments.register(
        rows,
        by=by,
        journal_id=journal.pk if journal else None,
        difference_account_id=difference_account.pk if difference_account else None,
        **told,
    )


DEEDS = (
    Deed(
        name="post",
        label=_("Post"),
        question=_(
            "Posting gives the number and makes it final: afterwards it is corrected by a reversal."
        ),
        permission="accounting.post_entry",
        run=entries.post,
        form=PostForm,
        icon="check_circle",
        variant=ActionVariant.PRIMARY,
        fits=lambda entry: entry.state == State.DRAFT,
        done=_("It stands in the books."),
    ),
    Deed(
        name="pay",
        label=_("Register payment"),
        permission="accounting.register_payment",
        run=_register,
        form=RegisterPaymentForm,
        icon="payments",
        variant=ActionVariant.PRIMARY,
        fits=lambda entry: entry.state == State.POSTED and entry.is_document and entry.residual > 0,
        done=_("The payment is registered."),
    ),
    Deed(
        name="reverse",
        label=_("Reverse"),
        permission="accounting.reverse_entry",
        run=_reverse,
        form=ReverseForm,
        icon="undo",
        fits=lambda entry: entry.state == State.POSTED,
        done=_("The reversal is written."),
    ),
    Deed(
        name="reset",
        label=_("Back to draft"),
        question=_("It leaves the books, and keeps its number."),
        permission="accounting.reset_entry",
        run=entries.reset_to_draft,
        icon="edit_note",
        fits=lambda entry: entry.state != State.DRAFT,
    ),
    Deed(
        name="cancel",
        label=_("Cancel"),
        question=_("A number that was given stays with the cancelled entry."),
        permission="accounting.cancel_entry",
        run=entries.cancel,
        icon="cancel",
        fits=lambda entry: entry.state != State.CANCEL,
    ),
)


@admin.register(JournalEntry)
class JournalEntryOffice(Office):
    """The books themselves, documents included."""

    icon = "receipt_long"
    show_add_link = False
    deeds = DEEDS
    list_display = (
        "name",
        "kind",
        "shown_state",
        "date",
        "partner",
        "reference",
        "amount",
        "open_amount",
        "journal",
    )
    list_filter = (
        ("kind", CHOICE),
        ("state", CHOICE),
        ("payment_state", CHOICE),
        ("date", DAYS),
        ("journal", LinkFilter),
        ("partner", SEARCHED_LINK),
        COMPANY,
    )
    search_fields = ("number", "reference", "payment_reference", "partner__complete_name")
    autocomplete_fields = (
        "company",
        "journal",
        "partner",
        "delivery_partner",
        "payment_term",
        "currency",
        "salesperson",
        "bank_account",
    )
    always_with = ("currency",)
    hidden = ("was_posted", "rate")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "journal"),
                    "partner",
                    ("date", "invoice_date"),
                    ("payment_term", "due_date"),
                )
            },
        ),
        (
            _("Amounts"),
            {
                "fields": (
                    ("state", "number"),
                    ("untaxed", "tax"),
                    ("total", "residual"),
                    "payment_state",
                )
            },
        ),
        (
            _("More"),
            {
                "fields": (
                    ("company", "currency"),
                    ("reference", "payment_reference"),
                    ("salesperson", "bank_account"),
                    ("delivery_partner", "origin"),
                    "narration",
                    ("is_sent", "is_checked"),
                )
            },
        ),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "journal"),
                    "partner",
                    ("date", "invoice_date"),
                    ("payment_term", "due_date"),
                )
            },
        ),
        (
            _("More"),
            {
                "fields": (
                    ("currency", "reference"),
                    ("payment_reference", "salesperson"),
                    "bank_account",
                    "narration",
                )
            },
        ),
    )

    @admin.display(description=_("number"), ordering="number")
    def name(self, entry: JournalEntry) -> str:
        """The number, or which draft it is."""
        return str(entry)

    @display(
        description=_("status"),
        ordering="state",
        label={
            State.DRAFT.value: "warning",
            State.POSTED.value: "success",
            State.CANCEL.value: "danger",
        },
    )
    def shown_state(self, entry: JournalEntry) -> tuple[str, str]:
        """The state, in its color."""
        return entry.state, entry.get_state_display()

    @admin.display(description=_("total"), ordering="total")
    def amount(self, entry: JournalEntry) -> str:
        """The total in its currency."""
        return entry.currency.format(entry.total)

    @admin.display(description=_("amount due"), ordering="residual")
    def open_amount(self, entry: JournalEntry) -> str:
        """What is still to be paid."""
        return entry.currency.format(entry.residual) if entry.is_document else ""

    def why_final(self, row: JournalEntry) -> str | Promise | None:
        """Only drafts are edited."""
        return FINAL.get(row.state)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Lines as people write them while it is a draft; the items of the books beside them."""
        kind = obj.kind if obj else _kind(request)
        written: Any = EntryLines if kind == Kind.ENTRY else DocumentLines
        if obj is None:
            return [written]
        return (
            [written, BookedItems]
            if obj.state == State.DRAFT and kind != Kind.ENTRY
            else [written if obj.state == State.DRAFT else BookedItems]
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new entry of the kind that was asked for, dated today."""
        actor = acting(request)
        initial = super().get_changeform_initial_data(request)
        return {"kind": _kind(request), "date": business_day(actor), **initial}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[OfficeForm]:
        """What is left empty comes from partner and company; the kind stays what it was begun as."""
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in ("journal", "currency", "date"):
            if name in form.base_fields:
                form.base_fields[name].required = False
        if "kind" in form.base_fields:
            kind = obj.kind if obj else _kind(request)
            field: Any = form.base_fields["kind"]
            field.choices = field.widget.choices = [
                pair for pair in Kind.choices if pair[0] == kind
            ]
        return form

    def _get_actions_navigation(
        self, provided: Any, allowed: Any, object_id: Any = None
    ) -> list[Any]:
        """Above the list: a new one of each kind."""
        shown: list[Any] = super()._get_actions_navigation(provided, allowed, object_id)
        if object_id is not None:
            return shown
        place = reverse(f"{self.admin_site.name}:accounting_journalentry_add")
        new = [
            {"title": label, "path": f"{place}?kind={kind}", "attrs": {}}
            for kind, label in Kind.choices
        ]
        return [
            *shown,
            {"title": _("New"), "icon": "add", "variant": ActionVariant.PRIMARY, "items": new},
        ]

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the draft by the verbs, which work out taxes, dues and totals."""
        actor = acting(request)
        lines = next((line_changes(f) for f in formsets if f.model is BookedItems.model), None)
        if change:
            values = _by_column(
                {
                    name: form.cleaned_data[name]
                    for name in form.changed_data
                    if name in form.cleaned_data
                }
            )
            if lines is not None:
                values["lines"] = lines
            invoices.edit(JournalEntry.objects.filter(pk=form.instance.pk), values, by=actor)
            return
        values = _by_column(
            {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        )
        values["lines"] = lines.add if lines else []
        made = invoices.draft([values], by=actor, on=business_day(actor))[0]
        form.instance.__dict__.update(made.__dict__)

    def delete_rows(self, rows: QuerySet[Any], request: HttpRequest) -> None:
        """Delete drafts by the verb."""
        drafts = JournalEntry.objects.filter(pk__in=rows.values("pk"))
        invoices.delete(drafts, by=acting(request))


def _kind(request: HttpRequest) -> str:
    """The kind of a new entry, as the form or the address says."""
    wanted = request.POST.get("kind") or request.GET.get("kind") or Kind.ENTRY
    return wanted if wanted in Kind.values else Kind.ENTRY


def _by_column(values: dict[str, Any]) -> dict[str, Any]:
    """Values by column: links as `partner_id`."""
    links = {
        field.name: field.attname
        for field in JournalEntry._meta.concrete_fields
        if field.is_relation
    }
    return {
        links.get(name, name): getattr(value, "pk", value) if name in links else value
        for name, value in values.items()
    }
