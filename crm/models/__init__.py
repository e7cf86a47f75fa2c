"""The nouns of the pipeline."""

from crm.models.lost_reason import LostReason
from crm.models.stage import Stage
from crm.models.team import Team

__all__ = ["LostReason", "Stage", "Team"]
