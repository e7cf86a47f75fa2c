"""What human resources show to other programs."""

from django.utils.translation import gettext_lazy as _

from hr.models import Department, Job, LeaveType
from rpc import expose

expose(
    "hr.department",
    model=Department,
    label=_("Department"),
    order="name, id",
    display="name",
    writes="name company parent note color active=is_active",
    reads="child_ids=children jobs_ids=jobs",
)

expose(
    "hr.job",
    model=Job,
    label=_("Job Position"),
    order="sequence, id",
    display="name",
    writes="name sequence company department no_of_recruitment=wanted description requirements active=is_active",
)

expose(
    "hr.leave.type",
    model=LeaveType,
    label=_("Time Off Type"),
    order="sequence, id",
    display="name",
    writes=(
        "name sequence company requires_allocation employee_requests=employees_may_ask "
        "leave_validation_type=approved_by allocation_validation_type=allocation_approved_by request_unit=unit "
        "time_type=time_kind unpaid=is_unpaid allows_negative=may_go_negative color active=is_active"
    ),
)
