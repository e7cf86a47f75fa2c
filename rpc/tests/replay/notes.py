"""About the recordings: steps they leave out, what of them is not ours, and where we answer differently on purpose."""

import re
from collections.abc import Callable, Iterable
from typing import Any

SECTIONS = (
    (
        r"web_version|web_health|version_info|nosuch_path|jsonrpc_get|db_header|company_logo|logo_png|json1|web_(login|root|image|content)|doc_",
        "1.2 endpoints",
    ),
    (r"xml_", "1.3 XML-RPC"),
    (r"jsonrpc_", "1.4 JSON-RPC"),
    (r"session_|call_kw_|openerp_session|database_list|identity", "1.5 session"),
    (r"j2_", "1.6 JSON-2"),
    (r"common_|login_|authenticate|db_", "1.7 common, db"),
    (
        r"execute|unknown_service|object_|.*_private|.*_attr|unknown_method|method_field|browse|.*_no_ids|read_method|action_archive_empty",
        "1.8 dispatch",
    ),
    (r"read_group|frg_|rg_|domain_read_group", "1.12 groupings"),
    (
        r"write_|read_after|lead_(read|write)|binary|x2m|char_|image_|big_|attachment|read_control|read_emoji|html|lang_|update_field|update_trans|field_trans",
        "1.13 values",
    ),
    (r"fields_get", "1.14 fields_get"),
    (r"dom|rel_", "1.16 domains"),
    (r"search_|order_|ctx_|context_get|company_default", "1.17 order, context"),
    (r"portal_|demo_|inactive_partner", "1.18 access"),
    (r"well_known|check_object|xmlid", "1.10 identity"),
    (
        r"inv|pay|reversal|credit|flow_|receipt|delivery|backorder|quant|picking|sale|purchase|lead|lost|convert|leave|alloc|attendance|expense|product|loc_cust",
        "3.2 flows",
    ),
    (r".*", "1.11 methods"),
)


def section_of(name: str) -> str:
    """The section of the contract that a recording is about."""
    return next(title for pattern, title in SECTIONS if re.match(pattern, name))


def step(
    model: str, method: str, *args: Any, learn: Any = None, **kwargs: Any
) -> Callable[[Any], None]:
    """A call to make first; `learn` are their ids for what it makes."""

    def run(replayer: Any) -> None:
        ours = replayer.call(model, method, list(args), kwargs)
        if learn is not None:
            replayer.ids.learn(model, learn, ours)

    return run


def members(
    model: str, owner: int, field: str, theirs: list[int], relation: str
) -> Callable[[Any], None]:
    """Learn who is in a set by now."""

    def run(replayer: Any) -> None:
        row = replayer.call(model, "read", [[owner], [field]])[0]
        replayer.ids.learn(relation, theirs, sorted(row[field])[-len(theirs) :])

    return run


def found(model: str, domain: list[Any], theirs: list[int]) -> Callable[[Any], None]:
    """Learn which rows there are by now."""

    def run(replayer: Any) -> None:
        replayer.ids.learn(model, theirs, replayer.call(model, "search", [domain]))

    return run


ALPHA, BETA, GAMMA = 54631, 54632, 54633
TAG, PARTNER = "res.partner.category", "res.partner"
LEADS = [
    {
        "name": "ZZT L1",
        "type": "opportunity",
        "expected_revenue": 100.5,
        "date_deadline": "2025-01-31",
        "partner_id": ALPHA,
    },
    {
        "name": "ZZT L2",
        "type": "opportunity",
        "expected_revenue": 200,
        "date_deadline": "2025-02-28",
        "partner_id": BETA,
    },
    {"name": "ZZT L3", "type": "opportunity", "expected_revenue": 50},
    {
        "name": "ZZT L4",
        "type": "opportunity",
        "expected_revenue": 7.25,
        "date_deadline": "2025-02-01",
        "partner_id": ALPHA,
    },
]
EVENTS = [
    {"name": "ZZT X1", "start": "2025-03-30 22:30:00"},
    {"name": "ZZT X2", "start": "2025-03-31 10:00:00"},
    {"name": "ZZT X3", "start": "2025-04-01 00:00:00"},
]


