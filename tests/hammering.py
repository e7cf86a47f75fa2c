"""Threads that ask a living house for one thing after the other while something happens to it, and note every answer."""

import threading
import time
import xmlrpc.client
from collections import Counter
from itertools import pairwise

import httpx

RPC = "/jsonrpc"
PAUSE = 0.1


class Hammer:
    """Pages, programs and files, each asked for over fresh connections and over a kept one.

    An answer is noted as its status; as a sentence where it is not what it should be; as the name of the error where
    there was none. A kept connection that turns out to be closed is opened again, once, as every client does.
    """

    def __init__(self, house):
        self.house = house
        self.answers = []
        self._done = threading.Event()
        self._cookies = house.browser().client.cookies
        self._threads = [
            threading.Thread(target=self._ask_on, args=(ask, is_kept))
            for ask in (login_page, contacts, count, read, xml, style)
            for is_kept in (False, True)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        for thread in self._threads:
            thread.join()

    def kinds(self):
        """How often which answer came."""
        return Counter(what for *_rest, what in self.answers)

    def longest_closed(self, begun, ended):
        """The longest stretch of seconds between two moments in which nobody got a page or an answer."""
        served = [
            end
            for ask, start, end, what in list(self.answers)
            if what == 200 and ask is not style and start >= begun and end <= ended
        ]
        return max(later - earlier for earlier, later in pairwise(sorted([begun, *served, ended])))

    def _ask_on(self, ask, is_kept):
        client = self._client(is_kept)
        while not self._done.is_set():
            begun = time.monotonic()
            try:
                try:
                    answer = ask(client)
                except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                    if not is_kept:
                        raise
                    client.close()
                    client = self._client(is_kept)
                    answer = ask(client)
                what = judged(answer)
            except httpx.TransportError as error:
                what = type(error).__name__
            self.answers.append((ask, begun, time.monotonic(), what))
            time.sleep(PAUSE)
        client.close()

    def _client(self, is_kept):
        limits = httpx.Limits(max_keepalive_connections=1 if is_kept else 0)
        return self.house.client(timeout=30, cookies=self._cookies, limits=limits)


def judged(answer):
    """What is to be noted of an answer."""
    if answer.status_code == 503:
        return 503 if int(answer.headers.get("Retry-After", 0)) > 0 else "503 without a time"
    if answer.status_code == 200 and "error" in answer.text[:200]:
        return answer.text
    return answer.status_code


def login_page(client):
    return client.get("/accounts/login/")


def contacts(client):
    return client.get("/contacts/")


def style(client):
    return client.get("/static/css/niaga.css")


def count(client):
    return client.post(RPC, json=call("res.partner", "search_count", []))


def read(client):
    return client.post(RPC, json=call("res.users", "read", [2], ["name"]))


def xml(client):
    words = ("niaga", 2, "admin", "res.partner", "search_count", [[]])
    return client.post("/xmlrpc/2/object", content=xmlrpc.client.dumps(words, "execute_kw"))


def call(model, method, *args):
    """A call in JSON-RPC."""
    arguments = ["niaga", 2, "admin", model, method, list(args)]
    params = {"service": "object", "method": "execute_kw", "args": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}
