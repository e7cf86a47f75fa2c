"""Clients of other houses, unchanged, as they come from the registry, against a running server."""

import asyncio
import gc
import json
import os
import subprocess
import uuid
import xmlrpc.client
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import odoo_connect
import odoolib
import odoorpc
import pytest
from aio_odoorpc import AsyncOdooRPC
from django.conf import settings
from odoo_json2 import JSON2Client

from base.actors import Actor
from base.models import Company, Country, Partner, User
from base.services import api_keys, credentials
from erpsite.launch.node import node
from erpsite.launch.places import ROOT

SECRET = "kunci-rumah-77"
DB = settings.RPC_DATABASE_NAME
CLIENTS = Path(__file__).parent / "clients"

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _sockets_left_open():
    """Some clients leave their sockets to the collector: let it come while their warnings are expected."""
    yield
    gc.collect()


@pytest.fixture
def address(live_server):
    """Where the server listens, with an administrator whose secret we know."""
    credentials.forget_all()
    admin = User.objects.get(username="admin")
    admin.set_password(SECRET)
    admin.save()
    return urlsplit(live_server.url)


@pytest.fixture
def key(address):
    """An API key of the administrator."""
    return api_keys.issue(name="client", by=Actor.of(User.objects.get(username="admin")))[1]


@pytest.fixture
def odoo(address):
    """OdooRPC, signed in."""
    client = odoorpc.ODOO(address.hostname, port=address.port)
    client.login(DB, "admin", SECRET)
    return client


def test_odoorpc_signs_in_and_browses(odoo):
    assert odoo.version == "19.0"
    assert odoo.db.list() == [DB]
    assert odoo.env.user.name == "Administrator"
    assert odoo.env.context["lang"] == "en_US"
    assert odoo.env.ref("base.lang_en").code == "en_US"
    assert "res.partner" in odoo.env
    assert "does.not.exist" not in odoo.env
    company = odoo.env["res.company"].browse(1)
    assert (company.partner_id.id, company.currency_id.name) == (1, "IDR")
    with pytest.raises(odoorpc.error.RPCError):
        odoorpc.ODOO(odoo.host, port=odoo.port).login(DB, "admin", "wrong")


def test_odoorpc_works_with_records(odoo):
    partners = odoo.env["res.partner"]
    tags = odoo.env["res.partner.category"]
    red, blue = tags.create({"name": "Red"}), tags.create({"name": "Blue"})
    made = partners.create({"name": "Toko", "is_company": True, "category_id": [(6, 0, [red])]})
    record = partners.browse(made)
    assert (record.name, record.category_id.ids, record.parent_id.id) == ("Toko", [red], None)
    record.category_id += blue
    assert set(record.category_id.ids) == {red, blue}
    record.category_id -= red
    assert record.category_id.ids == [blue]
    record.name, record.child_ids = "Toko Baru", [(0, 0, {"name": "Anak"})]
    assert Partner.objects.get(pk=made).name == "Toko Baru"
    assert [child.name for child in record.child_ids] == ["Anak"]
    assert record.create_date.tzinfo is None
    assert partners.search([("name", "=", "Toko Baru")]) == [made]
    assert partners.read([9_999_999], ["name"]) == []
    assert partners.browse([]).ids == []
    with pytest.raises(odoorpc.error.RPCError, match="Invalid field 'nosuch'"):
        partners.read([made], ["nosuch"])
    with pytest.raises(odoorpc.error.RPCError):
        partners.create()
    record.unlink()
    assert partners.search([("id", "=", made)]) == []


def test_odoorpc_calls_by_execute(odoo):
    assert odoo.execute("res.users", "search", []) == odoo.execute_kw(
        "res.users", "search", [[]], {}
    )
    for call in (
        ("res.users", "search"),
        ("res.users", "search", "False"),
        ("fake.model", "search", []),
        ("res.users", "fake"),
    ):
        with pytest.raises(odoorpc.error.RPCError):
            odoo.execute(*call)


