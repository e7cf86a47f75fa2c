"""Mail templates on the wire: written, filled in, and sent."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import MailTemplate
from base.rendering import body, line
from base.rpc.commands import named_ids
from base.rpc.rendering import Language, names_for
from base.services import templates
from rpc import computed, expose, record_method, registry
from rpc.context import CODES, Call, locale_of
from rpc.faults import user_error, value_error
from rpc.fields import Declared
from rpc.methods.table import row_ids
from rpc.nouns import WireNames, noun
from rpc.tables.actions import report_ids, reports_named
from rpc.tables.numbers import by_id, model_id
from rpc.writing.records import found_rows

Paper = Callable[[Any, Actor], tuple[str, bytes]]
USUAL = ("partner_id", "commercial_partner_id")

_papers: dict[str, Paper] = {}


def prints(name: str, paper: Paper) -> None:
    """Let templates attach a report, by its name: file name and content of a row's paper, in the language in force."""
    _papers[name] = paper


def language_of(template: MailTemplate, call: Call, pk: int) -> str:
    """The language that a template is sent in about a record."""
    names, words = names_for(call, pk)
    return CODES.get(line(template.language, names, words.shown)) or call.language


def filled(template: MailTemplate, call: Call, row: Model) -> templates.Letter:
    """A template filled in from one record, in the language that it names. Refuses with `BadPlace`."""
    spoken = language_of(template, call, row.pk)
    there = Call(call.exposure, call.actor, {**call.context, "lang": locale_of(spoken)})
    names, words = names_for(there, row.pk)
    with translation.override(spoken):
        partners = [int(one) for one in _parts(template.partners, names, words) if one.isdecimal()]
        if template.goes_to_usual or not (partners or template.recipients):
            partners += _usual(names)
        to = [*_parts(template.recipients, names, words), *_parts(template.copies, names, words)]
        return templates.Letter(
            subject=line(template.subject, names, words.shown),
            body=body(template.body, names, words.shown),
            addresses=tuple(to),
            partner_ids=tuple(dict.fromkeys(partners)),
            reply_to=line(template.reply_to, names, words.shown),
            papers=tuple(
                _papers[one](row, call.actor) for one in template.reports if one in _papers
            ),
            attachment_ids=tuple(template.attachments.values_list("pk", flat=True)),
        )


def send_mail(
    call: Call,
    ids: Any,
    res_id: Any,
    force_send: Any = False,
    raise_exception: Any = False,
    email_values: Any = None,
    email_layout_xmlid: Any = False,
) -> int:
    """Send a template about a record; answers the mail. It goes out by itself, as soon as the call is done."""
    del force_send, raise_exception, email_layout_xmlid
    template = _one(call, ids)
    on, rows = _records(call, template, [res_id])
    letter = filled(template, on, rows[0])
    more = dict(email_values or {})
    sent = templates.send(rows[0], _changed(letter, more), by=call.actor)
    return sent[0].pk


def send_mail_batch(
    call: Call, ids: Any, res_ids: Any, force_send: Any = False, raise_exception: Any = False
) -> list[int]:
    """Send a template about several records; answers the mails."""
    del force_send, raise_exception
    template = _one(call, ids)
    on, rows = _records(call, template, res_ids)
    letters = [(row, filled(template, on, row)) for row in rows]
    return [templates.send(row, letter, by=call.actor)[0].pk for row, letter in letters]


def _parts(text: str, names: dict[str, Any], words: Language) -> list[str]:
    return list(templates.split(line(text, names, words.shown)))


def _usual(names: dict[str, Any]) -> list[int]:
    """The partner whom a record is about; a contact is written to itself."""
    record = names["object"]
    if record.call.exposure.name == "res.partner":
        return [record.pk]
    known = record.call.exposure.fields
    found = (record.field(name) for name in USUAL if name in known)
    return next(([one.pk] for one in found if one), [])