def gamma(**values: Any) -> Callable[[Any], None]:
    """Write to the contact that most of the recordings write to."""
    return step(PARTNER, "write", [GAMMA], values)


BEFORE: dict[str, Iterable[Callable[[Any], None]]] = {
    "create_partner_list": [
        step(TAG, "create", {"name": "ZZT TagC", "parent_id": 75}, learn=76),
    ],
    "dom_eq": [
        step(
            PARTNER,
            "create",
            [
                {
                    "name": "ZZT Kid1",
                    "ref": "ZZTD5",
                    "parent_id": ALPHA,
                    "country_id": 233,
                    "city": "Ägypten Süd",
                },
                {
                    "name": "ZZT Kid2",
                    "ref": "ZZTD6",
                    "parent_id": ALPHA,
                    "type": "invoice",
                    "email": "k2@zzt.example",
                },
            ],
            learn=[54635, 54636],
        )
    ],
    "dom_date_lt_null": [step("crm.lead", "create", LEADS, learn=[322, 323, 324, 325])],
    "dom_dt_date_le": [step("calendar.event", "create", EVENTS, learn=[419, 420, 421])],
    "read_after_m2o_id": [gamma(country_id=20)],
    "read_control_v2": [gamma(city="a\x01b\tc\x1fd")],
    "read_emoji_v2": [gamma(city="ü😀<&>")],
    "lead_write_xml_datetime": [],
    "x2m_o2m_create_read": [members(PARTNER, GAMMA, "child_ids", [54641, 54642], PARTNER)],
    "x2m_o2m_clear5_read": [gamma(child_ids=[[5, 0, 0]])],
    "x2m_deleted_child": [gamma(child_ids=[[2, 54641, 0], [2, 54642, 0]])],
    "x2m_m2m_create0_read": [
        gamma(category_id=[[0, 0, {"name": "ZZT M2M"}]]),
        members(PARTNER, GAMMA, "category_id", [86], TAG),
    ],
    "x2m_m2m_update1_read": [gamma(category_id=[[4, 74]])],
    "x2m_m2m_set6_read": [gamma(category_id=[[6, 0, [74, 75]]])],
    "x2m_m2m_false_read": [gamma(category_id=False)],
    "copy_read": [
        step(PARTNER, "copy", [BETA], learn=[54643]),
        step(PARTNER, "copy", [BETA], {"name": "ZZT other"}, learn=[54644]),
    ],
    "copy_data": [step(TAG, "write", [75], {"color": 1})],
    "none_archive_effect": [step(TAG, "action_archive", [77])],
    "load_update": [],
    "load_cleanup": [
        step(PARTNER, "create", {"name": "ZZT LoadZ"}, learn=54654),
        found(PARTNER, [["name", "=like", "ZZT Load%"]], [54649, 54650, 54651]),
    ],
    "read_group_lazy_m2o": [
        step(
            "crm.lead", "write", [322], {"date_deadline": "2025-01-31", "expected_revenue": 100.5}
        ),
    ],
    "attachment_read": [
        step(
            "ir.attachment",
            "create",
            {"name": "zzt.txt", "datas": "aGVsbG8genp0", "res_model": PARTNER, "res_id": ALPHA},
            learn=3241,
        )
    ],
    "attachment_raw_read": [
        step("ir.attachment", "create", {"name": "zzt3.txt", "raw": "plain text"}, learn=3242)
    ],
    "xmlid_lookup": [
        step(
            "ir.model.data",
            "create",
            {"module": "__import__", "name": "zzt_p", "model": PARTNER, "res_id": ALPHA},
        )
    ],
}


def paid_invoice() -> list[Callable[[Any], None]]:
    """What the recordings about an invoice begin with."""
    line = [0, 0, {"name": "x", "quantity": 1, "price_unit": 114.99, "tax_ids": [[6, 0, []]]}]
    invoice = {
        "move_type": "out_invoice",
        "partner_id": 54658,
        "invoice_date": "2026-01-15",
        "invoice_line_ids": [line],
    }
    return [
        step(PARTNER, "create", {"name": "ZZT Flow"}, learn=54658),
        step("account.move", "create", invoice, learn=936),
        step("account.move", "action_post", [936]),
    ]


