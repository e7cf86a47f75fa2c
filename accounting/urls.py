"""Where the pages of accounting are."""

from django.urls import path, re_path

from accounting.screens import (
    about,
    deeds,
    document,
    documents,
    drafts,
    entries,
    home,
    ledgers,
    outstanding,
    paper,
    payments,
    plain_drafts,
    settling,
)

app_name = "accounting"

urlpatterns = [
    path("", home.home, name="home"),
    re_path(r"^(?P<side>sales|bills)/$", documents.listing, name="documents"),
    re_path(r"^open/(?P<side>receivable|payable)/$", outstanding.listing, name="outstanding"),
    path("documents/new/<slug:kind>/", drafts.new, name="document_new"),
    path("documents/preview/<slug:kind>/", drafts.preview, name="document_preview"),
    path("documents/<int:pk>/", document.show, name="document"),
    path("documents/<int:pk>/edit/", drafts.edit, name="document_edit"),
    path("documents/<int:pk>/post/", deeds.post, name="document_post"),
    path("documents/<int:pk>/pdf/", paper.pdf, name="document_pdf"),
    path("documents/<int:pk>/paper/", paper.show, name="document_paper"),
    path("documents/<int:pk>/paper/<int:number>/", paper.sheet, name="document_sheet"),
    path("documents/<int:pk>/settle/<int:item>/", settling.settle, name="document_settle"),
    path("documents/<int:pk>/unsettle/<int:match>/", settling.unsettle, name="document_unsettle"),
    path("documents/<int:pk>/pay/", deeds.pay, name="document_pay"),
    path("documents/<int:pk>/reverse/", deeds.reverse, name="document_reverse"),
    path("documents/<int:pk>/reset/", deeds.reset, name="document_reset"),
    path("documents/<int:pk>/cancel/", deeds.cancel, name="document_cancel"),
    path("documents/<int:pk>/delete/", deeds.delete, name="document_delete"),
    path("payments/", payments.listing, name="payments"),
    path("payments/<int:pk>/", payments.show, name="payment"),
    path("payments/<int:pk>/cancel/", payments.cancel, name="payment_cancel"),
    path("entries/", entries.listing, name="entries"),
    path("entries/new/", plain_drafts.new, name="entry_new"),
    path("entries/<int:pk>/edit/", plain_drafts.edit, name="entry_edit"),
    path("entries/<int:pk>/", entries.show, name="entry"),
    path("about/<int:pk>/", about.about, name="about"),
    path("items/<int:pk>/", about.item, name="item"),
    path("accounts/", ledgers.accounts, name="accounts"),
    path("accounts/<int:pk>/", ledgers.account_ledger, name="ledger"),
    path("trial-balance/", ledgers.balances, name="trial_balance"),
]
