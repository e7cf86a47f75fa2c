"""Papers on their way: the buttons that print and send documents, and the windows in which a letter is looked over."""

from django.utils.translation import gettext_lazy as _

from web.screens import Button, Form, group, screen
from web.screens.declarations import Place

IS_POSTED = [["state", "=", "posted"]]
SEND = Button(
    verb="action_send_and_print",
    label=_("Send by e-mail"),
    when=IS_POSTED,
    icon="envelope",
    permission="accounting.change_journalentry",
    is_for_many=True,
)
PRINT = Button(
    verb="action_print_pdf", label=_("Print"), icon="printer", is_for_many=True, is_on_form=False
)
GO = Button(verb="action_send_and_print", label=_("Send"), icon="send", is_main=True)

screen(
    "account.move.send.wizard",
    key="do/account.move.send.wizard",
    label=_("Send by e-mail"),
    one=_("Send by e-mail"),
    icon="envelope",
    form=Form(
        groups=(
            group(
                "mail_partner_ids mail_subject* mail_body*",
                "",
                Place(name="mail_partner_ids", label=_("To")),
                Place(name="mail_subject", label=_("Subject")),
                Place(name="mail_body", label=_("Text")),
            ),
        ),
        buttons=(GO,),
        foot="accounting/windows/sent.html",
    ),
)
screen(
    "account.move.send.batch.wizard",
    key="do/account.move.send.batch.wizard",
    label=_("Send by e-mail"),
    one=_("Send by e-mail"),
    icon="envelope",
    form=Form(
        groups=(group("move_ids*", "", Place(name="move_ids", label=_("Documents"))),),
        buttons=(GO,),
        foot="accounting/windows/sent.html",
    ),
)
