"""What a domain finds: the cases of the contract, on a few contacts."""

import pytest

from rpc.domains.parse import DEEPEST
from rpc.tests.conftest import Refusal

FOUND = [
    ([["city", "=", "agypten"]], "gamma"),
    ([["city", "!=", "agypten"]], "alpha beta kid kid2"),
    ([["city", "=", False]], "kid kid2"),
    ([["city", "!=", False]], "alpha beta gamma"),
    ([["city", "=", ""]], "kid kid2"),
    ([["color", "=", 0]], "beta kid kid2"),
    ([["color", "!=", 0]], "alpha gamma"),
    ([["color", "=", "5"]], "alpha"),
    ([["color", ">=", 3]], "alpha gamma"),
    ([["color", "in", [3, 5.0]]], "alpha gamma"),
    ([["color", "not in", [3, False]]], "alpha"),
    ([["city", "=?", False]], "alpha beta gamma kid kid2"),
    ([["city", "=?", "agypten"]], "gamma"),
    ([["name", "in", ["Beta", "Gamma"]]], "beta gamma"),
    ([["name", "in", []]], ""),
    ([["name", "not in", []]], "alpha beta gamma kid kid2"),
    ([["name", "in", "Beta"]], "beta"),
    ([["city", "not in", ["agypten"]]], "alpha beta kid kid2"),
    ([["city", "not in", ["agypten", False]]], "alpha beta"),
    ([["name", "like", "Alpha"]], "alpha"),
    ([["name", "like", "alpha"]], ""),
    ([["name", "ilike", "alpha"]], "alpha"),
    ([["city", "ilike", "agypten"]], "alpha gamma"),
    ([["name", "like", "G_mma"]], "gamma"),
    ([["city", "like", ""]], "alpha beta gamma kid kid2"),
    ([["city", "not like", ""]], ""),
    ([["city", "not ilike", "agypten"]], "beta kid kid2"),
    ([["name", "=like", "Al%"]], "alpha"),
    ([["name", "=ilike", "al%"]], "alpha"),
    ([["name", "not =like", "Al%"]], "beta gamma kid kid2"),
    ([["name", "=like", "Al%\\"]], ""),
    ([["color", "ilike", "5"]], "alpha"),
    ([["country_id", "=", "Belgium"]], "beta"),
    ([["country_id", "in", ["Belgium", "United States"]]], "alpha beta"),
    ([["country_id", "ilike", "belg"]], "beta"),
    ([["country_id", "not ilike", "belg"]], "alpha gamma kid kid2"),
    ([["country_id", "=", False]], "gamma kid kid2"),
    ([["country_id", "!=", False]], "alpha beta"),
    ([["country_id.code", "=", "BE"]], "beta"),
    ([["country_id.code", "!=", "BE"]], "alpha"),
    ([["country_id.code", "=", False]], ""),
    ([["country_id", "any", [["code", "=", "BE"]]]], "beta"),
    ([["country_id", "not any", [["code", "=", "US"]]]], "beta gamma kid kid2"),
    ([["category_id", "=", False]], "gamma kid kid2"),
    ([["category_id", "!=", False]], "alpha beta"),
    ([["category_id", "ilike", "re"]], "alpha"),
    ([["category_id", "child_of", "Red"]], "alpha"),
    ([["category_id.name", "=", "Blue"]], "beta"),
    ([["child_ids", "ilike", "Kid two"]], "alpha"),
    ([["child_ids.email", "=", "k1@example.com"]], "alpha"),
    ([["child_ids", "any", [["type", "=", "invoice"]]]], "alpha"),
    ([["child_ids", "not any", [["type", "=", "invoice"]]]], "beta gamma kid kid2"),
    ([["parent_id.country_id.code", "=", "US"]], "kid kid2"),
    ([[1, "=", 1]], "alpha beta gamma kid kid2"),
    ([[0, "=", 1]], ""),
    ([["is_company", "=", True]], "alpha beta"),
    ([["is_company", "!=", True]], "gamma kid kid2"),
    ([["is_company", "=", "True"]], "alpha beta"),
    ([["is_company", "in", [True, False]]], "alpha beta gamma kid kid2"),
    ([["company_type", "=", "company"]], "alpha beta"),
    ([["country_code", "=", "US"]], "alpha"),
    ([["display_name", "ilike", "Kid two"]], "kid2"),
    ([["id", "=", False]], ""),
    ([["id", "=", 2**40]], ""),
    ([["id", "=", 10**30]], ""),
    ([["active", "in", [True, False]]], "alpha beta gamma delta kid kid2"),
    ([["active", "=", False]], "delta"),
    (["|", ["name", "=", "Alpha"], ["name", "=", "Beta"]], "alpha beta"),
    (["!", ["name", "=", "Alpha"]], "beta gamma kid kid2"),
    (["!", "!", ["name", "=", "Alpha"]], "alpha"),
    (
        ["|", "&", ["color", "=", 5], ["is_company", "=", True], ["name", "=", "Gamma"]],
        "alpha gamma",
    ),
    ([["is_company", "=", True], ["color", "=", 0]], "beta"),
    ([("name", "=", "Alpha")], "alpha"),
    ([["name", "==", "Alpha"]], "alpha"),
    ([["color", "<>", 0]], "alpha gamma"),
    ([["name", "ILIKE", "alpha"]], "alpha"),
    ([["create_date", ">", "today -1m"]], "alpha beta gamma kid kid2"),
    ([["create_date", "<", "now -1d"]], ""),
    ([["create_date", ">=", "today"]], "alpha beta gamma kid kid2"),
    ([["create_date", ">", "=1d -1y +2m"]], "alpha beta gamma kid kid2"),
    ([["create_date.year_number", ">", 2000]], "alpha beta gamma kid kid2"),
    ([["create_date.day_of_week", "in", [0, 1, 2, 3, 4, 5, 6]]], "alpha beta gamma kid kid2"),
    ([["create_date", "like", "-"]], "alpha beta gamma kid kid2"),
]


