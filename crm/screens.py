"""The screens of CRM: the stages of the pipeline, sales teams and reasons for losing."""

from django.utils.translation import gettext_lazy as _

from web.screens import Filter, Form, Place, Stat, Tab, group, screen

ARCHIVED = Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]])

screen(
    "crm.stage",
    key="stages",
    label=_("Stages"),
    one=_("Stage"),
    icon="signpost-split",
    inline=True,
    list="name is_won fold team_id sequence",
    search="name team_id",
    filters=(Filter(key="won", label=_("Means won"), domain=[["is_won", "=", True]]),),
    group_by="team_id is_won",
    tones={"good": [["is_won", "=", True]]},
    empty=_("The steps from a first contact to a sale will be listed here."),
    form=Form(
        title="name",
        groups=(
            group("team_id sequence", _("Stage")),
            group("is_won fold", _("In the pipeline")),
        ),
        tabs=(Tab(label=_("What must be done here"), groups=(group("requirements*"),)),),
    ),
)

screen(
    "crm.team",
    key="sales-teams",
    label=_("Sales teams"),
    one=_("Sales team"),
    icon="people",
    list="name user_id member_ids company_id",
    search="name user_id member_ids company_id",
    filters=(ARCHIVED,),
    group_by="company_id user_id",
    empty=_("Salespeople who work on the same customers will be listed here as teams."),
    form=Form(
        title="name",
        groups=(
            group("user_id company_id sequence", _("Sales team")),
            group(
                "member_ids", _("Who belongs to it"), Place(name="member_ids", label=_("Members"))
            ),
        ),
        stats=(Stat(label=_("Stages"), screen="stages", field="team_id", icon="signpost-split"),),
    ),
)

screen(
    "crm.lost.reason",
    key="lost-reasons",
    label=_("Reasons for losing"),
    one=_("Reason for losing"),
    icon="x-octagon",
    inline=True,
    list="name",
    search="name",
    filters=(ARCHIVED,),
    empty=_("Why opportunities come to nothing will be listed here."),
    form=Form(title="name"),
)
