"""The HR module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, Menu, ModuleConfig, Role


class HrConfig(ModuleConfig):
    """Departments, job positions and kinds of time off."""

    name = "hr"
    verbose_name = _("Human resources")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Departments, job positions and kinds of time off."),
        icon="person-badge",
        home="web:screen-departments",
        menu=(
            Menu(
                label=_("Departments"),
                url="web:screen-departments",
                permission="hr.view_department",
                icon="diagram-3",
            ),
            Menu(
                label=_("Job positions"),
                url="web:screen-job-positions",
                permission="hr.view_job",
                icon="briefcase",
            ),
            Menu(
                label=_("Kinds of time off"),
                url="web:screen-time-off-types",
                permission="hr.view_leavetype",
                icon="calendar-heart",
            ),
        ),
        roles=(
            Role(
                key="group_hr_user",
                name=_("HR officer"),
                summary=_("Sees departments, positions and kinds of time off."),
                permissions=("hr.*:view",),
                implies=("base.group_user",),
                also=("hr_holidays.group_hr_holidays_user",),
            ),
            Role(
                key="group_hr_manager",
                name=_("HR manager"),
                summary=_("Sets up departments, positions and kinds of time off."),
                permissions=("hr.*",),
                implies=("hr.group_hr_user",),
                also=("hr_holidays.group_hr_holidays_manager",),
            ),
        ),
        seeds=("hr.data.seeds.load",),
    )
