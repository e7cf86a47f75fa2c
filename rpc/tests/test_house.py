"""The house itself on the wire: sequences, parameters, jobs, modules, menus, actions, languages, currencies, roles."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from base.dates import today_in
from base.models import (
    Company,
    Currency,
    CurrencyRate,
    JobRun,
    Language,
    Module,
    Parameter,
    Partner,
    Role,
    ScheduledJob,
    Sequence,
)
from base.rpc.intervals import Interval, cron_of, interval_of
from rpc.tests.conftest import SECRET, Refusal


def test_a_sequence_gives_its_numbers_one_by_one(rpc, house):
    made = rpc(
        "ir.sequence",
        "create",
        {"name": "Surat", "code": "zzt.letter", "prefix": "SRT/%(year)s/", "padding": 3},
    )
    year = today_in("Asia/Jakarta").year
    assert rpc("ir.sequence", "next_by_code", "zzt.letter") == f"SRT/{year}/001"
    assert rpc("ir.sequence", "next_by_id", [made]) == f"SRT/{year}/002"
    assert (
        rpc("ir.sequence", "next_by_code", "zzt.letter", sequence_date="2020-02-03")
        == "SRT/2020/003"
    )
    assert rpc("ir.sequence", "read", [made], ["number_next_actual"]) == [
        {"id": made, "number_next_actual": 4}
    ]
    rpc("ir.sequence", "write", [made], {"number_next_actual": 90})
    assert rpc("ir.sequence", "next_by_id", [made]) == f"SRT/{year}/090"


def test_a_code_without_a_sequence_has_no_next_number(rpc, wati):
    assert rpc("ir.sequence", "next_by_code", "zzt.none") is False
    with pytest.raises(Refusal, match="not allowed to create"):
        wati("ir.sequence", "create", {"name": "Surat"})
    assert not Sequence.objects.filter(name="Surat").exists()


def test_a_parameter_is_set_read_and_forgotten(rpc):
    assert rpc("ir.config_parameter", "set_param", "zzt.param", "1") is False
    assert rpc("ir.config_parameter", "get_param", "zzt.param") == "1"
    assert rpc("ir.config_parameter", "set_param", "zzt.param", False) == "1"
    assert rpc("ir.config_parameter", "get_param", "zzt.param", "else") == "else"
    assert not Parameter.objects.filter(key="zzt.param").exists()


def test_parameters_are_secret_to_employees(rpc, wati):
    rpc("ir.config_parameter", "set_param", "zzt.secret", "rahasia")
    for method, arguments in (
        ("get_param", ["zzt.secret"]),
        ("search_read", [[["key", "=", "zzt.secret"]]]),
        ("set_param", ["zzt.secret", "punyaku"]),
    ):
        with pytest.raises(Refusal) as refused:
            wati("ir.config_parameter", method, *arguments)
        assert refused.value.name == "odoo.exceptions.AccessError"
    assert Parameter.objects.get(key="zzt.secret").value == "rahasia"


CLOCKS = [
    ("*/5 * * * *", Interval(5, "minutes")),
    ("* * * * *", Interval(1, "minutes")),
    ("7 * * * *", Interval(1, "hours")),
    ("7 */6 * * *", Interval(6, "hours")),
    ("15 2 * * *", Interval(1, "days")),
    ("15 2 */10 * *", Interval(10, "days")),
    ("15 2 * * 1", Interval(1, "weeks")),
    ("15 2 3 * *", Interval(1, "months")),
    ("15 2 3 */3 *", Interval(3, "months")),
]


@pytest.mark.parametrize(("cron", "interval"), CLOCKS)
def test_interval_of_reads_the_five_parts_of_a_clock(cron, interval):
    assert interval_of(cron) == interval


@pytest.mark.parametrize(
    "cron", ["0,30 * * * *", "15 2 * 6 1", "15 2-4 * * *", "1 2 3 4 *", "15 2 3 * 1"]
)
def test_interval_of_knows_no_interval_for_odd_times(cron):
    assert interval_of(cron) is None


@pytest.mark.parametrize(("cron", "interval"), [(c, i) for c, i in CLOCKS if c != "* * * * *"])
def test_cron_of_keeps_the_interval_and_the_moment(cron, interval):
    monday_the_third = datetime(2026, 8, 3, 2, 15)  # noqa: DTZ001 - local
    found = cron_of(interval, monday_the_third)
    assert interval_of(found) == interval


@pytest.mark.parametrize(
    "interval", [Interval(0, "days"), Interval(45, "minutes"), Interval(2, "weeks")]
)
def test_cron_of_refuses_what_no_clock_keeps(interval):
    assert cron_of(interval, datetime(2026, 8, 3, 2, 15)) is None  # noqa: DTZ001 - local


@pytest.fixture
def sweep(house):
    return ScheduledJob.objects.get(key="base.sweep")


def test_a_scheduled_job_shows_its_interval_and_takes_another(rpc, sweep):
    fields = ["interval_number", "interval_type", "active", "code"]
    assert rpc("ir.cron", "read", [sweep.pk], fields) == [
        {
            "id": sweep.pk,
            "interval_number": 1,
            "interval_type": "days",
            "active": True,
            "code": sweep.task,
        }
    ]
    rpc("ir.cron", "write", [sweep.pk], {"interval_number": 6, "interval_type": "hours"})
    sweep.refresh_from_db()
    assert sweep.cron == "15 */6 * * *"
    rpc(
        "ir.cron",
        "write",
        [sweep.pk],
        {"interval_number": 1, "interval_type": "days", "nextcall": "2030-01-01 20:30:00"},
    )
    sweep.refresh_from_db()
    assert sweep.cron == "30 3 * * *"  # 03:30 in Jakarta
    assert sweep.next_run_at.astimezone(UTC).strftime("%H:%M") == "20:30"


def test_a_scheduled_job_refuses_what_the_clock_cannot_keep(rpc, sweep):
    with pytest.raises(Refusal, match="cannot keep an interval of 3 weeks"):
        rpc("ir.cron", "write", [sweep.pk], {"interval_number": 3, "interval_type": "weeks"})
    sweep.refresh_from_db()
    assert sweep.cron == "15 2 * * *"


def test_a_scheduled_job_is_switched_off_and_started_by_hand(rpc, wati, sweep):
    rpc("ir.cron", "write", [sweep.pk], {"active": False, "priority": False})
    sweep.refresh_from_db()
    assert (sweep.is_active, sweep.next_run_at, sweep.priority) == (False, None, 0)
    assert rpc("ir.cron", "method_direct_trigger", [sweep.pk]) is True
    run = JobRun.objects.get(task=sweep.task)
    assert run.asked_by_id == rpc.user_id
    assert rpc("ir.cron", "toggle", [sweep.pk]) is True
    sweep.refresh_from_db()
    assert sweep.is_active is True
    for method, arguments in (
        ("write", [[sweep.pk], {"active": False}]),
        ("method_direct_trigger", [[sweep.pk]]),
    ):
        with pytest.raises(Refusal) as refused:
            wati("ir.cron", method, *arguments)
        assert refused.value.name == "odoo.exceptions.AccessError"


def test_modules_are_rows_with_their_requirements_and_a_picture(rpc):
    fields = [
        "name",
        "state",
        "installed_version",
        "latest_version",
        "dependencies_id",
        "icon_image",
        "views_by_module",
    ]
    base, web = rpc(
        "ir.module.module", "search_read", [["name", "in", ["base", "web"]]], fields, order="name"
    )
    module = Module.objects.get(name="web")
    assert (web["state"], web["latest_version"]) == ("installed", module.version)
    assert web["icon_image"].startswith("iVBOR")
    assert "Contact (res.partner)" in base["views_by_module"].splitlines()
    needs = rpc(
        "ir.module.module.dependency",
        "read",
        web["dependencies_id"],
        ["name", "module_id", "state"],
    )
    assert [(one["name"], one["module_id"][0], one["state"]) for one in needs] == [
        (name, module.pk, "installed") for name in module.requires
    ]
    assert rpc("ir.model.data", "check_object_reference", "base", "module_web") == [
        "ir.module.module",
        module.pk,
    ]


def test_buttons_of_modules_do_nothing_where_nothing_is_to_be_done(rpc):
    [pk] = rpc("ir.module.module", "search", [["name", "=", "web"]])
    reload = {"type": "ir.actions.client", "tag": "reload", "params": {}}
    assert rpc("ir.module.module", "button_immediate_install", [pk]) == reload
    assert rpc("ir.module.module", "button_immediate_upgrade", [pk]) == reload


def test_buttons_of_modules_are_for_administrators(wati):
    pk = Module.objects.get(name="web").pk
    for method, arguments in (("button_immediate_uninstall", [[pk]]), ("update_list", [])):
        with pytest.raises(Refusal) as refused:
            wati("ir.module.module", method, *arguments)
        assert refused.value.name == "odoo.exceptions.AccessError"


def test_the_kernel_is_not_uninstalled(rpc):
    [pk] = rpc("ir.module.module", "search", [["name", "=", "base"]])
    with pytest.raises(Refusal) as refused:
        rpc("ir.module.module", "button_immediate_uninstall", [pk])
    assert refused.value.name == "odoo.exceptions.UserError"
    assert Module.objects.get(name="base").is_installed


def test_update_list_counts_what_has_changed_and_what_is_new(rpc):
    rpc(
        "ir.module.module", "update_list"
    )  # it may meet modules that are offered, but not installed
    Module.objects.filter(name="crm").update(summary="Lama")
    assert rpc("ir.module.module", "update_list") == [1, 0]
    assert rpc("ir.module.module", "update_list") == [0, 0]


def test_menus_are_a_tree_of_what_the_caller_sees(rpc, wati):
    tree = rpc("ir.ui.menu", "load_menus", False)
    roots = [tree[str(pk)]["name"] for pk in tree["root"]["children"]]
    [base] = rpc("ir.ui.menu", "search_read", [["name", "=", "Contacts"]], ["action", "parent_id"])
    kind, number = base["action"].split(",")
    assert kind == "ir.actions.act_url"
    assert rpc("ir.actions.act_url", "read", [int(number)], ["url", "target"]) == [
        {"id": int(number), "url": "/contacts/", "target": "self"}
    ]
    assert base["parent_id"][1] in roots
    seen = {row["name"] for row in wati("ir.ui.menu", "search_read", [], ["name"])}
    assert seen < {row["name"] for row in rpc("ir.ui.menu", "search_read", [], ["name"])}


def test_windows_are_known_by_external_id(rpc, wati):
    noun, number = rpc(
        "ir.model.data", "check_object_reference", "base", "action_partner_form", True
    )
    assert (noun, number) == ("ir.actions.act_window", 1)
    assert rpc(noun, "read", [number], ["name", "res_model", "view_mode"]) == [
        {"id": 1, "name": "Contact", "res_model": "res.partner", "view_mode": "list,form"}
    ]
    assert rpc("ir.actions.actions", "read", [1], ["type"]) == [
        {"id": 1, "type": "ir.actions.act_window"}
    ]
    assert rpc("ir.actions.report", "search", [["report_name", "=", "does.not.exist"]]) == []
    with pytest.raises(Refusal, match="External ID not found"):
        rpc("ir.model.data", "check_object_reference", "base", "action_moon")


def test_external_ids_are_registered_and_looked_up(rpc, wati, house, family):
    made = rpc(
        "ir.model.data",
        "create",
        {
            "module": "__import__",
            "name": "zzt_p",
            "model": "res.partner",
            "res_id": family.alpha.pk,
        },
    )
    assert rpc(
        "ir.model.data", "read", [made], ["complete_name", "model", "res_id", "reference"]
    ) == [
        {
            "id": made,
            "complete_name": "__import__.zzt_p",
            "model": "res.partner",
            "res_id": family.alpha.pk,
            "reference": f"res.partner,{family.alpha.pk}",
        }
    ]
    known = ["res.partner", family.alpha.pk]
    assert rpc("ir.model.data", "check_object_reference", "__import__", "zzt_p") == known
    Partner.objects.filter(pk=family.alpha.pk).update(company=house.second)
    assert wati("ir.model.data", "check_object_reference", "__import__", "zzt_p") == [
        "res.partner",
        False,
    ]
    with pytest.raises(Refusal, match="Not enough access rights on the external ID"):
        wati("ir.model.data", "check_object_reference", "__import__", "zzt_p", True)


def test_a_language_is_installed_by_its_wizard_or_its_button(rpc, wati):
    [french] = rpc("res.lang", "search", [["code", "=", "fr_FR"]], context={"active_test": False})
    wizard = rpc("base.language.install", "create", {"lang_ids": [[6, 0, [french]]]})
    assert rpc("base.language.install", "lang_install", [wizard])["type"] == "ir.actions.client"
    assert Language.objects.get(pk=french).is_active
    assert "fr_FR" in [code for code, _name in rpc("res.lang", "get_installed")]
    rpc("res.lang", "write", [french], {"active": False})
    rpc("res.lang", "action_activate_langs", [french])
    assert Language.objects.get(pk=french).is_active
    with pytest.raises(Refusal, match="not allowed to create"):
        wati("base.language.install", "create", {"lang_ids": [[6, 0, [french]]]})


def test_a_language_that_people_speak_stays(rpc, house):
    english = Language.objects.get(code="en_US")
    with pytest.raises(Refusal, match="is the language of users or partners"):
        rpc("res.lang", "write", [english.pk], {"active": False})
    assert Language.objects.get(pk=english.pk).is_active


def test_rates_are_those_of_the_current_company_on_the_day_of_the_context(rpc, house):
    own, euro = house.first.currency, Currency.objects.get(code="EUR")
    CurrencyRate.objects.filter(currency=euro).delete()
    for company, day, rate in (
        (None, date(2026, 1, 1), "2"),
        (house.first, date(2026, 2, 1), "4"),
        (house.second, date(2026, 3, 1), "5"),
    ):
        CurrencyRate.objects.create(currency=euro, company=company, date=day, rate=Decimal(rate))

    def rate(**context):
        fields = ["rate", "inverse_rate", "rate_string"]
        [row] = rpc("res.currency", "read", [euro.pk], fields, context=context)
        return row["rate"], row["inverse_rate"], row["rate_string"]

    assert rate(date="2026-01-15") == (2.0, 0.5, f"1 {own.code} = 2.000000 EUR")
    assert rate(date="2026-04-01")[0] == 4.0
    assert rate(date="2026-04-01", allowed_company_ids=[house.second.pk])[0] == 5.0
    assert rate(date="2025-01-01")[0] == 1.0


def test_a_rate_may_be_given_the_other_way_round(rpc):
    euro = Currency.objects.get(code="EUR").pk
    made = rpc(
        "res.currency.rate",
        "create",
        {"currency_id": euro, "name": "2031-01-01", "inverse_company_rate": 4},
    )
    assert CurrencyRate.objects.get(pk=made).rate == Decimal("0.25")


def test_a_currency_that_a_company_keeps_its_books_in_stays(rpc, house):
    with pytest.raises(Refusal, match="keeps its books in this currency"):
        rpc("res.currency", "write", [house.first.currency_id], {"active": False})
    assert Currency.objects.get(pk=house.first.currency_id).is_active


def test_a_company_is_opened_with_a_partner_of_its_own(rpc, wati, house):
    made = rpc(
        "res.company",
        "create",
        {
            "name": "Cabang Medan",
            "currency_id": house.first.currency_id,
            "email": "medan@example.com",
        },
    )
    company = Company.objects.get(pk=made)
    assert (company.partner.name, company.partner.email) == ("Cabang Medan", "medan@example.com")
    assert made in rpc("res.users", "read", [2], ["company_ids"])[0]["company_ids"]
    with pytest.raises(Refusal, match="not allowed to create"):
        wati("res.company", "create", {"name": "Cabang Gelap"})


def test_roles_know_who_holds_them_and_what_they_imply(rpc, house):
    system = Role.objects.get(
        module="base", sequence__isnull=False, permissions__codename="manage_modules"
    )
    user = Role.objects.get(module="base", sequence=0)
    [row] = rpc("res.groups", "read", [user.pk], ["all_user_ids", "model_access"])
    assert house.employee.pk in row["all_user_ids"]
    assert len(row["model_access"]) > 5
    [row] = rpc("res.groups", "read", [system.pk], ["all_implied_ids"])
    assert user.pk in row["all_implied_ids"]
    made = rpc("res.groups", "create", {"name": "Gudang", "comment": "Menjaga gudang"})
    assert Role.objects.get(pk=made).summary == "Menjaga gudang"


def test_members_of_a_role_are_written_from_the_role_too(rpc, wati, house):
    role = rpc("res.groups", "create", {"name": "Gudang", "user_ids": [[6, 0, [house.admin.pk]]]})
    rpc("res.groups", "write", [role], {"user_ids": [[4, house.employee.pk]]})
    mine = [house.employee.pk]
    assert role in rpc("res.users", "read", mine, ["group_ids"])[0]["group_ids"]
    rpc("res.groups", "write", [role], {"user_ids": [[3, house.employee.pk]]})
    assert role not in rpc("res.users", "read", mine, ["group_ids"])[0]["group_ids"]
    assert rpc("res.groups", "read", [role], ["user_ids"])[0]["user_ids"] == [house.admin.pk]
    with pytest.raises(Refusal) as refused:
        wati("res.groups", "write", [role], {"user_ids": [[4, house.employee.pk]]})
    assert refused.value.name == "odoo.exceptions.AccessError"


def test_contacts_are_given_to_a_tag_but_not_hidden_ones(rpc, wati, house, family):
    hidden = Partner.objects.create(name="Rahasia", company=house.second)
    made = wati(
        "res.partner.category",
        "create",
        [{"name": "New", "partner_ids": [[6, 0, [family.alpha.pk]]]}, {"name": "Bare"}],
    )
    assert wati("res.partner.category", "read", made, ["partner_ids"]) == [
        {"id": made[0], "partner_ids": [family.alpha.pk]},
        {"id": made[1], "partner_ids": []},
    ]
    with pytest.raises(Refusal) as refused:
        wati("res.partner.category", "write", [made[1]], {"partner_ids": [[4, hidden.pk]]})
    assert refused.value.name == "odoo.exceptions.MissingError"
    values = {"name": "Third", "partner_ids": [[0, 0, {"name": "Baru"}]]}
    made = rpc("res.partner.category", "create", values)
    assert [one.name for one in Partner.objects.filter(tags=made)] == ["Baru"]


def test_has_groups_takes_some_and_leaves_out_others(wati):
    assert wati("res.users", "has_group", "base.group_user") is True
    assert wati("res.users", "has_groups", "base.group_system,base.group_user") is True
    assert wati("res.users", "has_groups", "base.group_system") is False
    assert wati("res.users", "has_groups", "base.group_user,!base.group_system") is True
    assert wati("res.users", "has_groups", "!base.group_user") is False


def test_has_group_tells_of_whichever_user_is_named(wati, rpc, house):
    admin, employee = [house.admin.pk], [house.employee.pk]
    assert wati("res.users", "has_group", employee, "base.group_user") is True
    assert wati("res.users", "has_group", employee, "base.group_system") is False
    assert rpc("res.users", "has_group", employee, "base.group_system") is False
    assert rpc("res.users", "has_groups", employee, "base.group_user") is True
    assert wati("res.users", "has_group", admin, "base.group_system") is True
    assert rpc("res.users", "has_group", "base.no_such_group") is False
    assert rpc("res.users", "has_group", "base.main_company") is False


def test_users_change_what_is_their_own(wati, rpc, house):
    mine = [house.employee.pk]
    values = {"name": "Wati Baru", "email": "wati@example.com", "tz": "Asia/Jayapura"}
    assert wati("res.users", "write", mine, values) is True
    assert rpc("res.users", "read", mine, list(values)) == [{"id": mine[0], **values}]
    for wrong in ({"tz": "Asia/Moon"}, {"email": "no address"}):
        with pytest.raises(Refusal):
            wati("res.users", "write", mine, wrong)
    assert rpc("res.users", "read", mine, list(values)) == [{"id": mine[0], **values}]


def test_change_password_needs_the_present_one(wati, house):
    with pytest.raises(Refusal) as refused:
        wati("res.users", "change_password", "salah", "baru-sekali-99")
    assert refused.value.name == "odoo.exceptions.AccessDenied"
    house.employee.refresh_from_db()
    assert house.employee.check_password(SECRET)
    assert wati("res.users", "change_password", SECRET, "baru-sekali-99") is True
    house.employee.refresh_from_db()
    assert house.employee.check_password("baru-sekali-99")


def test_a_person_gets_the_company_that_is_written_on_them(rpc):
    made = rpc("res.partner", "create", {"name": "Rini", "company_name": "Toko Rini"})
    assert rpc("res.partner", "create_company", [made]) is True
    assert (
        rpc("res.partner", "read", [made], ["parent_id", "company_name"])[0]["parent_id"][1]
        == "Toko Rini"
    )


@pytest.mark.parametrize(
    "name",
    ["ir.actions.act_window", "ir.actions.report", "ir.ui.menu", "ir.module.module", "ir.cron"],
)
def test_every_field_of_the_house_is_readable(rpc, name):
    ids = rpc(name, "search", [], limit=3)
    assert len(rpc(name, "read", ids)) == len(ids)


def test_views_list_the_fields_that_the_caller_sees(rpc, wati):
    [row] = rpc(
        "ir.ui.view",
        "search_read",
        [["model", "=", "res.bank"], ["type", "=", "form"]],
        ["arch", "mode"],
    )
    begins = '<form><sheet><group><field name="name"/><field name="bic"/>'
    assert row["arch"].startswith(begins)
    [window] = rpc(
        "ir.actions.act_window",
        "search_read",
        [["res_model", "=", "res.bank"]],
        ["views", "view_id"],
    )
    assert window["views"] == [[False, "list"], [False, "form"]]
    assert window["view_id"][1] == "res.bank.list"
    assert wati("ir.ui.view", "search", [["model", "=", "ir.config_parameter"]]) == []


def test_a_noun_that_delegates_names_the_other(rpc):
    [row] = rpc(
        "ir.model",
        "search_read",
        [["model", "=", "res.users"]],
        ["inherited_model_ids", "rule_ids"],
    )
    assert rpc("ir.model", "read", row["inherited_model_ids"], ["model"]) == [
        {"id": row["inherited_model_ids"][0], "model": "res.partner"}
    ]


def test_mail_is_put_into_the_outbox_and_called_off(rpc, wati, house):
    values = {
        "subject": "Halo",
        "email_to": "budi@example.com",
        "body_html": "<p>Apa <b>kabar</b>?</p>",
    }
    made = rpc("mail.mail", "create", values)
    assert rpc("mail.mail", "read", [made], ["subject", "email_to", "body_html", "state"]) == [
        {
            "id": made,
            "subject": "Halo",
            "email_to": "budi@example.com",
            "body_html": "Apa kabar?",
            "state": "outgoing",
        }
    ]
    assert rpc("mail.mail", "search", [["state", "=", "outgoing"]]) == [made]
    assert rpc("mail.mail", "cancel", [made]) is None
    assert rpc("mail.mail", "read", [made], ["state"]) == [{"id": made, "state": "cancel"}]
    with pytest.raises(Refusal, match="not allowed to create"):
        wati("mail.mail", "create", values)


def test_a_variant_is_made_on_demand_and_tells_itself_apart(rpc):
    attribute = rpc("product.attribute", "create", {"name": "Warna", "create_variant": "dynamic"})
    red, blue = rpc(
        "product.attribute.value",
        "create",
        [{"name": name, "attribute_id": attribute} for name in ("Merah", "Biru")],
    )
    template = rpc("product.template", "create", {"name": "Topi"})
    line = rpc(
        "product.template.attribute.line",
        "create",
        {
            "product_tmpl_id": template,
            "attribute_id": attribute,
            "value_ids": [[6, 0, [red, blue]]],
        },
    )
    values = rpc("product.template.attribute.line", "read", [line], ["product_template_value_ids"])
    chosen = values[0]["product_template_value_ids"][:1]
    made = rpc("product.template", "create_product_variant", [template], chosen)
    assert rpc(
        "product.product", "read", [made], ["product_template_variant_value_ids", "product_tmpl_id"]
    ) == [
        {
            "id": made,
            "product_template_variant_value_ids": chosen,
            "product_tmpl_id": [template, "Topi"],
        }
    ]


def test_products_are_priced_in_the_currency_of_their_company(rpc, house):
    euro = Currency.objects.get(code="EUR")
    Company.objects.filter(pk=house.second.pk).update(currency=euro)
    own, shared = rpc(
        "product.template", "create", [{"name": "A", "company_id": house.second.pk}, {"name": "B"}]
    )
    rows = rpc("product.template", "read", [own, shared], ["currency_id"])
    first = house.first.currency
    assert [row["currency_id"] for row in rows] == [[euro.pk, "EUR"], [first.pk, first.code]]


def test_attribute_lines_come_with_a_template_and_make_its_variants(rpc):
    attribute = rpc("product.attribute", "create", {"name": "Ukuran"})
    small, large = rpc(
        "product.attribute.value",
        "create",
        [{"name": name, "attribute_id": attribute} for name in ("S", "L")],
    )
    line = {"attribute_id": attribute, "value_ids": [[6, 0, [small, large]]]}
    template = rpc(
        "product.template", "create", {"name": "Kaus", "attribute_line_ids": [[0, 0, line]]}
    )
    names = rpc(
        "product.product", "search_read", [["product_tmpl_id", "=", template]], ["display_name"]
    )
    assert sorted(row["display_name"] for row in names) == ["Kaus (L)", "Kaus (S)"]
    [kept] = rpc("product.template", "read", [template], ["attribute_line_ids"])[0][
        "attribute_line_ids"
    ]
    rpc("product.template.attribute.line", "write", [kept], {"value_ids": [[3, large]]})
    assert rpc("product.product", "search_count", [["product_tmpl_id", "=", template]]) == 1
    both = {"value_ids": [[6, 0, [small, large]]]}
    rpc("product.template.attribute.line", "write", [kept], both)
    with pytest.raises(Refusal, match="has several variants"):
        rpc("product.template", "write", [template], {"default_code": "KAUS"})
    rpc("product.template", "write", [template], {"attribute_line_ids": [[2, kept]]})
    [left] = rpc(
        "product.product", "search_read", [["product_tmpl_id", "=", template]], ["display_name"]
    )
    assert left["display_name"] == "Kaus"


def test_archiving_the_last_variant_archives_its_template(rpc):
    template = rpc("product.template", "create", {"name": "Lampu"})
    [variant] = rpc("product.product", "search", [["product_tmpl_id", "=", template]])
    assert rpc("product.product", "action_archive", [variant]) is None
    assert rpc("product.template", "read", [template], ["active"]) == [
        {"id": template, "active": False}
    ]
    assert rpc("product.template", "action_unarchive", [template]) is None
    assert rpc("product.product", "search", [["product_tmpl_id", "=", template]]) == [variant]


def test_signing_in_is_noted_and_makes_a_user_confirmed(rpc, house):
    fields = ["login_date", "state"]
    assert rpc("res.users", "read", [house.admin.pk], fields)[0]["state"] == "new"
    assert rpc.service("common", "login", "niaga", "admin", "salah") is False
    assert rpc("res.users", "read", [house.admin.pk], fields)[0]["login_date"] is False
    assert rpc.service("common", "login", "niaga", "admin", SECRET) == house.admin.pk
    [row] = rpc("res.users", "read", [house.admin.pk], fields)
    assert (len(row["login_date"]), row["state"]) == (19, "active")


def test_a_user_without_a_time_zone_lives_in_that_of_the_house(rpc, wati, house):
    mine = [house.employee.pk]
    assert wati("res.users", "write", mine, {"tz": False}) is True
    assert wati("res.users", "read", mine, ["tz"]) == [{"id": mine[0], "tz": False}]
    assert wati("res.users", "context_get")["tz"] == "Asia/Jakarta"


def test_administrators_hold_what_clients_ask_administrators_for(wati, rpc, house):
    asked = (
        *("base.group_user", "base.group_partner_manager", "base.group_system"),
        *("base.group_erp_manager", "base.group_no_one", "base.group_multi_company"),
    )
    assert [rpc("res.users", "has_group", name) for name in asked] == [True] * 6
    mine = [wati("res.users", "has_group", name) for name in asked]
    assert mine == [True, True, False, False, False, False]
    house.employee.companies.add(house.second)
    assert wati("res.users", "has_group", "base.group_multi_company") is True
    assert rpc("res.users", "has_group", [house.employee.pk], "base.group_multi_company") is True
