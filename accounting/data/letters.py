"""The letters that accounting begins with: an invoice, and a credit note, sent to whoever gets it."""

from typing import Any

COMMON: dict[str, Any] = {
    "partners": "{{ object.partner_id.id }}",
    "language": "{{ object.partner_id.lang }}",
    "reply_to": "{{ object.company_id.email }}",
    "reports": ["account.report_invoice"],
}

INVOICE_EN = """<p>Dear <t t-out="object.partner_id.name or ''">Sinar Jaya</t>,</p>
<p>please find attached invoice <strong t-out="object.name or ''">INV/2026/00001</strong>
of <t t-out="format_amount(object.amount_total, object.currency_id)">Rp 1.110.000</t>
from <t t-out="object.company_id.name">Niaga</t>.
<t t-if="object.invoice_date_due">It is due on <t t-out="format_date(object.invoice_date_due, 'long')"/>.</t></p>
<p t-if="object.payment_reference">Please name <strong t-out="object.payment_reference"/> when you pay.</p>
<p t-out="user.name">Sari</p>"""
INVOICE_ID = """<p>Yth. <t t-out="object.partner_id.name or ''">Sinar Jaya</t>,</p>
<p>bersama ini kami lampirkan faktur <strong t-out="object.name or ''">INV/2026/00001</strong>
sebesar <t t-out="format_amount(object.amount_total, object.currency_id)">Rp 1.110.000</t>
dari <t t-out="object.company_id.name">Niaga</t>.
<t t-if="object.invoice_date_due">Jatuh tempo pada <t t-out="format_date(object.invoice_date_due, 'long')"/>.</t></p>
<p t-if="object.payment_reference">Mohon cantumkan <strong t-out="object.payment_reference"/> saat membayar.</p>
<p t-out="user.name">Sari</p>"""
REFUND_EN = """<p>Dear <t t-out="object.partner_id.name or ''">Sinar Jaya</t>,</p>
<p>please find attached credit note <strong t-out="object.name or ''">RINV/2026/00001</strong>
of <t t-out="format_amount(object.amount_total, object.currency_id)">Rp 1.110.000</t>
from <t t-out="object.company_id.name">Niaga</t>.</p>
<p t-out="user.name">Sari</p>"""
REFUND_ID = """<p>Yth. <t t-out="object.partner_id.name or ''">Sinar Jaya</t>,</p>
<p>bersama ini kami lampirkan nota kredit <strong t-out="object.name or ''">RINV/2026/00001</strong>
sebesar <t t-out="format_amount(object.amount_total, object.currency_id)">Rp 1.110.000</t>
dari <t t-out="object.company_id.name">Niaga</t>.</p>
<p t-out="user.name">Sari</p>"""

LETTERS: dict[str, dict[str, Any]] = {
    "email_template_edi_invoice": {
        **COMMON,
        "name_en": "Invoice: Sending",
        "name_ind": "Faktur: Pengiriman",
        "subject_en": "{{ object.company_id.name }} Invoice ({{ object.name or 'n/a' }})",
        "subject_ind": "Faktur {{ object.company_id.name }} ({{ object.name or '-' }})",
        "body_en": INVOICE_EN,
        "body_ind": INVOICE_ID,
    },
    "email_template_edi_credit_note": {
        **COMMON,
        "name_en": "Credit Note: Sending",
        "name_ind": "Nota Kredit: Pengiriman",
        "subject_en": "{{ object.company_id.name }} Credit Note ({{ object.name or 'n/a' }})",
        "subject_ind": "Nota Kredit {{ object.company_id.name }} ({{ object.name or '-' }})",
        "body_en": REFUND_EN,
        "body_ind": REFUND_ID,
    },
}
