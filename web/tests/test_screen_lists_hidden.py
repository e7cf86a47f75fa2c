"""What somebody may not see is nowhere in a list, and what is wrong in an address is told in a sentence."""

import html
import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.models import Partner
from rpc import registry as exposures

pytestmark = pytest.mark.django_db
SECRET = "01.234.567.8-901.000"


@pytest.fixture
def secret(db):
    """The tax number is for those who may share favourites only, which employees may not."""
    exposure = exposures.find("res.partner")
    before = exposure.fields
    hidden = replace(before["vat"], permission="base.share_favourite")
    object.__setattr__(exposure, "fields", {**before, "vat": hidden})
    yield Partner.objects.create(name="Rahasia Jaya", tax_id=SECRET)
    object.__setattr__(exposure, "fields", before)


HIDDEN = [
    {"s": f"vat:{SECRET[:6]}"},
    {"d": '[["vat","ilike","01.234"]]'},
    {"d": '[["parent_id.vat","=",false]]'},
    {"d": '["!",["vat","=",false]]'},
    {"d": '[["child_ids","any",[["vat","!=",false]]]]'},
    {"g": "vat"},
    {"sort": "vat"},
    {"sort": "-vat"},
    {"g": "country_id", "sort": "vat"},
    {"g": "country_id", "d": '[["vat","ilike","01"]]', "part": "1"},
]


@pytest.mark.parametrize("query", HIDDEN)
def test_a_hidden_field_in_the_address_is_refused_alike_whether_it_would_fit(
    secret, sari_at_work, query
):
    fits = sari_at_work.get("/contacts/", query)
    other = {name: text.replace("01", "99") for name, text in query.items()}
    fits_not = sari_at_work.get("/contacts/", other)
    assert fits.status_code in {403, 422}
    assert fits.status_code == fits_not.status_code
    assert "Rahasia" not in fits.content.decode()


def test_a_hidden_field_is_no_column_choice_offer_group_or_condition(secret, sari_at_work, boss):
    page = html.unescape(
        sari_at_work.get("/contacts/", {"c": "complete_name vat"}).content.decode()
    )
    seen = html.unescape(boss.get("/contacts/", {"c": "complete_name vat"}).content.decode())
    assert (SECRET in seen, "Tax number" in seen, SECRET in page) == (True, True, False)
    assert ("Tax number" in page, 'value="vat"' in page) == (False, False)
    offers = sari_at_work.get("/contacts/offers/", {"typed": "01.234"}).content.decode()
    assert ("vat" in offers, "Tax number" in offers) == (False, False)
    form = sari_at_work.get("/contacts/build/").content.decode()
    assert 'value="vat"' not in form
    sent = {"_n": "1", "_f0": "vat", "_o0": "contains", "_v0": "01", "_apply": "1"}
    answer = sari_at_work.get("/contacts/build/", sent)
    assert '"vat"' not in json.dumps(dict(answer.headers))


def test_a_hidden_field_is_in_no_favourite(secret, sari_at_work, boss):
    query = urlencode({"d": '[["vat","ilike","01"]]'})
    answer = sari_at_work.post(f"/contacts/favourites/?{query}", {"name": "Ingin tahu"})
    assert answer.status_code in {403, 422}
    boss.post(f"/contacts/favourites/?{query}", {"name": "NPWP", "shared": "1", "default": "1"})
    page = sari_at_work.get("/contacts/")
    assert page.status_code == 200
    assert "does not fit any more" in html.unescape(page.content.decode())
    answer = sari_at_work.post(f"/contacts/many/?{query}", {"scope": "all", "do": "action_archive"})
    assert answer.status_code in {403, 422}
    assert Partner.objects.get(pk=secret.pk).is_active


def test_a_hidden_field_is_not_edited_in_many_rows_or_in_place(secret, sari_at_work):
    sent = {"row": str(secret.pk), "do": "_edit", "field": "vat", "sure": "1", "vat": "1"}
    assert sari_at_work.post("/contacts/many/", sent).status_code == 404
    row = sari_at_work.get(f"/contacts/row/{secret.pk}/?c=complete_name+vat")
    assert (row.status_code, SECRET in row.content.decode()) == (200, False)
    assert Partner.objects.get(pk=secret.pk).tax_id == SECRET


WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["country_id", "name:", "create_date:week", "create_date", "-name", "vat", "[]", "[1]", "0"]
    ),
    st.sampled_from(
        [
            '[["name","ilike"]]',
            '["&",["name","=","a"]]',
            '[["id","in",["a"]]]',
            '[["create_date",">=","today =99m"]]',
            '[["name","=",{"a":1}]]',
            '[["id","=",99999999999999999999999]]',
            '[["country_id","child_of","x"]]',
            '["|","|"]',
            "NaN",
            "[" * 2000,
        ]
    ),
)
NAMES = st.sampled_from(
    ["q", "f", "s", "d", "g", "sort", "c", "v", "after", "before", "at", "from", "in", "part"]
)


@pytest.mark.once
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pairs=st.lists(st.tuples(NAMES, WORDS), max_size=5))
def test_no_address_however_damaged_breaks_a_page(boss, pairs):
    query = urlencode(pairs)
    for address in ("/contacts/", "/contacts/offers/", "/contacts/build/"):
        answer = boss.get(f"{address}?{query}&typed=a")
        assert answer.status_code in {200, 403, 404, 422}


@pytest.mark.once
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sent=st.dictionaries(
        st.sampled_from(
            ["_n", "_f0", "_o0", "_v0", "_k0", "_top", "_drop", "_more", "edit", "list"]
        ),
        st.one_of(
            WORDS, st.sampled_from(["city", "is", "within", "last_30", "customer_rank", "1e9"])
        ),
        max_size=7,
    )
)
def test_no_form_of_conditions_however_damaged_breaks_a_page(boss, sent):
    answer = boss.get("/contacts/build/", {**sent, "_apply": "1"})
    assert answer.status_code in {200, 302, 403, 404, 422}
    if answer.status_code == 302:
        assert boss.get(answer.url).status_code in {200, 422}
