"""The nouns of human resources."""

from hr.models.department import Department
from hr.models.job import Job
from hr.models.leave_type import LeaveType

__all__ = ["Department", "Job", "LeaveType"]
