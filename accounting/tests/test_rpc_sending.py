"""Programs send documents and letters: the template is filled in, the paper goes along, the mail waits in the outbox."""

import pytest

from accounting.models import JournalEntry
from accounting.tests.test_rpc_nouns import DAY, invoice
from base.models import MailTemplate, Message, OutgoingMail, Partner
from rpc.tests.conftest import Refusal, house, nothing_remembered, rpc, wati

__all__ = ["house", "invoice", "nothing_remembered", "rpc", "wati"]
TEMPLATE = ("account", "email_template_edi_invoice")


@pytest.fixture
def reachable(invoice):
    """The invoice's customer has an address, and reads Indonesian."""
    partner = JournalEntry.objects.get(pk=invoice).partner
    Partner.objects.filter(pk=partner.pk).update(email="toko@example.com", language="id")
    return invoice


def test_send_and_print_writes_to_the_customer_with_the_paper(rpc, reachable):
    action = rpc("account.move", "action_send_and_print", [reachable])
    assert (action["res_model"], action["target"]) == ("account.move.send.wizard", "new")
    wizard = rpc(action["res_model"], "create", {}, context=action["context"])
    [row] = rpc(action["res_model"], "read", [wizard])
    number = JournalEntry.objects.get(pk=reachable).number
    assert row["mail_subject"] == f"Faktur {row['company_id'][1]} ({number})"
    assert (row["mail_lang"], row["sending_methods"]) == ("id_ID", ["email"])
    closed = rpc(action["res_model"], "action_send_and_print", [wizard], context=action["context"])
    assert closed == {"type": "ir.actions.act_window_close"}
    mail = OutgoingMail.objects.get()
    assert (mail.recipients, mail.row_id, mail.state) == ("toko@example.com", reachable, "waiting")
    assert "Yth. Toko Wire,\n" in mail.body
    assert "sebesar Rp 111.000 dari My Company. Jatuh tempo pada 10 Maret 2026." in mail.body
    [paper] = mail.attachments.all()
    assert paper.path.read_bytes().startswith(b"%PDF-")
    assert (paper.name, paper.row_id) == (f"{number.replace('/', '-')}.pdf", reachable)
    [said] = Message.objects.filter(kind="email_outgoing")
    assert (said.row_id, list(said.recipients.values_list("email", flat=True))) == (
        reachable,
        ["toko@example.com"],
    )
    assert rpc("account.move", "read", [reachable], ["is_move_sent"])[0]["is_move_sent"] is True


def test_the_wizard_sends_what_it_was_changed_to(rpc, reachable):
    context = {"active_model": "account.move", "active_ids": [reachable]}
    other = rpc("res.partner", "create", {"name": "Other", "email": "other@example.com"})
    values = {
        "mail_subject": "Hello",
        "mail_body": "<p>Bye</p><script>x</script>",
        "mail_partner_ids": [[6, 0, [other]]],
    }
    wizard = rpc("account.move.send.wizard", "create", values, context=context)
    rpc("account.move.send.wizard", "action_send_and_print", [wizard], context=context)
    mail = OutgoingMail.objects.get()
    assert (mail.recipients, mail.subject, mail.body) == ("other@example.com", "Hello", "Bye")


def test_the_wizard_only_notes_what_is_sent_by_hand(rpc, invoice):
    context = {"active_model": "account.move", "active_ids": [invoice]}
    wizard = rpc("account.move.send.wizard", "create", {}, context=context)
    [row] = rpc("account.move.send.wizard", "read", [wizard], ["sending_methods"])
    assert row["sending_methods"] == ["manual"]
    rpc("account.move.send.wizard", "action_send_and_print", [wizard], context=context)
    assert not OutgoingMail.objects.exists()
    assert JournalEntry.objects.get(pk=invoice).is_sent


def test_several_documents_are_sent_at_once(rpc, reachable):
    again = rpc("account.move", "copy", [reachable])
    rpc("account.move", "write", again, {"invoice_date": DAY})
    rpc("account.move", "action_post", again)
    action = rpc("account.move", "action_invoice_sent", [reachable, *again])
    assert action["res_model"] == "account.move.send.batch.wizard"
    wizard = rpc(action["res_model"], "create", {}, context=action["context"])
    rpc(action["res_model"], "action_send_and_print", [wizard])
    assert sorted(OutgoingMail.objects.values_list("row_id", flat=True)) == [reachable, *again]


def test_drafts_are_not_sent(rpc, reachable):
    draft = rpc("account.move", "copy", [reachable])
    with pytest.raises(Refusal, match="Only posted documents are sent"):
        rpc("account.move", "action_send_and_print", draft)


def test_send_mail_answers_a_mail_that_waits(rpc, reachable):
    model, template = rpc("ir.model.data", "check_object_reference", *TEMPLATE)
    assert model == "mail.template"
    [row] = rpc(model, "read", [template], ["model", "model_id", "report_template_ids", "subject"])
    assert (row["model"], len(row["report_template_ids"])) == ("account.move", 1)
    assert rpc("ir.model", "read", [row["model_id"][0]], ["model"])[0]["model"] == "account.move"
    mail = rpc("mail.template", "send_mail", [template], reachable)
    [sent] = rpc("mail.mail", "read", [mail], ["state", "email_to", "model", "res_id"])
    assert sent == {
        "id": mail,
        "state": "outgoing",
        "email_to": "toko@example.com",
        "model": "account.move",
        "res_id": reachable,
    }
    changed = {"email_to": "boss@example.com", "subject": "For you"}
    mail = rpc("mail.template", "send_mail", [template], reachable, email_values=changed)
    sent = OutgoingMail.objects.get(pk=mail)
    assert (sent.recipients, sent.subject) == ("boss@example.com", "For you")


def test_templates_of_programs_see_no_more_than_who_sends_them(rpc, wati, house):
    hidden = Partner.objects.create(name="Rahasia", company=house.second, email="r@example.com")
    models = rpc("ir.model", "search", [["model", "=", "res.partner"]])
    values = {
        "name": "Greeting",
        "model_id": models[0],
        "subject": "{{ object.name }}",
        "body_html": '<p>Hi <t t-out="object.credit_limit"/></p>',
    }
    template = rpc("mail.template", "create", values)
    assert MailTemplate.objects.get(pk=template).content_type.model == "partner"
    with pytest.raises(Refusal) as refused:
        wati("mail.template", "send_mail", [template], hidden.pk)
    assert refused.value.name == "odoo.exceptions.AccessError"
    seen = Partner.objects.create(name="Toko", email="toko@example.com")
    rpc("mail.template", "write", [template], {"body_html": '<p t-out="object.total_invoiced"/>'})
    fields = wati("res.partner", "fields_get", ["total_invoiced"])
    if not fields:
        with pytest.raises(Refusal):
            wati("mail.template", "send_mail", [template], seen.pk)
    rpc("mail.template", "write", [template], {"body_html": "<p>{{ x }}<t t-out='nosuch'/></p>"})
    with pytest.raises(Refusal, match="cannot be filled in"):
        wati("mail.template", "send_mail", [template], seen.pk)
    with pytest.raises(Refusal):
        wati("mail.template", "write", [template], {"subject": "x"})
    assert not OutgoingMail.objects.exists()