def _one(call: Call, ids: Any) -> MailTemplate:
    rows: list[MailTemplate] = list(found_rows(call, row_ids(ids), "read"))
    if len(rows) != 1:
        raise value_error(f"Expected singleton: mail.template{tuple(row_ids(ids))}")
    return rows[0]


def _records(call: Call, template: MailTemplate, ids: Any) -> tuple[Call, list[Model]]:
    """The call on what a template is about, and the records, which the caller must see."""
    kind = template.content_type
    exposure = registry.find(WireNames().get(f"{kind.app_label}.{kind.model}")) if kind else None
    if exposure is None:
        raise user_error(str(_("Say which kind of record the template is for.")))
    on = call.on(exposure)
    return on, list(found_rows(on, row_ids(ids), "read").order_by("pk"))


def _changed(letter: templates.Letter, values: dict[str, Any]) -> templates.Letter:
    """A letter with what a client wants otherwise."""
    more: dict[str, Any] = {}
    if "email_to" in values:
        more |= {
            "addresses": tuple(templates.split(str(values["email_to"] or ""))),
            "partner_ids": (),
        }
    if "recipient_ids" in values:
        ids = [pk for one in values["recipient_ids"] or () for pk in named_ids(one)]
        more["partner_ids"] = tuple(ids)
    for name, field in (("subject", "subject"), ("reply_to", "reply_to")):
        if values.get(name):
            more[field] = str(values[name])
    if values.get("attachment_ids"):
        extra = [pk for one in values["attachment_ids"] for pk in named_ids(one)]
        more["attachment_ids"] = (*letter.attachment_ids, *extra)
    return templates.changed(letter, **more)


def model_ids(_call: Call, ids: list[int]) -> dict[int, int]:
    """The kinds of records that templates are about, as rows of `ir.model`."""
    rows = MailTemplate.objects.filter(pk__in=ids, content_type__isnull=False)
    return dict(rows.values_list("pk", "content_type"))


def _of_model(model_row: Any) -> dict[str, Any]:
    exposure = by_id([model_row]).get(model_row) if model_row else None
    if model_row and (exposure is None or exposure.model is None):
        raise value_error(f"Wrong value for mail.template.model_id: {model_row!r}")
    return {"content_type_id": model_id(exposure) if exposure else None}


def papers(_call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The reports that go along."""
    rows = MailTemplate.objects.filter(pk__in=ids).values_list("pk", "reports")
    return {pk: report_ids(names) for pk, names in rows}


def _papers_named(commands: Any) -> dict[str, Any]:
    return {"reports": reports_named([pk for one in commands or () for pk in named_ids(one)])}


def _line(name: str, column: str, label: Any) -> Declared:
    """A line of addresses, however long."""
    return computed(
        name,
        "char",
        label=label,
        sql=f"{{{column}}}",
        write=lambda text: {column: str(text or "")},
    )


OF_NOUN = noun("model", "content_type", _("Related Document Model"))

expose(
    "mail.template",
    model=MailTemplate,
    label=_("Email Templates"),
    order="name, id",
    search="name subject",
    writes="""
        name subject email_from=sender reply_to
        body_html=body lang=language attachments is_active use_default_to=goes_to_usual
    """,
    computed=(
        OF_NOUN,
        _line("email_to", "recipients", _("To (Emails)")),
        _line("partner_to", "partners", _("To (Partners)")),
        _line("email_cc", "copies", _("Cc")),
        computed(
            "model_id",
            "many2one",
            label=_("Applies to"),
            relation="ir.model",
            function=model_ids,
            write=_of_model,
        ),
        computed(
            "report_template_ids",
            "many2many",
            label=_("Dynamic Reports"),
            relation="ir.actions.report",
            function=papers,
            write=_papers_named,
        ),
        computed("auto_delete", "boolean", label=_("Auto Delete"), sql="false"),
    ),
    methods={
        "send_mail": record_method(send_mail),
        "send_mail_batch": record_method(send_mail_batch),
    },
)
