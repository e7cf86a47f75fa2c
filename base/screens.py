"""The screens of the shared nouns."""

from django.utils.translation import gettext_lazy as _

from web.screens import Filter, Form, Graph, Kanban, Pivot, Stat, Tab, group, lines, screen

screen(
    "res.partner",
    key="people",
    label=_("Contacts"),
    one=_("Contact"),
    icon="people",
    inline=True,
    list="complete_name company_type email phone city country_id category_id? vat? ref?",
    search="name email phone city vat ref country_id category_id",
    filters=(
        Filter(
            key="companies", label=_("Companies"), domain=[["is_company", "=", True]], family="kind"
        ),
        Filter(
            key="individuals", label=_("People"), domain=[["is_company", "=", False]], family="kind"
        ),
        Filter(key="customers", label=_("Customers"), domain=[["customer_rank", ">", 0]]),
        Filter(key="vendors", label=_("Vendors"), domain=[["supplier_rank", ">", 0]]),
        Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]]),
    ),
    group_by="country_id company_type create_date:month",
    empty=_("Customers, vendors and everyone else you deal with will be listed here."),
    form=Form(
        title="name",
        picture="image_1920",
        groups=(
            group(
                "company_type parent_id street street2 city state_id zip country_id", _("Address")
            ),
            group("function email phone website category_id lang vat ref", _("Reach")),
        ),
        tabs=(
            Tab(
                label=_("Contacts and addresses"),
                lines=lines("child_ids", "name type function email phone"),
            ),
            Tab(label=_("Notes"), groups=(group("comment*"),)),
        ),
        stats=(Stat(label=_("Contacts"), screen="people", field="parent_id", icon="people"),),
    ),
    kanban=Kanban(
        by="country_id",
        card=("city", "email", "phone", "category_id"),
        quick=("name", "email"),
        cover="image_1920",
        colour="color",
    ),
    pivot=Pivot(rows=("country_id",), columns=("company_type",)),
    graph=Graph(by="create_date:month", series="company_type"),
)
