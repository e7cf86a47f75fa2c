"""What the pipeline shows to other programs."""

from django.utils.translation import gettext_lazy as _

from crm.models import LostReason, Stage, Team
from rpc import expose

expose(
    "crm.stage",
    model=Stage,
    label=_("CRM Stages"),
    order="sequence, name, id",
    display="name",
    writes="name sequence is_won fold=is_folded requirements team_id=team",
)

expose(
    "crm.team",
    model=Team,
    label=_("Sales Team"),
    order="sequence, id",
    display="name",
    writes="name sequence active=is_active company user_id=leader member_ids=members",
)

expose(
    "crm.lost.reason",
    model=LostReason,
    label=_("Opp. Lost Reason"),
    order="name, id",
    display="name",
    writes="name active=is_active",
)
