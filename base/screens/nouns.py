"""The screens of the shared nouns: contacts, products, users, roles, companies and currencies."""

from django.utils.translation import gettext_lazy as _

from web.screens import (
    Calendar,
    Filter,
    Form,
    Graph,
    Kanban,
    Pivot,
    Place,
    Stat,
    Tab,
    Tree,
    group,
    lines,
    screen,
)
from web.screens.cells import badges

ARCHIVED = Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]])
STATE = Place(name="state_id", domain=[["country_id", "=", "{country_id}"]])

screen(
    "res.partner",
    key="contacts",
    label=_("Contacts"),
    one=_("Contact"),
    icon="people",
    inline=True,
    list="complete_name company_type email phone city country_id category_id? vat? ref? user_id?",
    search="name email phone city vat ref country_id category_id parent_id",
    filters=(
        Filter(
            key="companies", label=_("Companies"), domain=[["is_company", "=", True]], family="kind"
        ),
        Filter(
            key="individuals", label=_("People"), domain=[["is_company", "=", False]], family="kind"
        ),
        Filter(key="customers", label=_("Customers"), domain=[["customer_rank", ">", 0]]),
        Filter(key="vendors", label=_("Vendors"), domain=[["supplier_rank", ">", 0]]),
        ARCHIVED,
    ),
    group_by="country_id company_type user_id create_date:month",
    empty=_("Customers, vendors and everyone else you deal with will be listed here."),
    form=Form(
        title="name",
        picture="image_1920",
        groups=(
            group(
                "company_type@radio parent_id type function category_id",
                _("Who"),
                Place(name="parent_id", domain=[["is_company", "=", True]]),
            ),
            group("email phone website lang", _("Reach")),
            group("street street2 city zip country_id state_id", _("Address"), STATE),
            group("vat l10n_id_nik ref industry_id user_id company_id", _("For documents and tax")),
        ),
        tabs=(
            Tab(
                label=_("People and addresses"),
                lines=lines("child_ids", "name type function email phone"),
            ),
            Tab(
                label=_("Bank accounts"),
                lines=lines("bank_ids", "acc_number bank_id acc_holder_name allow_out_payment"),
            ),
            Tab(label=_("Notes"), groups=(group("comment*"),)),
        ),
    ),
    kanban=Kanban(by="country_id", card=("email", "phone", "city"), cover="image_128"),
    pivot=Pivot(rows=("country_id",), columns=("company_type",), measures=("__count",)),
    graph=Graph(by="country_id", measures=("__count",)),
)

KINDS = (
    Filter(key="sold", label=_("We sell"), domain=[["sale_ok", "=", True]]),
    Filter(key="bought", label=_("We buy"), domain=[["purchase_ok", "=", True]]),
    Filter(key="services", label=_("Services"), domain=[["type", "=", "service"]]),
    ARCHIVED,
)
HAS_VARIANTS = [["product_variant_count", "!=", 1]]

screen(
    "product.template",
    key="products",
    label=_("Products"),
    one=_("Product"),
    icon="box-seam",
    list="name default_code categ_id type list_price standard_price? uom_id barcode? sale_ok? purchase_ok?",
    search="name default_code barcode categ_id product_tag_ids",
    filters=KINDS,
    group_by="categ_id type product_tag_ids create_date:month",
    empty=_("What you buy, sell or make will be listed here."),
    form=Form(
        title="name",
        picture="image_1920",
        groups=(
            group(
                "type@radio sale_ok purchase_ok categ_id product_tag_ids default_code barcode",
                _("What it is"),
                Place(name="default_code", locked=HAS_VARIANTS),
                Place(name="barcode", locked=HAS_VARIANTS),
            ),
            group(
                "list_price standard_price uom_id company_id is_favorite",
                _("Price"),
                Place(name="standard_price", locked=HAS_VARIANTS),
            ),
        ),
        tabs=(
            Tab(
                label=_("Texts"),
                groups=(group("description_sale* description_purchase* description*"),),
            ),
            Tab(
                label=_("Variants"),
                lines=lines("attribute_line_ids", "attribute_id value_ids"),
            ),
            Tab(
                label=_("Carriage"),
                groups=(
                    group(
                        "weight volume hs_code country_of_origin",
                        "",
                        Place(name="weight", locked=HAS_VARIANTS),
                        Place(name="volume", locked=HAS_VARIANTS),
                    ),
                ),
            ),
        ),
        stats=(
            Stat(label=_("Variants"), screen="variants", field="product_tmpl_id", icon="boxes"),
        ),
    ),
    kanban=Kanban(by="categ_id", card=("default_code", "list_price"), cover="image_128"),
)

