"""Kinds of time off that the law knows (UU 13/2003 articles 79, 81 to 84 and 93, as kept by UU 6/2023)."""

from base.seeds import upsert
from hr.models import Department, LeaveType

FREE = {"requires_allocation": False}
LEAVE_TYPES = {
    "leave_type_paid_time_off": {
        "name_en": "Annual leave",
        "name_ind": "Cuti tahunan",
        "sequence": 1,
    },
    "leave_type_sick_time_off": {
        "name_en": "Sick leave",
        "name_ind": "Cuti sakit",
        "sequence": 2,
        **FREE,
    },
    "leave_type_maternity": {
        "name_en": "Maternity leave",
        "name_ind": "Cuti melahirkan",
        "sequence": 3,
        **FREE,
    },
    "leave_type_menstruation": {
        "name_en": "Menstruation leave",
        "name_ind": "Cuti haid",
        "sequence": 4,
        **FREE,
    },
    "leave_type_marriage": {
        "name_en": "Marriage",
        "name_ind": "Cuti menikah",
        "sequence": 5,
        **FREE,
    },
    "leave_type_family": {
        "name_en": "Family event",
        "name_ind": "Cuti keluarga",
        "sequence": 6,
        **FREE,
    },
    "leave_type_unpaid": {
        "name_en": "Unpaid leave",
        "name_ind": "Cuti tanpa upah",
        "sequence": 9,
        "is_unpaid": True,
        **FREE,
    },
}
DEPARTMENTS = {
    "dep_administration": {"name_en": "Administration", "name_ind": "Administrasi"},
    "dep_sales": {"name_en": "Sales", "name_ind": "Penjualan"},
    "dep_warehouse": {"name_en": "Warehouse", "name_ind": "Gudang"},
}


def load() -> None:
    """Write departments and kinds of time off."""
    upsert(Department, "hr", DEPARTMENTS)
    upsert(LeaveType, "hr", LEAVE_TYPES)
