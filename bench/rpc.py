"""What programs ask of the house, each beside a raw psycopg loop that runs the very same statements."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.client import Client
from bench.house import SECRET, House
from bench.loop import Op
from bench.replay import Replay, Statement, recorded

PARTNERS = 2500
PAGE = 80
FIELDS = ["name", "email", "phone", "city", "zip", "country_id", "is_company", "parent_id"]
MORE = [*FIELDS, "ref", "website", "street", "street2", "state_id", "vat", "comment", "function", "lang", "category_id"]
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

        from base.models import User

        self.house = house
        self.database = settings.RPC_DATABASE_NAME
        admin = User.objects.get(username="admin")
        admin.set_password(SECRET)
        admin.save()
        self.user_id = admin.pk
        self.first = self.client()
        self.partners = self._partners()

    def client(self) -> Client:
        """A program with a connection of its own."""
        return Client(self.house.port, self.database, self.user_id, SECRET)

    def workloads(self) -> Iterator[Workload]:
        """Everything that is measured, in order."""
        page = partial(
            self.call_of,
            "res.partner",
            "search_read",
            domain=[["ref", "=like", "BENCH-P-%"]],
            fields=FIELDS,
            limit=PAGE,
            order="name, id",
        )
        yield self._read("search_read, 80 partners × 8 fields", lambda any_: page(offset=PAGE * any_.randrange(30)))
        yield self._read(
            "read one partner, 20 fields",
            lambda any_: self.call_of("res.partner", "read", [any_.choice(self.partners)], MORE),
        )
        yield self._write("create a partner", lambda: self.call_of("res.partner", "create", self.partner(0)))
        mine = self.first("res.partner", "create", self.partner(1))
        values = {"phone": "+1 556 1", "street2": "Suite 1", "comment": "w1"}
        yield self._write("write a partner", lambda: self.call_of("res.partner", "write", [mine], values))
        yield from self._invoices()

    def call_of(self, model: str, method: str, *args: Any, **kwargs: Any) -> Callable[[Client], Any]:
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
        have = self.first("res.partner", "search", [["ref", "=like", "BENCH-P-%"]])
        fresh = [self.partner(n) | {"ref": f"BENCH-P-{n:06d}"} for n in range(len(have), PARTNERS)]
        return have + (self.first("res.partner", "create", fresh) if fresh else [])

    def _read(self, name: str, call: Callable[[random.Random], Callable[[Client], Any]]) -> Workload:
        def http(number: int) -> Op:
            client, any_ = self.client(), random.Random(number)
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
            return lambda: replay.run()

        return Workload(name, http, raw)

    def recorded(self, call: Callable[[Any], Any]) -> list[Statement]:
        """The statements that a call runs, when everything that is remembered is remembered."""
        inside = Inside(self.user_id)
        call(inside)
        with recorded() as script:
            call(inside)
        return script

    def _invoices(self) -> Iterator[Workload]:
        return iter(())


class Inside:
    """The same calls made inside this process, so that their statements can be written down."""

    def __init__(self, user_id: int) -> None:
        from base.services import credentials

        self.actor = credentials.check(user_id, SECRET)

    def __call__(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method without a transport."""
        from rpc import dispatch

        return dispatch.by_position(self.actor, model, method, list(args), kwargs)
