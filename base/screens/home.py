"""The dashboard of contacts and settings: whom we deal with, what we deal in, and what is to be done."""

from django.utils.translation import gettext_lazy as _

from web.screens.dashboards import Dashboard, Number, Picture, Rows, dashboard

OPEN = [["state", "!=", "done"]]

dashboard(
    "overview",
    Dashboard(
        label=_("Dashboard"),
        permission="base.view_partner",
        cards=(
            Number(label=_("New contacts this month"), screen="contacts", month="create_date"),
            Number(label=_("Customers"), screen="contacts", filters=("customers",)),
            Number(label=_("Vendors"), screen="contacts", filters=("vendors",)),
            Number(label=_("Products"), screen="products"),
            Number(
                label=_("Activities that are late"),
                screen="activities",
                domain=[["state", "=", "overdue"]],
            ),
            Picture(label=_("Contacts by country"), screen="contacts", by="country_id"),
            Picture(label=_("Products by category"), screen="products", by="categ_id", kind="pie"),
            Rows(
                label=_("What is to be done next"),
                screen="activities",
                domain=OPEN,
                columns=("res_name", "user_id", "date_deadline"),
                order="date_deadline, id",
                empty=_("Nothing is planned."),
            ),
            Rows(
                label=_("The newest contacts"),
                screen="contacts",
                columns=("city", "create_date"),
                order="create_date desc, id desc",
                empty=_("Customers, vendors and everyone else you deal with will be listed here."),
            ),
        ),
    ),
)
