"""The pipeline a new company begins with."""

from base.seeds import upsert
from crm.models import LostReason, Stage, Team

STAGES = {
    "stage_lead1": {"name_en": "New", "name_ind": "Baru", "sequence": 1},
    "stage_lead2": {"name_en": "Qualified", "name_ind": "Terkualifikasi", "sequence": 2},
    "stage_lead3": {"name_en": "Proposition", "name_ind": "Penawaran", "sequence": 3},
    "stage_lead4": {
        "name_en": "Won",
        "name_ind": "Menang",
        "sequence": 70,
        "is_won": True,
        "is_folded": True,
    },
}
REASONS = {
    "lost_reason_1": {"name_en": "Too expensive", "name_ind": "Terlalu mahal"},
    "lost_reason_2": {
        "name_en": "We don't have people/skills",
        "name_ind": "Kami tidak punya tenaga atau keahlian",
    },
    "lost_reason_3": {"name_en": "Not enough stock", "name_ind": "Stok tidak cukup"},
    "lost_reason_4": {"name_en": "Chose a competitor", "name_ind": "Memilih pesaing"},
}
TEAMS = {"team_sales_department": {"name_en": "Sales", "name_ind": "Penjualan", "sequence": 1}}


def load() -> None:
    """Write stages, lost reasons and the first team."""
    upsert(Team, "crm", TEAMS)
    upsert(Stage, "crm", STAGES)
    upsert(LostReason, "crm", REASONS)