def refunded(replayer: Any) -> None:
    """Reverse the invoice, and learn its credit note."""
    wizard = max(
        ours
        for (model, _one), ours in replayer.ids.known.items()
        if model == "account.move.reversal"
    )
    action = replayer.call("account.move.reversal", "reverse_moves", [[wizard]])
    replayer.ids.learn("account.move", 939, action["res_id"])


def signed_out(replayer: Any) -> None:
    """End the session."""
    replayer.signed_in.post("/web/session/destroy", {"params": {}}, content_type="application/json")


def empty_invoice(replayer: Any) -> None:
    """An invoice without lines."""
    values = {"move_type": "out_invoice", "partner_id": 54658}
    step("account.move", "create", values, learn=941)(replayer)


BEFORE |= {
    "inv_register_payment_action": paid_invoice(),
    "inv_after_partial": [step("account.payment.register", "action_create_payments", [122])],
    "inv_after_full": [step("account.payment.register", "action_create_payments", [123])],
    "credit_note_post": [refunded],
    "inv3_post_empty": [empty_invoice],
    "load_update": [
        step(TAG, "load", ["id", "name"], [["zzt_imp.tag1", "ZZT Load1"]], learn=89),
    ],
    "session_after_destroy": [signed_out],
    "portal_read_foreign_partner": [step(PARTNER, "write", [ALPHA], {"company_id": 2})],
    "inactive_partner_m2o": [step(PARTNER, "write", [ALPHA], {"company_id": False})],
}

PAGES = "a page for people or a route that is not served yet"
FIELD = "about a field that we do not expose"
LATER = "about nouns that are not exposed yet"
TODAY = "the answer is another one on Mondays, by the contract; see the tests of relative dates"
NOT_OURS: dict[str, str] = {
    "rel_monday": TODAY,
    **dict.fromkeys(("web_login_page", "web_root_redirect", "json1_path"), PAGES),
    "web_image_partner": PAGES,
    **dict.fromkeys(("doc_bearer_model", "doc_bearer_nokey"), PAGES),
    **dict.fromkeys(("dom_computed_search", "dom_nonstored_nosearch"), FIELD),
    **dict.fromkeys(("search_order_nonstored", "write_float_int", "write_float_digits"), FIELD),
    **dict.fromkeys(("write_float_string", "read_after_float_string"), FIELD),
    **dict.fromkeys(("write_float_false", "read_after_float_false", "xml_double_result"), FIELD),
    **dict.fromkeys(("product_qty_location", "product_qty_warehouse", "read_one_v2"), FIELD),
    "frg_stage_expand": FIELD,
    **dict.fromkeys(("web_content_download", "web_content_model_field"), PAGES),
    "web_content_head": PAGES,
    **dict.fromkeys(("lead_convert_int", "lead_won", "lead_won_read", "lead2_create"), LATER),
    **dict.fromkeys(("lead2_lost", "lead2_lost_read", "lead2_restore", "lead3_create"), LATER),
    **dict.fromkeys(("lead3_converted", "lead_won_rainbowman", "lead2_unarchive_toggle"), LATER),
    **dict.fromkeys(("lead_partner_unlink", "sale_invoice_read"), LATER),
}
# About shared nouns, but with what the module adds to them that exposes another noun: its fields, its rights on theirs.
ADDED_WITH = {"portal_read_group_field": "account.move.line", "product_read": "account.tax"}

