"""What programs ask of the house, each beside a raw psycopg loop that runs the very same statements."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps

from bench.client import Client, Json2Client, XmlClient
from bench.house import SECRET, House
from bench.loop import Op
from bench.replay import Replay, Statement, begin_high, recorded

PARTNERS = 2500
PAGE = 80
FIELDS = ["name", "email", "phone", "city", "zip", "country_id", "is_company", "parent_id"]
MORE = [
    *FIELDS,
    "ref",
    "website",
    "street",
    "street2",
    "state_id",
    "vat",
    "comment",
    "function",
    "lang",
    "category_id",
]
MORE += ["user_id", "create_date", "write_date"]


@dataclass(frozen=True)
class Workload:
    """One thing to measure: over HTTP, and raw."""

    name: str
    http: Callable[[int], Op]
    raw: Callable[[int], Op]


class Programs:
    """Prepares the house for measuring, and knows the workloads."""

    def __init__(self, house: House) -> None:
        from django.conf import settings

        from base.actors import Actor
        from base.models import User
        from base.services import api_keys

        self.house = house
        self.database = settings.RPC_DATABASE_NAME
        admin = User.objects.get(username="admin")
        admin.set_password(SECRET)
        admin.save()
        self.user_id = admin.pk
        self.key = api_keys.issue(name="bench", by=Actor.of(admin))[1]
        self.partners = self._partners()

    def client(self, speaks: type[Client] = Client) -> Client:
        """A program with a connection of its own."""
        return speaks(self.house.port, self.database, self.user_id, SECRET, self.key)

    def first(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """A call that is not measured. A connection that was idle meanwhile may be closed, so each has its own."""
        return self.client()(model, method, *args, **kwargs)

    def workloads(self) -> Iterator[Workload]:
        """Everything that is measured, in order."""
        page = partial(
            self.call_of,
            "res.partner",
            "search_read",
            domain=[["ref", "=like", "BENCH-N-%"]],
            fields=FIELDS,
            limit=PAGE,
            order="name, id",
        )
        for name, speaks in (
            ("", Client),
            (", by XML-RPC", XmlClient),
            (", by JSON-2", Json2Client),
        ):
            yield self._read(
                f"search_read, 80 partners × 8 fields{name}",
                lambda any_: page(offset=PAGE * any_.randrange(30)),
                speaks,
            )
        yield self._read(
            "read one partner, 20 fields",
            lambda any_: self.call_of("res.partner", "read", [any_.choice(self.partners)], MORE),
        )
        yield self._write(
            "create a partner", lambda: self.call_of("res.partner", "create", self.partner(0))
        )
        mine = self.first("res.partner", "create", self.partner(1))
        values = {"phone": "+1 556 1", "street2": "Suite 1", "comment": "w1"}
        yield self._write(
            "write a partner", lambda: self.call_of("res.partner", "write", [mine], values)
        )
        if apps.is_installed("accounting"):
            yield from self._invoices()

    def call_of(
        self, model: str, method: str, *args: Any, **kwargs: Any
    ) -> Callable[[Client], Any]:
        """A call, to be made by some client."""
        return lambda client: client(model, method, *args, **kwargs)

    def partner(self, number: int) -> dict[str, Any]:
        """The values of a partner."""
        return {
            "name": f"Bench Partner {number:06d}",
            "email": f"p{number}@bench.example.com",
            "phone": f"+1 555 {number % 10000:04d}",
            "street": f"{number} Bench Street",
            "city": f"City {number % 50}",
            "zip": f"{10000 + number % 90000}",
            "country_id": self.country,
            "is_company": number % 3 == 0,
            "comment": f"made by the bench {number}",
        }

    def _partners(self) -> list[int]:
        self.country = self.first("res.country", "search", [["code", "=", "ID"]])[0]
        have = self.first("res.partner", "search", [["ref", "=like", "BENCH-N-%"]])
        fresh = [self.partner(n) | {"ref": f"BENCH-N-{n:06d}"} for n in range(len(have), PARTNERS)]
        return have + (self.first("res.partner", "create", fresh) if fresh else [])

    def _read(
        self,
        name: str,
        call: Callable[[random.Random], Callable[[Client], Any]],
        speaks: type[Client] = Client,
    ) -> Workload:
        def http(number: int) -> Op:
            client, any_ = self.client(speaks), random.Random(number)
            return lambda: call(any_)(client)

        scripts = [self.recorded(call(random.Random(seed))) for seed in range(20)]

        def raw(number: int) -> Op:
            replay, any_ = Replay(self.house.database_url, *scripts), random.Random(number)
            return lambda: replay.run(any_.randrange(len(scripts)))

        return Workload(name, http, raw)

    def _write(self, name: str, call: Callable[[], Callable[[Client], Any]]) -> Workload:
        def http(_number: int) -> Op:
            client = self.client()
            return lambda: call()(client)

        script = self.recorded(call())

        def raw(_number: int) -> Op:
            replay = Replay(self.house.database_url, script)
            return replay.run

        return Workload(name, http, raw)

    def recorded(self, call: Callable[[Any], Any]) -> list[Statement]:
        """The statements that a call runs, when everything that is remembered is remembered."""
        inside = Inside(self.user_id)
        call(inside)
        with recorded() as script:
            call(inside)
        return script

    def _invoices(self) -> Iterator[Workload]:
        self._goods()
        self.first(
            "account.move", "action_post", [self.first("account.move", "create", self.invoice(0))]
        )
        begin_high(self.house.database_url)
        create = self.recorded(lambda client: client("account.move", "create", self.invoice(1)))
        inside = Inside(self.user_id)
        with recorded() as made:
            entry = inside("account.move", "create", self.invoice(1))
        with recorded() as posted:
            inside("account.move", "action_post", [entry])
        yield self._pair("create an invoice, 5 lines, 1 tax", self._created, [create])
        yield self._pair("create it and post it", self._posted, [made, posted])

    def _pair(
        self, name: str, op: Callable[[Client, int], Any], scripts: list[list[Statement]]
    ) -> Workload:
        def http(number: int) -> Op:
            client, count = self.client(), itertools.count(number * 1000)
            return lambda: op(client, next(count))

        def raw(_number: int) -> Op:
            replay = Replay(self.house.database_url, *scripts)

            def once() -> None:
                numbers: dict[int, int] = {}
                for script in range(len(scripts)):
                    numbers = replay.run(script, numbers)

            return once

        return Workload(name, http, raw)

    def _created(self, client: Client, number: int) -> Any:
        return client("account.move", "create", self.invoice(number))

    def _posted(self, client: Client, number: int) -> Any:
        return client("account.move", "action_post", [self._created(client, number)])

    def _goods(self) -> None:
        wanted = [
            ["type_tax_use", "=", "sale"],
            ["amount_type", "=", "percent"],
            ["amount", ">", 0],
        ]
        self.tax = self.first(
            "account.tax", "search", [*wanted, ["price_include", "=", False]], 0, 1
        )[0]
        have = self.first("product.product", "search", [["default_code", "=like", "BENCH-G-%"]])
        self.goods = have or self.first(
            "product.product",
            "create",
            [
                {"name": f"Bench Goods {n:02d}", "default_code": f"BENCH-G-{n:02d}"}
                for n in range(20)
            ],
        )

    def invoice(self, number: int) -> dict[str, Any]:
        """The values of an invoice of five lines."""
        lines = [
            {
                "product_id": self.goods[(number + line) % 20],
                "quantity": 1 + (number + line) % 4,
                "price_unit": 20.0 * (1 + (number * 7 + line * 3) % 25),
                "tax_ids": [[6, 0, [self.tax]]],
            }
            for line in range(5)
        ]
        return {
            "move_type": "out_invoice",
            "partner_id": self.partners[number % PARTNERS],
            "invoice_date": f"2026-11-{1 + number % 20:02d}",
            "invoice_line_ids": [[0, 0, line] for line in lines],
        }


class Inside:
    """The same calls made inside this process, so that their statements can be written down."""

    def __init__(self, user_id: int) -> None:
        from base.services import credentials

        self.actor = credentials.check(user_id, SECRET)

    def __call__(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method without a transport."""
        from rpc import dispatch

        return dispatch.by_position(self.actor, model, method, list(args), kwargs)
