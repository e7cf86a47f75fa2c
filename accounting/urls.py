"""Where the pages of accounting are that no screen says, and where those were that screens say by now."""

from django.urls import path, re_path

from accounting.screens import about, home, ledgers, moved, outstanding, paper, settling

app_name = "accounting"

urlpatterns = [
    path("", home.home, name="home"),
    re_path(r"^open/(?P<side>receivable|payable)/$", outstanding.listing, name="outstanding"),
    path("documents/pdf/", paper.several, name="documents_pdf"),
    path("documents/<int:pk>/pdf/", paper.pdf, name="document_pdf"),
    path("documents/<int:pk>/paper/", paper.show, name="document_paper"),
    path("documents/<int:pk>/paper/<int:number>/", paper.sheet, name="document_sheet"),
    path("documents/<int:pk>/settle/<int:item>/", settling.settle, name="document_settle"),
    path("documents/<int:pk>/unsettle/<int:match>/", settling.unsettle, name="document_unsettle"),
    path("payments/pdf/", paper.receipts, name="payments_pdf"),
    path("payments/<int:pk>/pdf/", paper.receipt, name="payment_pdf"),
    path("payments/<int:pk>/paper/", paper.show_receipt, name="payment_paper"),
    path("payments/<int:pk>/paper/<int:number>/", paper.receipt_sheet, name="payment_sheet"),
    path("about/<int:pk>/", about.about, name="about"),
    path("items/<int:pk>/", about.item, name="item"),
    path("accounts/<int:pk>/", ledgers.account_ledger, name="ledger"),
    path("trial-balance/", ledgers.balances, name="trial_balance"),
    path("sales/", moved.rows, {"screen": "invoices"}, name="moved_sales"),
    path("bills/", moved.rows, {"screen": "bills"}, name="moved_bills"),
    path("entries/", moved.rows, {"screen": "journal-entries"}, name="moved_entries"),
    path("payments/", moved.rows, {"screen": "payments"}, name="moved_payments"),
    path("accounts/", moved.rows, {"screen": "chart-of-accounts"}, name="moved_accounts"),
    path("entries/new/", moved.new, name="moved_entry_new"),
    path("documents/new/<slug:kind>/", moved.new, name="moved_document_new"),
    path("payments/<int:pk>/", moved.payment, name="moved_payment"),
    path("documents/<int:pk>/", moved.entry, name="moved_document"),
    path("documents/<int:pk>/edit/", moved.entry, name="moved_document_edit"),
    path("documents/<int:pk>/pay/", moved.entry, name="moved_document_pay"),
    path("documents/<int:pk>/reverse/", moved.entry, name="moved_document_reverse"),
    path("entries/<int:pk>/", moved.entry, name="moved_entry"),
    path("entries/<int:pk>/edit/", moved.entry, name="moved_entry_edit"),
]
