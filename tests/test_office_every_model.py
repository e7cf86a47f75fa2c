"""The back office, whatever the noun: it is there, it opens, it is refused, it costs the same however long the list."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

from base.actors import Actor
from base.admin.layout import NEVER_SHOWN, translated_names
from base.admin.office import Office, TranslatedOffice
from base.models import User, VerbRun
from base.modules import installed
from tests.office_rows import fill

admin.autodiscover()
MODELS = [model for module in installed() for model in module.get_models()]
OFFICES = [office for office in admin.site._registry.values() if isinstance(office, Office)]
FILLED = {"base", "rpc"} | {
    module.label
    for module in installed()
    if module_has_submodule(module.module, "tests.office_rows")
}
SINGLE = {"mfa.Authenticator", "base.Company", "accounting.CompanyAccounting"}
ADMINISTRATOR = 2


def label(thing):
    return getattr(thing, "opts", getattr(thing, "_meta", None)).label


def address(office, page, *args):
    return reverse(f"admin:{office.opts.app_label}_{office.opts.model_name}_{page}", args=args)


@pytest.fixture
def clerk(client, db):
    user = User.objects.create_user(
        "clerk", "rahasia-panjang", name="Clerk", company_id=1, is_staff=True
    )
    user.companies.add(1)
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_noun_is_in_the_back_office(model):
    assert isinstance(admin.site._registry.get(model), Office)


def test_nothing_looks_different_from_the_rest():
    others = [
        type(office).__name__
        for office in admin.site._registry.values()
        if not isinstance(office, Office)
    ]
    assert others == []


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_texts_in_two_languages_stand_in_tabs(office):
    assert isinstance(office, TranslatedOffice) == bool(
        {
            name
            for name in translated_names(office.model)
            if office.model._meta.get_field(name).editable
        }
    )


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_lists_can_be_searched(office):
    assert office.search_fields


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_links_to_long_lists_are_searched_not_unrolled(office):
    short = {"base.Currency", "contenttypes.ContentType"}
    fields = (
        set(flatten_fieldsets(office.get_fieldsets(request_of(ADMINISTRATOR, office))))
        if office.may_add
        else set()
    )
    unrolled = [
        field.name
        for field in office.opts.concrete_fields
        if field.name in fields
        and field.is_relation
        and field.editable
        and field.name
        not in {*office.autocomplete_fields, *office.readonly_fields, *office.filter_horizontal}
        and field.related_model._meta.label not in short
    ]
    assert unrolled == []


def request_of(user_id, office):
    request = RequestFactory().get("/")
    request.actor = Actor(
        user_id=user_id,
        login="admin",
        is_superuser=True,
        company_id=1,
        company_ids=(1,),
        allowed_company_ids=(1,),
    )
    return request


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_secrets_are_never_shown(office, db):
    request = request_of(ADMINISTRATOR, office)
    row = office.model._default_manager.first() or office.model()
    shown = {
        *flatten_fieldsets(office.get_fieldsets(request, row)),
        *office.get_list_display(request),
    }
    assert shown & NEVER_SHOWN == set()


TYPED = ("", "a", "INV/2026", "'; drop table base_partner; --", '"', "%", "10e400", "é", "<b>")


@pytest.mark.parametrize("typed", TYPED)
def test_a_list_is_searched_whatever_is_typed(boss, typed):
    assert boss.get("/admin/base/partner/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_list_opens_and_is_searched(office, boss):
    for typed in ("", "INV/2026 é", """'; drop table base_partner; -- " % 10e400 <b>"""):
        assert boss.get(address(office, "changelist"), {"q": typed}).status_code == 200


def test_every_page_of_every_noun_opens_and_long_lists_cost_as_much_as_short_ones(
    boss, monkeypatch
):
    fill()
    few, broken, dearer = [], [], []
    for office in OFFICES:
        rows = office.get_queryset(request_of(ADMINISTRATOR, office)).order_by("pk")
        if office.opts.app_label in FILLED and rows.count() < 2 and label(office) not in SINGLE:
            few.append(label(office))
        for row in {rows.first(), rows.last()} - {None}:
            for page in ("change", "history", "delete"):
                answer = boss.get(address(office, page, row.pk))
                if answer.status_code not in ({200} if page != "delete" else {200, 403}):
                    broken.append((label(office), page, answer.status_code))
        costs = [cost(boss, office, monkeypatch, length) for length in (1, 1, 100)]
        if costs[2] > costs[1]:
            dearer.append((label(office), costs))
    assert {"few": few, "broken": broken, "dearer": dearer} == {
        "few": [],
        "broken": [],
        "dearer": [],
    }


def cost(client, office, monkeypatch, length):
    """The queries of a list of some length."""
    monkeypatch.setattr(office, "list_per_page", length)
    with CaptureQueriesContext(connection) as queries:
        assert (
            client.get(
                address(office, "changelist"), {"archived": "all"} if archives(office) else {}
            ).status_code
            == 200
        )
    return len(queries)


def archives(office):
    return any(getattr(entry, "parameter_name", "") == "archived" for entry in office.list_filter)


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_page_of_a_new_record_opens_where_records_are_made(office, boss):
    expected = 200 if office.may_add else 403
    assert boss.get(address(office, "add")).status_code == expected


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_a_record_that_is_not_there_leads_away(office, boss):
    for wrong in ("987654321", "99999999999999999999999", "x", "1%27"):
        assert boss.get(address(office, "change", wrong)).status_code == 302


@pytest.mark.parametrize("office", OFFICES, ids=label)
def test_page_is_refused_without_the_right(office, clerk):
    assert clerk.get(address(office, "changelist")).status_code == 403
    if office.may_add:
        assert clerk.get(address(office, "add")).status_code == 403
        assert clerk.post(address(office, "add"), {}).status_code == 403


@pytest.mark.parametrize("office", [o for o in OFFICES if o.sheet], ids=label)
def test_every_sheet_exports_and_its_import_page_opens(office, boss):
    page = boss.get(address(office, "export"))
    assert page.status_code == 200
    file = boss.post(
        address(office, "export"), {"format": "0", "resource": "0", **every_column(office)}
    )
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file.content.decode("utf-8-sig").split(",")[0].strip() == "id"
    assert boss.get(address(office, "import")).status_code == (200 if office.may_import else 403)


def every_column(office):
    request = request_of(ADMINISTRATOR, office)
    names = office.sheet(actor=request.actor).get_export_order()
    return {f"{office.sheet.__name__.lower()}_{name}": "on" for name in names}


def test_every_model_of_every_module_is_known_to_the_registry():
    assert set(MODELS) <= set(apps.get_models())


def test_a_list_that_is_edited_in_place_is_saved_by_audited_runs(boss):
    edited = [office for office in OFFICES if office.list_editable]
    for office in edited:
        page = boss.get(address(office, "changelist"))
        formset = page.context["cl"].formset
        if formset is None or not formset.forms:
            continue
        data = {"_save": "1", **fields_of(formset.management_form)}
        for form in formset.forms:
            data |= fields_of(form)
        name = office.list_editable[0]
        data[f"form-0-{name}"] = "77"
        before = VerbRun.objects.count()
        assert boss.post(address(office, "changelist"), data).status_code == 302
        row = office.model._default_manager.get(pk=formset.forms[0].instance.pk)
        assert str(getattr(row, name)) == "77"
        assert VerbRun.objects.count() == before + 1


def fields_of(form):
    return {f.html_name: f.value() for f in form if f.value() is not None}