screen(
    "product.product",
    key="variants",
    label=_("Product variants"),
    one=_("Product variant"),
    icon="boxes",
    list="display_name default_code barcode categ_id lst_price standard_price uom_id",
    search="name default_code barcode categ_id product_tmpl_id",
    filters=KINDS,
    group_by="product_tmpl_id categ_id",
    form=Form(
        title="name",
        picture="image_1920",
        groups=(
            group(
                "product_tmpl_id! product_template_variant_value_ids! default_code barcode",
                _("What it is"),
            ),
            group("lst_price! standard_price uom_id! weight volume", _("Price")),
        ),
    ),
)

screen(
    "res.users",
    key="users",
    label=_("Users"),
    one=_("User"),
    icon="person-badge",
    permission="base.change_user",
    list="name login email lang company_id role login_date active?",
    search="name login email company_id",
    filters=(
        Filter(
            key="administrators", label=_("Administrators"), domain=[["role", "=", "group_system"]]
        ),
        Filter(key="never", label=_("Never signed in"), domain=[["login_date", "=", False]]),
        ARCHIVED,
    ),
    group_by="company_id role lang",
    form=Form(
        title="name",
        picture="image_1920",
        groups=(
            group("login email@email phone@phone lang tz notification_type", _("Who")),
            group("company_id company_ids group_ids", _("What they may")),
            group("login_date! state!", _("Signing in")),
        ),
        tabs=(Tab(label=_("Signature"), groups=(group("signature*"),)),),
    ),
)

screen(
    "res.groups",
    key="roles",
    label=_("Roles"),
    one=_("Role"),
    icon="shield-lock",
    permission="base.change_role",
    list="name comment share?",
    search="name comment",
    form=Form(
        title="name",
        groups=(
            group("comment* user_ids*", _("Who holds it")),
            group("implied_ids! implied_by_ids! share sequence", _("What it brings along")),
        ),
    ),
)

screen(
    "res.company",
    key="companies",
    label=_("Companies"),
    one=_("Company"),
    icon="building",
    permission="base.change_company",
    list="name currency_id parent_id country_id vat? email?",
    search="name",
    filters=(ARCHIVED,),
    form=Form(
        title="name",
        picture="logo",
        groups=(
            group(
                "currency_id parent_id account_fiscal_country_id vat company_registry", _("Company")
            ),
            group("email phone website", _("Reach")),
            group("street street2 city zip country_id state_id", _("Address"), STATE),
            group("user_ids child_ids!", _("People and branches")),
        ),
    ),
)

screen(
    "res.currency",
    key="currencies",
    label=_("Currencies"),
    one=_("Currency"),
    icon="currency-exchange",
    permission="base.change_currency",
    list="name full_name symbol rate date decimal_places? active",
    search="name full_name",
    filters=(
        Filter(key="all", label=_("In use or not"), domain=[["active", "in", [True, False]]]),
    ),
    form=Form(
        title="name",
        groups=(
            group("full_name symbol position decimal_places", _("How it is written")),
            group("rate_string! date! iso_numeric active", _("Today")),
        ),
        tabs=(
            Tab(
                label=_("Rates"),
                lines=lines("rate_ids", "name company_rate inverse_company_rate! company_id"),
            ),
        ),
    ),
)

screen(
    "product.category",
    key="product-categories",
    label=_("Product categories"),
    one=_("Product category"),
    icon="diagram-3",
    list="complete_name product_count",
    search="complete_name",
    group_by="parent_id",
    form=Form(
        title="name",
        groups=(group("parent_id product_count!"),),
        stats=(Stat(label=_("Products"), screen="products", field="categ_id", icon="box"),),
    ),
    tree=Tree(parent="parent_id", name="name", shown=("product_count",)),
    first="tree",
)

badges("mail.activity", "state", overdue="bad", today="care", planned="good")
screen(
    "mail.activity",
    key="activities",
    label=_("Activities"),
    one=_("Activity"),
    icon="clock",
    list="activity_type_id summary res_name date_deadline user_id state",
    search="summary res_name user_id activity_type_id",
    filters=(
        Filter(key="open", label=_("To do"), domain=[["state", "!=", "done"]], family="state"),
        Filter(key="done", label=_("Done"), domain=[["state", "=", "done"]], family="state"),
    ),
    group_by="user_id activity_type_id date_deadline:week",
    default="open",
    page="web:activity_edit",
    kanban=Kanban(
        by="activity_type_id", card=("res_name", "date_deadline", "state"), avatar="user_id"
    ),
    calendar=Calendar(
        start="date_deadline", colour="activity_type_id", shown=("res_name", "user_id")
    ),
)
