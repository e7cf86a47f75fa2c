"""Vehicles and their kinds as people see them, and what is asked when a vehicle is sold."""

from django.utils.translation import gettext_lazy as _

from web.screens import (
    Button,
    Calendar,
    Filter,
    Form,
    Kanban,
    Stat,
    Tab,
    group,
    screen,
)

OURS = [["state", "=", "in_service"]]
SOLD = [["state", "=", "sold"]]

screen(
    "armada.vehicle",
    key="vehicles",
    label=_("Vehicles"),
    one=_("Vehicle"),
    icon="truck",
    inline=True,
    list="plate description kind_id driver_id tax_due_date odometer? state buyer_id? price?",
    search="plate make model_name driver_id kind_id",
    filters=(
        Filter(key="ours", label=_("In service"), domain=OURS, family="state"),
        Filter(key="sold", label=_("Sold"), domain=SOLD, family="state"),
        Filter(
            key="due",
            label=_("Road tax due within a month"),
            domain=[*OURS, ["tax_due_date", "<", "today +1m"]],
        ),
    ),
    default="ours",
    group_by="kind_id driver_id tax_due_date:month",
    tones={"bad": [*OURS, ["tax_due_date", "<", "today"]], "muted": SOLD},
    empty=_("No vehicles yet"),
    form=Form(
        title="plate",
        status="state",
        locked=SOLD,
        buttons=(
            Button(
                verb="action_renew_tax",
                label=_("Road tax is paid"),
                when=OURS,
                icon="calendar-check",
                is_for_many=True,
            ),
            Button(
                verb="action_ask_sale",
                label=_("Sell"),
                when=OURS,
                icon="cash-coin",
                permission="armada.sell_vehicle",
                is_main=True,
            ),
        ),
        groups=(group("make model_name kind_id driver_id odometer tax_due_date company_id"),),
        tabs=(
            Tab(
                label=_("Sale"),
                hidden=OURS,
                groups=(group("sold_date! buyer_id! price!"),),
            ),
        ),
    ),
    kanban=Kanban(by="kind_id", card=("description", "driver_id", "tax_due_date"), every=[]),
    calendar=Calendar(
        start="tax_due_date", colour="kind_id", shown=("description", "driver_id", "state")
    ),
)

screen(
    "armada.vehicle.kind",
    key="vehicle-kinds",
    label=_("Kinds of vehicles"),
    one=_("Kind of vehicle"),
    icon="tags",
    inline=True,
    list="name notice_days sequence?",
    search="name",
    form=Form(
        title="name",
        groups=(group("notice_days sequence"),),
        stats=(Stat(label=_("Vehicles"), screen="vehicles", field="kind_id", icon="truck"),),
    ),
)

screen(
    "armada.vehicle.sale",
    key="vehicle-sale",
    label=_("Sell vehicles"),
    one=_("Sell vehicles"),
    icon="cash-coin",
    form=Form(
        groups=(group("buyer_id price sale_date"),),
        buttons=(Button(verb="sell", label=_("Sell"), is_main=True),),
    ),
)
