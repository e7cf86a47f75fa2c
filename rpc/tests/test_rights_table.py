"""Who may do what by which group, and in which words the others are refused: for every transport alike."""

from xmlrpc.client import Fault

import pytest
from django.conf import settings

from base.actors import Actor
from base.models import Partner, Role, User
from base.services import api_keys
from rpc.tests.conftest import SECRET, Program, Refusal

ALLOWED = "This operation is allowed for the following groups:\n"
ASK = "Contact your administrator to request access if necessary."
NO_GROUP = "No group currently allows this operation."
GROUPS = {
    "stranger": [],
    "employee": ["group_user"],
    "keeper": ["group_product_manager"],
    "administrator": ["group_system"],
}


@pytest.fixture
def people(house):
    """A program for each group, all of the first company; none of them may do everything by being somebody."""
    found = {}
    for name, keys in GROUPS.items():
        user = User.objects.create_user(name, SECRET, name=name.title(), company=house.first)
        user.companies.set([house.first])
        user.roles.set(Role.objects.filter(name_en__in=[ROLES[key] for key in keys]))
        found[name] = Program(user.pk)
    return found


ROLES = {
    "group_user": "Employee",
    "group_product_manager": "Product manager",
    "group_system": "Administrator",
}
EVERYBODY, NOBODY = ("employee", "keeper", "administrator"), ()
KEEPERS, ADMINISTRATORS = ("keeper", "administrator"), ("administrator",)

