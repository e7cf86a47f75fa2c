"""The fleet module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, Menu, ModuleConfig, Role, Schedule


class ArmadaConfig(ModuleConfig):
    """Vehicles, drivers and road tax."""

    name = "armada"
    verbose_name = _("Fleet")
    manifest = Manifest(
        version="2.0.0",
        summary=_("Vehicles, who drives them, and when their road tax is due."),
        icon="truck",
        home="web:screen-vehicles",
        menu=(
            Menu(
                label=_("Vehicles"),
                url="web:screen-vehicles",
                permission="armada.view_vehicle",
                icon="truck",
            ),
            Menu(
                label=_("Road tax"),
                url="armada:taxes",
                permission="armada.view_vehicle",
                icon="calendar-check",
            ),
            Menu(
                label=_("Kinds of vehicles"),
                url="web:screen-vehicle-kinds",
                permission="armada.change_vehiclekind",
                icon="tags",
            ),
        ),
        roles=(
            Role(
                key="group_driver",
                name=_("Fleet: reader"),
                summary=_("Sees the vehicles and who drives them."),
                permissions=("armada.*:view",),
                implies=("base.group_user",),
            ),
            Role(
                key="group_manager",
                name=_("Fleet: manager"),
                summary=_("Buys, assigns and sells vehicles, and pays their road tax."),
                permissions=("armada.*",),
                implies=("armada.group_driver",),
            ),
        ),
        seeds=("armada.data.seeds.load",),
        demo=("armada.data.demo.load",),
        schedules=(
            Schedule(
                key="remind_tax",
                name=_("Remind of road tax"),
                task="armada.remind_tax",
                cron="0 7 * * *",
            ),
        ),
    )