@pytest.mark.parametrize(("domain", "found"), FOUND, ids=lambda value: str(value)[:60])
def test_search_finds(rpc, family, domain, found):
    names = {row.pk: name for name, row in vars(family).items()}
    ids = rpc("res.partner", "search", [["ref", "=like", "F_"], *domain], order="ref")
    assert [names[one] for one in ids] == found.split()


def test_search_finds_by_ids_of_the_family(rpc, family):
    def search(*domain):
        return rpc("res.partner", "search", [["ref", "=like", "F_"], *domain], order="ref")

    alpha, kid, kid2 = family.alpha.pk, family.kid.pk, family.kid2.pk
    assert search(["id", "child_of", alpha]) == [alpha, kid, kid2]
    assert search(["parent_id", "child_of", alpha]) == [alpha, kid, kid2]
    assert search(["id", "parent_of", kid]) == [alpha, kid]
    assert search(["id", "child_of", False]) == []
    assert search(["id", "child_of", [kid, kid2]]) == [kid, kid2]
    assert search(["category_id", "=", family.red.pk]) == [alpha]
    assert search(["category_id", "child_of", family.red.pk]) == [alpha]
    assert search(["category_id", "parent_of", family.dark.pk]) == [alpha]
    assert search(["child_ids", "in", [kid]]) == [alpha]
    assert search(["id", "=", str(alpha)]) == [alpha]
    assert search(["id", "in", [float(alpha), kid]]) == [alpha, kid]


def test_search_leaves_archived_rows_out_unless_asked(rpc, family):
    domain = [["ref", "=like", "F_"], ["name", "=", "Delta"]]
    assert rpc("res.partner", "search", domain) == []
    assert rpc("res.partner", "search", domain, context={"active_test": False}) == [family.delta.pk]
    assert rpc("res.partner", "read", [family.delta.pk], ["name"]) == [
        {"id": family.delta.pk, "name": "Delta"}
    ]


def test_a_whole_domain_may_be_a_constant(rpc, family):
    assert rpc("res.partner", "search_count", True) > 5
    assert rpc("res.partner", "search_count", False) == 0
    assert len(rpc("res.partner", "search_read", False, ["id"], limit=3)) == 3
    assert len(rpc("res.partner", "name_search", "Alpha", False)) == 3


REFUSED = [
    ([["country_id", "=", True]], "psycopg2.errors.UndefinedFunction"),
    ([["country_id", "<", "Belgium"]], "builtins.TypeError"),
    ([["create_date", "=", "soon"]], "builtins.ValueError"),
    ([["create_date", "=", ""]], "builtins.ValueError"),
    ([["create_date", "=", "2025-01-01T00:00:00Z"]], "builtins.ValueError"),
    ([["create_date", "=", "2025-13-01"]], "builtins.ValueError"),
    ([["create_date", "=", "=40d"]], ""),
    ([["create_date.zzt", "=", 1]], "builtins.ValueError"),
    ([["create_date", "=", ["2025-01-01"]]], ""),
    ([["color", "=", {"a": 1}]], "psycopg2.errors.InvalidTextRepresentation"),
    ([["name", "=", {"a": 1}]], "builtins.ValueError"),
    ([["name", "like", ["a"]]], "builtins.ValueError"),
    ([["name", "child_of", 1]], "builtins.ValueError"),
    ([["credit_limit", "=", "abc"]], "builtins.ValueError"),
    ([["name", "=", "a\x00b"]], "builtins.ValueError"),
    ([["country_id", "any", "x"]], "builtins.TypeError"),
    ([["country_id.nosuch", "=", 1]], "builtins.ValueError"),
    (["&"], "builtins.ValueError"),
    ([5], "builtins.ValueError"),
    ([["name", ["="], "x"]], "builtins.ValueError"),
    ([[["name"], "=", "x"]], "builtins.ValueError"),
]


@pytest.mark.parametrize(("domain", "name"), REFUSED, ids=lambda value: str(value)[:60])
def test_a_domain_that_makes_no_sense_is_refused_by_name(rpc, domain, name):
    if not name:
        assert rpc("res.partner", "search", domain) == []
        return
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", domain)
    assert refused.value.name == name


@pytest.mark.once
def test_a_domain_of_ten_thousand_leaves_is_answered(rpc, family):
    leaves = [["id", "=", -one] for one in range(10_000)]
    assert rpc("res.partner", "search", ["|"] * 10_000 + [*leaves, ["ref", "=", "F1"]]) == [
        family.alpha.pk
    ]
    assert rpc("res.partner", "search_count", leaves) == 0


def test_a_domain_nested_too_deeply_is_refused(rpc):
    domain = [["name", "=", "x"]]
    for _ in range(DEEPEST + 5):
        domain = ["!", "&", ["name", "=", "x"], *domain]
    with pytest.raises(Refusal, match="nested more than 100 levels"):
        rpc("res.partner", "search", domain)
    response = rpc.post("/jsonrpc", b'{"params":' + b"[" * 5000 + b"]" * 5000 + b"}")
    assert (response.status_code, response.content) == (400, b"Invalid JSON data")
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", deep(45))
    assert refused.value.name == "builtins.ValueError"


def deep(levels):
    domain = [["name", "=", "x"]]
    for _ in range(levels):
        domain = [["parent_id", "any", domain]]
    return domain