@pytest.mark.parametrize("protocol", ["xmlrpc", "jsonrpc"])
def test_odoolib_reads_and_writes(address, protocol):
    connection = odoolib.get_connection(
        hostname=address.hostname,
        port=address.port,
        protocol=protocol,
        database=DB,
        login="admin",
        password=SECRET,
    )
    partners = connection.get_model("res.partner")
    made = partners.create({"name": "Lib"})
    assert partners.read([made], ["name"]) == [{"id": made, "name": "Lib"}]
    assert partners.search_read([("id", "=", made)], ["name"]) == [{"id": made, "name": "Lib"}]
    assert partners.write([made], {"name": "Lib two"}) is True
    assert partners.unlink([made]) is True
    with pytest.raises(odoolib.tools.AuthenticationError):
        odoolib.get_connection(
            hostname=address.hostname,
            port=address.port,
            protocol=protocol,
            database=DB,
            login="admin",
            password="x",
        ).check_login()


def test_odoolib_speaks_json2(address, key):
    connection = odoolib.get_connection(
        hostname=address.hostname, port=address.port, protocol="json2", database=DB, password=key
    )
    partners = connection.get_model("res.partner")
    (made,) = partners.create(vals_list=[{"name": "Two"}])
    assert partners.search(domain=[["id", "=", made]]) == [made]


def test_odoo_connect_reads_and_writes(address):
    env = odoo_connect.connect(
        url=f"http://{address.netloc}", database=DB, username="admin", password=SECRET
    )
    partners = env["res.partner"]
    made = partners.create({"name": "Connect"})
    assert partners.search([("name", "=", "Connect")]) == [made]
    assert partners.read([made], ["name", "country_id"]) == [
        {"id": made, "name": "Connect", "country_id": False}
    ]


def test_odoo_json2_reads_and_writes(address, key):
    partners = JSON2Client(f"http://{address.netloc}", key, DB).env["res.partner"]
    (made,) = partners.create([{"name": "J"}])
    assert partners.read([made], ["name"]) == [{"id": made, "name": "J"}]


def test_aio_odoorpc_counts(address):
    async def counted():
        async with httpx.AsyncClient(base_url=f"http://{address.netloc}/jsonrpc") as session:
            client = AsyncOdooRPC(
                database=DB,
                username_or_uid="admin",
                password=SECRET,
                http_client=session,
                default_model_name="res.company",
            )
            await client.login()
            return await client.search_count(domain=[])

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        found = apart.submit(asyncio.run, counted()).result()
    assert found == Company.objects.filter(is_active=True).count()


def test_xmlrpc_of_the_standard_library_reads_and_writes(address):
    common = xmlrpc.client.ServerProxy(f"http://{address.netloc}/xmlrpc/2/common")
    objects = xmlrpc.client.ServerProxy(f"http://{address.netloc}/xmlrpc/2/object", allow_none=True)
    uid = common.authenticate(DB, "admin", SECRET, {})
    name = uuid.uuid4().hex
    made = objects.execute_kw(DB, uid, SECRET, "res.partner", "create", [{"name": name}])
    assert objects.execute_kw(
        DB, uid, SECRET, "res.partner", "search", [[["name", "=", name]]], {"limit": None}
    ) == [made]


def test_odoo_xmlrpc_of_npm_reads_and_writes(address):
    name = uuid.uuid4().hex
    belgium = Country.objects.get(code="BE").pk
    who = {"url": f"http://{address.netloc}", "db": DB, "username": "admin", "password": SECRET}
    run = subprocess.run(
        [
            node(),
            CLIENTS / "odoo_xmlrpc.cjs",
            json.dumps({"who": who, "name": name, "country": belgium}),
        ],
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules"), "NODE_NO_WARNINGS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    saw = json.loads(run.stdout)
    made = saw["made"]
    assert saw["uid"] == User.objects.get(username="admin").pk
    assert saw["found"] == [
        {
            "id": made,
            "name": name,
            "is_company": True,
            "country_id": False,
            "category_id": [],
            "comment": "<p>a &amp; b</p>",
        }
    ]
    assert (saw["written"], saw["count"], saw["deleted"], saw["gone"]) == (True, 1, True, [])
    assert saw["read"] == [{"id": made, "name": f"{name} ü😀", "country_id": [belgium, "Belgium"]}]
    assert saw["archived"][0] == 1
    assert "cannot marshal None" in saw["archived"][1]
    assert (saw["unknown"][0], saw["private"][0]) == (1, 4)
    assert saw["stranger"] == [None, "No UID returned from authentication."]
