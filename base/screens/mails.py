"""Outgoing mail as administrators see it: what waits, what was sent, what came back, and sending it again."""

from django.utils.translation import gettext_lazy as _

from web.screens import Button, Filter, Form, Tab, group, screen
from web.screens.cells import badges
from web.screens.declarations import Place

FAILED = [["state", "=", "exception"]]

badges("mail.mail", "state", outgoing="care", sent="good", exception="bad")

screen(
    "mail.mail",
    key="mails",
    label=_("Outgoing e-mails"),
    one=_("Outgoing e-mail"),
    icon="envelope",
    list="subject email_to scheduled_date? create_date state failure_reason",
    search="subject email_to failure_reason create_date",
    filters=(
        Filter(key="failed", label=_("Failed"), domain=FAILED, family="state"),
        Filter(
            key="waiting", label=_("Waiting"), domain=[["state", "=", "outgoing"]], family="state"
        ),
        Filter(key="sent", label=_("Sent"), domain=[["state", "=", "sent"]], family="state"),
    ),
    group_by="state create_date:day",
    order="id desc",
    tones={"bad": FAILED, "muted": [["state", "=", "cancel"]]},
    permission="base.send_outgoingmail",
    is_made_here=False,
    empty=_("Mail that the system sends is listed here, whether it arrived or not."),
    form=Form(
        title="subject",
        status="state",
        steps=("outgoing", "sent"),
        locked=[["id", "!=", False]],
        buttons=(
            Button(
                verb="action_retry",
                label=_("Send again"),
                when=[["state", "in", ["exception", "cancel"]]],
                icon="send",
                is_main=True,
                is_for_many=True,
            ),
            Button(
                verb="cancel",
                label=_("Call off"),
                when=[["state", "in", ["outgoing", "exception"]]],
                icon="x-circle",
                is_for_many=True,
            ),
        ),
        groups=(
            group("email_to! email_from! reply_to!"),
            group(
                "create_date! scheduled_date! failure_reason!",
                "",
                Place(
                    name="failure_reason", is_readonly=True, hidden=[["failure_reason", "=", False]]
                ),
            ),
        ),
        tabs=(Tab(label=_("Text"), groups=(group("body_html!*"),)),),
    ),
)