BASE64 = "a base64 element of XML-RPC is taken as the text it holds"
DATA = "other rows, names and numbers in the house they come from"
WORDS = "the same kind of refusal in our own words"
PAIRS = (
    "ids in pairs, text and whole floats are taken as ids where they would empty the field there"
)
BLANK = "a text that is not filled in is one thing here: '' and false both read as false"
LENIENT = "taken where the other server refuses"
FIELDS = "other fields, labels and help; the keys are the same"
# Differences that may only be differences of data or words: never of status, type, or kind of refusal.
HARMLESS = frozenset((DATA, WORDS, FIELDS, BLANK))
DELIBERATE: dict[str, str] = {
    "common_version_no_args": LENIENT,
    "session_authenticate_api_key": LENIENT,
    "search_count_kw": LENIENT,
    "create_m2o_pair": PAIRS,
    "read_after_m2o_idstring": PAIRS,
    "write_m2o_dict": "an object is no id: refused instead of emptying the field",
    "read_inactive": BLANK,
    "read_after_char_empty": BLANK,
    **dict.fromkeys(("common_about", "common_about_extended", "db_list", "database_list"), DATA),
    **dict.fromkeys(("login_unknown_db_v2", "login_unknown_db_v1"), WORDS),
    **dict.fromkeys(("db_list_lang_len", "session_get_lang_list", "session_modules"), DATA),
    "session_get_info": "what only the other server's own web client asks for is left out",
    "dom_ilike_accent": "accents make no difference here",
    "dom_m2o_eq_true": "no SQL is shown to clients",
    "read_method_on_model_without_list": "no SQL is shown to clients",
    "dom_dt_date_le": "a day ends at its own midnight, also when clocks are changed that day",
    "dom_dt_date_le_tz": "a day ends at its own midnight, also when clocks are changed that day",
    **dict.fromkeys(("domain_search_true", "order_id_tiebreak", "frg_domain_empty"), DATA),
    **dict.fromkeys(("fields_get_some", "fields_get_date_monetary", "fields_get_json"), FIELDS),
    "get_view_min": FIELDS,
    **dict.fromkeys(("load_bad_int", "load_selection_bad"), FIELDS),
    **dict.fromkeys(("fields_get_attributes", "fields_get_json2", "portal_fields_hidden"), FIELDS),
    **dict.fromkeys(("default_get", "onchange_new"), "the language of the house need not be said"),
    "unlink_twice": "deleting what is gone already is no mistake",
    "unlink_twice_v2": "deleting what is gone already is no mistake",
    **dict.fromkeys(("unlink_country_fk", "unlink_currency_used", "create_bad_m2o"), WORDS),
    **dict.fromkeys(("create_missing_required_v1", "create_missing_required_json2"), WORDS),
    **dict.fromkeys(("create_partner_without_name", "create_unique_violation"), WORDS),
    **dict.fromkeys(("create_duplicate_login", "write_parent_loop", "j2_bad_json"), WORDS),
    "write_selection_false": "every contact has a type here",
    "read_after_selection_false": "every contact has a type here",
    "copy_data": "copies are told apart by their names",
    **dict.fromkeys(("get_metadata", "get_metadata_new", "html_markup_v2"), DATA),
    "get_external_id_v2": "keys are text, so that every transport can carry them",
    **dict.fromkeys(("portal_read_foreign_partner", "portal_read_foreign_partner_v1"), WORDS),
    "portal_read_foreign_partner_v2": WORDS,
    **dict.fromkeys(("portal_create", "portal_unlink", "portal_check_rights_raise"), DATA),
    **dict.fromkeys(("demo_ir_rule", "demo_unlink_company"), DATA),
    "ctx_bin_size": DATA,
    "message_read": "that a record was made is in its history, not among its messages",
    "attachment_create_xml_base64": BASE64,
    "image_write_xml_base64": BASE64,
    "image_read_after_xml_base64": BASE64,
    "big_int_param": "numbers may be longer here",
    "read_float_id": "ids are read as whole numbers",
    **dict.fromkeys(
        ("execute_context_positional", "flow_tax_search", "j2_toggle_search_read"), DATA
    ),
    "credit_note_posted": "amounts in rupiah are whole",
    "inv_register_payment_action": "the action names only the lines that are to be paid",
    **dict.fromkeys(("inv_after_partial", "product_read"), DATA),
    **dict.fromkeys(("inv2_post_no_partner_v2", "inv3_post_empty"), WORDS),
}
