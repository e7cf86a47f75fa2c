"""Clients as programs are: they know a URL, a login and a secret."""

import itertools
import json
from types import SimpleNamespace

import orjson
import pytest
from django.conf import settings
from django.test import Client

from base.actors import Actor
from base.models import Company, Partner, PartnerTag, Role, User
from base.services import credentials
from rpc import throttle
from rpc.protocols import marshal

SECRET = "kunci-rumah-77"


class Refusal(Exception):
    """What a JSON-RPC error says."""

    def __init__(self, error):
        super().__init__(f"{error['data']['name']}: {error['data']['message']}")
        self.error = error
        self.name = error["data"]["name"]
        self.message = error["data"]["message"]


class Program:
    """A program that speaks JSON-RPC, and other transports when asked."""

    def __init__(self, user_id, secret=SECRET):
        self.http = Client(raise_request_exception=True)
        self.user_id, self.secret = user_id, secret
        self.numbers = itertools.count(1)

    def post(self, path, body, content_type="application/json", **headers):
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.http.post(path, payload, content_type=content_type, headers=headers)

    def envelope(self, path, params):
        number = next(self.numbers)
        response = self.post(
            path, {"jsonrpc": "2.0", "method": "call", "id": number, "params": params}
        )
        assert response.status_code == 200
        reply = orjson.loads(content_of(response))
        assert (reply["jsonrpc"], reply["id"]) == ("2.0", number)
        if "error" in reply:
            raise Refusal(reply["error"])
        return reply.get("result")

    def service(self, service, method, *args):
        return self.envelope("/jsonrpc", {"service": service, "method": method, "args": args})

    def __call__(self, model, method, *args, **kwargs):
        return self.service(
            "object",
            "execute_kw",
            settings.RPC_DATABASE_NAME,
            self.user_id,
            self.secret,
            model,
            method,
            list(args),
            kwargs,
        )

    def xml(self, path, method, *args):
        import xmlrpc.client

        body = xmlrpc.client.dumps(args, method, allow_none=True).encode()
        response = self.post(path, body, "text/xml")
        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        return xmlrpc.client.loads(content_of(response))[0][0]

    def json2(self, model, method, key=None, **named):
        response = self.post(
            f"/json/2/{model}/{method}", named, Authorization=f"bearer {key or self.secret}"
        )
        return response.status_code, orjson.loads(content_of(response))


def content_of(response):
    """The whole answer, which may have come in pieces."""
    return response.getvalue()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test meets a process that remembers nobody."""
    credentials.forget_all()
    throttle.forget_all()
    yield
    credentials.forget_all()
    throttle.forget_all()


@pytest.fixture
def house(db):
    """Two companies, an administrator of both, and an employee of the first."""
    first = Company.objects.get(pk=1)
    second = Company.objects.create(
        name="Cabang Bandung",
        currency=first.currency,
        partner=Partner.objects.create(name="Cabang Bandung"),
    )
    admin = User.objects.get(username="admin")
    admin.set_password(SECRET)
    admin.save()
    admin.companies.set([first, second])
    employee = User.objects.create_user("wati", SECRET, name="Wati", company=first)
    employee.companies.set([first])
    employee.roles.set(Role.objects.filter(module="base", sequence=0))
    return SimpleNamespace(first=first, second=second, admin=admin, employee=employee)


@pytest.fixture
def rpc(house):
    """A program that signs in as the administrator."""
    return Program(house.admin.pk)


@pytest.fixture
def wati(house):
    """A program that signs in as an ordinary employee."""
    return Program(house.employee.pk)


@pytest.fixture
def actor(house):
    """The administrator, inside."""
    return Actor.of(house.admin, door="rpc")


@pytest.fixture
def family(house):
    """A few contacts: a company with two people below it, tags below one another, an archived one."""
    red = PartnerTag.objects.create(name="Red")
    dark = PartnerTag.objects.create(name="Dark", parent=red)
    blue = PartnerTag.objects.create(name="Blue")
    alpha = Partner.objects.create(
        name="Alpha",
        reference="F1",
        is_company=True,
        color=5,
        city="Ägypten Süd",
        country_id=country("US"),
    )
    beta = Partner.objects.create(
        name="Beta", reference="F2", is_company=True, city="100%_pure", country_id=country("BE")
    )
    gamma = Partner.objects.create(name="Gamma", reference="F3", city="agypten", color=3)
    delta = Partner.objects.create(name="Delta", reference="F4", is_active=False)
    kid = Partner.objects.create(name="Kid", reference="F5", parent=alpha, email="k1@example.com")
    kid2 = Partner.objects.create(name="Kid two", reference="F6", parent=alpha, kind="invoice")
    alpha.tags.set([red, dark])
    beta.tags.set([blue])
    return SimpleNamespace(
        red=red,
        dark=dark,
        blue=blue,
        alpha=alpha,
        beta=beta,
        gamma=gamma,
        delta=delta,
        kid=kid,
        kid2=kid2,
    )


def country(code):
    """The id of a country."""
    from base.models import Country

    return Country.objects.get(code=code).pk


__all__ = ["Program", "Refusal", "marshal"]
