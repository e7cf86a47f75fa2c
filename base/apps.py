"""The base module: what every other module stands on."""

from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from base.groundwork import never_ignore_triggers
from base.modules import Manifest, Menu, ModuleConfig, Role, Schedule


class BaseConfig(ModuleConfig):
    """Companies, partners, products, users and the kernel."""

    name = "base"
    verbose_name = _("Contacts and settings")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Companies, contacts, products, users and what every module stands on."),
        icon="people",
        requires=(),
        home="web:screen-contacts",
        roles=(
            Role(
                key="group_user",
                name=_("Employee"),
                summary=_("Signs in, sees contacts and products, talks on documents."),
                permissions=(
                    "base.*:view",
                    "base.partner:*",
                    "base.partnertag:*",
                    "base.partnerbankaccount:*",
                    "base.attachment:*",
                    "base.message:*",
                    "base.follower:*",
                    "base.favourite:add",
                    "base.favourite:change",
                    "base.favourite:delete",
                    "base.activity:*",
                    "base.apikey:*",
                ),
                also=(
                    "base.group_partner_manager",
                    "uom.group_uom",
                    "product.group_product_variant",
                ),
            ),
            Role(
                key="group_product_manager",
                name=_("Product manager"),
                summary=_("Keeps products, categories and units of measure."),
                permissions=("base.product*:*", "base.unitofmeasure:*"),
                implies=("base.group_user",),
                also=("product.group_product_manager",),
            ),
            Role(
                key="group_allow_export",
                name=_("May export"),
                summary=_("Takes lists out of the system as files."),
                permissions=("base.export_records",),
            ),
            Role(
                key="group_system",
                name=_("Administrator"),
                summary=_("Sets the system up: users, roles, companies, modules."),
                permissions=("base.*",),
                implies=("base.group_product_manager", "base.group_allow_export"),
                also=("base.group_erp_manager", "base.group_no_one"),
            ),
        ),
        seeds=("base.data.seeds.load",),
        demo=("base.data.demo.load",),
        menu=(
            Menu(
                label=_("Contacts"),
                url="web:screen-contacts",
                permission="base.view_partner",
                icon="people",
            ),
            Menu(
                label=_("Products"),
                url="web:screen-products",
                permission="base.view_producttemplate",
                icon="box-seam",
            ),
            Menu(
                label=_("Dashboard"),
                url="web:dashboard-overview",
                permission="base.view_partner",
                icon="speedometer2",
            ),
            Menu(
                label=_("Users"),
                url="web:screen-users",
                permission="base.change_user",
                icon="person-badge",
            ),
            Menu(
                label=_("Roles"),
                url="web:screen-roles",
                permission="base.change_role",
                icon="shield-lock",
            ),
            Menu(
                label=_("Companies"),
                url="web:screen-companies",
                permission="base.change_company",
                icon="building",
            ),
            Menu(
                label=_("Currencies"),
                url="web:screen-currencies",
                permission="base.change_currency",
                icon="currency-exchange",
            ),
            Menu(
                label=_("Apps"),
                url="web:apps",
                permission="base.manage_modules",
                icon="grid",
            ),
            Menu(
                label=_("Outgoing e-mails"),
                url="web:screen-mails",
                permission="base.send_outgoingmail",
                icon="envelope",
            ),
            Menu(
                label=_("Jobs"),
                url="web:jobs",
                permission="base.steer_jobrun",
                icon="cpu",
            ),
        ),
        schedules=(
            Schedule(
                key="sweep",
                name=_("Sweep away what has expired"),
                task="base.sweep",
                cron="15 2 * * *",
            ),
            Schedule(
                key="send_mail",
                name=_("Send waiting e-mails"),
                task="base.send_mail",
                cron="*/5 * * * *",
            ),
            Schedule(
                key="fetch_rates",
                name=_("Fetch currency rates"),
                task="base.fetch_rates",
                cron="15 23 * * *",
            ),
            Schedule(key="backup", name=_("Back up"), task="base.backup", cron="30 3 * * *"),
        ),
    )

    def ready(self) -> None:
        """Wire the kernel in, and keep its triggers beyond anybody's reach."""
        super().ready()
        post_migrate.connect(never_ignore_triggers, sender=self)
