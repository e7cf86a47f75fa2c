"""A program that calls over HTTP with as little effort of its own as possible: one kept connection, one socket."""

import socket
import xmlrpc.client
from typing import Any

import orjson


class Client:
    """Speaks JSON-RPC to one house."""

    def __init__(self, port: int, database: str, user_id: int, secret: str, key: str = "") -> None:
        self.port = port
        self.who = [database, user_id, secret]
        self.key = key
        self.line: socket.socket | None = None

    def __call__(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method; raises RuntimeError for a refusal."""
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [*self.who, model, method, args, kwargs],
        }
        body = orjson.dumps({"jsonrpc": "2.0", "id": 1, "params": params})
        reply = orjson.loads(self._post("/jsonrpc", "application/json", body))
        if "error" in reply:
            raise RuntimeError(reply["error"]["data"]["message"])
        return reply.get("result")

    def _post(self, path: str, kind: str, body: bytes, more: str = "") -> bytes:
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", self.port))
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
            f"{more}Content-Length: {len(body)}\r\n\r\n"
        )
        self.line.sendall(head.encode() + body)
        return self._received(self.line)

    def _received(self, line: socket.socket) -> bytes:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more(line)
        head, _, body = got.partition(b"\r\n\r\n")
        at = head.lower().index(b"content-length:") + 15
        length = int(head[at:].split(b"\r\n", 1)[0])
        parts = [body]
        have = len(body)
        while have < length:
            parts.append(self._more(line))
            have += len(parts[-1])
        return b"".join(parts)

    def _more(self, line: socket.socket) -> bytes:
        more = line.recv(262_144)
        if not more:
            raise ConnectionError("The server hung up.")
        return more


class XmlClient(Client):
    """Speaks XML-RPC. Of the answer it looks only whether it is one: taking XML apart would be its own work, not the
    server's."""

    def __call__(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method; raises RuntimeError for a fault."""
        params = (*self.who, model, method, args, kwargs)
        body = xmlrpc.client.dumps(params, "execute_kw", allow_none=True).encode()
        reply = self._post("/xmlrpc/2/object", "text/xml", body)
        if b"<fault>" in reply[:200]:
            raise RuntimeError(reply.decode())
        return reply


class Json2Client(Client):
    """Speaks JSON-2."""

    def __call__(self, model: str, method: str, *_args: Any, **kwargs: Any) -> Any:
        """Call a method by named arguments; raises RuntimeError for a refusal."""
        more = f"Authorization: bearer {self.key}\r\n"
        path, body = f"/json/2/{model}/{method}", orjson.dumps(kwargs)
        reply = orjson.loads(self._post(path, "application/json", body, more))
        if isinstance(reply, dict) and "debug" in reply:
            raise RuntimeError(reply["message"])
        return reply