# noun, its label, and who may read, create, write and unlink
RIGHTS = [
    ("res.partner", "Contact", EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY),
    ("res.partner.category", "Partner Tags", EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY),
    ("res.partner.bank", "Bank Accounts", EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY),
    ("product.template", "Product", EVERYBODY, KEEPERS, KEEPERS, KEEPERS),
    ("product.category", "Product Category", EVERYBODY, KEEPERS, KEEPERS, KEEPERS),
    ("uom.uom", "Product Unit of Measure", EVERYBODY, KEEPERS, KEEPERS, KEEPERS),
    ("res.country", "Country", EVERYBODY, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    ("res.currency", "Currency", EVERYBODY, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    ("res.company", "Companies", EVERYBODY, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    ("res.groups", "Access Groups", EVERYBODY, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    ("ir.config_parameter", "System Parameter", *[ADMINISTRATORS] * 4),
    ("ir.rule", "Record Rule", ADMINISTRATORS, NOBODY, NOBODY, NOBODY),
    ("ir.ui.menu", "Menu", (*EVERYBODY, "stranger"), NOBODY, NOBODY, NOBODY),
    ("ir.model.fields", "Fields", (*EVERYBODY, "stranger"), NOBODY, NOBODY, NOBODY),
]
ACTIONS = ("read", "create", "write", "unlink")
CELLS = [
    (noun, label, action, who)
    for noun, label, *allowed in RIGHTS
    for action, who in zip(ACTIONS, allowed, strict=True)
]
VERBS = {"read": "access", "create": "create", "write": "modify", "unlink": "delete"}
NAMED = {
    EVERYBODY: ["Administrator", "Employee"],
    KEEPERS: ["Administrator", "Product manager"],
    ADMINISTRATORS: ["Administrator"],
    NOBODY: [],
}
KEPT_BY_KEEPERS = ["Administrator", "Employee", "Product manager"]


def attempted(program, noun, action):
    """Try an action on a row; answers the refusal's class and text, or nothing."""
    pk = 1
    calls = {
        "read": ("read", [pk], ["display_name"]),
        "create": ("create", {}),
        "write": ("write", [pk], {}),
        "unlink": ("unlink", []),
    }
    try:
        program(noun, *calls[action])
    except Refusal as refused:
        return refused.name, refused.message
    return None


def sentence(label, noun, action, groups):
    """What R-14.1 says."""
    listed = "\n".join(f"\t- {name}" for name in groups)
    allowed = f"{ALLOWED}{listed}" if groups else NO_GROUP
    head = f"You are not allowed to {VERBS[action]} '{label}' ({noun}) records."
    return f"{head}\n\n{allowed}\n\n{ASK}"


def test_who_may_do_what_and_in_which_words_the_others_are_refused(people):
    for noun, label, action, who in CELLS:
        groups = KEPT_BY_KEEPERS if is_read_by_keepers(noun, action) else NAMED.get(who, [])
        expected = sentence(label, noun, action, groups)
        for name, program in people.items():
            cell = (noun, action, name)
            may = name in who
            asked = program(noun, "check_access_rights", action, False)
            probed = program("ir.model.access", "check", noun, action, False)
            assert (*cell, asked, probed) == (*cell, may, may)
            refusal = attempted(program, noun, action)
            if not may:
                assert (*cell, refusal) == (*cell, ("odoo.exceptions.AccessError", expected))
            elif refusal:
                assert refusal[0] != "odoo.exceptions.AccessError", (cell, refusal)


def is_read_by_keepers(noun, action):
    """Keepers of products hold the right to see them themselves, beside what employees hold."""
    return action == "read" and noun.startswith(("product.", "uom."))


@pytest.mark.parametrize("program", ["stranger", "employee"])
def test_every_transport_refuses_alike(people, house, program):
    caller = people[program]
    expected = sentence("Country", "res.country", "write", ["Administrator"])
    with pytest.raises(Refusal) as refused:
        caller("res.country", "write", [1], {"name": "x"})
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.AccessError",
        expected,
    )
    args = [settings.RPC_DATABASE_NAME, caller.user_id, SECRET, "res.country", "write"]
    for path, code in (
        ("/xmlrpc/object", f"warning -- AccessError\n\n{expected}"),
        ("/xmlrpc/2/object", 4),
    ):
        with pytest.raises(Fault) as fault:
            caller.xml(path, "execute_kw", *args, [[1], {"name": "x"}])
        assert (fault.value.faultCode, fault.value.faultString) == (
            code,
            "" if path == "/xmlrpc/object" else expected,
        )


HIDDEN = """Uh-oh! Looks like you have stumbled upon some top-secret records.

Sorry, employee (id={user}) doesn't have '{action}' access to:
- Contact (res.partner)

If you really, really need access, perhaps you can win over your friendly administrator."""


def test_rows_of_another_company_are_refused_in_these_words_and_not_found(people, house):
    employee, administrator = people["employee"], people["administrator"]
    hidden = Partner.objects.create(name="Rahasia", company=house.second)
    for action, call in (
        ("read", ("read", [hidden.pk], ["name"])),
        ("write", ("write", [hidden.pk], {"name": "x"})),
        ("unlink", ("unlink", [hidden.pk])),
    ):
        for program, name in ((employee, "employee"), (administrator, "administrator")):
            with pytest.raises(Refusal) as refused:
                program("res.partner", *call)
            text = HIDDEN.format(user=program.user_id, action=action)
            assert refused.value.message == text.replace("employee", name)
        assert employee("res.partner", "has_access", [hidden.pk], action) is False
    assert employee("res.partner", "search", [["id", "=", hidden.pk]]) == []
    assert employee("res.partner", "search_count", [["name", "=", "Rahasia"]]) == 0
    hidden.refresh_from_db()
    assert hidden.name == "Rahasia"


def test_own_records_files_activities_and_keys_are_ones_own(people, house):
    employee, keeper = people["employee"], people["keeper"]
    mine = employee("ir.attachment", "create", {"name": "mine.txt", "datas": "aGVsbG8="})
    assert keeper("ir.attachment", "search", [["id", "=", mine]]) == []
    with pytest.raises(Refusal, match="top-secret"):
        keeper("ir.attachment", "read", [mine], ["datas"])
    owner = User.objects.get(pk=employee.user_id)
    key = api_keys.issue(name="own", by=Actor.of(owner))[0]
    assert employee("res.users.apikeys", "search", []) == [key.pk]
    assert keeper("res.users.apikeys", "search", []) == []


SELF = ("lang", "id_ID"), ("tz", "Asia/Makassar"), ("signature", "<p>S</p>"), ("email", "e@x.id")
OTHERS = ("group_ids", [[5]]), ("company_ids", [[5]]), ("login", "root"), ("active", False)


def test_users_write_what_is_their_own_and_nothing_else(people, house):
    employee = people["employee"]
    mine, other = [employee.user_id], [people["keeper"].user_id]
    for name, value in SELF:
        assert employee("res.users", "write", mine, {name: value}) is True
        assert employee("res.users", "read", mine, [name])[0][name] == value
        with pytest.raises(Refusal) as refused:
            employee("res.users", "write", other, {name: value})
        assert refused.value.name == "odoo.exceptions.AccessError"
    for name, value in OTHERS:
        with pytest.raises(Refusal) as refused:
            employee("res.users", "write", mine, {name: value})
        assert (name, refused.value.name) == (name, "odoo.exceptions.AccessError")


def test_nobody_gives_themselves_a_group_or_a_right(people):
    employee = people["employee"]
    (system,) = people["administrator"](
        "res.groups", "search", [["full_name", "ilike", "Administrator"]], limit=1
    )
    for noun, call in (
        ("res.groups", ("write", [system], {"user_ids": [[4, employee.user_id]]})),
        ("res.users", ("write", [employee.user_id], {"group_ids": [[4, system]]})),
        ("res.users", ("create", {"name": "x", "login": "x", "group_ids": [[4, system]]})),
        ("ir.model.access", ("create", {"name": "x"})),
    ):
        with pytest.raises(Refusal) as refused:
            employee(noun, *call)
        assert (noun, refused.value.name) == (noun, "odoo.exceptions.AccessError")
    assert employee("res.users", "has_group", "base.group_system") is False
