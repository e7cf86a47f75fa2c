"""The screens of human resources: departments, job positions and kinds of time off."""

from django.utils.translation import gettext_lazy as _

from web.screens import Filter, Form, Kanban, Stat, Tab, Tree, group, screen

ARCHIVED = Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]])

screen(
    "hr.department",
    key="departments",
    label=_("Departments"),
    one=_("Department"),
    icon="diagram-3",
    list="name parent_id company_id",
    search="name parent_id company_id",
    filters=(ARCHIVED,),
    group_by="parent_id company_id",
    empty=_("The parts of the company in which people work will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("parent_id company_id", _("Department")),
            group("color", _("How it is shown")),
        ),
        tabs=(Tab(label=_("Notes"), groups=(group("note*"),)),),
        stats=(
            Stat(
                label=_("Job positions"),
                screen="job-positions",
                field="department_id",
                icon="briefcase",
            ),
            Stat(
                label=_("Departments below"),
                screen="departments",
                field="parent_id",
                icon="diagram-3",
            ),
        ),
    ),
    tree=Tree(parent="parent_id", name="name", shown=("company_id",)),
    first="tree",
)

screen(
    "hr.job",
    key="job-positions",
    label=_("Job positions"),
    one=_("Job position"),
    icon="briefcase",
    inline=True,
    list="name department_id no_of_recruitment+ company_id",
    search="name department_id company_id",
    filters=(
        Filter(key="hiring", label=_("Hiring"), domain=[["no_of_recruitment", ">", 0]]),
        ARCHIVED,
    ),
    group_by="department_id company_id",
    empty=_("The positions that people are hired for will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("department_id company_id", _("Job position")),
            group("no_of_recruitment sequence", _("Hiring")),
        ),
        tabs=(
            Tab(label=_("Description"), groups=(group("description*"),)),
            Tab(label=_("Requirements"), groups=(group("requirements*"),)),
        ),
    ),
    kanban=Kanban(
        by="department_id",
        card=("no_of_recruitment", "company_id"),
        sum="no_of_recruitment",
        quick=("name", "no_of_recruitment"),
        every=[],
    ),
)

screen(
    "hr.leave.type",
    key="time-off-types",
    label=_("Kinds of time off"),
    one=_("Kind of time off"),
    icon="calendar-heart",
    list="name request_unit leave_validation_type requires_allocation unpaid company_id?",
    search="name company_id",
    filters=(
        Filter(key="unpaid", label=_("Unpaid"), domain=[["unpaid", "=", True]]),
        Filter(
            key="allocated",
            label=_("Must be allocated first"),
            domain=[["requires_allocation", "=", True]],
        ),
        ARCHIVED,
    ),
    group_by="leave_validation_type request_unit time_type company_id",
    empty=_("Annual leave, sick leave and other kinds of time off will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("request_unit@radio time_type@radio unpaid company_id", _("What it is")),
            group(
                "requires_allocation employee_requests leave_validation_type allocation_validation_type allows_negative",
                _("How it is asked for"),
            ),
            group("color sequence", _("How it is shown")),
        ),
    ),
)
