"""The CRM module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, Menu, ModuleConfig, Role


class CrmConfig(ModuleConfig):
    """The pipeline and its stages."""

    name = "crm"
    verbose_name = _("CRM")
    manifest = Manifest(
        version="0.1.0",
        summary=_("The pipeline: stages, sales teams and reasons for losing."),
        icon="funnel",
        home="web:screen-stages",
        menu=(
            Menu(
                label=_("Stages"),
                url="web:screen-stages",
                permission="crm.view_stage",
                icon="signpost-split",
            ),
            Menu(
                label=_("Sales teams"),
                url="web:screen-sales-teams",
                permission="crm.view_team",
                icon="people",
            ),
            Menu(
                label=_("Reasons for losing"),
                url="web:screen-lost-reasons",
                permission="crm.view_lostreason",
                icon="x-octagon",
            ),
        ),
        roles=(
            Role(
                key="group_salesperson",
                name=_("Salesperson"),
                summary=_("Works with the pipeline."),
                permissions=("crm.*:view",),
                implies=("base.group_user",),
                also=(
                    "sales_team.group_sale_salesman",
                    "sales_team.group_sale_salesman_all_leads",
                ),
            ),
            Role(
                key="group_sales_manager",
                name=_("Sales manager"),
                summary=_("Sets up stages, teams and reasons for losing."),
                permissions=("crm.*",),
                implies=("crm.group_salesperson",),
                also=("sales_team.group_sale_manager",),
            ),
        ),
        seeds=("crm.data.seeds.load",),
    )
