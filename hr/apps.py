"""The HR module: what it is, what it stands on, what it brings."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, ModuleConfig, Role


class HrConfig(ModuleConfig):
    """Departments, job positions and kinds of time off."""

    name = "hr"
    verbose_name = _("Human resources")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Departments, job positions and kinds of time off."),
        icon="person-badge",
        roles=(
            Role(
                key="group_hr_user",
                name=_("HR officer"),
                summary=_("Sees departments, positions and kinds of time off."),
                permissions=("hr.*:view",),
                implies=("base.group_user",),
            ),
            Role(
                key="group_hr_manager",
                name=_("HR manager"),
                summary=_("Sets up departments, positions and kinds of time off."),
                permissions=("hr.*",),
                implies=("hr.group_hr_user",),
            ),
        ),
        seeds=("hr.data.seeds.load",),
    )
